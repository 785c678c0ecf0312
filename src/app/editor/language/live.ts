// What the cluster holds for a document, and where the live object differs from the text.
import {
  type FieldPath,
  formatQuantity,
  type KubeObject,
  parseQuantity,
  pathText,
  resourceForKind,
  resourceName,
  valueAt,
} from "../../../cluster/index.ts";
import type { Lister } from "./lister.ts";
import { type Entry, type Section, unquote } from "./outline.ts";
import { placeAt, structOf } from "./schema.ts";

/** The live object that a document, or whatever names its kind and place, describes. */
export function liveObject(
  lister: Lister,
  described: Pick<Section, "apiVersion" | "kind" | "name" | "namespace">,
): KubeObject | undefined {
  const { apiVersion, kind, name } = described;
  if (apiVersion === undefined || kind === undefined || name === undefined) return undefined;
  const info = lister.kinds?.forKind(apiVersion, kind) ?? resourceForKind(apiVersion, kind);
  if (info === undefined) return undefined;
  const namespace = info.namespaced ? (described.namespace ?? "default") : undefined;
  for (const object of lister.list(resourceName(info)))
    if (object.metadata.name === name && object.metadata.namespace === namespace) return object;
  return undefined;
}

/** A field whose live value is not the one in the text. */
export interface Drift {
  readonly entry: Entry;
  readonly path: FieldPath;
  /** `spec.replicas` */
  readonly field: string;
  /** The live value as it would be written; undefined when the live object has none. */
  readonly live: string | undefined;
  readonly typed: string;
}

/**
 * The fields of a document whose live value differs, in the order of the text. Only scalars that are written in the text count;
 * quantities and numbers are compared by what they mean.
 */
export function driftOf(section: Section, live: KubeObject): readonly Drift[] {
  const struct = structOf(section.apiVersion, section.kind);
  return section.entries.flatMap((entry) => {
    const { value, path } = entry;
    if (value === undefined || !isComparable(path, value.raw)) return [];
    const now = valueAt(live, path);
    if (typeof now === "object" && now !== null) return [];
    const place = struct === undefined ? undefined : placeAt(struct, path);
    const scalar = place?.type.of === "scalar" ? place.type.scalar : "raw";
    const typed = unquote(value.raw);
    if (now !== undefined && sameScalar(typed, String(now), scalar)) return [];
    return [{ entry, path, field: pathText(path), live: now === undefined ? undefined : String(now), typed }];
  });
}

/** Not compared: what has no single line of its own, what the server never keeps, what identifies the object. */
function isComparable(path: FieldPath, raw: string): boolean {
  if (/^[|>{[&*!~]|^null$/.test(raw) || path.length === 0) return false;
  const top = String(path[0]);
  return !["apiVersion", "kind", "status", "stringData"].includes(top) && path.at(-1) !== "creationTimestamp";
}

function sameScalar(typed: string, live: string, scalar: string): boolean {
  if (typed === live) return true;
  if (scalar === "quantity") {
    const [a, b] = [parseQuantity(typed), parseQuantity(live)];
    return !("error" in a) && !("error" in b) && formatQuantity(a) === formatQuantity(b);
  }
  if (scalar === "bool") return /^(?:true|yes|on|y)$/i.test(typed) === (live === "true");
  if (scalar === "string") return false;
  return typed.trim() !== "" && Number(typed) === Number(live);
}
