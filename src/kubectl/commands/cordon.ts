// `kubectl cordon|uncordon`: whether new pods may come to a node.
import type { Node } from "../../cluster/index.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { throwCollected, usageError } from "../errors.ts";
import type { Flag, ParsedArgs } from "../flags.ts";
import type { CommandIO } from "../io.ts";
import { DRY_RUN_FLAG, type DryRun, dryRunOf, objectPrinter } from "../output.ts";
import { type Found, nothingGiven, select } from "../select.ts";
import { patchObject } from "../session.ts";

export const NODE_FLAGS: readonly Flag[] = [
  DRY_RUN_FLAG,
  { name: "selector", short: "l", type: "string", help: "The nodes with these labels." },
];

/** The nodes that were named or selected. @throws CommandError, StatusError */
export function nodesOf(args: ParsedArgs, io: CommandIO): readonly Found[] {
  const words = args.positional;
  const selector = args.string("selector");
  if (words.length === 0 && !args.changed("selector"))
    throw usageError(args.path, `USAGE: ${args.path.replace(/^kubectl /, "")} NODE [flags]`);
  if (words.length > 0 && selector !== "")
    throw usageError(args.path, "error: cannot specify both a node name and a --selector option");
  if (words.length === 0 && selector === "") throw nothingGiven();
  const { found, errors } = select(args, words.some((word) => word.includes("/")) ? words : ["nodes", ...words], io);
  throwCollected(errors);
  for (const { info } of found)
    if (info.resource !== "nodes")
      throw new CommandError(`error: expected resource of type node, got ${JSON.stringify(info.resource)}`);
  return found;
}

/** Cordons or uncordons a node, and reports it. */
export function setUnschedulable(
  target: Found,
  wanted: boolean,
  { args, io, dryRun }: { args: ParsedArgs; io: CommandIO; dryRun: DryRun },
): void {
  const node = target.object as unknown as Node; // of this resource
  const word = wanted ? "cordoned" : "uncordoned";
  const print = objectPrinter(args, io, dryRun);
  if ((node.spec?.unschedulable ?? false) === wanted) {
    print(target.info, target.object, `already ${word}`);
    return;
  }
  const body = { spec: { unschedulable: wanted ? true : null } };
  if (dryRun !== "client") patchObject(io, target, { type: "strategic", body }, { dryRun: dryRun === "server" });
  print(target.info, target.object, word);
}

function schedulingCommand(name: "cordon" | "uncordon", summary: string): Command {
  return {
    name,
    usage: "NODE",
    summary,
    flags: NODE_FLAGS,
    run(args, io) {
      const dryRun = dryRunOf(args, io);
      for (const target of nodesOf(args, io)) setUnschedulable(target, name === "cordon", { args, io, dryRun });
      io.exit(0);
    },
  };
}

export const cordon = schedulingCommand("cordon", "Let no new pods come to a node");
export const uncordon = schedulingCommand("uncordon", "Let pods come to a node again");
