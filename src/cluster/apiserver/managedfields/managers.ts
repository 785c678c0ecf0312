// Who owns which fields of one object: what an update, an apply and the taking over of client-side apply make of it.
import type { ManagedFieldsEntry } from "../../api/types.gen.ts";
import { LastAppliedConfigAnnotation } from "../../api/well-known.ts";
import { isJsonObject } from "../../apimachinery/patch/shape.ts";
import { compareText } from "../../sim/text.ts";
import type { Comparison } from "./compare.ts";
import { EMPTY, type FieldSet, type FieldSets, fieldsV1, isEmpty, pathsOf } from "./fieldset.ts";

/** A writer of an object, as its entry in `metadata.managedFields` names it. */
export interface Writer {
  readonly manager: string;
  readonly operation: "Apply" | "Update";
  readonly apiVersion: string;
  /** `""` for a write of the whole object. */
  readonly subresource: string;
}

/** An owner of fields. */
export interface Owner extends Writer {
  /** When it last took a field. */
  readonly time: string;
  readonly fields: FieldSet;
}

/** A field whose value another owner set. */
export interface Conflict {
  readonly owner: Owner;
  readonly path: string;
}

/** The field manager of the page's own buttons. */
export const PAGE_MANAGER = "podpath";

/** Owners by updates beyond which the oldest are put together. */
const MOST_UPDATERS = 10;
const OLDEST = "ancient-changes";

// Models kubernetes/staging/src/k8s.io/apimachinery/pkg/util/managedfields/internal BuildManagerIdentifier
const isSame = (a: Writer, b: Writer): boolean =>
  a.manager === b.manager &&
  a.operation === b.operation &&
  a.subresource === b.subresource &&
  (a.operation === "Apply" || a.apiVersion === b.apiVersion);

const withFields = (owner: Owner, fields: FieldSet): Owner => (fields === owner.fields ? owner : { ...owner, fields });

/** The owners after a write that is no apply: the writer owns what it changed; what it removed has no owner. */
// Models sigs.k8s.io/structured-merge-diff/merge Updater.Update, managedfields/internal managedFieldsUpdater
export function afterUpdate(
  sets: FieldSets,
  owners: readonly Owner[],
  writer: Writer & { readonly time: string },
  { changed, removed }: Comparison,
): readonly Owner[] {
  if (isEmpty(changed) && isEmpty(removed)) return owners;
  const kept: Owner[] = [];
  let isKnown = false;
  for (const owner of owners) {
    const left = sets.difference(owner.fields, removed);
    const isWriter = isSame(owner, writer) && !isEmpty(changed);
    isKnown ||= isWriter;
    const fields = isWriter ? sets.union(left, changed) : sets.difference(left, changed);
    if (isWriter) kept.push({ ...owner, time: writer.time, fields });
    else if (!isEmpty(fields)) kept.push(withFields(owner, fields));
  }
  if (!isKnown && !isEmpty(changed)) kept.push({ ...writer, fields: changed });
  return kept.length > MOST_UPDATERS ? capped(sets, kept) : kept;
}

/** Puts the oldest owners by updates together until there are few enough. */
// Models managedfields/internal capManagersManager
function capped(sets: FieldSets, owners: readonly Owner[]): readonly Owner[] {
  const updaters = owners.filter(({ operation }) => operation === "Update").toSorted(byAge);
  const surplus = updaters.length - MOST_UPDATERS;
  const [first, ...rest] = updaters.slice(0, surplus + 1);
  if (surplus <= 0 || first === undefined) return owners;
  const { time } = rest.at(-1) ?? first;
  const fields = rest.reduce((all, each) => sets.union(all, each.fields), first.fields);
  const gone = new Set([first, ...rest]);
  const bucket: Owner = { ...first, manager: OLDEST, subresource: "", time, fields };
  return [...owners.filter((each) => !gone.has(each)), bucket];
}

/** What an applied configuration does to an object. */
export interface Applying {
  readonly applier: Writer & { readonly time: string };
  /** The fields of the configuration. */
  readonly fields: FieldSet;
  /** What the object becomes by it. */
  readonly comparison: Comparison;
}

/** The fields that an apply would change although others own them. */
// Models merge Updater.update
export function conflictsOf(sets: FieldSets, owners: readonly Owner[], { applier, comparison }: Applying): Conflict[] {
  return owners
    .filter((owner) => !isSame(owner, applier))
    .flatMap((owner) => pathsOf(sets.intersection(owner.fields, comparison.changed)).map((path) => ({ owner, path })));
}

/** The owners after an apply: the applier owns its configuration, and others no longer what it changed. */
// Models merge Updater.Apply
export function afterApply(
  sets: FieldSets,
  owners: readonly Owner[],
  { applier, fields, comparison }: Applying,
): readonly Owner[] {
  const before = owners.find((owner) => isSame(owner, applier));
  const isChange = !isEmpty(comparison.changed) || !isEmpty(comparison.removed);
  const time = before === undefined || isChange ? applier.time : before.time;
  const others = owners
    .filter((owner) => owner !== before)
    .map((owner) =>
      withFields(owner, sets.difference(sets.difference(owner.fields, comparison.changed), comparison.removed)),
    );
  const own: Owner = { ...applier, time, fields };
  return [...others, own].filter((owner) => !isEmpty(owner.fields));
}

/** The fields that an applier owned, no longer applies, and that no one else owns. */
// Models merge Updater.prune
export function abandoned(sets: FieldSets, owners: readonly Owner[], applier: Writer, fields: FieldSet): FieldSet {
  const before = owners.find((owner) => isSame(owner, applier))?.fields ?? EMPTY;
  const others = owners.filter((owner) => !isSame(owner, applier));
  const held = others.reduce((all, owner) => sets.union(all, owner.fields), fields);
  return sets.withoutHolders(sets.difference(before, held), held);
}

/** The owners after those of client-side apply were taken over by one of server-side apply; the annotation gets a keeper of its own. */
// Models kubernetes/staging/src/k8s.io/client-go/util/csaupgrade and kubectl/pkg/cmd/apply migrateToSSAIfNecessary
export function upgraded(sets: FieldSets, owners: readonly Owner[], applier: string): readonly Owner[] {
  const annotation = ["f:metadata", "f:annotations", `f:${LastAppliedConfigAnnotation}`].reduceRight(
    (set, element) => sets.of(false, [element], [set]),
    sets.of(true, [], []),
  );
  const isOld = ({ operation, fields }: Owner) =>
    operation === "Update" && !isEmpty(sets.intersection(fields, annotation));
  const target = owners.find((owner) => owner.manager === applier && owner.operation === "Apply");
  const old = owners.filter(isOld);
  if (target === undefined || old.length === 0) return owners;
  const all = old.reduce((set, owner) => sets.union(set, owner.fields), target.fields);
  const keeper = { ...target, manager: "kubectl-last-applied", fields: annotation };
  const rest = owners.filter((owner) => owner !== target && !isOld(owner));
  return [...rest, { ...target, fields: sets.difference(all, annotation) }, keeper];
}

/** `metadata.managedFields` of an object with these owners. */
// Models managedfields/internal encodeManagedFields
export function entriesOf(owners: readonly Owner[]): ManagedFieldsEntry[] {
  return owners.toSorted(inEntries).map(({ apiVersion, fields, manager, operation, subresource, time }) => ({
    apiVersion,
    fieldsType: "FieldsV1",
    fieldsV1: fieldsV1(fields),
    manager,
    operation,
    ...(subresource === "" ? {} : { subresource }),
    time,
  }));
}

/** The owners that `metadata.managedFields` names, as a client sends it; undefined when it cannot be read or is empty. */
// Models managedfields/internal DecodeManagedFields
export function ownersFrom(sets: FieldSets, entries: unknown): readonly Owner[] | undefined {
  if (!Array.isArray(entries) || entries.length === 0) return undefined;
  const owners = entries.map((entry) => ownerFrom(sets, entry));
  return owners.every((owner) => owner !== undefined) ? owners : undefined;
}

function ownerFrom(sets: FieldSets, entry: unknown): Owner | undefined {
  if (!isJsonObject(entry)) return undefined;
  const { apiVersion, fieldsType, fieldsV1: tree, manager = "", operation, subresource = "", time } = entry;
  const fields = sets.parse(tree);
  if (fields === undefined || fieldsType !== "FieldsV1") return undefined;
  if (operation !== "Apply" && operation !== "Update") return undefined;
  if (typeof apiVersion !== "string" || typeof manager !== "string") return undefined;
  if (typeof subresource !== "string" || typeof time !== "string") return undefined;
  return { manager, operation, apiVersion, subresource, time, fields };
}

/** Whether a client asks to forget all owners: an empty list, or one entry with nothing in it. */
// Models managedfields/internal isResetManagedFields
export function isReset(entries: unknown): boolean {
  if (!Array.isArray(entries)) return false;
  const [only] = entries;
  return entries.length === 0 || (entries.length === 1 && isJsonObject(only) && Object.keys(only).length === 0);
}

const rank = ({ manager, apiVersion, subresource }: Owner) => `${manager}\n${apiVersion}\n${subresource}`;
const byAge = (a: Owner, b: Owner) => compareText(a.time, b.time) || compareText(rank(a), rank(b));
const inEntries = (a: Owner, b: Owner) => compareText(a.operation, b.operation) || byAge(a, b);

/** `Apply failed with 1 conflict: conflict with "kubectl": .spec.selector`. */
// Models kubernetes/staging/src/k8s.io/apimachinery/pkg/util/managedfields/internal NewConflictError
export function conflictMessage(conflicts: readonly Conflict[]): string {
  const [first] = conflicts;
  if (conflicts.length === 1 && first !== undefined)
    return `Apply failed with 1 conflict: conflict with ${ownerText(first.owner)}: ${first.path}`;
  const byOwner = new Map<string, string[]>();
  for (const { owner, path } of conflicts) {
    const text = ownerText(owner);
    byOwner.set(text, [...(byOwner.get(text) ?? []), path]);
  }
  const blocks = [...byOwner.entries()]
    .sort(([a], [b]) => compareText(a, b))
    .map(([owner, paths]) => [`conflicts with ${owner}:`, ...paths.map((path) => `- ${path}`)].join("\n"));
  return `Apply failed with ${conflicts.length} conflicts: ${blocks.join("\n")}`;
}

function ownerText({ manager, operation, apiVersion, subresource }: Owner): string {
  const name = `${JSON.stringify(manager)}${subresource === "" ? "" : ` with subresource ${JSON.stringify(subresource)}`}`;
  return operation === "Update" ? `${name} using ${apiVersion}` : name;
}
