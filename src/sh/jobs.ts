// Jobs of a shell: what runs beside it behind `&`.

/** What runs beside a shell. */
export interface Job {
  readonly id: number;
  readonly pid: number;
  readonly text: string;
  /** Exit status once it ended. */
  status: number | undefined;
  /** Sends it a signal by name. */
  signal(name: string): void;
}

const STATE_WIDTH = 24;
const SIGNALLED: Readonly<Record<number, string>> = {
  129: "Hangup",
  130: "Interrupt",
  137: "Killed",
  143: "Terminated",
};

/** The jobs of one shell. */
export class Jobs {
  #jobs: Job[] = [];
  #waiting = new Set<() => void>();
  /** Exit statuses of jobs that were forgotten, for `wait`. */
  readonly #past = new Map<number, number>();

  add(pid: number, text: string, signal: (name: string) => void): Job {
    const id = Math.max(0, ...this.#jobs.filter(({ status }) => status === undefined).map((job) => job.id)) + 1;
    const job: Job = { id, pid, text, status: undefined, signal };
    this.#jobs = [...this.#jobs.filter((each) => each.id !== id), job];
    return job;
  }

  end(job: Job, status: number): void {
    if (job.status !== undefined) return;
    job.status = status;
    this.#past.set(job.pid, status);
    if (this.#past.size > 1_000) this.#past.delete(this.#past.keys().next().value ?? 0);
    for (const wake of [...this.#waiting]) wake();
  }

  /** Calls `wake` at each end of a job; gives how to stop that. */
  onEnd(wake: () => void): () => void {
    this.#waiting.add(wake);
    return () => void this.#waiting.delete(wake);
  }

  get running(): readonly Job[] {
    return this.#jobs.filter(({ status }) => status === undefined);
  }

  get all(): readonly Job[] {
    return this.#jobs;
  }

  /** The job that `%1`, `%%`, `%-`, `%name` or a process number means. */
  find(word: string): Job | undefined {
    if (!word.startsWith("%")) return this.#jobs.find(({ pid }) => String(pid) === word);
    const what = word.slice(1);
    if (what === "" || what === "%" || what === "+") return this.running.at(-1) ?? this.#jobs.at(-1);
    if (what === "-") return this.running.at(-2) ?? this.running.at(-1);
    if (/^\d+$/.test(what)) return this.#jobs.find(({ id }) => String(id) === what);
    return this.#jobs.findLast(({ text }) =>
      what.startsWith("?") ? text.includes(what.slice(1)) : text.startsWith(what),
    );
  }

  statusOf(pid: number): number | undefined {
    return this.#past.get(pid);
  }

  forget(job: Job): void {
    this.#jobs = this.#jobs.filter((each) => each !== job);
  }

  /** Takes those out that ended, as they are reported. */
  takeEnded(): readonly string[] {
    const lines = this.#jobs.filter(({ status }) => status !== undefined).map((job) => this.line(job));
    this.#jobs = this.#jobs.filter(({ status }) => status === undefined);
    return lines;
  }

  /** A job as `jobs` shows it. */
  line(job: Job): string {
    const { id, text, status } = job;
    const running = this.running;
    const mark =
      job === (running.at(-1) ?? this.#jobs.at(-1))
        ? "+"
        : job === running.at(-2)
          ? "-"
          : running.length === 0
            ? "+"
            : "-";
    const state = status === undefined ? "Running" : status === 0 ? "Done" : (SIGNALLED[status] ?? `Exit ${status}`);
    return `[${id}]${mark}  ${state.padEnd(STATE_WIDTH)}${text}${status === undefined ? " &" : ""}\n`;
  }
}
