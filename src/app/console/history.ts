// What was typed before: walking back and forth, and searching.

/** Commands kept. */
const KEPT = 500;

/** Commands typed so far and where the visitor is among them. */
export interface History {
  readonly entries: readonly string[];
  /** Index of the entry that is shown; `entries.length` is the line being written. */
  readonly at: number;
  /** The line that was being written when the walk began. */
  readonly draft: string;
}

export const EMPTY_HISTORY: History = { entries: [], at: 0, draft: "" };

/** Adds a command and ends the walk. The same command twice in a row is kept once. */
export function remember(history: History, command: string): History {
  const last = history.entries.at(-1);
  const entries =
    command.trim() === "" || command === last ? history.entries : [...history.entries, command].slice(-KEPT);
  return { entries, at: entries.length, draft: "" };
}

/** One entry back (-1) or forth (1); `line` is what is in the prompt now. */
export function walk(history: History, line: string, by: -1 | 1): { readonly history: History; readonly line: string } {
  const at = Math.min(Math.max(history.at + by, 0), history.entries.length);
  if (at === history.at) return { history, line };
  const draft = history.at === history.entries.length ? line : history.draft;
  return { history: { ...history, at, draft }, line: history.entries[at] ?? draft };
}

/** The newest entry before `before` that holds `words`; what Ctrl+R finds. */
export function search(history: History, words: string, before = history.entries.length): number | undefined {
  if (words === "") return undefined;
  for (let at = Math.min(before, history.entries.length) - 1; at >= 0; at--)
    if (history.entries[at]?.includes(words) === true) return at;
  return undefined;
}
