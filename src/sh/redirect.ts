// Redirections: `>`, `<`, `2>&1`, here-documents.
import type { Redirect } from "./ast.ts";
import type { Expander } from "./expand.ts";
import { FileError } from "./files.ts";
import { type Machine, Paths } from "./machine.ts";
import { type Input, inputAt, inputOf, NOWHERE, type Output, outputAt, type Streams } from "./streams.ts";
import type { Task } from "./task.ts";

/** What redirection needs of the shell. */
export interface Redirecting {
  readonly machine: Machine;
  readonly expander: Expander;
  readonly streams: Streams;
}

/** The streams behind redirections, from left to right; a message where one of them cannot be. */
export function* connect(redirects: readonly Redirect[], shell: Redirecting): Task<Streams | string> {
  if (redirects.length === 0) return shell.streams;
  const streams = new Map(shell.streams);
  for (const redirect of redirects) {
    const fault = yield* apply(redirect, streams, shell);
    if (fault !== undefined) return fault;
  }
  return streams;
}

function* apply(
  redirect: Redirect,
  streams: Map<number, Input | Output>,
  shell: Redirecting,
): Task<string | undefined> {
  const { operator, here, stream } = redirect;
  const { expander } = shell;
  if (here !== undefined) {
    streams.set(stream ?? 0, inputOf(yield* expander.text(here.body, "none")));
    return undefined;
  }
  if (operator === "<<<") {
    streams.set(stream ?? 0, inputOf(`${yield* expander.text(redirect.target)}\n`));
    return undefined;
  }
  const [name, ...more] = yield* expander.fields([redirect.target]);
  if (name === undefined || more.length > 0)
    return `${name === undefined ? "" : [name, ...more].join(" ")}: ambiguous redirect`;
  if (operator === ">&" || operator === "<&") {
    const duplicated = duplicate(streams, stream ?? (operator === ">&" ? 1 : 0), name);
    if (duplicated !== undefined || /^(?:\d+|-)$/.test(name) || operator === "<&") return duplicated;
  }
  try {
    open({ redirect, name, streams, shell });
    return undefined;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return `${name}: ${error.fault === "EEXIST" ? "cannot overwrite existing file" : error.message}`;
  }
}

/** `2>&1`, `>&-`; a message when the stream is not open. */
function duplicate(streams: Map<number, Input | Output>, to: number, name: string): string | undefined {
  if (name === "-") {
    streams.delete(to);
    return undefined;
  }
  if (!/^\d+$/.test(name)) return undefined;
  const from = streams.get(Number(name));
  if (from === undefined) return `${name}: Bad file descriptor`;
  streams.set(to, from);
  return undefined;
}

interface Opening {
  readonly redirect: Redirect;
  readonly name: string;
  readonly streams: Map<number, Input | Output>;
  readonly shell: Redirecting;
}

/** @throws FileError */
function open({ redirect, name, streams, shell }: Opening): void {
  const { operator, stream } = redirect;
  const paths = new Paths(shell.machine.files, shell.expander.state.cwd);
  if (operator === "<" || operator === "<>") {
    const full = paths.full(name);
    if (operator === "<>" && paths.stat(name) === undefined) paths.write(name, "");
    streams.set(
      stream ?? 0,
      full === "/dev/stdin" || full === "/dev/tty" ? inputAt(streams) : inputOf(paths.read(name)),
    );
    return;
  }
  const both = operator === "&>" || operator === "&>>" || operator === ">&";
  const noclobber = operator === ">" && shell.expander.state.options.has("noclobber");
  const output = writer({ paths, name, append: operator.endsWith(">>"), noclobber }, streams);
  streams.set(stream ?? 1, output);
  if (both) streams.set(2, output);
}

interface Target {
  readonly paths: Paths;
  readonly name: string;
  readonly append: boolean;
  readonly noclobber: boolean;
}

function writer({ paths, name, append, noclobber }: Target, streams: Streams): Output {
  const full = paths.full(name);
  if (full === "/dev/stdout") return outputAt(streams, 1);
  if (full === "/dev/stderr" || full === "/dev/tty") return outputAt(streams, 2);
  if (full === "/dev/null") return NOWHERE;
  const found = paths.stat(name);
  if (found?.kind === "directory") throw new FileError("EISDIR");
  if (noclobber && found !== undefined) throw new FileError("EEXIST");
  if (!append || found === undefined) paths.write(name, "");
  return { kind: "output", screen: false, write: (text) => paths.append(name, text) };
}
