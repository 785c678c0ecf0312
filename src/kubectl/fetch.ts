// The objects that `get` and `describe` are asked for: by type, by name, by selector, from files.
import {
  type KubeObject,
  type ListOptions,
  type ResourceInfo,
  resourceName,
  StatusError,
  statusError,
} from "../cluster/index.ts";
import { CommandError } from "./command-error.ts";
import type { Flag, ParsedArgs } from "./flags.ts";
import type { CommandIO } from "./io.ts";
import { goResource, type ResourceWords, resourceWords } from "./resources.ts";
import { listOptions } from "./selectors.ts";
import { inVersion } from "./server.ts";
import { warn } from "./session.ts";
import { FILE_FLAGS, hasFiles, readSources } from "./sources.ts";

export const FETCH_FLAGS: readonly Flag[] = [
  { name: "all-namespaces", short: "A", type: "bool", help: "List the objects of all namespaces." },
  { name: "selector", short: "l", type: "string", help: "Label selector to filter on." },
  ...FILE_FLAGS,
  { name: "chunk-size", type: "int", default: "500", help: "Taken and ignored: everything comes at once." },
];

/** One request's answer: a whole type as a list, or one object by its name. */
export interface Fetched {
  readonly info: ResourceInfo;
  readonly objects: readonly KubeObject[];
  readonly isList: boolean;
}

/** All answers in the order in which they were asked for, and the requests that failed. */
export interface FetchResult {
  readonly parts: readonly Fetched[];
  readonly errors: readonly Error[];
  /** Exactly one object was named, so it is shown as itself and not as a list. */
  readonly single: boolean;
}

/** Fetches what the words and files mean. @throws CommandError, StatusError for what concerns the whole command. */
// Models kubernetes/staging/src/k8s.io/cli-runtime/pkg/resource Builder with ContinueOnError and Flatten
export function fetchObjects(args: ParsedArgs, io: CommandIO): FetchResult {
  if (hasFiles(args)) return fetchSources(args, io);
  const words = resourceWords(io.cluster.api.kinds, args.positional);
  if (words.kind === "nothing") throw new CommandError(NOTHING_NAMED);
  if (words.kind === "names") return fetchNames(words, args, io);
  const parts = words.infos.map((info): Fetched => {
    tellWarnings(io, info);
    return { info, objects: listObjects(info, args, io), isList: true };
  });
  return { parts, errors: [], single: false };
}

const NOTHING_NAMED =
  "You must provide one or more resources by argument or filename.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> <name>'\n   '<resource>'";

function fetchSources(args: ParsedArgs, io: CommandIO): FetchResult {
  const { objects, errors } = readSources(args, io);
  if (errors[0] !== undefined && objects.length === 0) throw errors[0];
  if (args.positional.length > 0)
    throw new CommandError(
      "when paths, URLs, or stdin is provided as input, you may not specify resource by arguments as well",
    );
  const targets = objects.map(({ info, name, namespace }) => ({ info, name, namespace }));
  const found = fetchEach(targets, io);
  return { parts: found.parts, errors: [...errors, ...found.errors], single: targets.length === 1 };
}

function fetchNames(words: Extract<ResourceWords, { kind: "names" }>, args: ParsedArgs, io: CommandIO): FetchResult {
  if (args.string("selector") !== "" || (args.knows("field-selector") && args.string("field-selector") !== ""))
    throw new CommandError("name cannot be provided when a selector is specified");
  if (args.bool("all-namespaces"))
    throw new CommandError("a resource cannot be retrieved by name across all namespaces");
  const { single } = words;
  return {
    ...fetchEach(
      words.targets.map((each) => ({ ...each, namespace: io.namespace })),
      io,
    ),
    single,
  };
}

interface Target {
  readonly info: ResourceInfo;
  readonly name: string;
  readonly namespace: string | undefined;
}

function fetchEach(targets: readonly Target[], io: CommandIO): { parts: Fetched[]; errors: Error[] } {
  const parts: Fetched[] = [];
  const errors: Error[] = [];
  for (const { info, name, namespace } of targets) {
    tellWarnings(io, info);
    try {
      const object = io.cluster.api.get(resourceName(info), info.namespaced ? namespace : undefined, name);
      parts.push({ info, objects: [inVersion(info, object)], isList: false });
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      errors.push(error);
    }
  }
  return { parts, errors };
}

function tellWarnings(io: CommandIO, info: ResourceInfo): void {
  warn(io, io.cluster.api.warningsOf(resourceName(info)));
}

/** The objects of a type that the flags select. @throws StatusError that says what was looked for. */
// Models kubernetes/staging/src/k8s.io/cli-runtime/pkg/resource EnhanceListError
export function listObjects(info: ResourceInfo, args: ParsedArgs, io: CommandIO): readonly KubeObject[] {
  const options = optionsFor(info, args, io);
  refuseReviews(info);
  try {
    return io.cluster.api.list(resourceName(info), options).map((object: KubeObject) => inVersion(info, object));
  } catch (error) {
    if (!(error instanceof StatusError) || error.status.reason !== "BadRequest") throw error;
    const [labels, fields] = [
      args.string("selector"),
      args.knows("field-selector") ? args.string("field-selector") : "",
    ];
    const message = `Unable to find ${JSON.stringify(goResource(info))} that match label selector ${JSON.stringify(labels)}, field selector ${JSON.stringify(fields)}: ${error.status.message}`;
    throw new StatusError({ ...error.status, message }, error.warnings);
  }
}

/** Kinds whose objects are questions cannot be listed. @throws StatusError */
function refuseReviews({ isReview }: ResourceInfo): void {
  if (isReview)
    throw statusError("MethodNotAllowed", "the server does not allow this method on the requested resource");
}

/** What a list of this type is asked for, with the flags that were typed. */
export function optionsFor(info: ResourceInfo, args: ParsedArgs, io: CommandIO): ListOptions {
  const fields = args.knows("field-selector") ? args.string("field-selector") : "";
  const options = listOptions(goResource(info), args.string("selector"), fields);
  return info.namespaced && !args.bool("all-namespaces") ? { ...options, namespace: io.namespace } : options;
}
