// Where the input and output of a command are connected: screens, pipes and files.
import { fileName } from "../kubectl/index.ts";
import type { Redirect } from "./parse.ts";

/** Where output and input of a command are connected. */
export interface Streams {
  readonly stdin: string;
  out(text: string): void;
  err(text: string): void;
  /** Whether `out` is a screen. */
  readonly screen: boolean;
}

/** The streams of a command behind its redirections, from left to right; what bash says where a file is missing. */
export function connect(
  files: Map<string, string>,
  redirects: ReadonlyArray<{ readonly redirect: Redirect; readonly name: string }>,
  streams: Streams,
): Streams | string {
  let { stdin, out, err, screen } = streams;
  for (const { redirect, name } of redirects) {
    const { operator } = redirect;
    if (operator === "<") {
      const text = files.get(fileName(name));
      if (text === undefined) return `bash: ${name}: No such file or directory`;
      stdin = text;
    } else if (operator === "2>&1") err = out;
    else if (operator === ">&2" || operator === "1>&2") out = err;
    else if (!/&/.test(operator) || operator === "&>") {
      const write = writer(files, name, operator.endsWith(">>"));
      if (operator === "&>" || operator.startsWith("2")) err = write;
      if (operator === "&>" || !operator.startsWith("2")) out = write;
      if (!operator.startsWith("2")) screen = false;
    }
  }
  return { stdin, out, err, screen };
}

function writer(files: Map<string, string>, name: string, append: boolean): (text: string) => void {
  if (name === "/dev/null") return () => {};
  const file = fileName(name);
  if (!append || !files.has(file)) files.set(file, "");
  return (text) => void files.set(file, (files.get(file) ?? "") + text);
}
