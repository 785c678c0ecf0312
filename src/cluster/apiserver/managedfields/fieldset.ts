// Sets of fields as a tree of path elements, shared between objects that have the same fields.
import { isJsonObject, type Json } from "../../apimachinery/patch/shape.ts";
import { own, setOwn } from "../../sim/values.ts";

/**
 * A set of fields. An element is written as FieldsV1 writes it: `f:name` a field, `k:{"port":80}` an item by its keys, `v:"x"` an
 * item of a set. Never changed; equal sets are often the same object, but need not be.
 */
export interface FieldSet {
  /** Whether the field that this stands for is in the set itself, not only fields below it. */
  readonly isMember: boolean;
  /** Sorted. */
  readonly elements: readonly string[];
  /** What is in the set below each element. */
  readonly below: readonly FieldSet[];
  /** Names the set among those of its pool; equal ids are equal sets. */
  readonly id: number;
}

/** Sets beyond which the pool forgets what it has and begins again: sharing is lost, nothing else. */
const MOST_SHARED = 1_000;
const NONE: readonly never[] = [];

/** The set of no fields, and the set of just one field, seen from that field. */
export const EMPTY: FieldSet = { isMember: false, elements: NONE, below: NONE, id: 0 };
export const MEMBER: FieldSet = { isMember: true, elements: NONE, below: NONE, id: 1 };

export const isEmpty = (set: FieldSet): boolean => !set.isMember && set.elements.length === 0;

/** Elements that sets have, and the sets that have just these. */
interface Shape {
  readonly elements: readonly string[];
  /** By the ids of what is below each element, and whether the set is a member itself. */
  readonly sets: Map<string, FieldSet>;
}

/** Makes sets and keeps one of each kind, as thousands of pods have the same fields. */
// Models sigs.k8s.io/structured-merge-diff/fieldpath Set
export class FieldSets {
  readonly #shapes = new Map<string, Shape>();
  #kept = 0;
  #last = MEMBER.id;

  /** A set of the elements, which are sorted here; empty ones are left out. */
  of(isMember: boolean, elements: readonly string[], below: readonly FieldSet[]): FieldSet {
    if (elements.length === 0) return isMember ? MEMBER : EMPTY;
    if (isSorted(elements)) return this.#share(isMember, elements, below);
    const order = elements.map((_, at) => at).sort((a, b) => compare(elements[a] ?? "", elements[b] ?? ""));
    const pick = <T>(list: readonly T[], whenNone: T) => order.map((at) => list[at] ?? whenNone);
    return this.#share(isMember, pick(elements, ""), pick(below, EMPTY));
  }

  #share(isMember: boolean, elements: readonly string[], below: readonly FieldSet[]): FieldSet {
    const shape = this.#shapeOf(elements);
    let key = isMember ? "." : "";
    for (const { id } of below)
      if (id === MEMBER.id) key += ",";
      else key += `${id},`;
    const known = shape.sets.get(key);
    if (known !== undefined) return known;
    if (++this.#kept > MOST_SHARED) this.#forget();
    const set = { isMember, elements: shape.elements, below, id: ++this.#last };
    shape.sets.set(key, set);
    return set;
  }

  #shapeOf(elements: readonly string[]): Shape {
    const names = elements.length === 1 ? (elements[0] ?? "") : elements.join("\n");
    const known = this.#shapes.get(names);
    if (known !== undefined) return known;
    const shape = { elements, sets: new Map<string, FieldSet>() };
    this.#shapes.set(names, shape);
    return shape;
  }

  #forget(): void {
    this.#shapes.clear();
    this.#kept = 0;
  }

  /** What is in either. */
  union(a: FieldSet, b: FieldSet): FieldSet {
    return this.#combine(a, b, {
      both: (left, right) => this.union(left, right),
      isMember: a.isMember || b.isMember,
      onlyA: true,
      onlyB: true,
    });
  }

  /** What is in `a` and not in `b`. */
  difference(a: FieldSet, b: FieldSet): FieldSet {
    if (a.id === b.id) return EMPTY;
    if (isEmpty(a) || isEmpty(b)) return a;
    return this.#combine(a, b, {
      both: (left, right) => this.difference(left, right),
      isMember: a.isMember && !b.isMember,
      onlyA: true,
      onlyB: false,
    });
  }

  /** What is in both. */
  intersection(a: FieldSet, b: FieldSet): FieldSet {
    if (isEmpty(a) || isEmpty(b)) return EMPTY;
    return this.#combine(a, b, {
      both: (left, right) => this.intersection(left, right),
      isMember: a.isMember && b.isMember,
      onlyA: false,
      onlyB: false,
    });
  }

  /** What is in `a`, but for fields in which `b` holds others: who takes a field away takes away what is in it. */
  withoutHolders(a: FieldSet, b: FieldSet): FieldSet {
    if (isEmpty(a) || isEmpty(b)) return a;
    const inner = a.elements.map((element, at) => {
      const set = a.below[at] ?? EMPTY;
      const other = elementOf(b, element) ?? EMPTY;
      const left = this.withoutHolders(set, other);
      const isHolder = element.startsWith("f:") && other.elements.length > 0;
      return isHolder ? this.of(false, left.elements, left.below) : left;
    });
    const kept = a.elements.map((_, at) => at).filter((at) => !isEmpty(inner[at] ?? EMPTY));
    const pick = <T>(list: readonly T[]) => list.filter((_, at) => kept.includes(at));
    return this.of(a.isMember, pick(a.elements), pick(inner));
  }

  #combine(a: FieldSet, b: FieldSet, how: Combination): FieldSet {
    if (a.id === b.id) return a;
    const elements: string[] = [];
    const below: FieldSet[] = [];
    const add = (element: string, set: FieldSet | undefined) => {
      if (set === undefined || isEmpty(set)) return;
      elements.push(element);
      below.push(set);
    };
    let [i, j] = [0, 0];
    while (i < a.elements.length || j < b.elements.length) {
      const [left, right] = [a.elements[i], b.elements[j]];
      if (right === undefined || (left !== undefined && left < right)) {
        if (how.onlyA) add(left ?? "", a.below[i]);
        i++;
      } else if (left === undefined || right < left) {
        if (how.onlyB) add(right, b.below[j]);
        j++;
      } else add(left, how.both(a.below[i++] ?? EMPTY, b.below[j++] ?? EMPTY));
    }
    const result = elements.length === 0 ? undefined : this.#share(how.isMember, elements, below);
    return result ?? (how.isMember ? MEMBER : EMPTY);
  }

  /** Reads FieldsV1; undefined if it isn't. */
  // Models fieldpath Set.FromJSON
  parse(fields: unknown): FieldSet | undefined {
    if (!isJsonObject(fields)) return undefined;
    const names = Object.keys(fields);
    if (names.length === 0) return MEMBER;
    const elements = names.filter((name) => name !== ".");
    if (!elements.every(isElement)) return undefined;
    const below = elements.map((name) => this.parse(own(fields, name)));
    if (!below.every((set) => set !== undefined)) return undefined;
    return this.of(elements.length < names.length, elements, below);
  }
}

/** What happens to elements that only one of two sets has, or both. */
interface Combination {
  readonly isMember: boolean;
  readonly onlyA: boolean;
  readonly onlyB: boolean;
  both(left: FieldSet, right: FieldSet): FieldSet;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function isSorted(elements: readonly string[]): boolean {
  for (let at = 1; at < elements.length; at++) if ((elements[at - 1] ?? "") > (elements[at] ?? "")) return false;
  return true;
}

const isElement = (name: string): boolean => name.length >= 2 && "fkvi".includes(name[0] ?? "") && name[1] === ":";

/** The set as FieldsV1. */
// Models fieldpath Set.ToJSON
export function fieldsV1(set: FieldSet): Json {
  const fields: Record<string, unknown> = set.isMember && set.elements.length > 0 ? { ".": {} } : {};
  for (const [at, element] of set.elements.entries()) setOwn(fields, element, fieldsV1(set.below[at] ?? EMPTY));
  return fields;
}

/** What the set holds at and below an element; undefined when that is nothing. */
export function elementOf(set: FieldSet, element: string): FieldSet | undefined {
  const at = set.elements.indexOf(element);
  return at < 0 ? undefined : set.below[at];
}

/** The fields of the set as paths, such as `.spec.ports[port=80,protocol="TCP"].targetPort`. */
// Models fieldpath Path.String
export function pathsOf(set: FieldSet, path = ""): string[] {
  return (set.isMember ? [path] : []).concat(
    set.elements.flatMap((element, at) => pathsOf(set.below[at] ?? EMPTY, `${path}${pathElement(element)}`)),
  );
}

function pathElement(element: string): string {
  const rest = element.slice(2);
  if (element[0] === "f") return `.${rest}`;
  if (element[0] === "v") return `[=${rest}]`;
  if (element[0] === "i" || rest === "*") return `[${rest}]`;
  const keys: unknown = JSON.parse(rest);
  const terms = isJsonObject(keys) ? Object.entries(keys).map(([key, value]) => `${key}=${JSON.stringify(value)}`) : [];
  return `[${terms.join(",")}]`;
}
