// Parts of objects that a write compares, keeps or takes over, whatever the kind.
import type { KubeObject } from "../api/objects.ts";
import { groupVersion, type ResourceInfo, resourceForKind, structOfResource } from "../api/scheme.ts";
import { statusError } from "../apimachinery/errors.ts";
import { deepEqual } from "../sim/values.ts";
import type { AnyStrategy } from "./strategy/strategy.ts";

/** Refuses an object that says it is of another kind than is asked for. @throws StatusError BadRequest */
// Models kubernetes/staging/src/k8s.io/apimachinery/pkg/runtime Codec decoding into a given kind
export function checkKind(info: ResourceInfo, input: unknown): void {
  const { kind, apiVersion } = (input ?? {}) as { readonly kind?: unknown; readonly apiVersion?: unknown }; // read only
  if (typeof kind !== "string" || kind === "" || kind === info.kind) return;
  const version = typeof apiVersion === "string" && apiVersion !== "" ? apiVersion : groupVersion(info);
  const short = version.slice(version.indexOf("/") + 1);
  const words = isServed(version, kind)
    ? `converting (${short}.${kind}) to (${info.version}.${info.kind}): unknown conversion`
    : `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(version)} in scheme "pkg/api/legacyscheme/scheme.go:30"`;
  throw statusError(
    "BadRequest",
    `${kind} in version ${JSON.stringify(short)} cannot be handled as a ${info.kind}: ${words}`,
  );
}

const isServed = (version: string, kind: string): boolean => resourceForKind(version, kind) !== undefined;

/** A shallow copy whose metadata may be written to. */
export function ownMetadata(object: KubeObject, info: ResourceInfo): KubeObject {
  return { ...object, apiVersion: groupVersion(info), kind: info.kind, metadata: { ...object.metadata } };
}

/** Metadata that no client writes. */
export function keepSystemFields(object: KubeObject, old: KubeObject): void {
  const { metadata } = object;
  const before = old.metadata;
  for (const field of [
    "uid",
    "creationTimestamp",
    "generation",
    "deletionTimestamp",
    "deletionGracePeriodSeconds",
    "generateName",
  ] as const) {
    if (before[field] === undefined) delete metadata[field];
    else Object.assign(metadata, { [field]: before[field] });
  }
  delete metadata.selfLink;
  delete metadata.managedFields;
}

/** Gives one object a field as another has it. */
export function copyField(to: KubeObject, from: KubeObject, field: "status"): void {
  const value = (from as { status?: unknown })[field];
  if (value === undefined) delete (to as { status?: unknown })[field];
  else Object.assign(to, { [field]: value });
}

/** Whether nothing but the status differs. */
export function isSame(object: KubeObject, old: KubeObject): boolean {
  const { resourceVersion } = old.metadata;
  return deepEqual({ ...object, status: 0, metadata: { ...object.metadata, resourceVersion } }, { ...old, status: 0 });
}

/** What a scale is about. */
export function specOf(object: KubeObject): { readonly replicas?: unknown } {
  return (object as { spec?: { replicas?: unknown } }).spec ?? {};
}

/** Whether a kind has a status. */
export const hasStatus = (info: ResourceInfo): boolean =>
  info.custom?.hasStatus ?? structOfResource(info)?.fields.has("status") ?? false;

/** Whether what a generation counts has changed. */
export function isSpecChanged(strategy: AnyStrategy, object: KubeObject, old: KubeObject): boolean {
  const part = strategy.countedPart ?? ((each: { spec?: unknown }) => each.spec);
  return !deepEqual(part(object), part(old));
}
