// Back to the beginning of a scenario, in its history: what was done since stays a branch.
import type { BranchId } from "../../history/index.ts";
import { formatElapsed } from "../../scenario/index.ts";
import { W } from "../../words/en/store.ts";
import type { Past } from "./past.ts";
import type { Playground } from "./playground.ts";

/** Does something to the history and shows its outcome. */
export async function change(playground: Playground, work: (past: Past) => void): Promise<void> {
  await playground.attempt(async () => {
    const past = await playground.travel();
    work(past);
    playground.store.setState(past.state);
  });
}

/**
 * Returns cluster, text and time to where the scenario was when it came to the page. What was done since is kept as a branch;
 * "Undo" in the message shows it again.
 */
export function startOver(playground: Playground): Promise<void> {
  playground.doors.manifest?.settle();
  playground.freshDraft();
  return change(playground, (past) => {
    const before = past.history.current;
    const until = past.now;
    playground.clearRoute();
    if (!past.restart(playground.store.getState().start, W.startedAt(formatElapsed(until)))) noRoom(playground);
    else if (past.history.current !== before) keptBeside(playground, W.startedOver, before);
    playground.setPlaying(true);
  });
}

/** Says that the history is full. */
export function noRoom(playground: Playground): void {
  playground.notify("error", W.noRoom);
}

/** Says where the previous run is, and how to get back to it. */
export function keptBeside(playground: Playground, said: string, before: BranchId): void {
  const undo = { name: W.undo, act: () => playground.switchTo(before) } as const;
  playground.notify("info", W.kept(said), undo);
}
