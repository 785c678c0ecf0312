// What every API object has in common, and how objects are named.
import type { ObjectMeta } from "./types.gen.ts";

/** Any API object, in its real shape. Objects handed out by the API server are frozen. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
}

/** Any API object whose fields beyond metadata are not known by type. */
export interface UnknownObject extends KubeObject {
  [field: string]: unknown;
}

/** `namespace/name`, or `name` alone for what lives in no namespace. */
export type ObjectKey = string;

/** The key of an object within its resource. */
export function keyOf(object: { readonly metadata: ObjectMeta }): ObjectKey {
  return makeKey(object.metadata.namespace, object.metadata.name ?? "");
}

/** Joins a namespace (may be absent) and a name. */
export function makeKey(namespace: string | undefined, name: string): ObjectKey {
  return namespace === undefined || namespace === "" ? name : `${namespace}/${name}`;
}

/** Takes a key apart; `namespace` is "" for what lives in no namespace. */
export function splitKey(key: ObjectKey): { namespace: string; name: string } {
  const at = key.indexOf("/");
  return at < 0 ? { namespace: "", name: key } : { namespace: key.slice(0, at), name: key.slice(at + 1) };
}

/** An object by what a person would call it. */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  /** Undefined for what lives in no namespace. */
  readonly namespace: string | undefined;
  readonly name: string;
}
