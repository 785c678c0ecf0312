// What a kubectl command is.
import type { FlagTable, ParsedArgs } from "./flags.ts";
import type { CommandIO } from "./io.ts";

/** One verb of kubectl, or one word below it. */
export interface Command {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** One line for help: what follows the command's path. */
  readonly usage: string;
  readonly summary: string;
  readonly flags: FlagTable;
  /** What of the command is not simulated, as the end of a sentence; for its help. */
  readonly limits?: string;
  /** The command exists in kubectl and only says here that it is not simulated. */
  readonly absent?: boolean;
  /** The exit status when something went wrong; 1 unless given. */
  readonly failureCode?: number;
  /** Words below this one, as `status` below `rollout`. Such a command is not run itself. */
  readonly subcommands?: readonly Command[];
  /** Runs the command; it ends with `io.exit`, at once or later. What it throws is printed in kubectl's words, with exit status 1. */
  run(args: ParsedArgs, io: CommandIO): void;
}
