// What runs: the line that was typed, and jobs beside it (`&`, `jobs`, `kill %1`, `wait`, `fg`).
import type { Cluster } from "../cluster/index.ts";
import type { ProgramIO } from "./program.ts";

/** Where a command's output goes. */
export interface Sink {
  out(text: string): void;
  err(text: string): void;
}

/** A line that was started. */
export interface Process {
  readonly done: boolean;
  /** Undefined until it is done. */
  readonly exitCode: number | undefined;
  /** Ctrl-C. */
  interrupt(): void;
}

/**
 * Commands that a line may start in one instant of virtual time, and what each takes beyond them. Short scripts take no time;
 * an endless loop lets the world go on and can be interrupted.
 */
const COMMANDS_AN_INSTANT = 200;
export const COMMAND_MS = 1;
/** Commands that a line may start one after the other without a pause. */
const COMMANDS_A_LINE = 10_000;
const RUNAWAY = `bash: a line of more than ${COMMANDS_A_LINE} commands without a pause was stopped; put a sleep into it\n`;

/** What runs for a line, or for a job. */
export class Run implements Process {
  exitCode: number | undefined;
  interrupted = false;
  #stops: Array<() => void> = [];
  #instant = { at: 0, started: 0, free: COMMANDS_AN_INSTANT };
  /** Commands in a row that waited for their turn. */
  #hurried = 0;
  readonly #sink: Sink;

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  get done(): boolean {
    return this.exitCode !== undefined;
  }

  /** Whether one more command may start at this instant; counts it if so. */
  mayStart(now: number): boolean {
    const { at, started, free } = this.#instant;
    if (now !== at) {
      // Whoever waited for a turn gets one command an instant; whatever else takes time is a pause.
      const waited = now - at <= COMMAND_MS && started >= free;
      this.#hurried = waited ? this.#hurried + 1 : 0;
      this.#instant = { at: now, started: 0, free: waited ? 1 : COMMANDS_AN_INSTANT };
    }
    if (this.#hurried > COMMANDS_A_LINE) this.#end(RUNAWAY, 1);
    if (this.#instant.started >= this.#instant.free) return false;
    this.#instant.started += 1;
    return true;
  }

  onInterrupt(stop: () => void): void {
    this.#stops.push(stop);
  }

  finish(code: number): void {
    if (this.exitCode !== undefined) return;
    this.exitCode = code;
    this.whenDone?.(code);
  }

  /** Called once, when it is done. */
  whenDone: ((code: number) => void) | undefined;

  interrupt(): void {
    this.#end("^C\n", 130);
  }

  #end(why: string, code: number): void {
    if (this.done) return;
    this.#sink.err(why);
    this.#halt();
    this.finish(code);
  }

  /** Ends it from outside with this status, without a word. */
  stop(code: number): void {
    this.finish(code);
    this.#halt();
  }

  #halt(): void {
    this.interrupted = true;
    for (const stop of this.#stops.splice(0)) stop();
  }
}

interface Job {
  readonly id: number;
  readonly text: string;
  readonly run: Run;
  ended: string | undefined;
}

const STATE_WIDTH = 24;
const FIRST_PROCESS = 4_200;
const TERMINATED = 143;

/** The jobs of a console. */
export class Jobs {
  #jobs: Job[] = [];
  #next = 1;

  /** Starts a job and tells its number. */
  start(text: string, sink: Sink, begin: (run: Run, done: (code: number) => void) => void): void {
    if (this.#jobs.every(({ ended }) => ended !== undefined)) this.#next = 1;
    const job: Job = { id: this.#next++, text, run: new Run(sink), ended: undefined };
    this.#jobs.push(job);
    sink.err(`[${job.id}] ${FIRST_PROCESS + job.id}\n`);
    job.run.whenDone = (code) => {
      job.ended ??= code === 0 ? "Done" : code === TERMINATED ? "Terminated" : `Exit ${code}`;
    };
    begin(job.run, (code) => job.run.finish(code));
  }

  /** Tells of jobs that ended since, and forgets them. */
  tellEnded(sink: Sink): void {
    const ended = this.#jobs.filter((job) => job.ended !== undefined);
    this.#jobs = this.#jobs.filter((job) => job.ended === undefined);
    for (const job of ended) sink.err(this.#line(job));
  }

  #line({ id, text, ended }: Job): string {
    const mark = id === this.#jobs.at(-1)?.id || this.#jobs.length === 0 ? "+" : "-";
    const state = (ended ?? "Running").padEnd(STATE_WIDTH);
    return `[${id}]${mark}  ${state}${text}${ended === undefined ? " &" : ""}\n`;
  }

  /** `jobs`, `kill`, `wait`, `fg`; false for other words. */
  command(words: readonly string[], io: ProgramIO, cluster: Cluster): boolean {
    const [name, ...rest] = words;
    switch (name) {
      case "jobs":
        io.out(this.#jobs.map((job) => this.#line(job)).join(""));
        io.exit(0);
        return true;
      case "kill":
        this.#kill(
          rest.filter((word) => !word.startsWith("-")),
          io,
        );
        return true;
      case "wait":
      case "fg":
        this.#await(name, rest, { io, cluster });
        return true;
      default:
        return false;
    }
  }

  #find(word: string | undefined): Job | undefined {
    const running = this.#jobs.filter(({ ended }) => ended === undefined);
    if (word === undefined || word === "%%" || word === "%+") return running.at(-1);
    const number = Number(word.replace(/^%/, ""));
    return running.find(({ id }) => (word.startsWith("%") ? id === number : id + FIRST_PROCESS === number));
  }

  #kill(words: readonly string[], io: ProgramIO): void {
    if (words.length === 0) io.err("kill: usage: kill %JOB ...\n");
    let code = words.length === 0 ? 2 : 0;
    for (const word of words) {
      const job = this.#find(word);
      if (job === undefined) {
        io.err(`bash: kill: ${word.startsWith("%") ? `${word}: no such job` : `(${word}) - No such process`}\n`);
        code = 1;
      } else job.run.stop(TERMINATED);
    }
    io.exit(code);
  }

  #await(name: "wait" | "fg", words: readonly string[], { io, cluster }: { io: ProgramIO; cluster: Cluster }): void {
    const job = this.#find(words[0]);
    if (job === undefined) {
      const missing = words[0] ?? (name === "fg" ? "current" : undefined);
      if (missing !== undefined) io.err(`bash: ${name}: ${missing}: no such job\n`);
      io.exit(missing === undefined ? 0 : name === "fg" ? 1 : 127);
      return;
    }
    if (name === "fg") io.out(`${job.text}\n`);
    const all = name === "wait" && words.length === 0 ? [...this.#jobs] : [job];
    io.onInterrupt(() => {
      if (name === "fg") job.run.stop(130);
      io.exit(130);
    });
    const over = () => all.every(({ run }) => run.done);
    cluster.until(over, Number.POSITIVE_INFINITY, () => {
      if (name === "fg") this.#jobs = this.#jobs.filter((each) => each !== job);
      io.exit(job.run.exitCode ?? 0);
    });
  }
}
