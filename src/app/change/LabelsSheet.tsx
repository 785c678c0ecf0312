// The labels of a pod, or of the pods that a workload makes, as a form.
import { useMemo, useState } from "react";
import { type KubeObject, makeKey, resourceForKind, resourceName, type Service, valueAt } from "../../cluster/index.ts";
import { W } from "../../words/en/change.ts";
import { selects } from "../store/derive.ts";
import { useApp, usePlayground } from "../store/react.ts";
import { Marked } from "../ui/Marked.tsx";
import type { Refusals } from "./apply.ts";
import { changeLabels, plannedLabels, podLabels } from "./labels.ts";
import { type Labels, labelsOf, pairsOf } from "./pairs.ts";
import { ApplyForm, type Closing, PairRows } from "./parts.tsx";

const NOTHING: Refusals = new Map();

export function LabelsSheet({ object, closing }: { readonly object: KubeObject; readonly closing: Closing }) {
  const playground = usePlayground();
  const [pairs, setPairs] = useState(() => pairsOf(podLabels(object)));
  const [at, setAt] = useState(NOTHING);
  const labels = labelsOf(pairs);
  const plan = useMemo(() => plannedLabels(playground, object, labelsOf(pairs)), [playground, object, pairs]);
  return (
    <ApplyForm
      label={W.labelsOf(object.kind, object.metadata.name)}
      changes={plan.changes}
      where={plan.where}
      command={object.kind === "Pod" ? "kubectl label" : "kubectl patch"}
      apply={() => changeLabels(playground, object, labels)}
      onRefused={setAt}
      refused={at.get("")}
      closing={closing}
    >
      <fieldset className="change-section">
        <legend>{object.kind === "Pod" ? W.labels : W.podLabels}</legend>
        <PairRows label="label" pairs={pairs} onChange={setPairs} words={at.get("labels")} />
        <ChosenBy object={object} labels={labels} />
        {plan.changes.length > 0 && <Consequence object={object} labels={labels} />}
      </fieldset>
    </ApplyForm>
  );
}

interface LabelsProps {
  readonly object: KubeObject;
  readonly labels: Labels;
}

/** The Services that select pods with these labels. */
function ChosenBy({ object, labels }: LabelsProps) {
  const all = useApp((state) => state.objects.get("services")) as ReadonlyMap<string, Service> | undefined;
  const { namespace } = object.metadata;
  const names = [...(all?.values() ?? [])].flatMap(({ metadata, spec }) =>
    metadata.namespace === namespace && spec?.type !== "ExternalName" && selects(spec?.selector, labels)
      ? [metadata.name]
      : [],
  );
  return (
    <p className="change-chosen" role="status" data-none={names.length === 0}>
      {names.length === 0 ? (
        <Marked as="b" text={W.unselected(object.kind === "Pod")} />
      ) : (
        <b>{W.selectedBy(names.join(", "))}</b>
      )}
    </p>
  );
}

/** What the controller of the pods does about it. */
function Consequence({ object, labels }: LabelsProps) {
  const words = useConsequence(object, labels);
  return words === undefined ? null : <p className="quiet">{words}</p>;
}

function useConsequence(object: KubeObject, labels: Labels): string | undefined {
  const { kind, metadata } = object;
  const reference = metadata.ownerReferences?.find(({ controller }) => controller === true);
  const info = reference && resourceForKind(reference.apiVersion, reference.kind);
  const owner = useApp(
    (state) =>
      info && reference && state.objects.get(resourceName(info))?.get(makeKey(metadata.namespace, reference.name)),
  );
  if (kind === "Pod") {
    const path =
      reference?.kind === "ReplicationController" ? ["spec", "selector"] : ["spec", "selector", "matchLabels"];
    const selector = valueAt(owner, path);
    if (reference === undefined || typeof selector !== "object" || selector === null) return undefined;
    if (selects(Object.fromEntries(Object.entries(selector).map(([key, value]) => [key, String(value)])), labels))
      return W.stays(reference.kind, reference.name);
    return W.releases(reference.kind, reference.name);
  }
  if (/^ReplicaSet$|^ReplicationController$/.test(kind)) return W.newOnes;
  return W.replaces(kind, metadata.name);
}
