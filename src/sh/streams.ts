// Where the input and output of a program are connected: screens, pipes, files, texts.
import type { Task, Turns } from "./task.ts";

/** Whoever read a pipe is gone: the writer ends as by SIGPIPE. */
export class BrokenPipe extends Error {
  override name = "BrokenPipe";
}

/** Where output goes. */
export interface Output {
  readonly kind: "output";
  /** Whether a person sees it. */
  readonly screen: boolean;
  /** @throws BrokenPipe, FileError */
  write(text: string): void;
}

/** Where input comes from. It may be read by several programs, one by one: each takes what it reads. */
export interface Input {
  readonly kind: "input";
  /** Whether a person would type it; nobody does here, so it is at its end. */
  readonly screen: boolean;
  /** Whether all of it is known: nothing more will come. */
  readonly complete: boolean;
  /** What is there and not yet read, at least one character; undefined at the end. Waits while a pipe is empty. */
  chunk(): Task<string | undefined>;
  /** The next line with its newline, or what is left without; undefined at the end. */
  line(delimiter?: string): Task<string | undefined>;
  /** All that is left. */
  rest(): Task<string>;
  /** All that is there now, without waiting. */
  taken(): string;
  /** Nobody will read it again. */
  close(): void;
  /** Gives back what was taken and not needed: it is read next. */
  unread(text: string): void;
}

/** What a program writes to when that goes nowhere. */
export const NOWHERE: Output = { kind: "output", screen: false, write: () => {} };

/** Output that calls a function. */
export function outputTo(write: (text: string) => void, screen = false): Output {
  return { kind: "output", screen, write };
}

/** Input that is a text. */
export function inputOf(text: string, screen = false): Input {
  const pipe = new Pipe(undefined, screen);
  if (text !== "") pipe.write(text);
  pipe.end();
  return pipe;
}

/** Characters that wait in a pipe: a writer that never pauses would fill the memory. */
const MOST_WAITING = 16_000_000;

/** A pipe: what is written at one end is read at the other. */
export class Pipe implements Input {
  readonly kind = "input";
  readonly screen: boolean;
  readonly #turns: Turns | undefined;
  #text = "";
  #at = 0;
  #parts: string[] = [];
  #waiting = 0;
  #ended = false;
  #closed = false;
  #wake: (() => void) | undefined;

  constructor(turns?: Turns, screen = false) {
    this.#turns = turns;
    this.screen = screen;
  }

  /** The end that is written to. */
  get writer(): Output {
    return { kind: "output", screen: false, write: (text) => this.write(text) };
  }

  get complete(): boolean {
    return this.#ended;
  }

  /** Whether nobody reads any more. */
  get closed(): boolean {
    return this.#closed;
  }

  write(text: string): void {
    if (this.#closed) throw new BrokenPipe();
    if (text === "" || this.#ended) return;
    this.#waiting += text.length;
    if (this.#waiting > MOST_WAITING) throw new BrokenPipe();
    this.#parts.push(text);
    this.#notify();
  }

  /** Nothing more comes. */
  end(): void {
    this.#ended = true;
    this.#notify();
  }

  close(): void {
    this.#closed = true;
    this.#text = "";
    this.#parts = [];
    this.#waiting = 0;
  }

  unread(text: string): void {
    this.#gather();
    this.#text = text + this.#text.slice(this.#at);
    this.#at = 0;
  }

  #notify(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    if (wake === undefined) return;
    if (this.#turns === undefined) wake();
    else this.#turns.take(wake);
  }

  #gather(): void {
    if (this.#parts.length === 0) return;
    this.#text = this.#text.slice(this.#at) + this.#parts.join("");
    this.#at = 0;
    this.#parts = [];
    this.#waiting = 0;
  }

  /** Waits until there is something to read, or the end. */
  *#more(): Task<boolean> {
    if (this.#parts.length === 0 && !this.#ended)
      yield (resume) => {
        this.#wake = resume;
        return () => {
          if (this.#wake === resume) this.#wake = undefined;
        };
      };
    const found = this.#parts.length > 0;
    this.#gather();
    return found;
  }

  *chunk(): Task<string | undefined> {
    while (this.#at >= this.#text.length && (yield* this.#more()));
    const text = this.#text.slice(this.#at);
    this.#at = this.#text.length;
    return text === "" ? undefined : text;
  }

  *line(delimiter = "\n"): Task<string | undefined> {
    for (;;) {
      this.#gather();
      const end = this.#text.indexOf(delimiter, this.#at);
      if (end >= 0) {
        const line = this.#text.slice(this.#at, end + delimiter.length);
        this.#at = end + delimiter.length;
        return line;
      }
      if (!(yield* this.#more())) break;
    }
    return yield* this.chunk();
  }

  *rest(): Task<string> {
    const texts: string[] = [];
    for (let text = yield* this.chunk(); text !== undefined; text = yield* this.chunk()) texts.push(text);
    return texts.join("");
  }

  taken(): string {
    this.#gather();
    const text = this.#text.slice(this.#at);
    this.#at = this.#text.length;
    return text;
  }
}

/** The numbered streams of a program: 0 is its input, 1 its output, 2 its messages. */
export type Streams = ReadonlyMap<number, Input | Output>;

/** The usual three. */
export function streamsOf(stdin: Input, out: Output, err: Output): Streams {
  return new Map<number, Input | Output>([
    [0, stdin],
    [1, out],
    [2, err],
  ]);
}

const CLOSED = inputOf("");

/** What a program reads. */
export function inputAt(streams: Streams, number = 0): Input {
  const found = streams.get(number);
  return found?.kind === "input" ? found : CLOSED;
}

/** Where a program writes to. */
export function outputAt(streams: Streams, number: number): Output {
  const found = streams.get(number);
  return found?.kind === "output" ? found : NOWHERE;
}
