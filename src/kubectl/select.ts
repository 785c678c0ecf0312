// The objects that a command works on: by name, by selector, all of a type, or from files; fetched from the API server.
import { type ResourceInfo, resourceName, StatusError, type UnknownObject } from "../cluster/index.ts";
import { CommandError } from "./command-error.ts";
import type { Flag, ParsedArgs } from "./flags.ts";
import type { CommandIO } from "./io.ts";
import { goResource, type NamedTarget, resourceWords } from "./resources.ts";
import { listOptions } from "./selectors.ts";
import { ask, warn, warningsOf } from "./session.ts";
import { hasFiles, isLocal, readSources } from "./sources.ts";

/** An object in the cluster. */
export interface Found {
  readonly info: ResourceInfo;
  readonly namespace: string | undefined;
  readonly name: string;
  readonly object: UnknownObject;
}

/** What was found, and what went wrong for the others. */
export interface Selection {
  readonly found: readonly Found[];
  readonly errors: readonly Error[];
}

/** How a command departs from the common rules. */
export interface SelectRules {
  /** `--selector` says something about what the command makes, not about what it works on. */
  readonly ownSelector?: boolean;
  /** A type without names means all its objects in the namespace. */
  readonly wholeTypes?: boolean;
  /** Objects from files are taken as they are written; whether they are there does not matter. */
  readonly asWritten?: boolean;
}

export const SELECTOR_FLAGS: readonly Flag[] = [
  { name: "selector", short: "l", type: "string", help: "Selector (label query) to filter on." },
  { name: "field-selector", type: "string", help: "Selector (field query) to filter on." },
  { name: "all", type: "bool", help: "Select all resources, in the namespace of the specified resource types." },
  { name: "all-namespaces", short: "A", type: "bool" },
];

/** The text behind a flag; "" when the command has no such flag. */
function typed(args: ParsedArgs, flag: string): string {
  return args.knows(flag) ? args.string(flag) : "";
}

function isSet(args: ParsedArgs, flag: string): boolean {
  return args.knows(flag) && args.bool(flag);
}

/**
 * Fetches what `words` (and the selector flags, and `-f`) mean. Objects that are not there become errors; the others go on.
 *
 * @throws CommandError when the words themselves make no sense.
 */
// Models kubernetes/staging/src/k8s.io/cli-runtime/pkg/resource Builder
export function select(
  args: ParsedArgs,
  words: readonly string[],
  io: CommandIO,
  { ownSelector = false, wholeTypes = false, asWritten = false }: SelectRules = {},
): Selection {
  if (args.knows("filename") && hasFiles(args)) return fromFiles(args, words, io, asWritten);
  if (isLocal(args)) throw new CommandError(LOCAL_WITHOUT_FILES);
  const meaning = resourceWords(io.cluster.api.kinds, words);
  const labels = ownSelector ? "" : typed(args, "selector");
  const fields = typed(args, "field-selector");
  const all = isSet(args, "all");
  if (all && labels !== "") throw new CommandError("setting 'all' parameter but found a non empty selector. ");
  if (meaning.kind === "nothing") throw nothingGiven();
  if (meaning.kind === "names") {
    if (labels !== "" || fields !== "" || all) throw namesAndSelector(words);
    if (isSet(args, "all-namespaces"))
      throw new CommandError("a resource cannot be retrieved by name across all namespaces");
    return byName(meaning.targets, io);
  }
  if (labels === "" && fields === "" && !all && !wholeTypes)
    throw new CommandError("resource(s) were provided, but no name was specified");
  const everywhere = isSet(args, "all-namespaces");
  return bySelector(meaning.infos, { labels, fields, everywhere }, io);
}

function namesAndSelector(words: readonly string[]): CommandError {
  if (words.some((word) => word.includes("/")))
    return new CommandError("selectors and the all flag cannot be used when passing resource/name arguments");
  return new CommandError("name cannot be provided when a selector is specified");
}

const LOCAL_WITHOUT_FILES =
  "error: you must specify resources by --filename when --local is set.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'";

/** What kubectl says when neither words nor files name anything. */
export function nothingGiven(): CommandError {
  return new CommandError(
    "You must provide one or more resources by argument or filename.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> <name>'\n   '<resource>'",
  );
}

function fromFiles(args: ParsedArgs, words: readonly string[], io: CommandIO, asWritten: boolean): Selection {
  if (words.length > 0)
    throw new CommandError(
      "when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well",
    );
  const { objects, errors } = readSources(args, io);
  if (isLocal(args) || asWritten) return { found: objects, errors };
  const failed: Error[] = [...errors];
  const found: Found[] = [];
  for (const { info, namespace, name } of objects) {
    const one = fetched({ info, name }, namespace, io);
    if (one instanceof Error) failed.push(one);
    else found.push(one);
  }
  return { found, errors: failed };
}

function byName(targets: readonly NamedTarget[], io: CommandIO): Selection {
  const errors: Error[] = [];
  const found: Found[] = [];
  for (const target of targets) {
    const one = fetched(target, target.info.namespaced ? io.namespace : undefined, io);
    if (one instanceof Error) errors.push(one);
    else found.push(one);
  }
  return { found, errors };
}

function fetched({ info, name }: NamedTarget, namespace: string | undefined, io: CommandIO): Found | Error {
  try {
    return { info, namespace, name, object: getObject(io, info, namespace, name) };
  } catch (error) {
    if (error instanceof StatusError) return error;
    throw error;
  }
}

/** One object by name. @throws StatusError NotFound. */
export function getObject(
  io: CommandIO,
  info: ResourceInfo,
  namespace: string | undefined,
  name: string,
): UnknownObject {
  const resource = resourceName(info);
  return ask(io, () => ({ object: io.cluster.api.get(resource, namespace, name), warnings: warningsOf(io, resource) }));
}

function bySelector(
  infos: readonly ResourceInfo[],
  { labels, fields, everywhere }: { labels: string; fields: string; everywhere: boolean },
  io: CommandIO,
): Selection {
  const found = infos.flatMap((info) => {
    const options = listOptions(goResource(info), labels, fields);
    const scope = everywhere || !info.namespaced ? {} : { namespace: io.namespace };
    const resource = resourceName(info);
    const objects = io.cluster.api.list(resource, { ...options, ...scope }) as unknown as UnknownObject[]; // every object has fields of some name
    warn(io, warningsOf(io, resource));
    return objects.map((object) => ({
      info,
      namespace: object.metadata.namespace,
      name: object.metadata.name ?? "",
      object,
    }));
  });
  return { found, errors: [] };
}
