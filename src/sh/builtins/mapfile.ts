// `mapfile`: lines of its input as the elements of an array.
import type { Builtin } from "../shell.ts";

/** `mapfile [-t] [NAME]`, also called readarray. */
export const mapfile: Builtin = function* (shell, words, io) {
  const trims = words.includes("-t");
  const name = words.slice(1).find((word) => !word.startsWith("-")) ?? "MAPFILE";
  const elements = new Map<number, string>();
  for (let line = yield* io.stdin.line(); line !== undefined; line = yield* io.stdin.line())
    elements.set(elements.size, trims && line.endsWith("\n") ? line.slice(0, -1) : line);
  shell.state.setElements(name, elements);
  return 0;
};
