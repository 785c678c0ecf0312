// Where errors of a command become what kubectl prints.
import { describeFailure } from "./errors.ts";
import type { CommandIO } from "./io.ts";

/** Does what `run` does; an error it throws is printed in kubectl's words and ends the command. For whatever continues later. */
export function guard(io: CommandIO, run: () => void, failureCode = 1): void {
  try {
    run();
  } catch (error) {
    const { text, exitCode } = describeFailure(error);
    if (text !== "") io.err(text);
    io.exit(exitCode === 1 ? failureCode : exitCode);
  }
}
