// Adopting and releasing: which objects an owner claims by its selector.
import type { KubeObject } from "../api/objects.ts";
import type { ResourceName } from "../api/scheme.ts";
import { matches, type Selector } from "../apimachinery/labels.ts";
import type { ObjectOf } from "../apiserver/server.ts";
import type { ComponentContext } from "../client-go/component.ts";
import { write } from "../client-go/controller.ts";
import type { Informer } from "../client-go/informer.ts";
import { BY_CONTROLLER, controllerReference, orphansOf } from "../client-go/owners.ts";

/** What an owner has, may adopt and must release. */
export interface Claims<T> {
  readonly owned: readonly T[];
  readonly adopt: readonly T[];
  readonly release: readonly T[];
}

/** Sorts objects by what the owner's selector says about them. An owner that is being deleted adopts nothing. */
// Models kubernetes/pkg/controller/controller_ref_manager.go ClaimObject
export function sortClaims<T extends KubeObject>(
  parts: { readonly owner: KubeObject; readonly selector: Selector; readonly mayAdopt: (object: T) => boolean },
  controlled: readonly T[],
  orphans: readonly T[],
): Claims<T> {
  const { owner, selector, mayAdopt } = parts;
  const fits = (object: T) => matches(selector, object.metadata.labels);
  const alive = owner.metadata.deletionTimestamp === undefined;
  return {
    owned: controlled.filter((object) => fits(object) || !alive),
    release: alive
      ? controlled.filter((object) => !fits(object) && object.metadata.deletionTimestamp === undefined)
      : [],
    adopt: alive ? orphans.filter((o) => o.metadata.deletionTimestamp === undefined && mayAdopt(o) && fits(o)) : [],
  };
}

/** Everything of a resource that the owner controls after adopting and releasing by its selector. */
export function claim<R extends ResourceName>(
  context: ComponentContext,
  resource: R,
  parts: {
    readonly owner: KubeObject;
    readonly selector: Selector;
    readonly mayAdopt: (object: ObjectOf<R> & KubeObject) => boolean;
  },
): Array<ObjectOf<R> & KubeObject> {
  const informer: Informer<ObjectOf<R> & KubeObject> = context.informers.of(resource);
  const controlled = informer.byIndex(BY_CONTROLLER, parts.owner.metadata.uid ?? "");
  const orphans = informer.byIndex(BY_CONTROLLER, orphansOf(parts.owner.metadata.namespace));
  const claims = sortClaims(parts, controlled, orphans);
  for (const object of claims.release) write(context, resource, withoutController(object, parts.owner));
  if (claims.adopt.length === 0) return [...claims.owned];
  for (const object of claims.adopt) write(context, resource, withController(object, parts.owner));
  const after = informer.byIndex(BY_CONTROLLER, parts.owner.metadata.uid ?? "");
  return after.filter((object) => matches(parts.selector, object.metadata.labels));
}

function withController<T extends KubeObject>(object: T, owner: KubeObject): T {
  const references = [...(object.metadata.ownerReferences ?? []), controllerReference(owner)];
  return { ...object, metadata: { ...object.metadata, ownerReferences: references } };
}

function withoutController<T extends KubeObject>(object: T, owner: KubeObject): T {
  const references = (object.metadata.ownerReferences ?? []).filter((each) => each.uid !== owner.metadata.uid);
  const { ownerReferences: _gone, ...metadata } = object.metadata;
  return { ...object, metadata: references.length === 0 ? metadata : { ...metadata, ownerReferences: references } };
}
