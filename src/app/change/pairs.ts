// Labels and selectors as rows of a form: what changes in an object, and which pods are meant.
import {
  ControllerRevisionHashLabelKey,
  DefaultDeploymentUniqueLabelKey,
  type FieldPath,
  LabelTopologyRegion,
  LabelTopologyZone,
  own,
  type Pod,
  PodIndexLabel,
  StatefulSetPodNameLabel,
  valueAt,
} from "../../cluster/index.ts";
import type { FieldChange } from "../../diagnosis/index.ts";
import { selects } from "../store/derive.ts";

export type Labels = Readonly<Record<string, string>>;

/** A row: one key with its value, as typed. */
export interface Pair {
  readonly key: string;
  readonly value: string;
}

/** The rows of labels, in their order. */
export function pairsOf(labels: Labels | undefined): readonly Pair[] {
  return Object.entries(labels ?? {}).map(([key, value]) => ({ key, value }));
}

/** The rows that have a key; of a key that is there twice the last one counts, as in YAML. */
export function labelsOf(pairs: readonly Pair[]): Labels {
  return Object.fromEntries(
    pairs.flatMap(({ key, value }) => (key.trim() === "" ? [] : [[key.trim(), value.trim()] as const])),
  );
}

/**
 * What changes in the map at `path` of `base` when `before` becomes `after`. Keys of `base` that the form never showed stay.
 * What is set comes first: a map that loses its last entry would go with its key.
 */
export function planPairs(base: unknown, path: FieldPath, before: Labels, after: Labels): readonly FieldChange[] {
  const set = Object.entries(after).filter(([key, value]) => own(before, key) !== value);
  const gone = Object.keys(before).filter((key) => own(after, key) === undefined);
  if (!isMap(valueAt(base, path))) return set.length === 0 ? [] : [{ op: "set", path, value: after }];
  return [
    ...set.map(([key, value]): FieldChange => ({ op: "set", path: [...path, key], value })),
    ...gone
      .filter((key) => valueAt(base, [...path, key]) !== undefined)
      .map((key): FieldChange => ({ op: "remove", path: [...path, key] })),
  ];
}

const isMap = (value: unknown) => typeof value === "object" && value !== null;

/** Pods that can be endpoints: those of a namespace that have not ended. */
export function livePods(pods: Iterable<Pod>, namespace: string): readonly Pod[] {
  return [...pods].filter(
    ({ metadata, status }) =>
      metadata.namespace === namespace && status?.phase !== "Succeeded" && status?.phase !== "Failed",
  );
}

/** The pods that a Service with this selector selects; one without a selector selects none. */
export function chosenBy(selector: Labels, pods: readonly Pod[]): readonly Pod[] {
  return pods.filter(({ metadata }) => selects(selector, metadata.labels));
}

/** A label that pods really have, offered for a selector. */
export interface Choice extends Pair {
  /** Whether a controller writes it. */
  readonly written: boolean;
  /** Whether the selector has it. */
  readonly chosen: boolean;
  /** How many pods it selects once the offer is taken: the pair added, or taken out where it is there. */
  readonly count: number;
}

/** As many as can be looked through. */
const MOST_CHOICES = 24;
/** Labels that controllers write: right for few selectors. */
const BY_CONTROLLERS: ReadonlySet<string> = new Set([
  DefaultDeploymentUniqueLabelKey,
  ControllerRevisionHashLabelKey,
  StatefulSetPodNameLabel,
  PodIndexLabel,
  LabelTopologyRegion,
  LabelTopologyZone,
]);

/** The labels of pods, those of many first. */
export function choicesFor(pods: readonly Pod[], selector: Labels): readonly Choice[] {
  const found = new Map<string, { readonly pair: Pair; count: number }>();
  for (const { metadata } of pods)
    for (const pair of pairsOf(metadata.labels)) {
      const id = `${pair.key}=${pair.value}`;
      const known = found.get(id);
      if (known === undefined) found.set(id, { pair, count: 1 });
      else known.count++;
    }
  return [...found.values()]
    .toSorted((a, b) => b.count - a.count)
    .map(({ pair }) => ({ ...pair, written: BY_CONTROLLERS.has(pair.key) }))
    .toSorted((a, b) => Number(a.written) - Number(b.written))
    .slice(0, MOST_CHOICES)
    .map((pair) => {
      const chosen = own(selector, pair.key) === pair.value;
      return { ...pair, chosen, count: chosenBy(withChoice(selector, { ...pair, chosen }), pods).length };
    });
}

/** The selector after an offer is taken. */
export function withChoice(selector: Labels, { key, value, chosen }: Pick<Choice, "key" | "value" | "chosen">): Labels {
  const others = Object.entries(selector).filter(([each]) => each !== key);
  return Object.fromEntries(chosen ? others : [...others, [key, value]]);
}
