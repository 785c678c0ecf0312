// Objects that are stored and have no effect here, with the Services that they concern.
import {
  hasAll,
  type KubeObject,
  type NetworkPolicy,
  parseTime,
  pathText,
  RESOURCES,
  type ResourceName,
  resourceName,
} from "../../cluster/index.ts";
import { W } from "../../words/en/why-outside.ts";
import { ALL_OFF, CLUSTER_POLICY_GROUP, effectOfKind, type Inert, withoutEffect } from "../effects.ts";
import type { Finding } from "../finding.ts";
import type { Survey } from "../survey.ts";
import { inNamespace, listed, refOf, refText } from "../words.ts";

/** Resources whose kinds have no effect here, and those of which single fields may. */
const WHOLE: readonly ResourceName[] = RESOURCES.filter(({ kind }) => effectOfKind(kind, ALL_OFF) !== undefined).map(
  resourceName,
);
const PARTLY: readonly ResourceName[] = [
  "services",
  "namespaces",
  "ingresses.networking.k8s.io",
  "deployments.apps",
  "statefulsets.apps",
  "daemonsets.apps",
  "jobs.batch",
  "cronjobs.batch",
];

/** Spec: [DIAG-48]. What was there before anyone did anything is left out. */
export function effectFindings(survey: Survey): readonly Finding[] {
  const { api, settings } = survey.world;
  const custom = api.kinds.all.filter(({ group }) => group === CLUSTER_POLICY_GROUP).map(resourceName);
  return [...WHOLE, ...custom, ...PARTLY].flatMap((resource) =>
    written(survey, resource).flatMap((object) =>
      withoutEffect(object, settings).map((inert) => effectFinding(survey, object, inert)),
    ),
  );
}

function written({ world }: Survey, resource: ResourceName): readonly KubeObject[] {
  const objects = world.api.list(resource) as readonly KubeObject[]; // every kind has metadata
  const begun = world.settings.epoch;
  return objects.filter(({ metadata }) => (parseTime(metadata.creationTimestamp) ?? 0) >= begun);
}

function effectFinding(survey: Survey, object: KubeObject, { path, says }: Inert): Finding {
  const ref = refOf(object);
  const field = path.length === 0 ? "" : ` ${pathText(path)}`;
  const resource = ref.kind.toLowerCase();
  return {
    id: `no-effect ${ref.kind} ${ref.namespace ?? ""}/${ref.name}${field}`,
    class: "no-effect",
    severity: "info",
    step: 5,
    service: ref,
    title: path.length === 0 ? W.stored(refText(ref)) : W.fieldStored(refText(ref), pathText(path)),
    explanation: `${says}${about(survey, object)}`,
    claims: [{ kind: "object", object: ref, exists: true }],
    evidence: [
      {
        command: `kubectl get ${resource} ${ref.name}${inNamespace(ref.namespace)}`,
        shows: W.asWritten,
        prints: [ref.name],
      },
    ],
    responsible: { object: ref, path },
    cures: [],
    symptoms: [],
  };
}

/** Which Services a NetworkPolicy would be about. */
function about(survey: Survey, object: KubeObject): string {
  if (object.kind !== "NetworkPolicy") return "";
  const { spec } = object as NetworkPolicy; // by its kind
  const labels = spec?.podSelector?.matchLabels ?? {};
  const services = survey.services.filter(({ metadata, spec: { selector = {} } = {} }) => {
    if (metadata.namespace !== object.metadata.namespace || Object.keys(selector).length === 0) return false;
    return survey.podsWith(metadata.namespace ?? "", selector).some((pod) => hasAll(pod.metadata.labels, labels));
  });
  const names = services.map(({ metadata }) => metadata.name ?? "");
  if (names.length === 0) return "";
  return W.appliesTo(names.length, listed(names));
}
