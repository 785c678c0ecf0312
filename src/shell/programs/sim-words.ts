// What follows `sim`: words and options.
import type { ProgramIO } from "../program.ts";

/** The words behind `sim VERB`, options apart. */
export interface Words {
  readonly rest: readonly string[];
  readonly options: ReadonlyMap<string, string>;
}

const FAULT_OPTIONS = ["--listen", "--port", "--slow-start", "--slow-shutdown", "--latency", "--loss"];
const NODE_OPTIONS = ["--zone", "--cpu", "--memory", "--pods"];
const FLAGS = new Set(["--readiness", "--keep-alive", "--help"]);
const VALUED = new Set([
  "--from",
  "--protocol",
  "--at",
  "--to",
  "--diff",
  "-o",
  "--rate",
  "-n",
  "--namespace",
  "--path",
  ...FAULT_OPTIONS,
  ...NODE_OPTIONS,
]);

/** Takes the words apart; a text says what is wrong with them. */
export function wordsOf(words: readonly string[]): Words | string {
  const rest: string[] = [];
  const options = new Map<string, string>();
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (!word.startsWith("-")) {
      rest.push(word);
      continue;
    }
    const [name = "", inline] = word.split("=", 2);
    if (FLAGS.has(name)) options.set(name, "true");
    else if (!VALUED.has(name)) return `unknown option: ${word}`;
    else options.set(name, inline ?? words[++at] ?? "");
  }
  return { rest, options };
}

/** Does the work at once; what it returns is what is wrong. */
export type Verb = (words: Words, io: ProgramIO) => string | undefined;
