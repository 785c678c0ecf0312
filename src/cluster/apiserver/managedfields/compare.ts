// What a write changes: two objects compared field by field, as their types merge.
import type { Field, Struct } from "../../api/schema.ts";
import { isJsonObject, type Json, mergeRule, structAt } from "../../apimachinery/patch/shape.ts";
import { deepEqual, own } from "../../sim/values.ts";
import { EMPTY, type FieldSet, type FieldSets, isEmpty, MEMBER } from "./fieldset.ts";

/** What a write does to fields. */
export interface Comparison {
  /** Fields that are new or have another value. */
  readonly changed: FieldSet;
  readonly removed: FieldSet;
}

const SAME: Comparison = { changed: EMPTY, removed: EMPTY };
const CHANGED: Comparison = { changed: MEMBER, removed: EMPTY };

/** How a field is compared. */
interface Rule {
  /** `whole`: one value, whatever it holds; `fields`: field by field; `items`: item by item, by their keys. */
  readonly as: "whole" | "fields" | "items";
  readonly keys: readonly string[];
  /** The struct of the value or of its items. */
  readonly struct: Struct | undefined;
  /** What Go has where nothing was written: such a field is never added, only what is in it. */
  readonly absent: unknown;
  /** False for entries of a map, whose keys anyone may choose. */
  readonly isDeclared: boolean;
  /** How the items of a list are compared. */
  readonly item?: Rule;
  /** Whether its items are not distinguished. */
  readonly isAlike?: boolean;
  /** The field as an element of a set, where it is the same for all. */
  readonly element?: string;
}

/** Fields that are not part of anyone's set. */
// Models kubernetes/staging/src/k8s.io/apimachinery/pkg/util/managedfields/internal stripMetaManager
const UNOWNED_METADATA = new Set([
  "name",
  "namespace",
  "creationTimestamp",
  "selfLink",
  "uid",
  "generation",
  "managedFields",
  "resourceVersion",
]);
const UNOWNED = new Set(["apiVersion", "kind"]);
const UNOWNED_OR_STATUS = new Set([...UNOWNED, "status"]);
const OWNABLE = new Set<string>();

/** Optional structs that are no pointers in Go: they are there, empty, whether anyone wrote them or not. */
const NEVER_ABSENT = new Set([
  "CronJobSpec.jobTemplate",
  "DaemonSetSpec.updateStrategy",
  "DeploymentSpec.strategy",
  "IngressStatus.loadBalancer",
  "NodeStatus.daemonEndpoints",
  "NodeStatus.nodeInfo",
  "PersistentVolumeClaimSpec.resources",
  "ReplicaSetSpec.template",
  "ServiceStatus.loadBalancer",
  "StatefulSetSpec.updateStrategy",
  "Container.resources",
]);

/** Compares objects; remembers what it found in parts that many objects share. */
export class Comparer {
  readonly #sets: FieldSets;
  readonly #rules = new Map<Field, Rule>();
  /** All fields of frozen parts, such as a template's containers, which each pod of a set shares. */
  readonly #known = new WeakMap<object, FieldSet>();

  constructor(sets: FieldSets) {
    this.#sets = sets;
  }

  /**
   * What makes `next` of `old`, an object of the kind that `struct` describes; nothing of `old` is needed for one that is new.
   *
   * @param isWhole - false for a write that leaves the status as it is
   */
  // Models sigs.k8s.io/structured-merge-diff/typed TypedValue.Compare
  compare(struct: Struct | undefined, old: Json, next: Json, isWhole = true): Comparison {
    return this.#fields(struct, old, next, isWhole ? UNOWNED : UNOWNED_OR_STATUS);
  }

  /** The fields that a configuration sets. */
  // Models typed TypedValue.ToFieldSet
  fieldsOf(struct: Struct | undefined, configuration: Json): FieldSet {
    return this.#setOf({ ...UNDECLARED, struct }, configuration, UNOWNED);
  }

  #fields(struct: Struct | undefined, old: Json | undefined, next: Json, skip: ReadonlySet<string>): Comparison {
    let changed: Found | undefined;
    let removed: Found | undefined;
    for (const key of Object.keys(next)) {
      const value = own(next, key);
      const before = own(old, key) ?? undefined;
      if (value === before || value === undefined || value === null || skip.has(key)) continue;
      const rule = this.#rule(struct, key);
      const lacked = before ?? (old === undefined ? undefined : rule.absent);
      const found = this.#value(rule, lacked, value, inside(struct, key));
      if (found === SAME) continue;
      const element = rule.element ?? `f:${key}`;
      changed = withFound(changed, element, found.changed);
      removed = withFound(removed, element, found.removed);
    }
    if (old !== undefined)
      for (const key of Object.keys(old)) {
        if ((own(next, key) ?? undefined) !== undefined || skip.has(key)) continue;
        const value = own(old, key);
        if (value === undefined || value === null) continue;
        const gone = this.#added(this.#rule(struct, key), value, inside(struct, key));
        removed = withFound(removed, `f:${key}`, gone);
      }
    return this.#comparison(changed, removed);
  }

  #comparison(changed: Found | undefined, removed: Found | undefined): Comparison {
    if (changed === undefined && removed === undefined) return SAME;
    return { changed: this.#set(changed), removed: this.#set(removed) };
  }

  #set(found: Found | undefined): FieldSet {
    return found === undefined ? EMPTY : this.#sets.of(false, found.elements, found.below);
  }

  #value(rule: Rule, old: unknown, next: unknown, skip: ReadonlySet<string>): Comparison {
    if (old === undefined) return { changed: this.#added(rule, next, skip), removed: EMPTY };
    if (rule.as === "fields" && isJsonObject(old) && isJsonObject(next))
      return this.#fields(rule.struct, old, next, skip);
    if (rule.as === "items" && Array.isArray(old) && Array.isArray(next)) return this.#items(rule, old, next);
    return deepEqual(old, next) ? SAME : CHANGED;
  }

  /** All that comes with a value that was not there: itself, and what it holds. */
  #added(rule: Rule, value: unknown, skip: ReadonlySet<string>): FieldSet {
    if (rule.as === "whole" || typeof value !== "object" || value === null) return MEMBER;
    const isKept = skip === OWNABLE && Object.isFrozen(value);
    const known = isKept ? this.#known.get(value) : undefined;
    if (known !== undefined) return known;
    const { changed } =
      rule.as === "items" && Array.isArray(value)
        ? this.#items(rule, [], value)
        : isJsonObject(value)
          ? this.#fields(rule.struct, undefined, value, skip)
          : SAME;
    const set = this.#sets.of(true, changed.elements, changed.below);
    if (isKept) this.#known.set(value, set);
    return set;
  }

  #items(rule: Rule, old: readonly unknown[], next: readonly unknown[]): Comparison {
    let changed: Found | undefined;
    let removed: Found | undefined;
    const one = rule.item ?? rule;
    if (rule.isAlike === true) return this.#alike(one, old, next);
    const rest = new Map<string, unknown>();
    let isAside = old.length > next.length;
    for (const [at, item] of next.entries()) if (!isSameItem(item, old[at], rule.keys)) isAside = true;
    if (isAside) for (const item of old) rest.set(itemElement(item, rule.keys), item);
    const seen = isAside ? new Set<string>() : undefined;
    for (const [at, item] of next.entries()) {
      const named = isAside ? itemElement(item, rule.keys) : "";
      if (seen?.has(named) === true) continue;
      seen?.add(named);
      const before = isAside ? rest.get(named) : old[at];
      rest.delete(named);
      if (before === item) continue;
      const found = this.#value(one, before, item, OWNABLE);
      if (found === SAME) continue;
      const element = isAside ? named : itemElement(item, rule.keys);
      changed = withFound(changed, element, found.changed);
      removed = withFound(removed, element, found.removed);
    }
    for (const [element, item] of rest) removed = withFound(removed, element, this.#added(one, item, OWNABLE));
    return this.#comparison(changed, removed);
  }

  #alike(one: Rule, old: readonly unknown[], next: readonly unknown[]): Comparison {
    if (deepEqual(old, next)) return SAME;
    const any = (items: readonly unknown[]): Found | undefined =>
      items.length === 0 ? undefined : { elements: [ANY_ITEM], below: [this.#added(one, items[0], OWNABLE)] };
    return this.#comparison(any(next), next.length === 0 ? any(old) : undefined);
  }

  #setOf(rule: Rule, value: unknown, skip: ReadonlySet<string>): FieldSet {
    let all: Found | undefined;
    if (rule.as === "fields" && isJsonObject(value)) {
      for (const [key, each] of Object.entries(value)) {
        if (skip.has(key) || each === undefined) continue;
        const inner = this.#rule(rule.struct, key);
        const found = this.#setOf(inner, each, inside(rule.struct, key));
        const isNamed = each === null || (isJsonObject(each) && Object.keys(each).length === 0) || !inner.isDeclared;
        all = withFound(all, `f:${key}`, isNamed ? this.#sets.of(true, found.elements, found.below) : found);
      }
      return this.#set(all);
    }
    if (rule.as !== "items" || !Array.isArray(value)) return MEMBER;
    const items = new Map(value.map((item): [string, unknown] => [itemElement(item, rule.keys), item]));
    for (const [element, item] of items) {
      const found = this.#setOf(rule.item ?? rule, item, OWNABLE);
      all = withFound(all, element, this.#sets.of(true, found.elements, found.below));
    }
    return this.#set(all);
  }

  #rule(struct: Struct | undefined, key: string): Rule {
    const field = struct?.fields.get(key);
    if (struct === undefined || field === undefined) return UNDECLARED;
    const rule = this.#rules.get(field) ?? ruleOf(struct, field);
    this.#rules.set(field, rule);
    return rule;
  }
}

/** Fields in the order in which they were found. */
interface Found {
  readonly elements: string[];
  readonly below: FieldSet[];
}

/** Adds to what was found; nothing is made as long as there is nothing. */
function withFound(found: Found | undefined, element: string, set: FieldSet): Found | undefined {
  if (isEmpty(set)) return found;
  if (found === undefined) return { elements: [element], below: [set] };
  found.elements.push(element);
  found.below.push(set);
  return found;
}

/** Whether two items have the same keys. */
function isSameItem(a: unknown, b: unknown, keys: readonly string[]): boolean {
  if (a === b) return true;
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  return keys.length > 0 && keys.every((key) => keyOfItem(a, key) === keyOfItem(b, key));
}

/** What has no owner inside a field: of `metadata` of an object, not of a template. */
function inside(struct: Struct | undefined, key: string): ReadonlySet<string> {
  return key === "metadata" && (struct === undefined || struct.fields.has("apiVersion")) ? UNOWNED_METADATA : OWNABLE;
}

/** Entries of maps, and what no schema describes: maps are compared by their fields, lists whole. */
const UNDECLARED: Rule = { as: "fields", keys: [], struct: undefined, absent: undefined, isDeclared: false };

function ruleOf(struct: Struct, field: Field): Rule {
  const { keys, atomic } = mergeRule(struct, field.name);
  const { of } = field.type;
  const inner = of === "map" ? undefined : structAt(struct, field.name);
  const isAlike = ALIKE.has(`${struct.name}.${field.name}`);
  const element = `f:${field.name}`;
  const rule = {
    keys: keys?.toSorted() ?? [],
    struct: inner,
    absent: absentOf(struct, field),
    isDeclared: true,
    element,
  };
  if (of === "list")
    return keys === undefined ? { ...rule, as: "whole" } : { ...rule, as: "items", item: itemRule(inner), isAlike };
  return { ...rule, as: atomic === true || of === "scalar" ? "whole" : "fields" };
}

function absentOf(struct: Struct, field: Field): unknown {
  const isHead = field.name === "metadata" || field.name === "spec" || field.name === "status";
  const { type } = field;
  if (type.of === "struct")
    return isHead || field.required || NEVER_ABSENT.has(`${struct.name}.${field.name}`) ? {} : undefined;
  if (!field.required) return undefined;
  if (type.of === "scalar") return ZEROES[type.scalar];
  return type.of === "list" ? [] : {};
}

const ZEROES: Readonly<Record<string, unknown>> = { string: "", bool: false, int32: 0, int64: 0 };

const WHOLE_ITEMS = new Set(["OwnerReference", "LocalObjectReference", "ObjectReference"]);

function itemRule(struct: Struct | undefined): Rule {
  const as = struct === undefined || WHOLE_ITEMS.has(struct.name) ? "whole" : "fields";
  return { as, keys: [], struct, absent: undefined, isDeclared: true };
}

/** Lists whose items one manager writes and whose keys differ from object to object: any item of them is this element, so that sets stay alike. */
const ANY_ITEM = "k:*";
const ALIKE = new Set(["PodStatus.podIPs"]);

/** The set with the items of an object in place of those that were left open. */
export function resolved(sets: FieldSets, set: FieldSet, value: unknown): FieldSet {
  if (set.elements.length === 0) return set;
  const isList = Array.isArray(value);
  const elements: string[] = [];
  const below: FieldSet[] = [];
  for (const [at, element] of set.elements.entries()) {
    const inner = set.below[at] ?? EMPTY;
    const names = element === ANY_ITEM && isList ? value.map((item: unknown) => itemElement(item, IP)) : [element];
    const part = isJsonObject(value) && element.startsWith("f:") ? own(value, element.slice(2)) : undefined;
    elements.push(...names);
    below.push(...names.map(() => resolved(sets, inner, part)));
  }
  return sets.of(set.isMember, elements, below);
}

const IP = ["ip"];

/** `k:{"port":80,"protocol":"TCP"}`, or `v:"x"` for a plain value; keys that are absent have their default. */
// Models fieldpath SerializePathElement
export function itemElement(item: unknown, keys: readonly string[]): string {
  if (!isJsonObject(item)) return `v:${JSON.stringify(item)}`;
  let text = "";
  for (const key of keys.length > 1 ? keys.toSorted() : keys)
    text += `${text === "" ? "" : ","}${JSON.stringify(key)}:${JSON.stringify(keyOfItem(item, key))}`;
  return `k:{${text}}`;
}

/** The value of a list key. */
export function keyOfItem(item: Json, key: string): unknown {
  return own(item, key) ?? (key === "protocol" ? "TCP" : "");
}
