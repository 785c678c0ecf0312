// Builtins that decide what runs: exit, return, break, eval, exec, `.`, command, trap, type.
import { FileError, type FileStat } from "../files.ts";
import { Exit, Loop, Return } from "../flow.ts";
import type { ProgramIO } from "../machine.ts";
import { SIGNALS } from "../machine.ts";
import { singleQuoted } from "../quote.ts";
import type { Builtin, Shell } from "../shell.ts";
import type { Task } from "../task.ts";

/** The status that words give, or that of the command before. */
function statusOf(shell: Shell, words: readonly string[], io: ProgramIO): number {
  const [name, word] = words;
  if (word === undefined) return shell.state.status;
  if (/^\s*[+-]?\d+\s*$/.test(word)) return Number(word) & 255;
  shell.complain(`${name}: ${word}: numeric argument required`, io);
  return 2;
}

const exit: Builtin = (shell, words, io) => {
  throw new Exit(statusOf(shell, words, io));
};

const leave: Builtin = (shell, words, io) => {
  if (!shell.returnable) {
    shell.complain("return: can only `return' from a function or sourced script", io);
    return 2;
  }
  throw new Return(statusOf(shell, words, io));
};

const loop =
  (kind: "break" | "continue"): Builtin =>
  (shell, words, io) => {
    const [, count = "1"] = words;
    if (shell.loops === 0) {
      if (shell.state.dialect === "bash")
        shell.complain(`${kind}: only meaningful in a \`for', \`while', or \`until' loop`, io);
      return 0;
    }
    if (!/^\d+$/.test(count) || Number(count) < 1) {
      shell.complain(
        `${kind}: ${count}: ${/^-?\d+$/.test(count) ? "loop count out of range" : "numeric argument required"}`,
        io,
      );
      throw new Exit(/^-?\d+$/.test(count) ? 1 : 128);
    }
    throw new Loop(kind, Math.min(Number(count), shell.loops));
  };

function* evaluate(shell: Shell, words: readonly string[], io: ProgramIO): Task<number> {
  const { streams } = shell;
  shell.streams = io.streams;
  try {
    return yield* shell.source(words.slice(1).join(" "));
  } finally {
    shell.streams = streams;
  }
}

function* execute(shell: Shell, words: readonly string[], io: ProgramIO): Task<number> {
  const rest = words.slice(words[1] === "--" ? 2 : 1);
  throw new Exit(yield* shell.run(rest, { streams: io.streams, builtins: false, replace: true }));
}

function* dot(shell: Shell, words: readonly string[], io: ProgramIO): Task<number> {
  const [name, file, ...parameters] = words;
  if (file === undefined) {
    shell.complain(`${name}: filename argument required`, io);
    return 2;
  }
  let text: string;
  try {
    const found: FileStat | undefined = io.files.stat(file);
    if (found?.kind === "directory") throw new FileError("EISDIR");
    text = file === "/dev/stdin" ? yield* io.stdin.rest() : io.files.read(file);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    shell.complain(
      `${error.fault === "EISDIR" ? `${name}: ` : ""}${file}: ${error.fault === "EISDIR" ? "is a directory" : error.message}`,
      io,
    );
    if (shell.state.dialect !== "bash") throw new Exit(2);
    return 1;
  }
  const { positional } = shell.state;
  if (parameters.length > 0) shell.state.positional = parameters;
  try {
    return yield* shell.sourced(text, io.streams);
  } finally {
    if (parameters.length > 0) shell.state.positional = positional;
  }
}

/** `command NAME …`, `command -v NAME`. */
function* command(shell: Shell, words: readonly string[], io: ProgramIO): Task<number> {
  const [, option, ...names] = words;
  if (option === "-v" || option === "-V") {
    let status = names.length === 0 ? 1 : 0;
    for (const name of names) {
      const found = shell.meaning(name);
      if (found === undefined) {
        status = 1;
        if (option === "-V") shell.complain(`command: ${name}: not found`, io);
      } else if (option === "-V") io.out(`${inWords(name, found)}\n`);
      else io.out(found.kind === "alias" ? `alias ${name}=${singleQuoted(found.text)}\n` : `${found.text}\n`);
    }
    return status;
  }
  const rest = words.slice(option === "--" || option === "-p" ? 2 : 1);
  return rest.length === 0 ? 0 : yield* shell.run(rest, { streams: io.streams });
}

function inWords(name: string, { kind, text }: NonNullable<ReturnType<Shell["meaning"]>>): string {
  switch (kind) {
    case "alias":
      return `${name} is aliased to \`${text}'`;
    case "keyword":
      return `${name} is a shell keyword`;
    case "function":
      return `${name} is a function`;
    case "builtin":
      return `${name} is a shell builtin`;
    case "file":
      return `${name} is ${text}`;
  }
}

const type: Builtin = (shell, words, io) => {
  const short = words[1] === "-t" || words[1] === "-p";
  let status = 0;
  for (const name of words.slice(short ? 2 : 1)) {
    const found = shell.meaning(name);
    if (found === undefined) {
      status = 1;
      if (!short) shell.complain(`type: ${name}: not found`, io);
    } else if (words[1] === "-t") io.out(`${found.kind}\n`);
    else if (words[1] === "-p") io.out(found.kind === "file" ? `${found.text}\n` : "");
    else io.out(`${inWords(name, found)}\n`);
  }
  return status;
};

/** The name of a signal as `trap` keeps it; undefined when there is none such. */
function signalName(word: string): string | undefined {
  if (word === "0") return "EXIT";
  const name = word.toUpperCase().replace(/^SIG/, "");
  if (name === "EXIT" || name === "ERR" || SIGNALS.has(name)) return name;
  return [...SIGNALS].find(([, number]) => String(number) === word)?.[0];
}

const trap: Builtin = (shell, words, io) => {
  const { traps } = shell.state;
  const [first, ...rest] = words.slice(words[1] === "--" ? 2 : 1);
  if (first === "-l") {
    io.out(`${[...SIGNALS].map(([name, number]) => `${number}) SIG${name}`).join(" ")}\n`);
    return 0;
  }
  if (first === undefined || first === "-p") {
    for (const [name, text] of traps) {
      const shown = name === "EXIT" || name === "ERR" ? name : `SIG${name}`;
      if (rest.length === 0 || rest.some((each) => signalName(each) === name))
        io.out(`trap -- ${singleQuoted(text)} ${shown}\n`);
    }
    return 0;
  }
  const alone = rest.length === 0;
  let status = 0;
  for (const word of alone ? [first] : rest) {
    const name = signalName(word);
    if (name === undefined) {
      shell.complain(`trap: ${word}: invalid signal specification`, io);
      status = 1;
    } else if (alone || first === "-") traps.delete(name);
    else traps.set(name, first);
  }
  return status;
};

export const FLOW_BUILTINS: Readonly<Record<string, Builtin>> = {
  ":": () => 0,
  true: () => 0,
  false: () => 1,
  exit,
  logout: exit,
  return: leave,
  break: loop("break"),
  continue: loop("continue"),
  eval: evaluate,
  exec: execute,
  ".": dot,
  source: dot,
  command,
  builtin: function* (shell, words, io) {
    return yield* shell.run(words.slice(1), { streams: io.streams });
  },
  type,
  trap,
};
