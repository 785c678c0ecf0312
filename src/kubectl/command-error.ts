// The mistakes that kubectl finds itself.

/** A mistake found by kubectl itself; printed as `error: MESSAGE`. */
export class CommandError extends Error {
  override name = "CommandError";
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
