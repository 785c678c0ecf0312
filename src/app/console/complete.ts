// What Tab finds at the cursor of the console's line.
import { completeKubectl } from "../../kubectl/index.ts";
import type { Run } from "../store/run.ts";
import type { Completion } from "./completion.ts";

/** Words that may stand at the cursor of a line. */
export function completeIn(run: Run, line: string, cursor: number): Completion {
  const command =
    line
      .slice(0, cursor)
      .split(/\|\||&&|[|;\n]/)
      .at(-1) ?? "";
  const words = command.trimStart().split(/\s+/);
  const partial = words.at(-1) ?? "";
  const from = cursor - partial.length;
  const [program, ...rest] = words;
  if (program !== "kubectl" || rest.length === 0) return { from, candidates: [] };
  const world = { cluster: run.cluster, files: run.shell?.files ?? new Map<string, string>(), namespace: "default" };
  return { from, candidates: completeKubectl(rest, world) };
}
