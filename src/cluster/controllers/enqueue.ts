// From a changed object to the keys of its owners: what the handlers of controllers do, and all they do.
import { type KubeObject, keyOf, makeKey } from "../api/objects.ts";
import { matches, type Selector } from "../apimachinery/labels.ts";
import type { Informer } from "../client-go/informer.ts";
import { BY_NAMESPACE, controllerOf } from "../client-go/owners.ts";
import type { WorkQueue } from "../client-go/workqueue.ts";

/** Enqueues the owner of each changed object, and for orphans the possible adopters. */
export function watchOwned<Owned extends KubeObject, Owner extends KubeObject>(parts: {
  readonly owned: Informer<Owned>;
  readonly owners: Informer<Owner>;
  readonly kind: string;
  readonly selectorOf: (owner: Owner) => Selector;
  readonly queue: WorkQueue;
}): void {
  const { owned, owners, kind, selectorOf, queue } = parts;
  const enqueueOwner = (object: KubeObject | undefined) => {
    const owner = object === undefined ? undefined : controllerOf(object);
    if (owner?.kind === kind) queue.add(makeKey(object?.metadata.namespace, owner.name));
  };
  owned.onChange((object, old) => {
    enqueueOwner(object);
    if (old !== undefined && old.metadata.ownerReferences !== object?.metadata.ownerReferences) enqueueOwner(old);
    if (object === undefined || controllerOf(object) !== undefined) return;
    if (old !== undefined && sameClaim(object, old)) return;
    for (const owner of owners.byIndex(BY_NAMESPACE, object.metadata.namespace ?? ""))
      if (matches(selectorOf(owner), object.metadata.labels)) queue.add(keyOf(owner));
  });
}

function sameClaim(object: KubeObject, old: KubeObject): boolean {
  return (
    object.metadata.labels === old.metadata.labels && object.metadata.ownerReferences === old.metadata.ownerReferences
  );
}
