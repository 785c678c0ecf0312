// How a shell leaves what it is doing: `exit`, `return`, `break`, `continue`, and a line that continues forever.

/** Ends a shell. */
export class Exit extends Error {
  override name = "Exit";
  readonly status: number;

  constructor(status: number) {
    super("exit");
    this.status = status & 255;
  }
}

/** Ends what was typed, but not a shell that a person types into; ends any other. */
export class Abort extends Exit {
  override name = "Abort";
}

/** Ends a function or a sourced file. */
export class Return extends Error {
  override name = "Return";
  readonly status: number;

  constructor(status: number) {
    super("return");
    this.status = status & 255;
  }
}

/** Ends loops, or begins their next round. */
export class Loop extends Error {
  override name = "Loop";
  readonly kind: "break" | "continue";
  /** How many loops are left, this one included. */
  readonly levels: number;

  constructor(kind: "break" | "continue", levels: number) {
    super(kind);
    this.kind = kind;
    this.levels = levels;
  }
}

/** A line started too many commands without a pause. */
export class Runaway extends Error {
  override name = "Runaway";
}

/** Whether an error is a way to leave, not a failure. */
export function isFlow(error: unknown): boolean {
  return error instanceof Exit || error instanceof Return || error instanceof Loop || error instanceof Runaway;
}
