// `kubectl delete`: asks for the end of objects and waits until they are gone.
import {
  type DeleteOptions,
  type ResourceInfo,
  resourceName,
  StatusError,
  type UnknownObject,
} from "../../cluster/index.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { throwCollected, withSource } from "../errors.ts";
import type { ParsedArgs } from "../flags.ts";
import { guard } from "../guard.ts";
import type { CommandIO } from "../io.ts";
import { DRY_RUN_FLAG, type DryRun, dryRunOf } from "../output.ts";
import { qualifiedKind, resourceWords } from "../resources.ts";
import { SELECTOR_FLAGS, select } from "../select.ts";
import { ask } from "../session.ts";
import { FILE_FLAGS, hasFiles, readSources } from "../sources.ts";
import { collectErrors } from "./collect.ts";
import { rawWrite } from "./raw.ts";

/** What is to be deleted; it may not be there. */
export interface Doomed {
  readonly info: ResourceInfo;
  readonly namespace: string | undefined;
  readonly name: string;
  /** The file it is in, or "". */
  readonly source: string;
}

interface Deleting {
  readonly io: CommandIO;
  readonly dryRun: DryRun;
  readonly options: DeleteOptions;
  readonly ignoreNotFound: boolean;
  readonly nameOnly: boolean;
  readonly forced: boolean;
}

export const remove: Command = {
  name: "delete",
  usage: "([-f FILENAME] | TYPE [(NAME | -l label | --all)])",
  summary: "Delete objects: named, selected by labels, or from files",
  flags: [
    ...FILE_FLAGS,
    ...SELECTOR_FLAGS,
    DRY_RUN_FLAG,
    { name: "cascade", type: "string", default: "background", bare: "background" },
    { name: "force", type: "bool" },
    { name: "grace-period", type: "int", default: "-1" },
    { name: "ignore-not-found", type: "bool" },
    { name: "interactive", short: "i", type: "bool" },
    { name: "now", type: "bool" },
    { name: "output", short: "o", type: "string" },
    { name: "raw", type: "string" },
    { name: "timeout", type: "duration", default: "0s" },
    { name: "wait", type: "bool", default: "true" },
  ],
  run(args, io) {
    const grace = gracePeriod(args, io);
    checkFlags(args);
    if (args.string("raw") !== "") {
      io.out(rawWrite("delete", args, io));
      io.exit(0);
      return;
    }
    const dryRun = dryRunOf(args, io);
    const { doomed, errors } = targets(args, io);
    if (args.bool("interactive") && !confirmed(doomed, io)) {
      io.exit(0);
      return;
    }
    const deleting: Deleting = {
      io,
      dryRun,
      options: { ...deleteOptions(args, grace), dryRun: dryRun === "server" },
      ignoreNotFound: args.bool("ignore-not-found") || (!args.changed("ignore-not-found") && args.bool("all")),
      nameOnly: args.string("output") === "name",
      forced: grace === 0,
    };
    const failed: Error[] = [...errors];
    const gone: [Doomed, UnknownObject][] = [];
    warnOfClusterScope(args, doomed, io);
    for (const each of doomed) collectErrors(failed, () => gone.push(...deleteOne(each, deleting)));
    throwCollected(failed);
    if (doomed.length === 0) io.out("No resources found\n");
    if (dryRun !== "none" || !args.bool("wait")) {
      io.exit(0);
      return;
    }
    waitUntilGone(gone, args.duration("timeout"), io);
  },
};

/** Whether the line on standard input says yes. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/delete DeleteOptions.confirmation
function confirmed(doomed: readonly Doomed[], io: CommandIO): boolean {
  if (doomed.length === 0) {
    io.out("No resources found\n");
    return false;
  }
  const list = doomed.map(({ info, name }) => `${qualifiedKind(info)}/${name}\n`).join("");
  io.out(
    `You are about to delete the following ${doomed.length} resource(s):\n${list}Do you want to continue? (y/N): `,
  );
  const yes = /^\s*y\s*$/i.test(io.stdin.split("\n")[0] ?? "");
  if (!yes) io.out("deletion is cancelled\n");
  return yes;
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/delete DeleteOptions.Complete and Validate
function gracePeriod(args: ParsedArgs, io: CommandIO): number {
  let grace = args.int("grace-period");
  const force = args.bool("force");
  if (args.bool("now")) {
    if (grace !== -1) throw new CommandError("--now and --grace-period cannot be specified together");
    grace = 1;
  }
  if (force && grace < 0) grace = 0;
  if (grace === 0 && !force) grace = 1;
  if (force && grace > 0)
    throw new CommandError("--force and --grace-period greater than 0 cannot be specified together");
  if (grace === 0)
    io.err(
      "Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n",
    );
  return grace;
}

function checkFlags(args: ParsedArgs): void {
  const output = args.string("output");
  if (output !== "" && output !== "name")
    throw new CommandError(`unexpected -o output mode: ${output}. We only support '-o name'`);
  if (args.bool("all") && args.string("selector") !== "")
    throw new CommandError("setting 'all' parameter but found a non empty selector. ");
  if (args.bool("all") && args.string("field-selector") !== "")
    throw new CommandError("cannot set --all and --field-selector at the same time");
}

/** How objects go, and how long is waited for it; 0 is as long as it takes. */
export interface Deletion extends DeleteOptions {
  readonly timeoutMs: number;
}

export function deleteOptions(args: ParsedArgs, grace: number): DeleteOptions {
  const propagationPolicy = propagation(args.string("cascade"));
  return { propagationPolicy, ...(grace >= 0 ? { gracePeriodSeconds: grace } : {}) };
}

export function propagation(cascade: string): "Background" | "Foreground" | "Orphan" {
  switch (cascade) {
    case "true":
    case "background":
      return "Background";
    case "foreground":
      return "Foreground";
    case "false":
    case "orphan":
      return "Orphan";
    default:
      throw new CommandError(`invalid cascade value (${cascade}). Must be "background", "foreground", or "orphan"`);
  }
}

/** Names are taken as they are: nothing is fetched before it is deleted. */
function targets(args: ParsedArgs, io: CommandIO): { doomed: Doomed[]; errors: readonly Error[] } {
  if (hasFiles(args)) {
    if (args.positional.length > 0) select(args, args.positional, io);
    const { objects, errors } = readSources(args, io);
    return { doomed: objects.map(({ info, namespace, name, source }) => ({ info, namespace, name, source })), errors };
  }
  const words = resourceWords(io.cluster.api.kinds, args.positional);
  const selecting = args.string("selector") !== "" || args.string("field-selector") !== "" || args.bool("all");
  if (words.kind !== "names" || selecting) {
    const { found, errors } = select(args, args.positional, io);
    return { doomed: found.map(({ info, namespace, name }) => ({ info, namespace, name, source: "" })), errors };
  }
  if (args.bool("all-namespaces"))
    throw new CommandError("a resource cannot be retrieved by name across all namespaces");
  const doomed = words.targets.map(({ info, name }) => ({
    info,
    name,
    namespace: info.namespaced ? io.namespace : undefined,
    source: "",
  }));
  return { doomed, errors: [] };
}

function warnOfClusterScope(args: ParsedArgs, doomed: readonly Doomed[], io: CommandIO): void {
  if (args.changed("namespace") && doomed.some(({ info }) => !info.namespaced))
    io.err("Warning: deleting cluster-scoped resources, not scoped to the provided namespace\n");
}

function deleteOne(doomed: Doomed, deleting: Deleting): [Doomed, UnknownObject][] {
  const { io, dryRun, options, ignoreNotFound } = deleting;
  const { info, namespace, name, source } = doomed;
  if (dryRun === "client") {
    announce(doomed, deleting);
    return [];
  }
  try {
    const object = ask(io, () => io.cluster.api.delete(resourceName(info), namespace, name, options));
    announce(doomed, deleting);
    return [[doomed, object]];
  } catch (error) {
    if (error instanceof StatusError && error.status.reason === "NotFound" && ignoreNotFound) return [];
    throw source === "" ? error : withSource(error, "deleting", source);
  }
}

function announce({ info, namespace, name }: Doomed, { io, dryRun, nameOnly, forced }: Deleting): void {
  const kind = qualifiedKind(info);
  if (nameOnly) {
    io.out(`${kind}/${name}\n`);
    return;
  }
  const suffix = dryRun === "none" ? "" : dryRun === "client" ? " (dry run)" : " (server dry run)";
  const from = namespace === undefined ? "" : ` from ${namespace} namespace`;
  io.out(`${kind} "${name}" ${forced ? "force deleted" : "deleted"}${from}${suffix}\n`);
}

/** A week: how long `delete` waits when no time was given. */
/** How long a wait without a limit lasts. */
export const LONG_MS = 168 * 3_600_000;

/** Waits until each is gone (or replaced by another of the same name). */
export function waitUntilGone(
  gone: readonly (readonly [Doomed, UnknownObject])[],
  timeoutMs: number,
  io: CommandIO,
): void {
  const remaining = () =>
    gone.filter(([{ info, namespace, name }, object]) => {
      const now = io.cluster.api.find(resourceName(info), namespace, name);
      return now !== undefined && (now as UnknownObject).metadata.uid === object.metadata.uid; // every object has metadata
    });
  io.cluster.until(
    () => remaining().length === 0,
    timeoutMs === 0 ? LONG_MS : timeoutMs,
    (held) =>
      guard(io, () => {
        const [late] = remaining();
        if (!held && late !== undefined)
          throw new CommandError(`timed out waiting for the condition on ${late[0].info.resource}/${late[0].name}`);
        io.exit(0);
      }),
  );
}
