// Commands that only hold others: `rollout`, `set`, `config`, `create service`.
import type { Command } from "../command.ts";
import { usageError } from "../errors.ts";
import { commandHelp } from "../help.ts";

/** A command without work of its own: alone it prints its help, and fails. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/util DefaultSubCommandRun
export function group(command: Omit<Command, "run" | "flags">): Command {
  const self: Command = {
    ...command,
    flags: [],
    run(args, io) {
      if (args.positional.length > 0)
        throw usageError(args.path, `unknown command ${JSON.stringify(args.positional.join(" "))}`);
      io.out(commandHelp(self, args.path));
      io.exit(1);
    },
  };
  return self;
}
