// Commands that exist in kubectl and not here: they say so, and what there is.
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";

/** A command that only says `message`, and fails. */
export function absent(name: string, summary: string, message: string): Command {
  return {
    name,
    usage: "",
    summary,
    absent: true,
    flags: [],
    run() {
      throw new CommandError(message);
    },
  };
}
