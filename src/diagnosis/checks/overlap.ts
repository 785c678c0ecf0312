// One Service, pods of several workloads: an intended canary, or a label that two programs share.
import {
  ControllerRevisionHashLabelKey,
  DefaultDeploymentUniqueLabelKey,
  LabelServiceName,
  own,
  type Pod,
  PodIndexLabel,
  StatefulSetPodNameLabel,
} from "../../cluster/index.ts";
import { W } from "../../words/en/why-selector.ts";
import { type Claim, holdsValue, named } from "../claims.ts";
import type { Cure, Finding } from "../finding.ts";
import { type Check, edit, finding, readyEndpoints, type Scene } from "../scene.ts";
import type { Workload } from "../survey.ts";
import { inNamespace, labelText, listed, refOf, refText } from "../words.ts";

/** Spec: [DIAG-15]. */
export const overlapCheck: Check = (scene) => {
  const groups = new Map<Workload, Pod[]>();
  for (const pod of servingPods(scene)) {
    const workload = scene.survey.workloadOf(pod);
    if (workload === undefined || workload.object.kind === "Pod") continue;
    const pods = groups.get(workload) ?? [];
    groups.set(workload, pods);
    pods.push(pod);
  }
  if (groups.size < 2) return [];
  const images = new Set([...groups.keys()].map(({ template }) => repositories(template.spec?.containers ?? [])));
  return images.size < 2 ? [canary(scene, groups)] : [shared(scene, groups)];
};

/** Pods that get requests: ready, and with a number for one of the Service's ports. */
function servingPods(scene: Scene): readonly Pod[] {
  return readyEndpoints(scene).flatMap(({ pod, ports }) => (pod === undefined || ports.size === 0 ? [] : [pod]));
}

/** The images without their tags: two versions of one program are a canary. */
function repositories(containers: readonly { readonly image?: string | undefined }[]): string {
  return containers.map(({ image = "" }) => image.replace(/@.*$/, "").replace(/:[^:/]*$/, "")).join(",");
}

type Groups = ReadonlyMap<Workload, readonly Pod[]>;

const groupWords = (groups: Groups) =>
  listed([...groups].map(([{ object }, pods]) => `${refText(refOf(object))} (${pods.length})`));

/** Which ready pods of each workload the Service has. */
function claims(scene: Scene, groups: Groups): Claim[] {
  return [
    holdsValue(scene.ref, ["spec", "selector"], scene.selector),
    ...[...groups.values()].map((pods): Claim => ({ kind: "ready-among", pods: pods.map(named), ready: pods.length })),
    ...[...groups.values()].flatMap(([pod]): Claim[] =>
      pod === undefined ? [] : [holdsValue(refOf(pod), ["metadata", "labels"], pod.metadata.labels)],
    ),
    { kind: "endpoints", service: named(scene.service), ready: servingPods(scene).length },
  ];
}

function evidence({ selector, namespace, ref }: Scene, groups: Groups) {
  const at = inNamespace(namespace);
  return [
    {
      command: `kubectl get pods -l ${labelText(selector ?? {})}${at} --show-labels`,
      shows: W.severalOwners,
      prints: [...groups.values()].flatMap(([pod]) => pod?.metadata.name ?? []),
    },
    {
      command: `kubectl get endpointslices -l ${LabelServiceName}=${ref.name}${at}`,
      shows: W.sideBySide,
      prints: [ref.name],
    },
  ];
}

function shared(scene: Scene, groups: Groups): Finding {
  const total = [...groups.values()].reduce((sum, pods) => sum + pods.length, 0);
  const own = meant(scene, groups);
  const strangers = total - (groups.get(own)?.length ?? 0);
  const share = Math.round((100 * strangers) / total);
  return finding(scene, {
    class: "label-overlap",
    severity: "warning",
    step: 3,
    title: W.alsoSelects(scene.name),
    explanation: W.mixed(labelText(scene.selector ?? {}), scene.name, groupWords(groups), total, share),
    claims: claims(scene, groups),
    evidence: evidence(scene, groups),
    responsible: { object: scene.ref, path: ["spec", "selector"] },
    cures: narrower(scene, groups, own),
    symptoms: ["refused", "http", "answered"],
  });
}

function canary(scene: Scene, groups: Groups): Finding {
  return finding(scene, {
    class: "several-workloads",
    severity: "info",
    step: 3,
    title: W.balances(scene.name, groups.size),
    explanation: W.canary(labelText(scene.selector ?? {}), groupWords(groups)),
    claims: claims(scene, groups),
    evidence: evidence(scene, groups),
    responsible: { object: scene.ref, path: ["spec", "selector"] },
    cures: [],
    symptoms: [],
  });
}

/** The workload that the Service is most likely for: of the same name, else the one with most pods. */
function meant(scene: Scene, groups: Groups): Workload {
  const all = [...groups].sort((a, b) => b[1].length - a[1].length);
  const named = all.find(([{ object }]) => object.metadata.name === scene.ref.name);
  const [first] = named ?? all[0] ?? [];
  if (first === undefined) throw new Error("diagnosis: pods of several workloads without a workload");
  return first;
}

/** One more label that all pods meant have and no other. */
function narrower(scene: Scene, groups: Groups, meant: Workload): Cure[] {
  const others = [...groups].flatMap(([workload, pods]) => (workload === meant ? [] : pods));
  const found = narrowerSelector(scene, groups.get(meant) ?? [], others);
  if (found.length > 0) return found;
  const name = meant.object.metadata.name ?? "";
  return [
    edit(
      W.labelAndSelect(refText(refOf(meant.object)), name),
      {
        object: refOf(meant.object),
        changes: [{ op: "set", path: [...meant.templatePath, "metadata", "labels", "component"], value: name }],
      },
      { object: scene.ref, changes: [{ op: "set", path: ["spec", "selector", "component"], value: name }] },
    ),
  ];
}

/** The cure that adds a label to the selector which these pods have and those have not; none where no label tells them apart. */
export function narrowerSelector(scene: Scene, pods: readonly Pod[], others: readonly Pod[]): Cure[] {
  const [pod] = pods;
  const distinct = Object.entries(pod?.metadata.labels ?? {}).filter(
    ([key, value]) =>
      !OWN.has(key) &&
      pods.every(({ metadata }) => own(metadata.labels, key) === value) &&
      others.every(({ metadata }) => own(metadata.labels, key) !== value),
  );
  const selects = (pod && scene.survey.workloadOf(pod)?.selects) ?? {};
  const best = distinct.find(([key]) => Object.hasOwn(selects, key)) ?? distinct[0];
  if (best === undefined) return [];
  const [key, value] = best;
  return [
    edit(W.addToSelector(key, value), {
      object: scene.ref,
      changes: [{ op: "set", path: ["spec", "selector", key], value }],
    }),
  ];
}

/** Labels that controllers put on their pods, and that change with each version or pod. */
const OWN = new Set([
  DefaultDeploymentUniqueLabelKey,
  ControllerRevisionHashLabelKey,
  StatefulSetPodNameLabel,
  PodIndexLabel,
]);
