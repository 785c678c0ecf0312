// Labels of a pod, or of the pods that a workload makes, changed from a form.
import { type FieldPath, type KubeObject, resourceForKind, resourceName, valueAt } from "../../cluster/index.ts";
import { type FieldChange, refOf } from "../../diagnosis/index.ts";
import { changeObject, writtenObject } from "../store/edits.ts";
import type { Playground } from "../store/playground.ts";
import { type Outcome, refusalsOf } from "./apply.ts";
import { type Labels, planPairs } from "./pairs.ts";

/** Where an object has the labels of pods: a workload in its template. */
export function labelsPath(kind: string): FieldPath {
  return kind === "Pod" ? ["metadata", "labels"] : ["spec", "template", "metadata", "labels"];
}

/** The labels of a pod, or of the pods that a workload makes. */
export function podLabels(object: KubeObject): Labels {
  return (valueAt(object, labelsPath(object.kind)) ?? {}) as Labels; // what the API server keeps there
}

/** What a form of labels changes, and where: in the text; in the cluster where the text says nothing about it. */
export function plannedLabels(playground: Playground, object: KubeObject, after: Labels) {
  const path = labelsPath(object.kind);
  const plan = (base: unknown) => planPairs(base, path, podLabels(object), after);
  const written = writtenObject(playground, refOf(object));
  const changes = written === undefined ? [] : plan(written);
  return changes.length > 0
    ? { changes, where: "text" as const }
    : { changes: plan(object), where: "cluster" as const };
}

/** Gives a pod, or the pods of a workload, other labels. */
export async function changeLabels(playground: Playground, object: KubeObject, after: Labels): Promise<Outcome> {
  const { changes, where } = plannedLabels(playground, object, after);
  if (changes.length === 0) return {};
  const command = labelCommand(object, changes);
  const options = { where, ...(command === undefined ? {} : { command }) };
  const refused = await changeObject(playground, { object: refOf(object), changes }, options);
  const isLabel = (path: FieldPath) => path.includes("labels") || path.includes("selector");
  return refused === undefined ? {} : { at: refusalsOf(refused, (path) => (isLabel(path) ? "labels" : "")) };
}

/** `kubectl label`, which knows only the labels of the object itself. Runs after the API server took them, so none needs quotes. */
function labelCommand({ apiVersion, kind, metadata }: KubeObject, changes: readonly FieldChange[]): string | undefined {
  const info = resourceForKind(apiVersion, kind);
  if (kind !== "Pod" || info === undefined) return undefined;
  const set = changes.flatMap((change) => (change.op === "set" ? pairs(change) : []));
  const removed = changes.flatMap(({ op, path }) => (op === "remove" ? [`${path.at(-1)}-`] : []));
  const namespace = metadata.namespace === "default" ? "" : ` -n ${metadata.namespace}`;
  return `kubectl label ${resourceName(info)} ${metadata.name}${namespace} ${[...set, ...removed].join(" ")} --overwrite`;
}

/** `app=web` of each label that is set: one by one, or all where there were none. */
function pairs({ path, value }: Extract<FieldChange, { op: "set" }>): readonly string[] {
  if (typeof value !== "object" || value === null) return [`${path.at(-1)}=${String(value)}`];
  return Object.entries(value).map(([key, each]) => `${key}=${String(each)}`);
}
