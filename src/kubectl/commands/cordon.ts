// `kubectl cordon|uncordon|drain|taint`: nodes and what may run on them.
import { type Node, type Pod, resourceInfo, StatusError, type Taint } from "../../cluster/index.ts";
import type { Command } from "../command.ts";
import { CommandError, SilentExit, throwCollected, usageError } from "../errors.ts";
import type { Flag, ParsedArgs } from "../flags.ts";
import { guard } from "../guard.ts";
import type { CommandIO } from "../io.ts";
import { DRY_RUN_FLAG, dryRunOf, OUTPUT_FLAG, objectPrinter } from "../output.ts";
import { type Found, SELECTOR_FLAGS, select } from "../select.ts";
import { ask, patchObject } from "../session.ts";
import { collectErrors } from "./collect.ts";

const NODE_FLAGS: readonly Flag[] = [DRY_RUN_FLAG, { name: "selector", short: "l", type: "string" }];

function nodesOf(args: ParsedArgs, io: CommandIO): readonly Found[] {
  const words = args.positional;
  if (words.length === 0 && args.string("selector") === "")
    throw usageError(args.path, `USAGE: ${args.path.replace(/^kubectl /, "")} NODE [flags]`);
  const { found, errors } = select(args, words.some((word) => word.includes("/")) ? words : ["nodes", ...words], io);
  throwCollected(errors);
  return found;
}

function setUnschedulable(target: Found, wanted: boolean, io: CommandIO, dryRun = false): void {
  const node = target.object as unknown as Node; // of this resource
  const word = wanted ? "cordoned" : "uncordoned";
  const suffix = dryRun ? " (dry run)" : "";
  if ((node.spec?.unschedulable ?? false) === wanted) {
    io.out(`node/${target.name} already ${word}${suffix}\n`);
    return;
  }
  if (!dryRun) patchObject(io, target, { type: "strategic", body: { spec: { unschedulable: wanted ? true : null } } });
  io.out(`node/${target.name} ${word}${suffix}\n`);
}

function schedulingCommand(name: "cordon" | "uncordon", summary: string): Command {
  return {
    name,
    usage: "NODE",
    summary,
    flags: NODE_FLAGS,
    run(args, io) {
      const dryRun = dryRunOf(args, io) !== "none";
      for (const target of nodesOf(args, io)) setUnschedulable(target, name === "cordon", io, dryRun);
      io.exit(0);
    },
  };
}

export const cordon = schedulingCommand("cordon", "Mark node as unschedulable");
export const uncordon = schedulingCommand("uncordon", "Mark node as schedulable");

export const drain: Command = {
  name: "drain",
  usage: "NODE",
  summary: "Drain node in preparation for maintenance",
  flags: [
    ...NODE_FLAGS,
    { name: "force", type: "bool" },
    { name: "ignore-daemonsets", type: "bool" },
    { name: "delete-emptydir-data", type: "bool" },
    { name: "disable-eviction", type: "bool" },
    { name: "grace-period", type: "int", default: "-1" },
    { name: "timeout", type: "duration", default: "0s" },
    { name: "pod-selector", type: "string" },
    { name: "skip-wait-for-delete-timeout", type: "int", default: "0" },
    { name: "chunk-size", type: "int", default: "500" },
  ],
  run(args, io) {
    const targets = nodesOf(args, io);
    const dryRun = dryRunOf(args, io) !== "none";
    for (const target of targets) setUnschedulable(target, true, io, dryRun);
    drainNext([...targets], { args, io, dryRun });
  },
};

interface Draining {
  readonly args: ParsedArgs;
  readonly io: CommandIO;
  readonly dryRun: boolean;
}

function drainNext(targets: Found[], draining: Draining): void {
  const { args, io, dryRun } = draining;
  const target = targets.shift();
  if (target === undefined) {
    io.exit(0);
    return;
  }
  const pods = io.cluster.api.list("pods").filter((pod) => pod.spec?.nodeName === target.name);
  const { evict, fatal, warnings } = sortOut(pods, args, io);
  if (fatal.length > 0) {
    io.err(
      `error: unable to drain node ${JSON.stringify(target.name)} due to error: ${fatal.length === 1 ? fatal[0] : `[${fatal.join(", ")}]`}, continuing command...\n`,
    );
    io.err(`There are pending nodes to be drained:\n${[target, ...targets].map(({ name }) => ` ${name}\n`).join("")}`);
    for (const each of fatal) io.err(`${each}\n`);
    throw new SilentExit(1);
  }
  if (warnings.length > 0) io.err(`Warning: ${warnings.join("; ")}\n`);
  if (dryRun) {
    for (const { metadata } of evict) io.out(`evicting pod ${metadata.namespace}/${metadata.name} (dry run)\n`);
    io.out(`node/${target.name} drained (dry run)\n`);
    drainNext(targets, draining);
    return;
  }
  for (const pod of evict) evictPod(pod, args, io);
  awaitGone(evict, draining, () => {
    io.out(`node/${target.name} drained\n`);
    drainNext(targets, draining);
  });
}

/** Which pods go, and which stand in the way. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/drain filters
function sortOut(
  pods: readonly Pod[],
  args: ParsedArgs,
  io: CommandIO,
): { evict: Pod[]; fatal: string[]; warnings: string[] } {
  const name = ({ metadata }: Pod) => `${metadata.namespace}/${metadata.name}`;
  const ownerOf = ({ metadata }: Pod) => metadata.ownerReferences?.find(({ controller }) => controller === true);
  const daemons = pods.filter(
    (pod) =>
      ownerOf(pod)?.kind === "DaemonSet" &&
      io.cluster.api.find("daemonsets.apps", pod.metadata.namespace, ownerOf(pod)?.name ?? "") !== undefined,
  );
  const rest = pods.filter((pod) => !daemons.includes(pod));
  const isOver = ({ status }: Pod) => status?.phase === "Succeeded" || status?.phase === "Failed";
  const alone = rest.filter((pod) => ownerOf(pod) === undefined && !isOver(pod));
  const local = rest.filter(({ spec }) => spec?.volumes?.some(({ emptyDir }) => emptyDir !== undefined));
  const fatal: string[] = [];
  const warnings: string[] = [];
  const list = (some: readonly Pod[]) => some.map(name).join(", ");
  if (daemons.length > 0 && args.bool("ignore-daemonsets"))
    warnings.push(`ignoring DaemonSet-managed Pods: ${list(daemons)}`);
  else if (daemons.length > 0)
    fatal.push(`cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore): ${list(daemons)}`);
  if (local.length > 0 && !args.bool("delete-emptydir-data"))
    fatal.push(`cannot delete Pods with local storage (use --delete-emptydir-data to override): ${list(local)}`);
  if (alone.length > 0 && args.bool("force")) warnings.push(`deleting Pods that declare no controller: ${list(alone)}`);
  else if (alone.length > 0)
    fatal.push(`cannot delete Pods that declare no controller (use --force to override): ${list(alone)}`);
  return { evict: rest, fatal, warnings };
}

function evictPod({ metadata }: Pod, args: ParsedArgs, io: CommandIO): void {
  io.out(`evicting pod ${metadata.namespace}/${metadata.name}\n`);
  const grace = args.int("grace-period");
  try {
    ask(io, () =>
      io.cluster.api.delete(
        "pods",
        metadata.namespace,
        metadata.name ?? "",
        grace < 0 ? {} : { gracePeriodSeconds: grace },
      ),
    );
  } catch (error) {
    if (!(error instanceof StatusError && error.status.reason === "NotFound")) throw error;
  }
}

function awaitGone(pods: readonly Pod[], { args, io }: Draining, done: () => void): void {
  const waiting = new Set(pods);
  const timeout = args.duration("timeout");
  const look = () => {
    for (const pod of waiting) {
      const { namespace, name = "", uid } = pod.metadata;
      if (io.cluster.api.find("pods", namespace, name)?.metadata.uid === uid) continue;
      waiting.delete(pod);
      io.out(`pod/${name} evicted\n`);
    }
    return waiting.size === 0;
  };
  io.cluster.until(look, timeout === 0 ? Number.POSITIVE_INFINITY : timeout, (held) =>
    guard(io, () => {
      if (!held) throw new CommandError("drain did not complete within the given timeout");
      done();
    }),
  );
}

const EFFECTS = new Set(["NoSchedule", "PreferNoSchedule", "NoExecute"]);

export const taint: Command = {
  name: "taint",
  usage: "NODE NAME KEY_1=VAL_1:TAINT_EFFECT_1 ... KEY_N=VAL_N:TAINT_EFFECT_N",
  summary: "Update the taints on one or more nodes",
  flags: [
    ...SELECTOR_FLAGS,
    OUTPUT_FLAG,
    DRY_RUN_FLAG,
    { name: "overwrite", type: "bool" },
    { name: "validate", type: "string", default: "strict" },
  ],
  run(args, io) {
    const isTaint = (word: string) => word.includes(":") || word.endsWith("-") || word.includes("=");
    const words = args.positional.filter((word) => !isTaint(word));
    const specs = args.positional.filter(isTaint);
    if (words.length === 0) throw new CommandError("one or more resources must be specified as <resource> <name>");
    if (specs.length === 0) throw new CommandError("at least one taint update is required");
    const dryRun = dryRunOf(args, io);
    const print = objectPrinter(args, io, dryRun);
    const { found, errors } = select(args, words, io);
    const failed: Error[] = [];
    for (const target of found)
      collectErrors(failed, () => {
        if (target.info !== resourceInfo("nodes"))
          throw new CommandError(`invalid resource type ${target.info.resource}, only node types are supported`);
        const taints = retainted(target, specs, args.bool("overwrite"));
        const body = { spec: { taints: taints.length === 0 ? null : taints } };
        const news = specs.every((spec) => spec.endsWith("-"))
          ? "untainted"
          : specs.some((spec) => spec.endsWith("-"))
            ? "modified"
            : "tainted";
        print(
          target.info,
          dryRun === "client"
            ? target.object
            : patchObject(io, target, { type: "merge", body }, { dryRun: dryRun === "server" }),
          news,
        );
      });
    throwCollected([...failed, ...errors]);
    io.exit(0);
  },
};

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/taint parseTaints and reorganizeTaints
function retainted({ name, object }: Found, specs: readonly string[], overwrite: boolean): Taint[] {
  let taints = [...((object as unknown as Node).spec?.taints ?? [])]; // of this resource
  for (const spec of specs) {
    const { key, value, effect } = parseTaint(spec);
    const same = (each: Taint) => each.key === key && (effect === "" || each.effect === effect);
    if (spec.endsWith("-")) {
      if (!taints.some(same)) throw new CommandError(`taint ${JSON.stringify(spec.slice(0, -1))} not found`);
      taints = taints.filter((each) => !same(each));
      continue;
    }
    if (taints.some(same) && !overwrite)
      throw new CommandError(`node ${name} already has ${key} taint(s) with same effect(s) and --overwrite is false`);
    taints = [...taints.filter((each) => !same(each)), { key, effect, ...(value === "" ? {} : { value }) }];
  }
  return taints;
}

function parseTaint(spec: string): { key: string; value: string; effect: string } {
  const match = /^([^=:]+)(?:=([^:]*))?(?::(\w+))?-?$/.exec(spec.replace(/-$/, ""));
  const effect = match?.[3] ?? "";
  if (match === null || (effect === "" && !spec.endsWith("-"))) throw new CommandError(`invalid taint spec: ${spec}`);
  if (effect !== "" && !EFFECTS.has(effect))
    throw new CommandError(`invalid taint effect: ${effect}, unsupported taint effect`);
  return { key: match[1] ?? "", value: match[2] ?? "", effect };
}
