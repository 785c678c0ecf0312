// Sets of fields do what sets do: against plain sets of paths.
import fc from "fast-check";
import { expect, test } from "vitest";
import { type FieldSet, FieldSets, fieldsV1, isEmpty, pathsOf } from "./fieldset.ts";

const element = fc.constantFrom("f:a", "f:b", "f:c", 'k:{"name":"x"}', 'v:"x"');
const path = fc.array(element, { minLength: 1, maxLength: 4 });
const paths = fc.array(path, { maxLength: 12 });

function setOf(sets: FieldSets, all: readonly (readonly string[])[]): FieldSet {
  return all.reduce<FieldSet>(
    (set, each) =>
      sets.union(
        set,
        each.reduceRight<FieldSet>((below, name) => sets.of(false, [name], [below]), sets.of(true, [], [])),
      ),
    sets.of(false, [], []),
  );
}

const written = (set: FieldSet) => new Set(pathsOf(set));

test("[MANAGED-2] unions, differences and intersections are those of the paths in them", () => {
  fc.assert(
    fc.property(paths, paths, (left, right) => {
      const sets = new FieldSets();
      const [a, b] = [setOf(sets, left), setOf(sets, right)];
      const [wa, wb] = [written(a), written(b)];
      expect(written(sets.union(a, b))).toEqual(new Set([...wa, ...wb]));
      expect(written(sets.difference(a, b))).toEqual(new Set([...wa].filter((each) => !wb.has(each))));
      expect(written(sets.intersection(a, b))).toEqual(new Set([...wa].filter((each) => wb.has(each))));
      expect(sets.union(a, b)).toBe(sets.union(b, a));
      expect(isEmpty(sets.difference(a, a))).toBe(true);
    }),
    { seed: 1 },
  );
});

test("[MANAGED-2] FieldsV1 reads as the set that it was written from, and what is none is refused", () => {
  fc.assert(
    fc.property(paths, (all) => {
      const sets = new FieldSets();
      const set = setOf(sets, all);
      if (!isEmpty(set)) expect(sets.parse(JSON.parse(JSON.stringify(fieldsV1(set))))).toBe(set);
    }),
    { seed: 2 },
  );
  const sets = new FieldSets();
  expect(sets.parse({ spec: {} })).toBeUndefined();
  expect(sets.parse({ "f:spec": 1 })).toBeUndefined();
});

test("[MANAGED-2] sets stay right when the pool has forgotten what it shared", () => {
  const sets = new FieldSets();
  const first = setOf(sets, [["f:a", "f:b"]]);
  for (let i = 0; i < 5_000; i++) sets.of(false, [`f:${i}`], [sets.of(true, [], [])]);
  const again = setOf(sets, [["f:a", "f:b"]]);
  expect(again).not.toBe(first);
  expect(pathsOf(sets.union(first, again))).toEqual([".a.b"]);
  expect(isEmpty(sets.difference(first, again))).toBe(true);
});
