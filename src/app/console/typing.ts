// What the visitor is doing at the prompt: unfinished commands, commands that wait, history.
import { Emitter } from "../../cluster/index.ts";
import { splitCommands } from "./commands.ts";
import { EMPTY_HISTORY, type History, remember, walk } from "./history.ts";

/** What typing needs of the page. */
export interface TypingHost {
  /** Whether a command has the shell. */
  busy(): boolean;
  /** Whether the shell needs more lines before it can run this. */
  isIncomplete(text: string): boolean;
  run(command: string): void;
  interrupt(): void;
  /** Shows what was typed and given up. */
  giveUp(text: string): void;
}

/** What the prompt shows of the typing. */
export interface TypingState {
  /** Lines of a command that is not whole yet. */
  readonly open: string;
  /** Commands that wait for the one that runs. */
  readonly waiting: readonly string[];
  readonly history: History;
}

/** One visitor's typing, across runs. */
export class Typing {
  #state: TypingState = { open: "", waiting: [], history: EMPTY_HISTORY };
  readonly #host: TypingHost;
  /** Tells that the state is another. */
  readonly changed = new Emitter<void>();

  constructor(host: TypingHost) {
    this.#host = host;
  }

  readonly read = (): TypingState => this.#state;

  /** Takes lines as if each had been typed and followed by Enter; whole commands run one by one. */
  enter(text: string): void {
    const { open, waiting, history } = this.#state;
    const { whole, open: rest } = splitCommands(open === "" ? text : `${open}\n${text}`, this.#host.isIncomplete);
    this.#set({ open: rest, waiting: [...waiting, ...whole], history: whole.reduce(remember, history) });
    this.next();
  }

  /** Starts the next waiting command once the shell is free. */
  next(): void {
    while (!this.#host.busy()) {
      const [first, ...rest] = this.#state.waiting;
      if (first === undefined) return;
      this.#set({ ...this.#state, waiting: rest });
      this.#host.run(first);
    }
  }

  /** Ctrl+C: gives up what is typed, or stops the command that runs together with those behind it. */
  interrupt(line: string): void {
    const typed = this.#state.open === "" ? line : `${this.#state.open}\n${line}`;
    this.#set({ ...this.#state, open: "", waiting: [] });
    if (this.#host.busy()) this.#host.interrupt();
    else this.#host.giveUp(typed);
  }

  /** Walks through history; returns what the line becomes. */
  walk(line: string, by: -1 | 1): string {
    const walked = walk(this.#state.history, line, by);
    this.#set({ ...this.#state, history: walked.history });
    return walked.line;
  }

  #set(state: TypingState): void {
    this.#state = state;
    this.changed.emit();
  }
}
