// `kubectl apply view-last-applied`: the manifest that apply remembers.
import { toYaml } from "../../manifest/index.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { throwCollected, usageError } from "../errors.ts";
import { goJson } from "../json.ts";
import { lastApplied } from "../last-applied.ts";
import { SELECTOR_FLAGS, select } from "../select.ts";
import { FILE_FLAGS } from "../sources.ts";

export const viewLastApplied: Command = {
  name: "view-last-applied",
  usage: "(TYPE [NAME | -l label] | TYPE/NAME | -f FILENAME)",
  summary: "Print what apply remembers of objects",
  flags: [...FILE_FLAGS, ...SELECTOR_FLAGS, { name: "output", short: "o", type: "string", default: "yaml" }],
  run(args, io) {
    const form = args.string("output");
    if (form !== "yaml" && form !== "json")
      throw usageError(args.path, `Unexpected -o output mode: ${form}, the flag 'output' must be one of yaml|json`);
    const { found, errors } = select(args, args.positional, io);
    throwCollected(errors);
    for (const { name, object } of found) {
      const applied = lastApplied(object);
      if (applied === undefined)
        throw new CommandError(`no last-applied-configuration annotation found on resource: ${name}`);
      io.out(
        form === "yaml"
          ? toYaml(applied)
          : `${goJson(applied).replace(/^ +/gm, (blanks) => " ".repeat(blanks.length / 2))}\n`,
      );
    }
    io.exit(0);
  },
};
