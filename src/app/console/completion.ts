// What Tab offers, and what choosing it does to the line.

/** One word that fits. */
export interface Candidate {
  readonly text: string;
  /** A few words about it. */
  readonly detail?: string;
}

/** Words that fit between `from` and the cursor. */
export interface Completion {
  readonly from: number;
  readonly candidates: readonly Candidate[];
}

/** Finds what fits at the cursor of a line. */
export type Complete = (line: string, cursor: number) => Completion;

/** A line with its cursor. */
export interface Edit {
  readonly line: string;
  readonly cursor: number;
}

/** Puts a candidate into the line; a blank follows unless the word continues (`svc/`, `--namespace=`). */
export function choose(edit: Edit, completion: Completion, candidate: Candidate): Edit {
  const after = edit.line.slice(edit.cursor);
  const goesOn = /[/=,]$/.test(candidate.text) || after.startsWith(" ");
  const before = edit.line.slice(0, completion.from) + candidate.text + (goesOn ? "" : " ");
  return { line: before + after, cursor: before.length };
}

/** What Tab alone may add: all that the candidates have in common. */
export function extend(edit: Edit, completion: Completion): Edit {
  const shared = sharedStart(completion.candidates.map((each) => each.text));
  if (shared.length <= edit.cursor - completion.from) return edit;
  const before = edit.line.slice(0, completion.from) + shared;
  return { line: before + edit.line.slice(edit.cursor), cursor: before.length };
}

function sharedStart(words: readonly string[]): string {
  let shared = words[0] ?? "";
  for (const word of words) while (!word.startsWith(shared)) shared = shared.slice(0, -1);
  return shared;
}
