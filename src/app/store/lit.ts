// What the visitor points at, and what belongs together: fields, objects and hops.
import {
  type Hop,
  makeKey,
  type ObjectKey,
  type Place,
  type ResourceName,
  resourceForKind,
  resourceName,
} from "../../cluster/index.ts";

/** An object of the cluster, as the snapshot files it. */
export interface ObjectAt {
  readonly resource: ResourceName;
  readonly key: ObjectKey;
}

/** A field of an object, as Kubernetes writes it: `spec.ports[0].nodePort`. */
export interface FieldAt extends ObjectAt {
  readonly path: string;
}

/** A hop by its packet. */
export interface HopAt {
  readonly packet: number;
  readonly index: number;
}

/** What the visitor points at, by pointer, caret or focus; every other panel lights what belongs to it. */
export interface Lit {
  readonly by: "editor" | "canvas" | "inspector" | "find" | "lesson";
  readonly objects: readonly ObjectAt[];
  readonly fields: readonly FieldAt[];
  readonly hop?: HopAt | undefined;
}

/** A field that the visitor wants to see in the text. Asked again, `id` is another. */
export interface AskedField {
  readonly id: number;
  readonly field: FieldAt;
}

/** Where an object is filed; undefined for an unknown kind. */
export function objectAt(
  apiVersion: string,
  kind: string,
  name: string,
  namespace: string | undefined,
): ObjectAt | undefined {
  const info = resourceForKind(apiVersion, kind);
  if (info === undefined) return undefined;
  return { resource: resourceName(info), key: makeKey(info.namespaced ? (namespace ?? "default") : undefined, name) };
}

/** The object a packet can be at; clients and what is outside are none. */
export function objectOfPlace(place: Place): ObjectAt | undefined {
  if (place.kind === "pod") return { resource: "pods", key: makeKey(place.namespace, place.name) };
  return place.kind === "node" ? { resource: "nodes", key: makeKey(undefined, place.name) } : undefined;
}

export function isSameObject(a: ObjectAt, b: ObjectAt): boolean {
  return a.resource === b.resource && a.key === b.key;
}

/** Whether two paths refer to one thing: they are the same, or one is a part of the other. */
export function overlaps(a: string, b: string): boolean {
  return a === b || isWithin(a, b) || isWithin(b, a);
}

function isWithin(inner: string, outer: string): boolean {
  return inner.startsWith(outer) && /^[.[]/.test(inner.slice(outer.length));
}

/** Whether what is lit concerns one of these fields, or their object as a whole when no field is lit. */
export function lightsField(lit: Lit, fields: readonly FieldAt[]): boolean {
  if (lit.fields.length > 0)
    return fields.some((field) =>
      lit.fields.some((each) => isSameObject(each, field) && overlaps(each.path, field.path)),
    );
  return fields.some((field) => lit.objects.some((each) => isSameObject(each, field)));
}

/** Whether what is lit concerns a hop that these fields brought about: by a field, by a place of it, or by the Service that chose. */
export function lightsHop(lit: Lit, hop: Hop, fields: readonly FieldAt[]): boolean {
  if (lit.hop !== undefined) return lit.hop.packet === hop.packet && lit.hop.index === hop.index;
  if (lit.fields.length > 0) return lightsField(lit, fields);
  const passed = objectsOfHop(hop);
  return lit.objects.some((each) => passed.some((object) => isSameObject(each, object)));
}

/** The objects that a hop passes: where it begins and ends, and the Services whose rules chose. */
export function objectsOfHop({ from, to, service, end }: Hop): readonly ObjectAt[] {
  const services = [service, end?.service].flatMap((each): ObjectAt[] =>
    each === undefined ? [] : [{ resource: "services", key: makeKey(each.namespace, each.name) }],
  );
  return [objectOfPlace(from) ?? [], objectOfPlace(to) ?? [], services].flat();
}
