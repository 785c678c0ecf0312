// Does one thing of a lesson's solution on the page.
import { type Doing, type LessonRun, moveOf } from "../../lessons/index.ts";
import type { Playground } from "../store/playground.ts";
import { loadKinds, loadShell } from "../store/run.ts";

/** Performs it once the parts that it needs are loaded; a wait is left to time. */
export async function doDoing(playground: Playground, course: LessonRun, doing: Doing): Promise<void> {
  const { run } = playground.store.getState();
  const move = moveOf(doing, run, run.text);
  if (move.kind === "predict") course.predict(move.choice - 1, run);
  if (move.kind !== "action") return;
  const { action } = move;
  if (action.kind === "shell" && run.shell === undefined) run.attachShell(await loadShell());
  if (action.kind === "apply") await loadKinds(run, action.text);
  playground.run(action);
}
