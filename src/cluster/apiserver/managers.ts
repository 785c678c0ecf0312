// Who set which field: kept beside the objects, so that server-side apply can tell conflicts.

import type { Struct } from "../api/schema.ts";
import { isJsonObject, type Json, mergeRule, structAt } from "../apimachinery/patch/shape.ts";
import { compareText } from "../sim/text.ts";
import { deepEqual } from "../sim/values.ts";

/** One writer of fields. Paths are printed as `.spec.ports[port=80,protocol="TCP"].targetPort`. */
export interface Manager {
  readonly name: string;
  readonly operation: "Apply" | "Update";
  readonly apiVersion: string;
  readonly fields: ReadonlySet<string>;
}

/** A field whose value another manager set. */
export interface Conflict {
  readonly manager: Manager;
  readonly path: string;
}

const SYSTEM = new Set([
  ".apiVersion",
  ".kind",
  ".metadata.name",
  ".metadata.namespace",
  ".metadata.uid",
  ".metadata.resourceVersion",
  ".metadata.creationTimestamp",
  ".metadata.generation",
  ".metadata.managedFields",
]);

/** The leaves of an object with their values, by path; what merges as one value is one leaf. */
export function leavesOf(object: Json, struct: Struct | undefined): Map<string, unknown> {
  const leaves = new Map<string, unknown>();
  collect(object, struct, "", leaves);
  for (const path of SYSTEM) leaves.delete(path);
  return leaves;
}

function collect(object: Json, struct: Struct | undefined, path: string, leaves: Map<string, unknown>): void {
  for (const [key, value] of Object.entries(object)) {
    if (value === undefined || value === null) continue;
    const at = `${path}.${key}`;
    const rule = mergeRule(struct, key);
    const inner = structAt(struct, key);
    if (isJsonObject(value) && !rule.atomic && Object.keys(value).length > 0) collect(value, inner, at, leaves);
    else if (Array.isArray(value) && rule.keys !== undefined) collectItems(value, rule.keys, { inner, at }, leaves);
    else leaves.set(at, value);
  }
}

function collectItems(
  items: readonly unknown[],
  keys: readonly string[],
  { inner, at }: { inner: Struct | undefined; at: string },
  leaves: Map<string, unknown>,
): void {
  for (const item of items) {
    if (!isJsonObject(item)) leaves.set(`${at}[=${JSON.stringify(item)}]`, item);
    else collect(item, inner, `${at}${itemPath(item, keys)}`, leaves);
  }
}

/** `[port=80,protocol="TCP"]`; keys that are absent have their default. */
export function itemPath(item: Json, keys: readonly string[]): string {
  return `[${keys.map((key) => `${key}=${JSON.stringify(keyOfItem(item, key))}`).join(",")}]`;
}

/** The value of a list key. */
export function keyOfItem(item: Json, key: string): unknown {
  return item[key] ?? (key === "protocol" ? "TCP" : "");
}

/** The managers after `writer` made `next` out of `old` by an ordinary write: it owns what it changed. */
export function afterUpdate(
  managers: readonly Manager[],
  writer: { name: string; apiVersion: string },
  old: ReadonlyMap<string, unknown>,
  next: ReadonlyMap<string, unknown>,
): Manager[] {
  const changed = [...next].filter(([path, value]) => !deepEqual(old.get(path), value)).map(([path]) => path);
  const gone = new Set([...old.keys()].filter((path) => !next.has(path)));
  const lost = new Set([...changed, ...gone]);
  const isWriter = (manager: Manager) => manager.name === writer.name && manager.operation === "Update";
  const kept = managers.map((manager) => ({
    ...manager,
    fields: new Set([...manager.fields].filter((path) => !lost.has(path))),
  }));
  const own = kept.find(isWriter)?.fields ?? new Set<string>();
  const all = kept.filter((manager) => !isWriter(manager) && manager.fields.size > 0);
  if (own.size + changed.length === 0) return all;
  return [...all, { ...writer, operation: "Update", fields: new Set([...own, ...changed]) }];
}

/** The fields that `applied` would change although others own them. */
export function conflictsOf(
  managers: readonly Manager[],
  applier: string,
  live: ReadonlyMap<string, unknown>,
  applied: ReadonlyMap<string, unknown>,
): Conflict[] {
  const others = managers.filter((manager) => !(manager.name === applier && manager.operation === "Apply"));
  const changed = [...applied].filter(([path, value]) => live.has(path) && !deepEqual(live.get(path), value));
  return others.flatMap((manager) =>
    changed.filter(([path]) => manager.fields.has(path)).map(([path]) => ({ manager, path })),
  );
}

/** The managers after `applier` applied these fields: it owns them, and with force nobody else owns what it changed. */
export function afterApply(
  managers: readonly Manager[],
  applier: { name: string; apiVersion: string },
  applied: ReadonlyMap<string, unknown>,
  taken: ReadonlySet<string>,
): Manager[] {
  const others = managers
    .filter((manager) => !(manager.name === applier.name && manager.operation === "Apply"))
    .map((manager) => ({ ...manager, fields: new Set([...manager.fields].filter((path) => !taken.has(path))) }));
  return [
    ...others.filter(({ fields }) => fields.size > 0),
    { ...applier, operation: "Apply", fields: new Set(applied.keys()) },
  ];
}

/** `Apply failed with 1 conflict: conflict with "kubectl": .spec.selector`. */
// Models kubernetes/staging/src/k8s.io/apimachinery/pkg/util/managedfields/internal NewConflictError
export function conflictMessage(conflicts: readonly Conflict[]): string {
  const [first] = conflicts;
  if (conflicts.length === 1 && first !== undefined)
    return `Apply failed with 1 conflict: conflict with ${managerText(first.manager)}: ${first.path}`;
  const byManager = new Map<string, string[]>();
  for (const { manager, path } of conflicts)
    byManager.set(managerText(manager), [...(byManager.get(managerText(manager)) ?? []), path]);
  const blocks = [...byManager.entries()]
    .sort(([a], [b]) => compareText(a, b))
    .map(([manager, paths]) => [`conflicts with ${manager}:`, ...paths.map((path) => `- ${path}`)].join("\n"));
  return `Apply failed with ${conflicts.length} conflicts: ${blocks.join("\n")}`;
}

function managerText({ name, operation, apiVersion }: Manager): string {
  return operation === "Update" ? `${JSON.stringify(name)} using ${apiVersion}` : JSON.stringify(name);
}
