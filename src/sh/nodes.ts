// Compound commands at work: loops, conditions, `case`, groups, functions.
import type { Command, Compound, Condition, List, Word } from "./ast.ts";
import type { Budget } from "./budget.ts";
import { testBinary, testUnary } from "./condition.ts";
import type { Expander } from "./expand.ts";
import { Loop } from "./flow.ts";
import { type Machine, Paths } from "./machine.ts";
import { matches } from "./pattern.ts";
import { compileRegex } from "./regex.ts";
import type { State } from "./state.ts";
import type { Streams } from "./streams.ts";
import type { Task } from "./task.ts";

/** What compound commands need of the shell they run in. */
export interface NodeShell {
  readonly machine: Machine;
  readonly state: State;
  readonly expander: Expander;
  readonly budget: Budget;
  readonly streams: Streams;
  tested: number;
  loops: number;
  list(list: List): Task<number>;
  fork(streams: Streams): { subshell(list: List): Task<number> };
  complain(message: string): void;
}

type Node<K extends Compound["kind"]> = Extract<Compound, { kind: K }>;

/** Runs a compound command. */
export function* runNode(node: Compound, shell: NodeShell): Task<number> {
  switch (node.kind) {
    case "group":
      return yield* shell.list(node.body);
    case "subshell":
      return yield* shell.fork(shell.streams).subshell(node.body);
    case "for":
      return yield* runFor(node, shell);
    case "for-arithmetic":
      return yield* runForArithmetic(node, shell);
    case "while":
      return yield* runWhile(node, shell);
    case "if":
      return yield* runIf(node, shell);
    case "case":
      return yield* runCase(node, shell);
    case "arithmetic":
      return Number((yield* shell.expander.arithmetic(node.expression)) === 0n);
    case "condition":
      return yield* runCondition(node.condition, shell);
    case "function":
      return define(node.name, node.body, shell);
  }
}

function define(name: string, body: Command, { state }: NodeShell): number {
  state.functions.set(name, body);
  return 0;
}

/** A round of a loop; true when the loop is over. */
function* round(body: List, shell: NodeShell, result: { status: number }): Task<boolean> {
  yield* shell.budget.step(shell.machine);
  try {
    result.status = yield* shell.list(body);
    return false;
  } catch (error) {
    if (!(error instanceof Loop)) throw error;
    result.status = 0;
    if (error.levels > 1 && shell.loops > 1) throw new Loop(error.kind, error.levels - 1);
    return error.kind === "break";
  }
}

function* looped(shell: NodeShell, body: () => Task<number>): Task<number> {
  shell.loops++;
  try {
    return yield* body();
  } finally {
    shell.loops--;
  }
}

function runFor({ name, words, body }: Node<"for">, shell: NodeShell): Task<number> {
  return looped(shell, function* () {
    const values = words === undefined ? shell.state.positional : yield* shell.expander.fields(words);
    const result = { status: 0 };
    for (const value of values) {
      shell.state.set(name, value);
      if (yield* round(body, shell, result)) break;
    }
    return result.status;
  });
}

function runForArithmetic({ parts, body }: Node<"for-arithmetic">, shell: NodeShell): Task<number> {
  return looped(shell, function* () {
    const [begin, condition, step] = parts;
    const { expander } = shell;
    const result = { status: 0 };
    const isEmpty = condition.length === 0 || (yield* expander.text(condition, "none")).trim() === "";
    yield* expander.arithmetic(begin);
    while (isEmpty || (yield* expander.arithmetic(condition)) !== 0n) {
      if (yield* round(body, shell, result)) break;
      yield* expander.arithmetic(step);
    }
    return result.status;
  });
}

function runWhile({ condition, body, until }: Node<"while">, shell: NodeShell): Task<number> {
  return looped(shell, function* () {
    const result = { status: 0 };
    const held = { status: 0 };
    for (;;) {
      shell.tested++;
      try {
        if (yield* round(condition, shell, held)) break;
      } finally {
        shell.tested--;
      }
      if ((held.status === 0) === until) break;
      if (yield* round(body, shell, result)) break;
    }
    return result.status;
  });
}

function* tested(list: List, shell: NodeShell): Task<number> {
  shell.tested++;
  try {
    return yield* shell.list(list);
  } finally {
    shell.tested--;
  }
}

function* runIf({ arms, otherwise }: Node<"if">, shell: NodeShell): Task<number> {
  for (const { condition, body } of arms) if ((yield* tested(condition, shell)) === 0) return yield* shell.list(body);
  return otherwise === undefined ? 0 : yield* shell.list(otherwise);
}

function* runCase({ word, arms }: Node<"case">, shell: NodeShell): Task<number> {
  const text = yield* shell.expander.text(word);
  let status = 0;
  let falls = false;
  for (const { patterns, body, end } of arms) {
    if (!falls && !(yield* anyMatches(patterns, text, shell))) continue;
    status = yield* shell.list(body);
    if (end === ";;") return status;
    falls = end === ";&";
  }
  return status;
}

function* anyMatches(patterns: readonly Word[], text: string, { expander }: NodeShell): Task<boolean> {
  for (const pattern of patterns) if (matches(yield* expander.pattern(pattern), text)) return true;
  return false;
}

function* runCondition(condition: Condition, shell: NodeShell): Task<number> {
  const held = yield* holds(condition, shell);
  return typeof held === "number" ? held : Number(!held);
}

/** Whether a condition of `[[ … ]]` holds; an exit status when it is undecidable. */
function* holds(condition: Condition, shell: NodeShell): Task<boolean | number> {
  switch (condition.kind) {
    case "not": {
      const inner = yield* holds(condition.inner, shell);
      return typeof inner === "number" ? inner : !inner;
    }
    case "and":
    case "or": {
      const left = yield* holds(condition.left, shell);
      if (typeof left === "number" || left === (condition.kind === "or")) return left;
      return yield* holds(condition.right, shell);
    }
    case "unary": {
      const text = yield* shell.expander.text(condition.word);
      if (condition.operator === "-v") return shell.expander.plain(text) !== undefined;
      if (condition.operator === "-o") return shell.state.options.has(text);
      return testUnary(condition.operator, text, pathsOf(shell)) === true;
    }
    case "binary":
      return yield* compares(condition, shell);
  }
}

function pathsOf({ machine, state }: NodeShell): Paths {
  return new Paths(machine.files, state.cwd);
}

function* compares(
  { operator, left, right }: Extract<Condition, { kind: "binary" }>,
  shell: NodeShell,
): Task<boolean | number> {
  const { expander } = shell;
  const text = yield* expander.text(left);
  if (operator === "=" || operator === "==") return matches(yield* expander.pattern(right), text);
  if (operator === "!=") return !matches(yield* expander.pattern(right), text);
  if (operator === "=~") return yield* searches(text, right, shell);
  const other = yield* expander.text(right);
  if (operator === "<") return text < other;
  if (operator === ">") return text > other;
  if (/^-(?:eq|ne|lt|le|gt|ge)$/.test(operator)) {
    const [a, b] = [expander.calculate(text), expander.calculate(other)];
    return testBinary(String(a), operator, String(b), pathsOf(shell)) === true;
  }
  return testBinary(text, operator, other, pathsOf(shell)) === true;
}

function* searches(text: string, right: Word, shell: NodeShell): Task<boolean | number> {
  let source = "";
  for (const fragment of yield* shell.expander.fragments(right, true)) {
    if (fragment === "break") continue;
    source += fragment.quoted ? fragment.text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&") : fragment.text;
  }
  const regex = compileRegex(source, { syntax: "extended" });
  if (typeof regex === "string") return 2;
  const found = regex.exec(text, 0);
  const groups = found?.groups ?? [];
  shell.state.setElements("BASH_REMATCH", new Map(groups.map((group, at) => [at, group ?? ""])));
  return found !== undefined;
}
