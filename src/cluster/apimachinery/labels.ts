// Label selectors: maps, LabelSelector objects and kubectl's -l text, matched against labels.

import type { LabelSelector } from "../api/types.gen.ts";
import { own } from "../sim/values.ts";

/** One term of a selector. */
export interface Requirement {
  readonly key: string;
  readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt";
  readonly values: readonly string[];
}

/** All terms must hold; no terms match everything. */
export type Selector = readonly Requirement[];

export type Labels = Readonly<Record<string, string>> | undefined;

/** Whether `labels` fulfil every term of `selector`. */
// Models kubernetes/staging/src/k8s.io/apimachinery/pkg/labels Requirement.Matches
export function matches(selector: Selector, labels: Labels): boolean {
  return selector.every((term) => matchesTerm(term, own(labels, term.key)));
}

function matchesTerm(term: Requirement, value: string | undefined): boolean {
  switch (term.operator) {
    case "In":
      return value !== undefined && term.values.includes(value);
    case "NotIn":
      return value === undefined || !term.values.includes(value);
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    case "Gt":
      return value !== undefined && Number(value) > Number(term.values[0]);
    case "Lt":
      return value !== undefined && Number(value) < Number(term.values[0]);
  }
}

/** The selector of a plain map, as in `Service.spec.selector`. */
export function selectorFromMap(map: Readonly<Record<string, string>> | undefined): Selector {
  return Object.entries(map ?? {}).map(([key, value]) => ({
    key,
    operator: "In",
    values: [value],
  }));
}

/** The selector of a LabelSelector object, as in `Deployment.spec.selector`; absent selects nothing, empty selects all. */
// Models kubernetes/staging/src/k8s.io/apimachinery/pkg/apis/meta/v1 LabelSelectorAsSelector
export function selectorFromLabelSelector(selector: LabelSelector | undefined): Selector {
  if (selector === undefined) return [NOTHING];
  return [
    ...selectorFromMap(selector.matchLabels),
    ...(selector.matchExpressions ?? []).map((term) => ({
      key: term.key,
      operator: term.operator as Requirement["operator"], // validation lets only these four through
      values: term.values ?? [],
    })),
  ];
}

/** A term that no labels fulfil. */
const NOTHING: Requirement = { key: "", operator: "In", values: [] };

/** Whether every pair of `map` is in `labels`; quick form of `matches(selectorFromMap(map), labels)`. */
export function hasAll(labels: Labels, map: Readonly<Record<string, string>>): boolean {
  for (const key in map) if (own(labels, key) !== map[key]) return false;
  return true;
}
