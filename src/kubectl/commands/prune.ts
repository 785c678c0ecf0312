// `kubectl apply --prune`: what was applied before and is in no file any more goes.
import {
  type Kinds,
  LastAppliedConfigAnnotation,
  type ResourceInfo,
  resourceInfo,
  resourceName,
  type UnknownObject,
} from "../../cluster/index.ts";
import { CommandError } from "../command-error.ts";
import type { ParsedArgs } from "../flags.ts";
import type { CommandIO } from "../io.ts";
import type { DryRun, ObjectPrinter } from "../output.ts";
import { goResource } from "../resources.ts";
import { listOptions } from "../selectors.ts";
import { ask } from "../session.ts";
import type { Deletion } from "./delete.ts";

/** The kinds that are pruned when none were named, in this order. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/apply getRESTMappings
const USUAL = [
  "configmaps",
  "endpoints",
  "namespaces",
  "persistentvolumeclaims",
  "persistentvolumes",
  "pods",
  "replicationcontrollers",
  "secrets",
  "services",
  "jobs.batch",
  "cronjobs.batch",
  "ingresses.networking.k8s.io",
  "daemonsets.apps",
  "deployments.apps",
  "replicasets.apps",
  "statefulsets.apps",
] as const;

/** What `--prune` asks for; undefined without it. @throws CommandError */
export function pruningOf(args: ParsedArgs, kinds: Kinds): readonly ResourceInfo[] | undefined {
  const selector = args.string("selector");
  if (args.bool("all") && selector !== "") throw new CommandError("cannot set --all and --selector at the same time");
  if (!args.bool("prune")) return undefined;
  if (!args.bool("all") && selector === "")
    throw new CommandError(
      "all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector",
    );
  if (args.bool("force")) throw new CommandError("--force cannot be used with --prune");
  const named = args.list("prune-allowlist");
  return named.length === 0 ? USUAL.map((each) => resourceInfo(each)) : named.map((each) => kindOf(kinds, each));
}

function kindOf(kinds: Kinds, text: string): ResourceInfo {
  const [group = "", version = "", kind = "", ...more] = text.split("/");
  if (kind === "" || more.length > 0)
    throw new CommandError(`invalid GroupVersionKind format: ${text}, please follow <group/version/kind>`);
  const apiVersion = group === "core" || group === "" ? version : `${group}/${version}`;
  const info = kinds.forKind(apiVersion, kind);
  if (info === undefined)
    throw new CommandError(`no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(apiVersion)}`);
  return info;
}

interface Pruning {
  readonly io: CommandIO;
  readonly kinds: readonly ResourceInfo[];
  readonly selector: string;
  /** What the files hold: it stays. */
  readonly applied: readonly UnknownObject[];
  readonly dryRun: DryRun;
  readonly print: ObjectPrinter;
  readonly deletion: Deletion;
}

/** Deletes what apply once made in the namespaces of the files (and outside of any), and no file holds now. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/apply pruner.pruneAll
export function prune(pruning: Pruning): void {
  const { kinds, applied } = pruning;
  const namespaces = [...new Set(applied.flatMap(({ metadata }) => metadata.namespace ?? []))].sort();
  for (const namespace of namespaces)
    for (const info of kinds) if (info.namespaced) pruneKind(info, namespace, pruning);
  for (const info of kinds) if (!info.namespaced) pruneKind(info, undefined, pruning);
}

function pruneKind(info: ResourceInfo, namespace: string | undefined, pruning: Pruning): void {
  const { io, selector, applied, dryRun, print } = pruning;
  const { timeoutMs: _, ...options } = pruning.deletion;
  const resource = resourceName(info);
  const kept = new Set(applied.map(({ metadata }) => metadata.uid));
  const wanted = listOptions(goResource(info), selector, "");
  const listed = io.cluster.api.list(resource, namespace === undefined ? wanted : { ...wanted, namespace });
  for (const each of listed) {
    const object = each as unknown as UnknownObject; // every object has fields of some name
    const { name = "", uid, annotations } = object.metadata;
    if (annotations?.[LastAppliedConfigAnnotation] === undefined || kept.has(uid)) continue;
    if (dryRun !== "client")
      ask(io, () =>
        io.cluster.api.delete(resource, namespace, name, {
          ...options,
          dryRun: dryRun === "server",
        }),
      );
    print(info, object, "pruned");
  }
}
