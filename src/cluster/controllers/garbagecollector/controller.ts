// The garbage collector: what is owned goes when its owners are gone, in the background, first, or not at all.
import { type KubeObject, keyOf, splitKey } from "../../api/objects.ts";
import { type ResourceName, resourceName } from "../../api/scheme.ts";
import type { OwnerReference } from "../../api/types.gen.ts";
import type { ComponentContext } from "../../client-go/component.ts";
import { controllerQueue, deleteObject, write } from "../../client-go/controller.ts";

const ORPHAN = "orphan";
const FOREGROUND = "foregroundDeletion";

/** Starts the collector. Spec: [GC-1] and following. */
// Models kubernetes/pkg/controller/garbagecollector/garbagecollector.go
export function startGarbageCollector(context: ComponentContext): void {
  const graph = new Graph();
  const queue = controllerQueue(context, (item) => collect(context, graph, item));
  const take = (resource: ResourceName, object: KubeObject | undefined, old: KubeObject | undefined) => {
    graph.change(resource, object, old);
    const changed = object ?? old;
    if (changed === undefined) return;
    const item = itemOf(resource, changed);
    if (object === undefined) {
      for (const dependent of graph.dependents(changed.metadata.uid)) queue.add(dependent);
      for (const owner of changed.metadata.ownerReferences ?? []) queue.add(ownerItem(context, changed, owner));
    } else if (waitsForDependents(object) || hasNewOwner(object, old)) queue.add(item);
  };
  context.api.watch("*", ({ resource, type, object, old }) =>
    take(resource, type === "DELETED" ? undefined : object, type === "DELETED" ? object : old),
  );
}

/** `RESOURCE NAMESPACE/NAME`. */
function itemOf(resource: ResourceName, object: KubeObject): string {
  return `${resource} ${keyOf(object)}`;
}

/** The owner of an object; a cluster-wide owner has no namespace. */
function ownerItem({ api }: ComponentContext, object: KubeObject, owner: OwnerReference): string {
  const info = api.kinds.forKind(owner.apiVersion, owner.kind);
  if (info === undefined) return "";
  const namespace = info.namespaced ? `${object.metadata.namespace}/` : "";
  return `${resourceName(info)} ${namespace}${owner.name}`;
}

function waitsForDependents({ metadata }: KubeObject): boolean {
  const finalizers = metadata.finalizers ?? [];
  return metadata.deletionTimestamp !== undefined && (finalizers.includes(ORPHAN) || finalizers.includes(FOREGROUND));
}

function hasNewOwner(object: KubeObject, old: KubeObject | undefined): boolean {
  const references = object.metadata.ownerReferences;
  return references !== undefined && references !== old?.metadata.ownerReferences;
}

/** Who depends on whom, by the owner's uid. */
class Graph {
  readonly #dependents = new Map<string, Set<string>>();

  dependents(uid: string | undefined): string[] {
    return [...(this.#dependents.get(uid ?? "") ?? [])];
  }

  change(resource: ResourceName, object: KubeObject | undefined, old: KubeObject | undefined): void {
    const [after, before] = [object?.metadata.ownerReferences, old?.metadata.ownerReferences];
    if (after === before && object !== undefined) return;
    for (const { uid } of before ?? []) {
      const dependents = this.#dependents.get(uid);
      if (old !== undefined) dependents?.delete(itemOf(resource, old));
      if (dependents?.size === 0) this.#dependents.delete(uid);
    }
    for (const { uid } of after ?? []) {
      const dependents = this.#dependents.get(uid) ?? new Set<string>();
      this.#dependents.set(uid, dependents);
      if (object !== undefined) dependents.add(itemOf(resource, object));
    }
  }
}

function find(context: ComponentContext, item: string): { resource: ResourceName; object: KubeObject } | undefined {
  const [resource = "", key = ""] = item.split(" ");
  if (resource === "") return undefined;
  const { namespace, name } = splitKey(key);
  const object = context.api.find(resource, namespace === "" ? undefined : namespace, name);
  return object === undefined ? undefined : { resource, object };
}

function collect(context: ComponentContext, graph: Graph, item: string): void {
  const found = find(context, item);
  if (found === undefined) return;
  const { resource, object } = found;
  if (waitsForDependents(object)) releaseDependents(context, graph, found);
  else if (object.metadata.deletionTimestamp === undefined) deleteIfOrphaned(context, resource, object);
}

/** An object whose owners are all gone goes too; one that has others left only forgets those that are gone. Spec: [GC-1] [GC-2]. */
// Models kubernetes/pkg/controller/garbagecollector attemptToDeleteItem
function deleteIfOrphaned(context: ComponentContext, resource: ResourceName, object: KubeObject): void {
  const references = object.metadata.ownerReferences ?? [];
  if (references.length === 0) return;
  const ownerOf = (reference: OwnerReference) => {
    const owner = find(context, ownerItem(context, object, reference))?.object;
    return owner?.metadata.uid === reference.uid ? owner : undefined;
  };
  const owners = references.map(ownerOf);
  const standing = references.filter((_, i) => owners[i] !== undefined && !waitsForDependents(owners[i]));
  if (standing.length > 0) {
    if (standing.length < references.length) setOwners(context, { resource, object }, standing);
    return;
  }
  const waiting = owners.some((owner) => owner?.metadata.finalizers?.includes(FOREGROUND));
  const finalizers = object.metadata.finalizers ?? [];
  if (finalizers.includes(ORPHAN)) return;
  deleteObject(context, resource, object, { propagationPolicy: waiting ? "Foreground" : "Background" });
}

/** Foreground: the dependents that block go first. Orphan: they forget their owner and stay. Spec: [GC-3] [GC-4]. */
// Models kubernetes/pkg/controller/garbagecollector processDeletingDependentsItem, attemptToOrphan
function releaseDependents(
  context: ComponentContext,
  graph: Graph,
  owner: { readonly resource: ResourceName; readonly object: KubeObject },
): void {
  const { uid } = owner.object.metadata;
  const dependents = graph.dependents(uid).flatMap((item) => find(context, item) ?? []);
  const finalizers = owner.object.metadata.finalizers ?? [];
  if (finalizers.includes(ORPHAN)) {
    for (const dependent of dependents) {
      const others = (dependent.object.metadata.ownerReferences ?? []).filter((each) => each.uid !== uid);
      setOwners(context, dependent, others);
    }
    dropFinalizer(context, owner, ORPHAN);
    return;
  }
  const blocks = ({ object }: { object: KubeObject }) =>
    object.metadata.ownerReferences?.some((each) => each.uid === uid && each.blockOwnerDeletion === true) === true;
  const blocking = dependents.filter(blocks);
  if (blocking.length === 0) dropFinalizer(context, owner, FOREGROUND);
  for (const { resource, object } of blocking)
    if (object.metadata.deletionTimestamp === undefined) deleteIfOrphaned(context, resource, object);
}

function setOwners(
  context: ComponentContext,
  { resource, object }: { readonly resource: ResourceName; readonly object: KubeObject },
  references: OwnerReference[],
): void {
  const { ownerReferences: _old, ...metadata } = object.metadata;
  write(context, resource, {
    ...object,
    metadata: references.length === 0 ? metadata : { ...metadata, ownerReferences: references },
  });
}

function dropFinalizer(
  context: ComponentContext,
  { resource, object }: { readonly resource: ResourceName; readonly object: KubeObject },
  finalizer: string,
): void {
  const rest = (object.metadata.finalizers ?? []).filter((each) => each !== finalizer);
  const { finalizers: _old, ...metadata } = object.metadata;
  write(context, resource, { ...object, metadata: rest.length === 0 ? metadata : { ...metadata, finalizers: rest } });
}
