// Programs of the console as programs of the sh language: they end by calling `exit`, and see a cluster.
import type { CommandIO, ProgramPlace, ProgramRunner, Session } from "../kubectl/index.ts";
import {
  BrokenPipe,
  drive,
  type Running,
  type ProgramIO as ShIO,
  type Program as ShProgram,
  type Task,
} from "../sh/index.ts";
import type { Program, ProgramIO } from "./program.ts";

/** What a program of the console sees besides its words and streams. */
export interface Surroundings extends Pick<ProgramIO, "cluster" | "namespace" | "setNamespace"> {
  readonly at: ProgramPlace;
  /** Its files, from its working directory. */
  files(cwd: string): Map<string, string>;
  /** Opens a text in the page's editor; gives how to close it unanswered. Absent where there is none. */
  readonly edit?: (
    draft: { readonly file: string; readonly text: string },
    done: (text: string | undefined) => void,
  ) => () => void;
  /** Runs a program at a place, connected as the io says; gives its exit status. */
  runAt(place: ProgramPlace, argv: readonly string[], io: CommandIO, by: ShIO): Task<number>;
}

/** Words with which a program reads its standard input. */
const READS_INPUT = /^(?:-|@-|\/dev\/stdin|[^\s]*=(?:-|@-|\/dev\/stdin)|-[a-zA-Z]*(?:f-|@-))$/;
/** Words with which kubectl hands its input to a container. */
const HANDS_ON = /^(?:-[itq]*i[itq]*|--stdin(?:=true)?)$/;

/** When a program reads its standard input: always, or when its words say so. */
export type Reads = "always" | "words" | "kubectl";

/** Makes a program of the language of one of the console. It waits for all of its input when it reads it, and else leaves it to others. */
export function adapted(program: Program, surroundings: Surroundings, reads: Reads = "words"): ShProgram {
  return function* (words, io) {
    const asked = (word: string) => READS_INPUT.test(word) || (reads === "kubectl" && HANDS_ON.test(word));
    const text = reads === "always" || words.some(asked) ? yield* io.stdin.rest() : "";
    const call = new Call(surroundings, io, text);
    return yield* call.run(program, words);
  };
}

/** One run of a console program. */
class Call {
  readonly #surroundings: Surroundings;
  readonly #io: ShIO;
  readonly #text: string;
  #stops: Array<() => void> = [];
  #status: number | undefined;
  #failure: unknown;
  #wake: (() => void) | undefined;

  constructor(surroundings: Surroundings, io: ShIO, text: string) {
    this.#surroundings = surroundings;
    this.#io = io;
    this.#text = text;
  }

  *run(program: Program, words: readonly string[]): Task<number> {
    try {
      program(words, this.#programIO());
      if (this.#status === undefined)
        yield (resume) => {
          this.#wake = resume;
          return undefined;
        };
    } finally {
      const stops = this.#stops.splice(0);
      if (this.#status === undefined) {
        this.#status = 130;
        for (const stop of stops) stop();
      }
    }
    if (this.#failure !== undefined) throw this.#failure;
    return this.#status ?? 1;
  }

  #exit(code: number): void {
    if (this.#status !== undefined) return;
    this.#status = code;
    this.#wake?.();
  }

  /** Writes; where that fails, the program is over. */
  #write(write: (text: string) => void): (text: string) => void {
    return (text) => {
      if (this.#failure !== undefined) return;
      try {
        write(text);
      } catch (error) {
        this.#failure = error;
        const stops = this.#stops.splice(0);
        this.#exit(error instanceof BrokenPipe ? 141 : 1);
        for (const stop of stops) stop();
      }
    };
  }

  #programIO(): ProgramIO {
    const { cluster, at, edit, setNamespace, namespace, files } = this.#surroundings;
    const io = this.#io;
    const runProgram: ProgramRunner = (place, argv, given) => this.#runAt(place, argv, given);
    return {
      cluster,
      at,
      namespace,
      files: files(io.cwd),
      stdin: this.#text,
      screen: io.screen,
      env: io.env,
      out: this.#write(io.out),
      err: this.#write(io.err),
      exit: (code) => this.#exit(code),
      onInterrupt: (stop) => void this.#stops.push(stop),
      runProgram,
      ...(edit === undefined ? {} : { edit: (draft, done) => void this.#stops.push(edit(draft, done)) }),
      ...(setNamespace === undefined ? {} : { setNamespace }),
    };
  }

  #runAt(place: ProgramPlace, argv: readonly string[], given: CommandIO & { readonly session?: Session }): void {
    const { turns } = this.#io.machine;
    const running: Running = drive(turns, this.#surroundings.runAt(place, argv, given, this.#io), {
      done: (code) => given.exit(code),
      failed: () => given.exit(1),
    });
    given.onInterrupt(() => running.stop());
  }
}
