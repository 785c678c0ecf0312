// Builtins that are programs as well: echo, printf, test, `[`, sleep's relatives.
import { testWords } from "../condition.ts";
import { echo } from "../programs/echo.ts";
import { printf } from "../programs/printf.ts";
import type { Builtin } from "../shell.ts";

/** `test` and `[`. */
const test: Builtin = (shell, words, io) => {
  const [name = "test", ...rest] = words;
  if (name === "[" && rest.pop() !== "]") {
    shell.complain("[: missing `]'", io);
    return 2;
  }
  const held = testWords(rest, io);
  if (typeof held === "string") shell.complain(`${name}: ${held}`, io);
  return typeof held === "string" ? 2 : held ? 0 : 1;
};

/** `printf -v NAME` sets a variable; else it is the program. */
const print: Builtin = (shell, words, io) => {
  const faults = { ...io, err: (text: string) => shell.complain(text.replace(/\n$/, ""), io) };
  if (words[1] !== "-v") return printf(words, faults);
  const texts: string[] = [];
  const [name = "", , variable = "", ...rest] = words;
  const result = printf([name, ...rest], { ...faults, out: (text) => void texts.push(text) });
  shell.state.set(variable, texts.join(""));
  return result;
};

export const TEXT_BUILTINS: Readonly<Record<string, Builtin>> = {
  echo: (shell, words, io) => echo(shell.state.dialect)(words, io),
  printf: print,
  test,
  "[": test,
};
