// A line of the console at work.

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
