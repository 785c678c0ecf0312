// What a visitor does to branches and notes, which changes nothing in the world.
import type { BranchId } from "../../history/index.ts";
import { NOTES_LIMIT } from "../../scenario/index.ts";
import { W } from "../../words/en/store-more.ts";
import type { Playground } from "./playground.ts";
import { change } from "./start-over.ts";

export function renameBranch(playground: Playground, branch: BranchId, name: string): Promise<void> {
  return change(playground, ({ history }) => history.rename(branch, name));
}

/** Forgets a branch for good; says so where it is the only one, which stays. */
export function deleteBranch(playground: Playground, branch: BranchId): Promise<void> {
  return change(playground, (past) => {
    if (!past.delete(branch)) playground.notify("info", W.onlyBranch);
  });
}

/** Writes a note on a moment of the branch that is shown, replacing the existing one; an empty text removes it. */
export function writeNote(playground: Playground, text: string, at: number): Promise<void> {
  return change(playground, (past) => {
    if (text !== "" && past.history.notesOf().length >= NOTES_LIMIT) playground.notify("error", W.notes(NOTES_LIMIT));
    else past.note(text, at);
    playground.doors.work?.noted();
  });
}
