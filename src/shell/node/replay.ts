// `replay [--out DIR] FILE…`: plays transcripts and prints or writes what came out.
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, join, resolve, sep } from "node:path";
import { replay } from "../transcript.ts";

/** A file of the current folder, or below it; undefined when there is none. */
function readNamed(name: string): string | undefined {
  const path = resolve(name);
  if (!path.startsWith(resolve(".") + sep) || !existsSync(path) || !statSync(path).isFile()) return undefined;
  return readFileSync(path, "utf8");
}

/** Replays the files; the exit status. */
export function replayFiles(words: readonly string[]): number {
  const files: string[] = [];
  let out: string | undefined;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "--out") out = words[++at];
    else if (word.startsWith("--out=")) out = word.slice("--out=".length);
    else files.push(word);
  }
  if (files.length === 0) {
    process.stderr.write("usage: replay [--out DIR] FILE.transcript …\n");
    return 2;
  }
  if (out !== undefined) mkdirSync(out, { recursive: true });
  for (const file of files) {
    const result = replay(readFileSync(file, "utf8"), undefined, readNamed);
    if (out === undefined) process.stdout.write(result);
    else writeFileSync(join(out, basename(file)), result);
  }
  return 0;
}
