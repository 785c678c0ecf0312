// One object applied as `kubectl apply` does it: what the command and the page's editor share.
import { type ApiServer, createThreeWayMergePatch, resourceName, type UnknownObject } from "../cluster/index.ts";
import { CommandError } from "./command-error.ts";
import type { SourceObject } from "./documents.ts";
import { lastApplied, withLastApplied } from "./last-applied.ts";
import { isMap } from "./maps.ts";
import type { DryRun } from "./output.ts";
import { inVersion, patchTypeOf, sendPatch } from "./server.ts";

/** The outcome of an object, with the server's warnings. */
export interface Applied {
  readonly object: UnknownObject;
  readonly result: "created" | "configured" | "unchanged";
  readonly warnings: readonly string[];
}

export interface ApplyOptions {
  readonly dryRun: DryRun;
  readonly fieldValidation: "Strict" | "Warn" | "Ignore";
  readonly fieldManager?: string;
}

/** What applying an object means now. */
export interface ApplyPlan {
  /** The manifest with itself in its annotation. */
  readonly modified: UnknownObject;
  /** The object as it stands; undefined when it is to be created. */
  readonly current: UnknownObject | undefined;
  /** The strategic merge patch that is to be sent; empty when nothing changes. */
  readonly patch: Readonly<Record<string, unknown>>;
}

/**
 * Compares the manifest with what was applied before and with what the cluster has.
 *
 * @throws CommandError when the manifest writes the kind of an object that is there in lower case: no patch may change it.
 */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/apply Patcher.buildMergePatch
export function planApply(api: ApiServer, { info, namespace, name, object }: SourceObject): ApplyPlan {
  const found = api.find(resourceName(info), namespace, name);
  const current = found && inVersion(info, found as unknown as UnknownObject); // every object has fields of some name
  if (current !== undefined && object.kind !== info.kind)
    throw new CommandError("At least one of apiVersion, kind and name was changed");
  const modified = withLastApplied(object);
  const patch =
    current === undefined ? {} : createThreeWayMergePatch(lastApplied(current), { ...modified }, { ...current }, info);
  return { modified, current, patch };
}

/** The object without fields that are null, as a later apply would leave them out too. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/apply pruneNullsFromMap
function withoutNulls<T>(value: T): T {
  const pruned = (each: unknown): unknown => {
    if (Array.isArray(each)) return each.map(pruned);
    if (!isMap(each)) return each;
    const kept = Object.entries(each).filter(([, inner]) => inner !== null);
    return Object.fromEntries(kept.map(([key, inner]) => [key, pruned(inner)]));
  };
  return pruned(value) as T; // the same shape, with fewer optional fields
}

/** Creates the object or merges the manifest's changes into it. @throws StatusError in the server's words, without kubectl's frame. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/apply ApplyOptions.applyOneObject
export function applyObject(
  api: ApiServer,
  source: SourceObject,
  options: ApplyOptions,
  plan = planApply(api, source),
): Applied {
  const { modified, current, patch } = plan;
  const { dryRun, fieldValidation, fieldManager = "kubectl-client-side-apply" } = options;
  const fresh = withoutNulls(modified);
  if (dryRun === "client")
    return { object: current ?? fresh, result: current === undefined ? "created" : "configured", warnings: [] };
  const writeOptions = { fieldManager, fieldValidation, dryRun: dryRun === "server" };
  if (current === undefined) {
    const { object, warnings } = api.create(resourceName(source.info), source.namespace, fresh, writeOptions);
    return { object: object as unknown as UnknownObject, result: "created", warnings }; // every object has fields of some name
  }
  if (Object.keys(patch).length === 0) return { object: current, result: "unchanged", warnings: [] };
  const { object, warnings } = sendPatch(api, source, { type: patchTypeOf(source.info), body: patch }, writeOptions);
  return { object, result: "configured", warnings };
}
