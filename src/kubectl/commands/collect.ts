// Going on after an error, as commands do that work on several objects.
import { StatusError } from "../../cluster/index.ts";
import { CommandError } from "../command-error.ts";

/** Runs, and puts what goes wrong for the client into the list. */
export function collectErrors(failed: Error[], run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof CommandError || error instanceof StatusError)) throw error;
    failed.push(error);
  }
}
