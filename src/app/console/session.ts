// What the visitor is doing at the prompt: unfinished commands, commands that wait, history.
import { splitCommands } from "./commands.ts";
import { EMPTY_HISTORY, type History, remember, walk } from "./history.ts";

/** What a session needs of the page. */
export interface Gateway {
  /** Whether a command has the shell. */
  busy(): boolean;
  /** Whether the shell needs more lines before it can run this. */
  isIncomplete(text: string): boolean;
  run(command: string): void;
  interrupt(): void;
  /** Shows what was typed and given up. */
  giveUp(text: string): void;
}

/** What the prompt shows of a session. */
export interface SessionState {
  /** Lines of a command that is not whole yet. */
  readonly open: string;
  /** Commands that wait for the one that runs. */
  readonly waiting: readonly string[];
  readonly history: History;
}

/** One visitor's typing, across runs. */
export class Session {
  #state: SessionState = { open: "", waiting: [], history: EMPTY_HISTORY };
  readonly #gateway: Gateway;
  readonly #listeners = new Set<() => void>();

  constructor(gateway: Gateway) {
    this.#gateway = gateway;
  }

  readonly read = (): SessionState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Takes lines as if each had been typed with Enter behind it; whole commands run one by one. */
  enter(text: string): void {
    const { open, waiting, history } = this.#state;
    const { whole, open: rest } = splitCommands(open === "" ? text : `${open}\n${text}`, this.#gateway.isIncomplete);
    this.#set({ open: rest, waiting: [...waiting, ...whole], history: whole.reduce(remember, history) });
    this.next();
  }

  /** Starts the next waiting command once the shell is free. */
  next(): void {
    while (!this.#gateway.busy()) {
      const [first, ...rest] = this.#state.waiting;
      if (first === undefined) return;
      this.#set({ ...this.#state, waiting: rest });
      this.#gateway.run(first);
    }
  }

  /** Ctrl+C: gives up what is typed, or stops the command that runs together with those behind it. */
  interrupt(line: string): void {
    const typed = this.#state.open === "" ? line : `${this.#state.open}\n${line}`;
    this.#set({ ...this.#state, open: "", waiting: [] });
    if (this.#gateway.busy()) this.#gateway.interrupt();
    else this.#gateway.giveUp(typed);
  }

  /** Walks through history; returns what the line becomes. */
  walk(line: string, by: -1 | 1): string {
    const walked = walk(this.#state.history, line, by);
    this.#set({ ...this.#state, history: walked.history });
    return walked.line;
  }

  #set(state: SessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
