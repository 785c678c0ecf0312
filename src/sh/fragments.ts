// What words become while they are expanded: fragments, and what can be wrong with them.
import type { Word } from "./ast.ts";
import type { Pattern } from "./pattern.ts";
import type { State } from "./state.ts";
import type { Task } from "./task.ts";

/** A part of an expanded word. */
export interface Fragment {
  readonly text: string;
  /** Stands for itself: neither split nor matched against file names. */
  readonly quoted: boolean;
  /** Whether blanks in it divide words. */
  readonly split: boolean;
}

/** Where one word ends and the next begins whatever is in them, as between the parameters of `"$@"`. */
export const BREAK = "break";
export type Fragments = ReadonlyArray<Fragment | typeof BREAK>;

/** What a command comes to when a word in it cannot be expanded. */
export class ExpansionFault extends Error {
  override name = "ExpansionFault";
  /** Exit status of a shell that reads a script and ends for it. */
  readonly status: number;

  constructor(message: string, status = 1) {
    super(message);
    this.status = status;
  }
}

/** What `${…}` needs of expansion. */
export interface Values {
  readonly state: State;
  /** The character that joins `"$*"`. */
  readonly joint: string;
  /** The value of a variable or special parameter; undefined when it is not set. */
  plain(name: string): string | undefined;
  text(word: Word, tilde?: "word" | "none"): Task<string>;
  pattern(word: Word): Task<Pattern>;
  arithmetic(word: Word): Task<bigint>;
  fragments(word: Word, tilde: boolean): Task<Fragments>;
}
