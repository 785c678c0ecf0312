// kubectl describe.
import { type KubeObject, type ResourceInfo, resourceName, StatusError } from "../../cluster/index.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { type DescribeContext, describeWith } from "../describe/describer.ts";
import { describerOf } from "../describe/registry.ts";
import { virtualNow } from "../duration.ts";
import { throwCollected } from "../errors.ts";
import { FETCH_FLAGS, type FetchResult, fetchObjects, optionsFor } from "../fetch.ts";
import type { Flag, ParsedArgs } from "../flags.ts";
import type { CommandIO } from "../io.ts";
import { requireResource } from "../resources.ts";
import { hasFiles } from "../sources.ts";

const FLAGS: readonly Flag[] = [
  ...FETCH_FLAGS,
  { name: "show-events", type: "bool", default: "true", help: "Show the events about the object." },
];

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/describe DescribeOptions
export const describe: Command = {
  name: "describe",
  usage: "describe TYPE [NAME_PREFIX | -l LABEL]",
  summary: "Tell all about objects, with what belongs to them and their events",
  flags: FLAGS,
  run(args, io) {
    if (args.positional.length === 0 && !hasFiles(args))
      throw new CommandError(
        'You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.',
      );
    const fetched = fetchObjects(args, io);
    const [only] = fetched.errors;
    if (only instanceof StatusError && only.status.reason === "NotFound" && args.positional.length === 2)
      describePrefix(only, args, io);
    else describeAll(fetched, args, io);
    io.exit(0);
  },
};

function context(io: CommandIO, showEvents: boolean): DescribeContext {
  return { api: io.cluster.api, now: virtualNow(io.cluster), showEvents };
}

function text(info: ResourceInfo, object: KubeObject, about: DescribeContext): string {
  return describeWith(describerOf(resourceName(info)), object, about);
}

function describeAll({ parts, errors }: FetchResult, args: ParsedArgs, io: CommandIO): void {
  const about = context(io, args.bool("show-events"));
  let first = true;
  for (const { info, objects } of parts) {
    for (const object of objects) {
      io.out(`${first ? "" : "\n\n"}${text(info, object, about)}`);
      first = false;
    }
  }
  if (first && errors.length === 0)
    io.err(args.bool("all-namespaces") ? "No resources found\n" : `No resources found in ${io.namespace} namespace.\n`);
  throwCollected(errors);
}

/** Every object whose name begins with what was typed, each followed by an empty line, without events. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/describe DescribeOptions.DescribeMatchingResources
function describePrefix(missing: StatusError, args: ParsedArgs, io: CommandIO): void {
  const [type = "", prefix = ""] = args.positional;
  const info = requireResource(io.cluster.api.kinds, type);
  const matching = io.cluster.api
    .list(resourceName(info), optionsFor(info, args, io))
    .filter((object) => object.metadata.name?.startsWith(prefix));
  if (matching.length === 0) throw missing;
  for (const object of matching) io.out(`${text(info, object, context(io, false))}\n`);
}
