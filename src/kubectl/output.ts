// `-o name|yaml|json` and the one-line news of commands that change something.
import type { ResourceInfo, UnknownObject } from "../cluster/index.ts";
import { toYaml } from "../manifest/index.ts";
import { CommandError } from "./errors.ts";
import type { Flag, ParsedArgs } from "./flags.ts";
import type { CommandIO } from "./io.ts";
import { qualifiedName } from "./resources.ts";

export const OUTPUT_FLAG: Flag = {
  name: "output",
  short: "o",
  type: "string",
  help: "Output format. One of: (json, yaml, name, jsonpath=...).",
};
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
  const form = args.knows("output") ? args.string("output") : "";
  const suffix = dryRun === "none" ? "" : dryRun === "client" ? " (dry run)" : " (server dry run)";
  let printed = 0;
  return (info, object, news) => {
    if (form === "") io.out(`${qualifiedName(info, object.metadata.name ?? "")} ${news}${suffix}\n`);
    else if (form === "name") io.out(`${qualifiedName(info, object.metadata.name ?? "")}\n`);
    else if (form === "yaml") io.out(`${printed++ > 0 ? "---\n" : ""}${toYaml(withoutManagedFields(object))}`);
    else if (form === "json") io.out(`${goJson(withoutManagedFields(object))}\n`);
    else
      throw new CommandError(
        `unable to match a printer suitable for the output format ${JSON.stringify(form)}, allowed formats are: go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,name,template,templatefile,yaml`,
      );
  };
}

export function withoutManagedFields(object: UnknownObject): UnknownObject {
  if (object.metadata.managedFields === undefined) return object;
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

/** JSON as kubectl prints it: four blanks, keys in order of their bytes, `<`, `>`, `&` escaped. */
export function goJson(value: unknown): string {
  return escapeHtml(JSON.stringify(sorted(value), null, 4));
}

/** JSON in one line as Go writes it: sorted keys, and `<`, `>`, `&` escaped. */
export function compactJson(value: unknown): string {
  return escapeHtml(JSON.stringify(sorted(value)));
}

// Models Go's encoding/json, which escapes what HTML might misread
function escapeHtml(json: string): string {
  return json.replace(/[<>&\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]));
}
