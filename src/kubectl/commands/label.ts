// `kubectl label` and `kubectl annotate`: keys and values on objects.
import { deepEqual, own, type UnknownObject } from "../../cluster/index.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { AggregateCommandError, throwCollected } from "../errors.ts";
import type { FlagTable, ParsedArgs } from "../flags.ts";
import type { CommandIO } from "../io.ts";
import { DRY_RUN_FLAG, dryRunOf, OUTPUT_FLAGS, objectPrinter } from "../output.ts";
import { causeOf, RECORD_FLAG } from "../record.ts";
import { type Found, SELECTOR_FLAGS, select } from "../select.ts";
import { patchObject } from "../session.ts";
import { FILE_FLAGS, hasFiles, isLocal } from "../sources.ts";
import { collectErrors } from "./collect.ts";
import { annotationChanges, type Changes, labelChanges, splitPairs } from "./pairs.ts";

type Texts = Readonly<Record<string, string>>;

/** What is different between labels and annotations. */
interface Variant {
  readonly verb: "label" | "annotate";
  readonly what: "label" | "annotation";
  readonly field: "labels" | "annotations";
  changes(pairs: readonly string[]): Changes;
  /** The error when values are there and may not be replaced. */
  conflict(clashes: readonly string[]): Error;
  news(before: Texts, after: Texts, overwrite: boolean): string;
}

const LABELS: Variant = {
  verb: "label",
  what: "label",
  field: "labels",
  changes: labelChanges,
  conflict: (clashes) => {
    const errors = clashes.map((clash) => new CommandError(`${clash}, and --overwrite is false`));
    return errors.length === 1 ? (errors[0] ?? new CommandError("")) : new AggregateCommandError(errors);
  },
  news: (before, after, overwrite) => {
    if (deepEqual(before, after)) return "not labeled";
    return !overwrite && Object.keys(after).length < Object.keys(before).length ? "unlabeled" : "labeled";
  },
};

const ANNOTATIONS: Variant = {
  verb: "annotate",
  what: "annotation",
  field: "annotations",
  changes: annotationChanges,
  conflict: (clashes) =>
    new CommandError(`--overwrite is false but found the following declared annotation(s): ${clashes.join("; ")}`),
  news: () => "annotated",
};

const FLAGS: FlagTable = [
  ...FILE_FLAGS,
  ...SELECTOR_FLAGS,
  ...OUTPUT_FLAGS,
  DRY_RUN_FLAG,
  { name: "overwrite", type: "bool" },
  { name: "list", type: "bool" },
  { name: "local", type: "bool" },
  { name: "resource-version", type: "string" },
  { name: "field-manager", type: "string" },
  RECORD_FLAG,
];

function command(variant: Variant, summary: string): Command {
  return {
    name: variant.verb,
    usage: "[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N",
    summary,
    flags: FLAGS,
    run(args, io) {
      const { resources, pairs } = splitPairs(args.positional, variant.what);
      if (resources.length === 0 && !hasFiles(args) && !isLocal(args))
        throw new CommandError("one or more resources must be specified as <resource> <name> or <resource>/<name>");
      if (pairs.length === 0 && !args.bool("list"))
        throw new CommandError(`at least one ${variant.what} update is required`);
      const changes = variant.changes(pairs);
      const { found, errors } = select(args, resources, io);
      const failed: Error[] = [];
      for (const target of found)
        collectErrors(failed, () => {
          if (args.bool("list")) list(target, found.length > 1, { variant, io });
          else change(target, changes, { variant, args, io });
        });
      throwCollected([...failed, ...errors]);
      io.exit(0);
    },
  };
}

function list(
  { info, name, object }: Found,
  several: boolean,
  { variant, io }: { variant: Variant; io: CommandIO },
): void {
  if (several) io.out(`Listing ${variant.field} for ${info.kind}.${info.group}/${name}:\n`);
  for (const [key, value] of Object.entries(object.metadata[variant.field] ?? {}))
    io.out(`${several ? " " : ""}${key}=${value}\n`);
}

function change(
  target: Found,
  { set, remove }: Changes,
  { variant, args, io }: { variant: Variant; args: ParsedArgs; io: CommandIO },
): void {
  const before: Texts = target.object.metadata[variant.field] ?? {};
  const overwrite = args.bool("overwrite");
  const clashes = Object.entries(set)
    .filter(([key, value]) => own(before, key) !== undefined && own(before, key) !== value)
    .map(([key]) => `'${key}' already has a value (${own(before, key)})`);
  if (!overwrite && clashes.length > 0) throw variant.conflict(clashes);
  if (variant.verb === "label")
    for (const key of remove) if (own(before, key) === undefined) io.out(`label ${JSON.stringify(key)} not found.\n`);
  const after = Object.fromEntries(Object.entries({ ...before, ...set }).filter(([key]) => !remove.includes(key)));
  const dryRun = dryRunOf(args, io);
  const values = {
    ...set,
    ...Object.fromEntries(remove.filter((key) => Object.hasOwn(before, key)).map((key) => [key, null])),
  };
  const rv = args.string("resource-version");
  const cause = args.bool("record") ? { annotations: causeOf(args) } : {};
  const texts = variant.field === "annotations" ? { ...cause.annotations, ...values } : values;
  const body = {
    metadata: { ...cause, [variant.field]: texts, ...(rv === "" ? {} : { resourceVersion: rv }) },
  };
  const options = {
    fieldManager: args.string("field-manager") || `kubectl-${variant.verb}`,
    dryRun: dryRun !== "none",
  };
  const changed = () => {
    if (isLocal(args)) return withTexts(target.object, variant.field, after);
    return deepEqual(before, after) ? target.object : patchObject(io, target, { type: "merge", body }, options);
  };
  objectPrinter(args, io, dryRun)(target.info, changed(), variant.news(before, after, overwrite));
}

function withTexts(object: UnknownObject, field: Variant["field"], texts: Texts): UnknownObject {
  const { [field]: _, ...rest } = object.metadata;
  return { ...object, metadata: { ...rest, ...(Object.keys(texts).length === 0 ? {} : { [field]: texts }) } };
}

export const label = command(LABELS, "Change labels of objects");
export const annotate = command(ANNOTATIONS, "Change annotations of objects");
