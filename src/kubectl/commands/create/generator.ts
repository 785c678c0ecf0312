// What all `kubectl create KIND NAME` have in common: build an object, then print or create it.
import {
  compareText,
  groupVersion,
  type ResourceInfo,
  resourceInfo,
  resourceName,
  StatusError,
  type UnknownObject,
} from "../../../cluster/index.ts";
import type { Command } from "../../command.ts";
import { CommandError } from "../../command-error.ts";
import { usageError } from "../../errors.ts";
import type { Flag, FlagTable, ParsedArgs } from "../../flags.ts";
import type { CommandIO } from "../../io.ts";
import { withLastApplied } from "../../last-applied.ts";
import { DRY_RUN_FLAG, dryRunOf, OUTPUT_FLAGS, objectPrinter } from "../../output.ts";
import { ask } from "../../session.ts";
import { fieldValidation, VALIDATE_FLAG } from "../../validation.ts";

/** One kind that `kubectl create` can build. */
export interface Generator {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly usage: string;
  readonly summary: string;
  readonly flags: FlagTable;
  /** Names of flags that must be given. */
  readonly required?: readonly string[];
  /** The resource that is created. */
  readonly resource: string;
  /** Leads the server's message; without it the error is printed like any other. */
  readonly failure?: string;
  /** What the flags say about the object, apart from its kind and name. */
  build(name: string, args: ParsedArgs, io: CommandIO): Parts;
}

/** Fields of an object; kind and name are known. */
export interface Parts {
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

/** The fields whose values are not empty, as flags that were not typed are. */
export function given(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ""));
}

const COMMON_FLAGS: readonly Flag[] = [
  ...OUTPUT_FLAGS,
  DRY_RUN_FLAG,
  VALIDATE_FLAG,
  { name: "save-config", type: "bool" },
  { name: "field-manager", type: "string", default: "kubectl-create" },
];

/** The command that builds this kind. */
export function generatorCommand(generator: Generator): Command {
  return {
    name: generator.name,
    ...(generator.aliases === undefined ? {} : { aliases: generator.aliases }),
    usage: generator.usage,
    summary: generator.summary,
    flags: [...generator.flags, ...COMMON_FLAGS],
    run(args, io) {
      requireFlags(args, generator.required ?? []);
      const name = nameOf(args);
      const dryRun = dryRunOf(args, io);
      const print = objectPrinter(args, io, dryRun);
      const info = resourceInfo(generator.resource);
      const built = objectOf(info, name, generator.build(name, args, io));
      const placed = info.namespaced && args.changed("namespace") ? inNamespace(built, io.namespace) : built;
      const object = args.bool("save-config") ? withLastApplied(placed) : placed;
      print(
        info,
        dryRun === "client" ? object : send(generator, object, { args, io, dryRun: dryRun === "server" }),
        "created",
      );
      io.exit(0);
    },
  };
}

/** The object, its fields in the order in which they are printed. */
function objectOf(info: ResourceInfo, name: string, { metadata, ...fields }: Parts): UnknownObject {
  const head = { apiVersion: groupVersion(info), kind: info.kind, metadata: inOrder({ ...metadata, name }) };
  return inOrder({ ...fields, ...head }) as unknown as UnknownObject; // with apiVersion, kind and metadata
}

function inOrder(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).sort(([a], [b]) => compareText(a, b)));
}

function inNamespace(object: UnknownObject, namespace: string): UnknownObject {
  return { ...object, metadata: { ...object.metadata, namespace } };
}

/** The one positional word. @throws CommandError */
export function nameOf(args: ParsedArgs): string {
  const words = args.positional.slice(0, args.dashAt ?? args.positional.length);
  const [name] = words;
  if (name === undefined || words.length !== 1)
    throw usageError(args.path, `exactly one NAME is required, got ${words.length}`);
  return name;
}

/** @throws CommandError in cobra's words when one was not typed. */
export function requireFlags(args: ParsedArgs, names: readonly string[]): void {
  const missing = names.filter((name) => !args.changed(name)).map((name) => `"${name}"`);
  if (missing.length > 0) throw new CommandError(`required flag(s) ${missing.join(", ")} not set`);
}

function send(
  { resource, failure }: Generator,
  object: UnknownObject,
  { args, io, dryRun }: { args: ParsedArgs; io: CommandIO; dryRun: boolean },
): UnknownObject {
  const info = resourceInfo(resource);
  const options = { dryRun, fieldManager: args.string("field-manager"), fieldValidation: fieldValidation(args) };
  const namespace = info.namespaced ? io.namespace : undefined;
  try {
    return ask(io, () => io.cluster.api.create(resourceName(info), namespace, object, options));
  } catch (error) {
    if (!(error instanceof StatusError) || failure === undefined) throw error;
    throw new CommandError(`${failure} ${error.status.message}`);
  }
}
