// What differs between two runs: objects by field, connections of endpoints, and the outcome of requests.
import { type KubeObject, keyOf, RESOURCES, type ResourceName, resourceName } from "../cluster/index.ts";
import type { Run } from "../scenario/index.ts";
import { type FieldDifference, fieldDifferences } from "./fields.ts";

/** A field that two objects hold differently, or an object that one of two runs lacks. */
export interface Difference extends FieldDifference {
  readonly resource: ResourceName;
  /** `namespace/name`, or the name of what lives in no namespace. */
  readonly key: string;
}

/** How often a Service chose an endpoint in each of two runs. */
export interface CountDifference {
  readonly service: string;
  readonly endpoint: string;
  readonly before: number;
  readonly after: number;
}

/** What differs between two runs. */
export interface Comparison {
  /** In the order of resource, namespace and name, and of fields. */
  readonly objects: readonly Difference[];
  readonly counts: readonly CountDifference[];
  /** Requests and traffic of clients by their outcome: `answered`, `refused`, `dropped` and so on. */
  readonly outcomes: ReadonlyArray<{ readonly kind: string; readonly before: number; readonly after: number }>;
}

/** Fields that differ between any two runs and say nothing of a change. */
const NOISE = new Set(["uid", "resourceVersion", "managedFields"]);
/** Events tell a story; as objects they would bury what differs. */
const LEFT_OUT = new Set(["events", "events.events.k8s.io", "leases.coordination.k8s.io"]);

/** Compares two runs as they are now. Spec: [HIST-10]. */
export function compareRuns(before: Run, after: Run): Comparison {
  return {
    objects: objectDifferences(before, after),
    counts: countDifferences(before, after),
    outcomes: outcomesOf(before, after),
  };
}

function objectDifferences(before: Run, after: Run): Difference[] {
  return RESOURCES.map(resourceName)
    .filter((resource) => !LEFT_OUT.has(resource))
    .sort()
    .flatMap((resource) => {
      const [left, right] = [objectsOf(before, resource), objectsOf(after, resource)];
      const keys = [...new Set([...left.keys(), ...right.keys()])].sort();
      return keys.flatMap((key) => {
        const [a, b] = [left.get(key), right.get(key)];
        if (a === b) return [];
        if (a === undefined || b === undefined) return [{ resource, key, path: [], before: a, after: b }];
        return fieldDifferences(a, b, [], NOISE).map((each) => ({ resource, key, ...each }));
      });
    });
}

function objectsOf({ cluster }: Run, resource: ResourceName): Map<string, KubeObject> {
  return new Map(Array.from(cluster.api.store.all(resource), (object) => [keyOf(object), object]));
}

function countDifferences(before: Run, after: Run): CountDifference[] {
  const counts = new Map<string, { service: string; endpoint: string; before: number; after: number }>();
  for (const [side, run] of [
    ["before", before],
    ["after", after],
  ] as const)
    for (const { service, endpoint, count } of run.cluster.trace.counts()) {
      const key = `${service} ${endpoint}`;
      const row = counts.get(key) ?? { service, endpoint, before: 0, after: 0 };
      row[side] += count;
      counts.set(key, row);
    }
  return [...counts.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, row]) => row)
    .filter((row) => row.before !== row.after);
}

function outcomesOf(before: Run, after: Run): Comparison["outcomes"] {
  const rows = new Map<string, { kind: string; before: number; after: number }>();
  for (const [side, run] of [
    ["before", before],
    ["after", after],
  ] as const)
    for (const { purpose, outcome } of run.cluster.trace.exchanges()) {
      if (purpose !== "request" && purpose !== "traffic") continue;
      const row = rows.get(outcome.kind) ?? { kind: outcome.kind, before: 0, after: 0 };
      row[side]++;
      rows.set(outcome.kind, row);
    }
  return [...rows.values()].sort((a, b) => (a.kind < b.kind ? -1 : 1));
}
