// What Tab finds at the cursor: programs, kubectl's own words, addresses, nodes, files.
import type { Place } from "../../cluster/index.ts";
import { completeKubectl } from "../../kubectl/index.ts";
import { completeProgram, completeSim, PROGRAMS } from "../../shell/index.ts";
import type { Run } from "../store/run.ts";
import type { Candidate, Completion } from "./completion.ts";

const LISTED = 200;
const LAPTOP: Place = { kind: "client", name: "laptop" };

/** The words of the command that the cursor is in; the last one is what is being typed, "" behind a blank. */
interface Command {
  readonly words: readonly string[];
  /** Whether it reads what another prints. */
  readonly piped: boolean;
  readonly place: Place;
}

/** Words that fit at the cursor of a line. */
export function completeIn(run: Run, line: string, cursor: number): Completion {
  const text = line.slice(0, cursor);
  const { shell } = run;
  const start = Math.max(...["|", ";", "&", "("].map((sign) => text.lastIndexOf(sign))) + 1;
  const words = text.slice(start).trimStart().split(/\s+/);
  const command = inner({ words, piped: text[start - 1] === "|", place: shell?.place ?? LAPTOP }, shell?.namespace);
  const from = cursor - (words.at(-1) ?? "").length;
  return { from, candidates: candidatesOf(command, run).slice(0, LISTED) };
}

/** Behind `kubectl exec POD --`, `ssh NODE` and `timeout N` another command begins, at another place. */
function inner(command: Command, namespace = "default"): Command {
  const { words } = command;
  const [program, ...rest] = words;
  const dashes = words.indexOf("--");
  if ((program === "kubectl" || program === "k") && (rest[0] === "exec" || rest[0] === "run") && dashes > 0)
    return { ...command, words: words.slice(dashes + 1), place: { kind: "pod", namespace, name: rest[1] ?? "" } };
  if (program === "ssh" && words.length > 2)
    return inner({ ...command, words: words.slice(2), place: { kind: "node", name: words[1] ?? "" } }, namespace);
  if (program === "timeout" && words.length > 2) return inner({ ...command, words: words.slice(2) }, namespace);
  return command;
}

function candidatesOf({ words, piped, place }: Command, { world, shell }: Run): readonly Candidate[] {
  const [program = "", ...rest] = words;
  const files = shell?.files ?? new Map<string, string>();
  const namespace = shell?.namespace ?? "default";
  if (words.length <= 1)
    return PROGRAMS.filter(({ text, filter }) => text.startsWith(program) && text !== program && (!piped || filter));
  if (program === "kubectl" || program === "k") return completeKubectl(rest, { world, files, namespace });
  if (program === "sim") return completeSim(rest, world);
  return completeProgram(program, rest, { world, files, place, namespace });
}
