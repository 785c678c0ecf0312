// Builtins for how the shell behaves: set, shift, alias, shopt, getopts, umask.
import type { ProgramIO } from "../machine.ts";
import { quotedWord, singleQuoted } from "../quote.ts";
import type { Builtin, Shell } from "../shell.ts";

const LETTERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    a: "allexport",
    b: "notify",
    C: "noclobber",
    e: "errexit",
    f: "noglob",
    h: "hashall",
    m: "monitor",
    n: "noexec",
    u: "nounset",
    v: "verbose",
    x: "xtrace",
    E: "errtrace",
    T: "functrace",
    B: "braceexpand",
    H: "histexpand",
    P: "physical",
  }),
);
const LONG = new Set([...LETTERS.values(), "pipefail", "posix", "emacs", "vi", "history", "ignoreeof", "nolog"]);
const USAGE = "set: usage: set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]";

/** Switches an option; false when there is none such. */
export function setOption(shell: Shell, name: string, on: boolean): boolean {
  if (!LONG.has(name)) return false;
  if (on) shell.state.options.add(name);
  else shell.state.options.delete(name);
  return true;
}

const set: Builtin = (shell, words, io) => {
  if (words.length === 1) {
    const names = [...shell.state.variables.keys()].sort();
    for (const name of names) io.out(`${name}=${quotedWord(shell.state.get(name) ?? "")}\n`);
    return 0;
  }
  let at = 1;
  for (; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "--" || word === "-") {
      shell.state.positional = words.slice(at + 1);
      return 0;
    }
    if (!/^[-+]./.test(word)) break;
    const on = word.startsWith("-");
    for (const letter of word.slice(1)) {
      if (letter === "o") {
        const name = words[++at];
        if (name === undefined) return listOptions(shell, io);
        if (!setOption(shell, name, on)) return refuse(shell, `set: ${name}: invalid option name`, io);
      } else if (!setOption(shell, LETTERS.get(letter) ?? "", on)) {
        shell.complain(`set: ${word[0]}${letter}: invalid option`, io);
        io.err(`${USAGE}\n`);
        return 2;
      }
    }
  }
  if (at < words.length) shell.state.positional = words.slice(at);
  return 0;
};

function listOptions(shell: Shell, io: ProgramIO): number {
  for (const name of [...LONG].sort()) io.out(`${name.padEnd(15)}\t${shell.state.options.has(name) ? "on" : "off"}\n`);
  return 0;
}

function refuse(shell: Shell, message: string, io: ProgramIO): number {
  shell.complain(message, io);
  return 2;
}

const shift: Builtin = (shell, words, io) => {
  const [, word = "1"] = words;
  if (!/^\d+$/.test(word)) {
    shell.complain(
      `shift: ${word}: ${/^-\d+$/.test(word) ? "shift count out of range" : "numeric argument required"}`,
      io,
    );
    return 1;
  }
  const { positional } = shell.state;
  if (Number(word) > positional.length) return 1;
  shell.state.positional = positional.slice(Number(word));
  return 0;
};

const alias: Builtin = (shell, words, io) => {
  const { aliases } = shell.state;
  const shown = (name: string) => `alias ${name}=${singleQuoted(aliases.get(name) ?? "")}\n`;
  const given = words.slice(1).filter((word) => word !== "-p");
  if (given.length === 0) for (const name of [...aliases.keys()].sort()) io.out(shown(name));
  let status = 0;
  for (const word of given) {
    const sign = word.indexOf("=", 1);
    if (sign > 0) aliases.set(word.slice(0, sign), word.slice(sign + 1));
    else if (aliases.has(word)) io.out(shown(word));
    else {
      shell.complain(`alias: ${word}: not found`, io);
      status = 1;
    }
  }
  return status;
};

const unalias: Builtin = (shell, words, io) => {
  if (words[1] === "-a") shell.state.aliases.clear();
  let status = 0;
  for (const word of words.slice(1).filter((each) => each !== "-a")) {
    if (shell.state.aliases.delete(word)) continue;
    shell.complain(`unalias: ${word}: not found`, io);
    status = 1;
  }
  return status;
};

/** `getopts LETTERS NAME`: the next option of the parameters. */
const getopts: Builtin = (shell, words, io) => {
  const { state } = shell;
  const [, letters = "", name = "", ...given] = words;
  if (name === "") {
    shell.complain("getopts: usage: getopts optstring name [arg ...]", io);
    return 2;
  }
  const all = given.length > 0 ? given : state.positional;
  const [index = 1, offset = 1] = (state.get("OPTIND") ?? "1").split(".").map(Number);
  const place = state.get("__getopts_at") === undefined || offset > 1 ? offset : Number(state.get("__getopts_at"));
  const word = all[index - 1];
  const next = (at: number, inWord: number) => {
    state.set("OPTIND", String(at));
    state.set("__getopts_at", String(inWord));
  };
  if (word === undefined || !/^-./.test(word) || word === "--") {
    next(word === "--" ? index + 1 : index, 1);
    state.set(name, "?");
    return 1;
  }
  const letter = word[place] ?? "";
  const known = letter !== ":" && letters.includes(letter);
  const valued = known && letters[letters.indexOf(letter) + 1] === ":";
  const ends = place + 1 >= word.length;
  state.unset("OPTARG");
  if (!known) {
    next(ends ? index + 1 : index, ends ? 1 : place + 1);
    state.set(name, "?");
    if (letters.startsWith(":")) state.set("OPTARG", letter);
    else io.err(`${state.name}: illegal option -- ${letter}\n`);
    return 0;
  }
  state.set(name, letter);
  if (!valued) {
    next(ends ? index + 1 : index, ends ? 1 : place + 1);
    return 0;
  }
  const value = ends ? all[index] : word.slice(place + 1);
  next(ends ? index + 2 : index + 1, 1);
  if (value !== undefined) {
    state.set("OPTARG", value);
    return 0;
  }
  if (letters.startsWith(":")) {
    state.set(name, ":");
    state.set("OPTARG", letter);
  } else {
    state.set(name, "?");
    io.err(`${state.name}: option requires an argument -- ${letter}\n`);
  }
  return 0;
};

const shopt: Builtin = (shell, words) => {
  const on = words[1] === "-s";
  for (const word of words.slice(2)) {
    if (on) shell.state.options.add(word);
    else shell.state.options.delete(word);
  }
  return 0;
};

export const OPTION_BUILTINS: Readonly<Record<string, Builtin>> = {
  set,
  shift,
  alias,
  unalias,
  getopts,
  shopt,
  hash: () => 0,
  umask: (_shell, words, io) => {
    if (words.length === 1) io.out("0022\n");
    return 0;
  },
  ulimit: (_shell, _words, io) => {
    io.out("unlimited\n");
    return 0;
  },
  times: (_shell, _words, io) => {
    io.out("0m0.000s 0m0.000s\n0m0.000s 0m0.000s\n");
    return 0;
  },
};
