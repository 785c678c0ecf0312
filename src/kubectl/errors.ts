// How kubectl words what went wrong, and its exit codes.
import { type FieldError, fieldErrorText, type Status, StatusError } from "../cluster/index.ts";
import { CommandError } from "./command-error.ts";

/** Ends the command with this code; what there was to say has been printed. */
export class SilentExit extends Error {
  override name = "SilentExit";
  readonly exitCode: number;

  constructor(exitCode = 1) {
    super("");
    this.exitCode = exitCode;
  }
}

/** Several mistakes of one command that went on after the first. */
export class AggregateCommandError extends Error {
  override name = "AggregateCommandError";
  readonly errors: readonly Error[];

  constructor(errors: readonly Error[]) {
    super(errors.length === 1 ? errors[0]?.message : `[${errors.map((each) => each.message).join(", ")}]`);
    this.errors = errors;
  }
}

/** Throws what was collected: nothing, the one, or all together. */
export function throwCollected(errors: readonly Error[]): void {
  const [only] = errors;
  if (only === undefined) return;
  throw errors.length === 1 ? only : new AggregateCommandError(errors);
}

/** The mistake with the hint where help is, as commands word wrong arguments. */
export function usageError(path: string, message: string): CommandError {
  return new CommandError(`${message}\nSee '${path} -h' for help and examples`);
}

/** The same status with its message led by `error when VERB "SOURCE": `. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/util AddSourceToErr
export function withSource(error: unknown, verb: string, source: string): Error {
  if (!(error instanceof StatusError)) {
    if (!(error instanceof Error)) throw new Error(`kubectl: something that is no error was thrown: ${String(error)}`);
    if (!(error instanceof CommandError)) return error;
    return new CommandError(`error when ${verb} "${source}": ${error.message}`, error.exitCode);
  }
  const message = `error when ${verb} "${source}": ${error.status.message}`;
  return new StatusError({ ...error.status, message }, error.warnings);
}

/** What is printed on stderr for an error that ends a command. Errors that are not kubectl's own are broken invariants: thrown on. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/util checkErr
export function describeFailure(error: unknown): { readonly text: string; readonly exitCode: number } {
  if (error instanceof SilentExit) return { text: "", exitCode: error.exitCode };
  if (error instanceof StatusError) return { text: statusText(error), exitCode: 1 };
  if (error instanceof AggregateCommandError) {
    return { text: error.errors.map((each) => line(plainText(each))).join(""), exitCode: 1 };
  }
  if (!(error instanceof CommandError)) throw error;
  const text = /^(?:error: |Error in configuration: )/.test(error.message) ? error.message : `error: ${error.message}`;
  return { text: line(text), exitCode: error.exitCode };
}

function line(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}

function plainText(error: Error): string {
  return error instanceof StatusError ? serverText(error.status) : error.message;
}

function serverText(status: Status): string {
  return status.reason === ""
    ? `Error from server: ${status.message}`
    : `Error from server (${status.reason}): ${status.message}`;
}

function statusText(error: StatusError): string {
  const { status } = error;
  if (status.reason !== "Invalid") return line(serverText(status));
  return line(invalidText(status));
}

function invalidText(status: Status): string {
  const { kind = "", name = "" } = status.details ?? {};
  const causes = uniqueTexts(status.causes);
  let subject = "The request is invalid";
  if (kind !== "" || name !== "") subject = `The ${kind} ${JSON.stringify(name)} is invalid`;
  else if (causes.length === 0 && status.message !== "") subject = `${subject}: ${status.message}`;
  if (causes.length === 0) return subject;
  if (causes.length === 1) return `${subject}: ${causes[0]}`;
  return `${subject}: \n${causes.map((each) => `* ${each}`).join("\n")}`;
}

function uniqueTexts(causes: readonly FieldError[]): string[] {
  return [...new Set(causes.map(fieldErrorText))];
}
