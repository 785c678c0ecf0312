// Builtins for variables and the working directory: export, readonly, local, declare, unset, read, cd, pwd, let.
import type { ProgramIO } from "../machine.ts";
import { doubleQuoted } from "../quote.ts";
import type { Builtin, Shell } from "../shell.ts";
import type { Task } from "../task.ts";
import { mapfile } from "./mapfile.ts";
import { fieldsOfLine, type ReadSign } from "./read.ts";

const NAME = /^[A-Za-z_]\w*$/;

/** `NAME=VALUE`, `NAME+=VALUE`, `NAME`. */
function assignment(word: string): { name: string; value: string | undefined; append: boolean } {
  const match = /^([^=+]*)(\+?=)/.exec(word);
  if (match === null) return { name: word, value: undefined, append: false };
  return { name: match[1] ?? "", value: word.slice(match[0].length), append: match[2] === "+=" };
}

interface Marking {
  readonly exported?: boolean;
  readonly readonly?: boolean;
  readonly local?: boolean;
  readonly integer?: boolean;
}

/** Sets and marks what the words name. */
function mark(shell: Shell, words: readonly string[], marks: Marking, io: ProgramIO): number {
  const { state } = shell;
  let status = 0;
  for (const word of words.slice(1).filter((each) => each !== "--")) {
    const { name, value, append } = assignment(word);
    if (!NAME.test(name)) {
      shell.complain(`${words[0]}: \`${word}': not a valid identifier`, io);
      status = 1;
      continue;
    }
    const before = state.get(name) ?? "";
    if (marks.local === true) state.local(name);
    const text = marks.integer === true && value !== undefined ? String(shell.calculate(value)) : value;
    if (text !== undefined) state.set(name, append ? before + text : text);
    else if (marks.local === true && state.get(name) === undefined && state.dialect !== "bash") state.set(name, before);
    const { exported, readonly } = marks;
    if (exported !== undefined || readonly !== undefined)
      state.mark(name, {
        ...(exported === undefined ? {} : { exported }),
        ...(readonly === undefined ? {} : { readonly }),
      });
  }
  return status;
}

const exporting: Builtin = (shell, words, io) => {
  const [, option] = words;
  if (option === undefined || option === "-p") {
    const exported = [...shell.state.variables]
      .filter(([, each]) => each.exported)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const bash = shell.state.dialect === "bash";
    for (const [name, { value }] of exported)
      io.out(
        bash ? `declare -x ${name}=${doubleQuoted(value)}\n` : `export ${name}='${value.replaceAll("'", "'\\''")}'\n`,
      );
    return 0;
  }
  if (option === "-f") return 0;
  if (option === "-n") return mark(shell, ["export", ...words.slice(2)], { exported: false }, io);
  return mark(shell, words, { exported: true }, io);
};

const fixing: Builtin = (shell, words, io) => {
  if (words[1] !== undefined && words[1] !== "-p") return mark(shell, words, { readonly: true }, io);
  for (const [name, { value, readonly }] of shell.state.variables)
    if (readonly) io.out(`declare -r ${name}=${doubleQuoted(value)}\n`);
  return 0;
};

const local: Builtin = (shell, words, io) => {
  if (shell.state.hidden.length === 0) {
    shell.complain("local: can only be used in a function", io);
    return 1;
  }
  const { flags, rest } = optionsOf(words.slice(1));
  return mark(shell, ["local", ...rest], { local: true, ...marksOf(flags) }, io);
};

function optionsOf(words: readonly string[]): { flags: ReadonlySet<string>; rest: string[] } {
  const flags = new Set<string>();
  let at = 0;
  for (; /^[-+][a-zA-Z]+$/.test(words[at] ?? ""); at++)
    for (const letter of (words[at] ?? "").slice(1)) flags.add((words[at]?.startsWith("+") ? "+" : "") + letter);
  return { flags, rest: words.slice(at) };
}

function marksOf(flags: ReadonlySet<string>): Marking {
  return {
    ...(flags.has("x") ? { exported: true } : flags.has("+x") ? { exported: false } : {}),
    ...(flags.has("r") ? { readonly: true } : {}),
    ...(flags.has("i") ? { integer: true } : {}),
  };
}

const declare: Builtin = (shell, words, io) => {
  const { flags, rest } = optionsOf(words.slice(1));
  if (flags.has("A")) {
    shell.complain(`${words[0]}: -A: arrays with names as keys are not simulated`, io);
    return 2;
  }
  if (flags.has("p")) {
    let status = 0;
    for (const name of rest) {
      const found = shell.state.variables.get(name);
      if (found === undefined) {
        shell.complain(`${words[0]}: ${name}: not found`, io);
        status = 1;
      } else
        io.out(`declare -${found.exported ? "x" : found.readonly ? "r" : "-"} ${name}=${doubleQuoted(found.value)}\n`);
    }
    return status;
  }
  if (flags.has("f") || flags.has("F")) return rest.every((name) => shell.state.functions.has(name)) ? 0 : 1;
  const inside = shell.state.hidden.length > 0 && !flags.has("g");
  const status = mark(shell, [words[0] ?? "", ...rest], { local: inside, ...marksOf(flags) }, io);
  if (flags.has("a"))
    for (const name of rest)
      if (NAME.test(name) && shell.state.get(name) === undefined) shell.state.setElements(name, new Map());
  return status;
};

const unset: Builtin = (shell, words, io) => {
  const { state } = shell;
  const functions = words[1] === "-f";
  let status = 0;
  for (const word of words.slice(/^-[fv]$/.test(words[1] ?? "") ? 2 : 1)) {
    const element = /^([A-Za-z_]\w*)\[(.+)\]$/.exec(word);
    if (element !== null) {
      const kept = new Map(state.variables.get(element[1] ?? "")?.elements);
      kept.delete(Number(shell.calculate(element[2] ?? "0")));
      state.setElements(element[1] ?? "", kept);
    } else if (functions) state.functions.delete(word);
    else if (!NAME.test(word)) {
      shell.complain(`unset: \`${word}': not a valid identifier`, io);
      status = 1;
    } else if (state.variables.get(word)?.readonly) {
      shell.complain(`unset: ${word}: cannot unset: readonly variable`, io);
      status = 1;
    } else if (words[1] !== "-v" && !state.variables.has(word)) state.functions.delete(word);
    else state.unset(word);
  }
  return status;
};

function* read(shell: Shell, words: readonly string[], io: ProgramIO): Task<number> {
  const { flags, values, names } = readOptions(words.slice(1));
  if (values.has("p") && io.stdin.screen) io.err(values.get("p") ?? "");
  const wrong = names.find((name) => !NAME.test(name));
  if (wrong !== undefined) {
    shell.complain(`read: \`${wrong}': not a valid identifier`, io);
    return 1;
  }
  const { text, ended } = yield* oneLine(io, {
    raw: flags.has("r"),
    delimiter: values.get("d"),
    count: values.get("n") ?? values.get("N"),
  });
  const { state } = shell;
  const separators = state.get("IFS") ?? " \t\n";
  const array = values.get("a");
  if (array !== undefined) {
    const fields = fieldsOfLine(text, separators, Number.POSITIVE_INFINITY);
    state.setElements(array, new Map(fields.map((field, at) => [at, field])));
  } else if (names.length === 0) state.set("REPLY", text.map(({ sign }) => sign).join(""));
  else {
    const fields = fieldsOfLine(text, separators, names.length);
    for (const [at, name] of names.entries()) state.set(name, fields[at] ?? "");
  }
  return ended ? 1 : 0;
}

function readOptions(words: readonly string[]) {
  const flags = new Set<string>();
  const values = new Map<string, string>();
  let at = 0;
  for (; /^-./.test(words[at] ?? ""); at++) {
    const word = words[at] ?? "";
    if (word === "--") {
      at++;
      break;
    }
    for (let i = 1; i < word.length; i++) {
      const letter = word[i] ?? "";
      if (!"adinNptu".includes(letter)) flags.add(letter);
      else {
        values.set(letter, word.slice(i + 1) || (words[++at] ?? ""));
        break;
      }
    }
  }
  return { flags, values, names: words.slice(at) };
}

/** Reads a line; backslashes quote, and join lines, unless it is raw. */
function* oneLine(
  io: ProgramIO,
  { raw, delimiter, count }: { raw: boolean; delimiter: string | undefined; count: string | undefined },
): Task<{ text: ReadSign[]; ended: boolean }> {
  const end = delimiter === undefined ? "\n" : (delimiter[0] ?? "\0");
  const signs: ReadSign[] = [];
  const most = count === undefined ? Number.POSITIVE_INFINITY : Number(count);
  for (;;) {
    const line = yield* io.stdin.line(end);
    if (line === undefined) return { text: signs, ended: true };
    const whole = line.endsWith(end) ? line.slice(0, -1) : line;
    const all = Array.from(whole);
    let joined = false;
    for (let at = 0; at < all.length; at++) {
      if (signs.length >= most) {
        io.stdin.unread(all.slice(at).join("") + (line.length > whole.length ? end : ""));
        return { text: signs, ended: false };
      }
      const escaped = !raw && all[at] === "\\";
      if (escaped && at + 1 >= all.length) {
        joined = line.length > whole.length;
        break;
      }
      signs.push({ sign: all[escaped ? ++at : at] ?? "", escaped });
    }
    if (!joined) return { text: signs, ended: line.length === whole.length && signs.length < most };
  }
}

const cd: Builtin = (shell, words, io) => {
  const { state } = shell;
  const rest = words.slice(1).filter((word) => !/^-[LPe@]+$/.test(word) && word !== "--");
  const [word] = rest;
  const target = word === undefined ? state.get("HOME") : word === "-" ? state.get("OLDPWD") : word;
  const fault = (message: string) => {
    shell.complain(`cd: ${message}`, io);
    return state.dialect === "dash" ? 2 : 1;
  };
  if (rest.length > 1) return fault("too many arguments");
  if (target === undefined) return fault(word === "-" ? "OLDPWD not set" : "HOME not set");
  const found = io.files.stat(target === "" ? "." : target);
  if (found?.kind !== "directory") {
    const reason = found === undefined ? "No such file or directory" : "Not a directory";
    if (state.dialect === "dash") return fault(`can't cd to ${target}`);
    return fault(state.dialect === "ash" ? `can't cd to ${target}: ${reason}` : `${target}: ${reason}`);
  }
  state.set("OLDPWD", state.cwd);
  state.cwd = io.files.full(target === "" ? "." : target);
  state.set("PWD", state.cwd);
  if (word === "-") io.out(`${state.cwd}\n`);
  return 0;
};

const calculate: Builtin = (shell, words, io) => {
  if (words.length === 1) {
    shell.complain("let: expression expected", io);
    return 1;
  }
  let last = 0n;
  for (const word of words.slice(1)) last = shell.calculate(word);
  return Number(last === 0n);
};

export const VARIABLE_BUILTINS: Readonly<Record<string, Builtin>> = {
  export: exporting,
  readonly: fixing,
  local,
  declare,
  typeset: declare,
  unset,
  read,
  cd,
  pwd: (shell, _words, io) => {
    io.out(`${shell.state.cwd}\n`);
    return 0;
  },
  let: calculate,
  mapfile,
  readarray: mapfile,
};
