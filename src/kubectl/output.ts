// `-o` and the one-line news of commands that change something.
import type { ResourceInfo, UnknownObject } from "../cluster/index.ts";
import { CommandError } from "./command-error.ts";
import type { Flag, ParsedArgs } from "./flags.ts";
import { formOf, formPrinter, VERB_FORMS } from "./forms.ts";
import type { CommandIO } from "./io.ts";
import { qualifiedName } from "./resources.ts";

/** The flags of commands that print an object or the news about it. */
export const OUTPUT_FLAGS: readonly Flag[] = [
  { name: "output", short: "o", type: "string", help: "Output format. One of: (json, yaml, name, jsonpath=...)." },
  { name: "template", type: "string", help: "The template of -o go-template; alone it means that form." },
  {
    name: "allow-missing-template-keys",
    type: "bool",
    default: "true",
    help: "Whether templates may name absent fields.",
  },
  { name: "show-managed-fields", type: "bool", help: "Print metadata.managedFields too." },
];
export const DRY_RUN_FLAG: Flag = {
  name: "dry-run",
  type: "string",
  default: "none",
  bare: "unchanged",
  help: 'Must be "none", "server", or "client".',
};

export type DryRun = "none" | "client" | "server";

/** What `--dry-run` asks for. @throws CommandError */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/util GetDryRunStrategy
export function dryRunOf(args: ParsedArgs, io: CommandIO): DryRun {
  const value = args.string("dry-run");
  if (value === "none" || value === "client" || value === "server") return value;
  if (value === "unchanged") {
    io.err(
      "W1121 00:00:00.000000       1 helpers.go:703] --dry-run is deprecated and can be replaced with --dry-run=client.\n",
    );
    return "client";
  }
  if (/^(?:1|t|T|true|True|TRUE|0|f|F|false|False|FALSE)$/.test(value))
    throw new CommandError(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`);
  throw new CommandError(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`);
}

/** Prints an object the way `-o` asks, or the news about it: `service/web created`. */
export type ObjectPrinter = (info: ResourceInfo, object: UnknownObject, news: string) => void;

/** The printer for what was typed behind `-o`. @throws CommandError for a form that is not known. */
export function objectPrinter(args: ParsedArgs, io: CommandIO, dryRun: DryRun = "none"): ObjectPrinter {
  const form = args.knows("output") ? formOf(args) : "";
  const suffix = dryRun === "none" ? "" : dryRun === "client" ? " (dry run)" : " (server dry run)";
  const print = form === "" ? undefined : formPrinter(args, io, VERB_FORMS);
  let printed = 0;
  return (info, object, news) => {
    if (print === undefined) io.out(`${qualifiedName(info, object.metadata.name ?? "")} ${news}${suffix}\n`);
    else io.out(`${form === "yaml" && printed++ > 0 ? "---\n" : ""}${print(object)}`);
  };
}
