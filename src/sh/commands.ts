// Commands at work: words expanded, streams connected, assignments made, programs started.

import { assign } from "./assign.ts";
import { type Assignment, type Command, type List, plainText, type SimpleCommand, type Word } from "./ast.ts";
import { ShellCore, type ShellOptions } from "./core.ts";
import { Expander } from "./expand.ts";
import { FileError } from "./files.ts";
import { Abort, isFlow } from "./flow.ts";
import { ExpansionFault } from "./fragments.ts";
import { OutputSpent, Paths } from "./machine.ts";
import { runNode } from "./nodes.ts";
import type { Fork } from "./pipes.ts";
import { quotedWord } from "./quote.ts";
import { connect } from "./redirect.ts";
import { ReadonlyFault, TooLong } from "./state.ts";
import { BrokenPipe, outputAt, type Streams } from "./streams.ts";
import type { Task } from "./task.ts";

const DECLARING = new Set(["export", "readonly", "local", "declare", "typeset", "alias"]);
/** Characters that a command substitution may give. */
const MOST_SUBSTITUTED = 4_000_000;

/** A shell that runs single commands; lists and pipelines are run above it. */
export abstract class CommandShell extends ShellCore {
  readonly expander: Expander;
  /** Above 0 where a failure is looked at: there `set -e` does not act. */
  tested = 0;
  /** Loops around what runs now. */
  loops = 0;
  /** Whether words of the command at hand ran commands, whose status then is its own. */
  #substituted = false;

  constructor(options: ShellOptions) {
    super(options);
    const paths = () => new Paths(this.machine.files, this.state.cwd);
    this.expander = new Expander({
      state: this.state,
      now: () => this.machine.now(),
      random: () => this.machine.random?.() ?? 0,
      substitute: (body) => this.#substitute(body),
      exists: (path) => paths().stat(path) !== undefined,
      list: (path) => {
        const found = paths().stat(path);
        return found?.kind === "directory" ? paths().list(path) : undefined;
      },
    });
  }

  calculate(text: string): bigint {
    return this.expander.calculate(text);
  }

  /** Another shell with a copy of this one's memory. */
  abstract fork(streams: Streams): Fork;
  abstract list(list: List): Task<number>;

  protected override *command({ node, redirects }: Command): Task<number> {
    if (node.kind === "simple") return yield* this.#faults(() => this.#simple(node, redirects));
    yield* this.budget.step(this.machine);
    const before = this.streams;
    return yield* this.#faults(
      function* (this: CommandShell) {
        const streams = yield* connect(redirects, this);
        if (typeof streams === "string") {
          this.complain(streams);
          return 1;
        }
        this.streams = streams;
        try {
          return yield* runNode(node, this);
        } finally {
          this.streams = before;
        }
      }.bind(this),
    );
  }

  /** What words in a command have against being expanded ends the line, or the shell. */
  *#faults(body: () => Task<number>): Task<number> {
    try {
      return yield* body();
    } catch (error) {
      if (isFlow(error) || error instanceof BrokenPipe) throw error;
      const known = error instanceof ExpansionFault || error instanceof ReadonlyFault || error instanceof TooLong;
      if (!known && !(error instanceof OutputSpent || error instanceof FileError)) throw error;
      this.complain(error.message);
      const { dialect } = this.state;
      const status = error instanceof ExpansionFault ? (dialect === "bash" ? error.status : 2) : 1;
      if (error instanceof OutputSpent || error instanceof FileError) return status;
      this.state.status = this.interactive ? 1 : status;
      throw new Abort(this.state.status);
    }
  }

  *#simple(node: SimpleCommand, redirects: Command["redirects"]): Task<number> {
    this.state.line = node.line;
    this.#substituted = false;
    const words = yield* this.#words(node.words);
    const streams = yield* connect(redirects, this);
    if (typeof streams === "string") {
      this.complain(streams);
      return 1;
    }
    if (words.length === 0) return yield* this.#assignAll(node.assignments);
    const restore = node.assignments.length > 0 ? this.#remember(node.assignments) : undefined;
    try {
      for (const assignment of node.assignments) {
        yield* this.#assign(assignment);
        this.state.mark(assignment.name, { exported: true });
      }
      this.#trace(words);
      if (words[0] === "exec" && words.length === 1) {
        this.streams = streams;
        return 0;
      }
      return yield* this.run(words, { streams, functions: true });
    } finally {
      restore?.();
    }
  }

  *#words(words: readonly Word[]): Task<string[]> {
    const first = plainText(words[0]);
    if (first === undefined || !DECLARING.has(first)) return yield* this.expander.fields(words);
    const result: string[] = [];
    for (const word of words) {
      const [head] = word;
      const assigns = head?.kind === "text" && !head.quoted && /^[A-Za-z_][\w.-]*\+?=/.test(head.text);
      if (assigns) result.push(yield* this.expander.text(word));
      else result.push(...(yield* this.expander.fields([word])));
    }
    return result;
  }

  *#assignAll(assignments: readonly Assignment[]): Task<number> {
    yield* this.budget.step(this.machine);
    for (const assignment of assignments) yield* this.#assign(assignment);
    return this.#substituted ? this.state.status : 0;
  }

  *#assign(assignment: Assignment): Task<void> {
    const text = yield* assign(assignment, this.expander);
    if (text === undefined || !this.state.options.has("xtrace")) return;
    this.#traceText(`${assignment.name}${assignment.append ? "+" : ""}=${quotedWord(text)}`);
  }

  /** Variables before a command are set for that command alone. */
  #remember(assignments: readonly Assignment[]): () => void {
    const { variables } = this.state;
    const before = assignments.map(({ name }) => [name, variables.get(name)] as const);
    return () => {
      for (const [name, value] of before) {
        if (value === undefined) variables.delete(name);
        else variables.set(name, value);
      }
    };
  }

  #trace(words: readonly string[]): void {
    if (this.state.options.has("xtrace")) this.#traceText(words.map(quotedWord).join(" "));
  }

  #traceText(text: string): void {
    outputAt(this.streams, 2).write(`${this.state.get("PS4") ?? "+ "}${text}\n`);
  }

  *#substitute(body: List): Task<string> {
    const collected: string[] = [];
    let length = 0;
    const write = (text: string) => {
      length += text.length;
      if (length > MOST_SUBSTITUTED)
        throw new OutputSpent(`more than ${MOST_SUBSTITUTED} characters of output: stopped`);
      collected.push(text);
    };
    const streams = new Map(this.streams).set(1, { kind: "output", screen: false, write });
    this.state.status = yield* this.fork(streams).subshell(body);
    this.#substituted = true;
    const text = collected.join("");
    let end = text.length;
    while (end > 0 && text[end - 1] === "\n") end--;
    return text.slice(0, end).replaceAll("\0", "");
  }
}
