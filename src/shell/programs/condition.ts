// `test` and `[`: conditions on texts, numbers and files.
import { fileName } from "../../kubectl/index.ts";
import type { Program, ProgramIO } from "../program.ts";

/** `[ A = B ]`, `[ -z A ]`, `[ N -lt M ]`, `[ -f FILE ]`, with `!`, `-a` and `-o`. */
export const condition: Program = (words, io) => {
  const [name = "[", ...rest] = words;
  if (name === "[" && rest.pop() !== "]") {
    io.err("bash: [: missing `]'\n");
    io.exit(2);
    return;
  }
  const held = holds(rest, io);
  if (typeof held === "string") io.err(`bash: ${name}: ${held}\n`);
  io.exit(typeof held === "string" ? 2 : held ? 0 : 1);
};

/** Whether it holds, or what bash says against it. */
function holds(words: readonly string[], io: ProgramIO): boolean | string {
  for (const joint of ["-o", "-a"]) {
    const at = words.length > 3 ? words.indexOf(joint) : -1;
    if (at < 0) continue;
    const [left, right] = [holds(words.slice(0, at), io), holds(words.slice(at + 1), io)];
    if (typeof left === "string") return left;
    if (typeof right === "string") return right;
    return joint === "-o" ? left || right : left && right;
  }
  const [first = "", second = "", third = ""] = words;
  if (first === "!" && words.length > 1) {
    const inner = holds(words.slice(1), io);
    return typeof inner === "string" ? inner : !inner;
  }
  if (words.length <= 1) return first !== "";
  if (words.length === 2) return one(first, second, io);
  return words.length === 3 ? two(first, second, third) : "too many arguments";
}

function one(operator: string, text: string, { files }: ProgramIO): boolean | string {
  if (operator === "-z") return text === "";
  if (operator === "-n") return text !== "";
  if (operator === "-e" || operator === "-f" || operator === "-r") return files.has(fileName(text));
  if (operator === "-s") return (files.get(fileName(text)) ?? "") !== "";
  return `${operator}: unary operator expected`;
}

const NUMBERS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  "-eq": (a, b) => a === b,
  "-ne": (a, b) => a !== b,
  "-lt": (a, b) => a < b,
  "-le": (a, b) => a <= b,
  "-gt": (a, b) => a > b,
  "-ge": (a, b) => a >= b,
};

function two(a: string, operator: string, b: string): boolean | string {
  if (operator === "=" || operator === "==") return a === b;
  if (operator === "!=") return a !== b;
  const compare = NUMBERS[operator];
  if (compare === undefined) return `${operator}: binary operator expected`;
  const wrong = [a, b].find((each) => !/^\s*[+-]?\d+\s*$/.test(each));
  return wrong === undefined ? compare(Number(a), Number(b)) : `${wrong}: integer expression expected`;
}
