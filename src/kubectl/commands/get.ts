// kubectl get.
import { type KubeObject, StatusError, type UnknownObject } from "../../cluster/index.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { ageOf, virtualNow } from "../duration.ts";
import { throwCollected, usageError } from "../errors.ts";
import { FETCH_FLAGS, type Fetched, type FetchResult, fetchObjects } from "../fetch.ts";
import type { Flag, ParsedArgs } from "../flags.ts";
import { formPrinter, GET_FORMS, listOf } from "../forms.ts";
import type { CommandIO } from "../io.ts";
import { isMap } from "../maps.ts";
import { TableWriter } from "../printers/table.ts";
import { headerRow, isTableForm, objectRow, type TableShape, tableShape } from "../rows.ts";
import { sortedBy } from "../sortby.ts";
import { hasFiles } from "../sources.ts";
import { asSubresource, SUBRESOURCES } from "../subresource.ts";
import { watchObjects } from "../watch.ts";
import { proxied } from "./proxy-path.ts";
import { rawAnswer } from "./raw.ts";

/** The output form of `get`, and what shapes its tables. */
export const GET_OUTPUT_FLAGS: readonly Flag[] = [
  { name: "output", short: "o", type: "string", help: "Output format: wide, yaml, json, name, jsonpath=… and others." },
  { name: "template", type: "string" },
  { name: "allow-missing-template-keys", type: "bool", default: "true" },
  { name: "no-headers", type: "bool", help: "Print rows without a header." },
  { name: "show-labels", type: "bool", help: "Print the labels as the last column." },
  { name: "label-columns", short: "L", type: "list", help: "Labels to print as columns." },
  { name: "show-kind", type: "bool", help: "Print names with their kind." },
  { name: "show-managed-fields", type: "bool" },
  { name: "sort-by", type: "string", help: "Sort by the value at this path." },
];

const FLAGS: readonly Flag[] = [
  ...FETCH_FLAGS,
  ...GET_OUTPUT_FLAGS,
  { name: "field-selector", type: "string", help: "Field selector to filter on." },
  { name: "ignore-not-found", type: "bool", help: "Say nothing when an object is missing." },
  { name: "watch", short: "w", type: "bool", help: "Print changes as they happen, until interrupted." },
  { name: "watch-only", type: "bool", help: "Print only changes." },
  { name: "output-watch-events", type: "bool" },
  { name: "server-print", type: "bool", default: "true" },
  { name: "subresource", type: "string" },
  { name: "raw", type: "string" },
];

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/get GetOptions
export const get: Command = {
  name: "get",
  usage: "get TYPE [NAME | -l LABEL]",
  summary: "List objects, as tables or in full",
  flags: FLAGS,
  run(args, io) {
    if (args.string("raw") !== "") {
      if (args.positional.length > 0 || hasFiles(args))
        throw usageError(args.path, "arguments may not be passed when --raw is specified");
      if (proxied(args.string("raw"), io)) return;
      io.out(rawAnswer(args.string("raw"), io));
      io.exit(0);
      return;
    }
    validate(args, io);
    const watching = args.bool("watch") || args.bool("watch-only");
    if (watching) {
      watchObjects(args, io);
      return;
    }
    const fetched = asSubresource(fetchObjects(args, io), args.string("subresource"));
    if (isTableForm(args)) printTables(fetched, args, io);
    else printForm(fetched, args, io);
    io.exit(0);
  },
};

function validate(args: ParsedArgs, io: CommandIO): void {
  const form = args.string("output");
  if (args.bool("show-labels") && form !== "" && form !== "wide")
    throw new CommandError(`--show-labels option cannot be used with ${form} printer`);
  const watching = args.bool("watch") || args.bool("watch-only");
  if (args.bool("output-watch-events") && !watching)
    throw new CommandError("--output-watch-events option can only be used with --watch or --watch-only");
  const subresource = args.string("subresource");
  if (subresource !== "" && !SUBRESOURCES.includes(subresource))
    throw new CommandError(
      `invalid subresource value: ${JSON.stringify(subresource)}. Must be one of [${SUBRESOURCES.join(" ")}]`,
    );
  if (args.positional.length > 0 || hasFiles(args) || watching) return;
  io.err(
    'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n',
  );
  throw usageError(
    "kubectl get",
    'Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).',
  );
}

function errorsOf({ errors }: FetchResult, args: ParsedArgs): readonly Error[] {
  if (!args.bool("ignore-not-found")) return errors;
  return errors.filter((error) => !(error instanceof StatusError && error.status.reason === "NotFound"));
}

function printTables(fetched: FetchResult, args: ParsedArgs, io: CommandIO): void {
  const errors = errorsOf(fetched, args);
  const several = new Set(fetched.parts.map((part) => part.info)).size > 1;
  const shape = { ...tableShape(args), withKind: several || args.bool("show-kind"), withEvent: false };
  const path = args.string("sort-by");
  const blocks = blocksOf(fetched.parts, path).filter((block) => block.objects.length > 0);
  for (const [at, block] of blocks.entries()) {
    if (at > 0 && shape.headers) io.out("\n");
    io.out(blockText(block, shape, virtualNow(io.cluster)));
  }
  if (blocks.length === 0 && errors.length === 0 && !args.bool("ignore-not-found")) {
    const namespaced = !args.bool("all-namespaces") && fetched.parts.every((part) => part.info.namespaced);
    io.err(namespaced ? `No resources found in ${io.namespace} namespace.\n` : "No resources found\n");
  }
  throwCollected(errors);
}

/** Neighbours of one resource share a table. */
function blocksOf(parts: readonly Fetched[], sortPath: string): Fetched[] {
  const blocks: Fetched[] = [];
  for (const part of parts) {
    const objects = sortPath === "" ? part.objects : sortedBy(part.objects, sortPath);
    const last = blocks.at(-1);
    if (last?.info === part.info) blocks[blocks.length - 1] = { ...last, objects: [...last.objects, ...objects] };
    else blocks.push({ ...part, objects });
  }
  return blocks;
}

function blockText({ info, objects }: Fetched, shape: TableShape, now: number): string {
  if (objects.some(({ kind }) => kind === "Scale")) return scaleText(objects, shape, now);
  const rows = objects.map((object) => objectRow(info, object, shape, { now }));
  return new TableWriter().write(shape.headers ? [headerRow(info, shape), ...rows] : rows);
}

// Models kubernetes/pkg/printers/internalversion printScale
function scaleText(objects: readonly KubeObject[], { headers }: TableShape, now: number): string {
  const rows = objects.map(asUnknown).map(({ metadata, spec, status }) => {
    const replicas = (part: unknown) => String(isMap(part) ? part.replicas : 0);
    return [metadata.name ?? "", replicas(spec), replicas(status), ageOf(metadata.creationTimestamp, now)];
  });
  return new TableWriter().write(headers ? [["NAME", "DESIRED", "AVAILABLE", "AGE"], ...rows] : rows);
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/get GetOptions.printGeneric
function printForm(fetched: FetchResult, args: ParsedArgs, io: CommandIO): void {
  const print = formPrinter(args, io, GET_FORMS);
  const errors = errorsOf(fetched, args);
  const objects = fetched.parts.flatMap((part) => part.objects).map(asUnknown);
  if (fetched.single && errors.length > 0) throwCollected(errors);
  const silent = args.bool("ignore-not-found") && fetched.parts.length === 0;
  if (!silent) {
    const path = args.string("sort-by");
    const [first] = objects;
    const one = fetched.single && objects.length === 1 ? first : undefined;
    io.out(print(one ?? listOf(path === "" ? objects : sortedBy(objects, path))));
  }
  throwCollected(errors);
}

function asUnknown(object: KubeObject): UnknownObject {
  return { ...object };
}
