// What a visitor does to branches and notes, which changes nothing in the world.
import type { BranchId } from "../../history/index.ts";
import { NOTES_LIMIT } from "../../scenario/index.ts";
import { formatElapsed } from "./elapsed.ts";
import type { Past } from "./past.ts";
import type { Playground } from "./playground.ts";

/** Does something to the history and shows its outcome. */
async function change(playground: Playground, work: (past: Past) => void): Promise<void> {
  await playground.attempt(async () => {
    const past = await playground.travel();
    work(past);
    playground.store.setState(past.state);
  });
}

export function renameBranch(playground: Playground, branch: BranchId, name: string): Promise<void> {
  return change(playground, ({ history }) => history.rename(branch, name));
}

/** Forgets a branch for good; says so where it is the only one, which stays. */
export function deleteBranch(playground: Playground, branch: BranchId): Promise<void> {
  return change(playground, (past) => {
    if (!past.delete(branch)) playground.notify("info", "The only branch cannot be deleted.");
  });
}

/** Writes a note on a moment of the branch that is shown, replacing the existing one; an empty text removes it. */
export function writeNote(playground: Playground, text: string, at: number): Promise<void> {
  return change(playground, (past) => {
    if (text !== "" && past.history.notesOf().length >= NOTES_LIMIT)
      playground.notify("error", `You can keep up to ${NOTES_LIMIT} notes. Delete one first.`);
    else past.note(text, at);
    playground.doors.work?.noted();
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
    if (!past.restart(playground.store.getState().start, `Started over at ${formatElapsed(until)}`))
      playground.notify("error", "No more branches can be kept. Delete one first.");
    else if (past.history.current !== before)
      playground.notify("info", "Started over. The previous run is kept under Branches.", {
        name: "Undo",
        act: () => playground.switchTo(before),
      });
    playground.setPlaying(true);
  });
}
