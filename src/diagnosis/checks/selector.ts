// The selector matches no pod: which labels it wants, which the nearest pods have, and why there are none.
import { hasAll } from "../../cluster/index.ts";
import type { Comparison, Cure, Evidence, Finding } from "../finding.ts";
import { type Check, edit, finding, type Scene } from "../scene.ts";
import { counted, inNamespace, isHeadless, labelText, listed, nearest, pathText, refOf, refText } from "../words.ts";
import type { Workload } from "../world.ts";

type Labels = Readonly<Record<string, string>>;

/** Spec: [DIAG-4]. */
export const selectorCheck: Check = (scene) => {
  const { selector } = scene;
  if (selector === undefined || scene.pods.length > 0) return [];
  const workloads = scene.world.workloadsIn(scene.namespace);
  const own = workloads.filter(({ labels }) => hasAll(labels, selector));
  const asleep = own.find(({ replicas }) => replicas === 0);
  if (asleep !== undefined) return [scaledToZero(scene, asleep)];
  const [coming] = own;
  if (coming !== undefined) return [notYetMade(scene, coming)];
  const near = nearestWorkload(selector, workloads);
  if (near === undefined || near.score < 0.5) {
    const elsewhere = scene.world.namespacesWith(selector).filter((each) => each !== scene.namespace);
    if (elsewhere.length > 0) return [inOtherNamespace(scene, elsewhere)];
  }
  return [mismatch(scene, selector, near?.score === 0 ? undefined : near?.workload)];
};

/** What requests come to while a Service has no endpoints. */
export function withoutEndpoints({ service, ports }: Scene): string {
  if (isHeadless(service))
    return `Its name does not resolve (NXDOMAIN): the DNS of a headless Service answers with its endpoints alone.`;
  const all = ports.map(({ port, nodePort }) => (nodePort === undefined ? String(port) : `${port} and :${nodePort}`));
  return `Its name resolves to ${service.spec?.clusterIP}, but every node refuses what is sent to ${counted(all.length, "port").replace(/^\d+ /, "")} ${listed(all)} at once.`;
}

export const symptomsWithout = ({ headless }: Scene) => (headless ? (["unresolved"] as const) : (["refused"] as const));

function evidenceOf({ name, service, selector, namespace }: Scene): Evidence[] {
  const at = inNamespace(namespace);
  const plain = service.metadata.name ?? name;
  return [
    { command: `kubectl get endpoints ${plain}${at}`, shows: "<none>: no pod has all the labels" },
    { command: `kubectl get pods -l ${labelText(selector ?? {})}${at}`, shows: "No resources found" },
    { command: `kubectl get pods --show-labels${at}`, shows: "the labels that pods do have" },
  ];
}

function mismatch(scene: Scene, selector: Labels, near: Workload | undefined): Finding {
  const wanted = labelText(selector);
  const rest = near === undefined ? nobodyNear(scene) : nearWords(selector, near);
  const wrong =
    near === undefined ? undefined : Object.keys(selector).find((key) => near.labels[key] !== selector[key]);
  return finding(scene, {
    class: "selector-matches-nothing",
    severity: "error",
    step: 3,
    title: `No pod has the labels ${wanted}`,
    explanation: `Service ${scene.name} selects pods with ${wanted} in namespace ${scene.namespace}, and no pod has ${Object.keys(selector).length === 1 ? "that label" : "all of them"}, so it has no endpoints. ${rest} ${withoutEndpoints(scene)}`,
    ...(near === undefined ? {} : { comparison: compare(scene, selector, near) }),
    evidence: evidenceOf(scene),
    responsible: { object: scene.ref, path: ["spec", "selector", ...(wrong === undefined ? [] : [wrong])] },
    cures: near === undefined ? [] : curesFor(scene, selector, near),
    symptoms: symptomsWithout(scene),
  });
}

function nobodyNear({ world, namespace }: Scene): string {
  const pods = world.podsIn(namespace);
  if (pods.length === 0) return `There is no pod at all in namespace ${namespace}.`;
  const labels = [...new Set(pods.map(({ metadata }) => labelText(withoutHash(metadata.labels ?? {}))))];
  return `The pods there have ${listed(labels.map((each) => (each === "" ? "no labels" : each)))}.`;
}

function nearWords(selector: Labels, { object, labels }: Workload): string {
  const differences = Object.entries(selector).flatMap(([key, value]) => {
    const found = labels[key];
    if (found === value) return [];
    if (found !== undefined) return [`${key}=${found} where the selector says ${key}=${value}`];
    const similar = nearest(key, Object.keys(labels));
    return [similar === undefined ? `no label ${key}` : `${similar}=${labels[similar]} and no label ${key}`];
  });
  const onObject =
    object.kind !== "Pod" && hasAll(object.metadata.labels, selector)
      ? ` The labels stand on the ${object.kind} itself, at metadata.labels; what counts are those of the pods, at spec.template.metadata.labels.`
      : "";
  const pods = object.kind === "Pod" ? refText(refOf(object)) : `the pods of ${refText(refOf(object))}`;
  return `Nearest are ${pods}, with ${listed(differences)}.${onObject}`;
}

function compare(scene: Scene, selector: Labels, { object, labels }: Workload): Comparison {
  const shown = withoutHash(labels);
  const keys = [...new Set([...Object.keys(selector), ...Object.keys(shown)])];
  return {
    wanted: `Service ${scene.name} selects`,
    found:
      object.kind === "Pod" ? `Pod ${object.metadata.name} has` : `${object.kind} ${object.metadata.name}'s pods have`,
    rows: keys.map((key) => ({
      key,
      ...(selector[key] === undefined ? {} : { wanted: selector[key] }),
      ...(shown[key] === undefined ? {} : { found: shown[key] }),
    })),
  };
}

function curesFor(scene: Scene, selector: Labels, near: Workload): Cure[] {
  const { object, labels, selects, templatePath } = near;
  const target = Object.keys(selects).length > 0 ? selects : withoutHash(labels);
  const cures: Cure[] = [];
  const wrong = Object.keys(selector).filter((key) => labels[key] !== selector[key]);
  const [key = ""] = wrong;
  const found = labels[key];
  if (wrong.length === 1 && found !== undefined)
    cures.push(
      edit(`Set ${pathText(["spec", "selector", key])} to ${found}`, {
        object: scene.ref,
        changes: [{ op: "set", path: ["spec", "selector", key], value: found }],
      }),
    );
  else if (Object.keys(target).length > 0)
    cures.push(
      edit(`Set spec.selector to ${labelText(target)}`, {
        object: scene.ref,
        changes: [{ op: "set", path: ["spec", "selector"], value: { ...target } }],
      }),
    );
  const addable = wrong.filter((each) => selects[each] === undefined);
  if (addable.length === wrong.length)
    cures.push(
      edit(`Give the pods ${labelText(Object.fromEntries(wrong.map((each) => [each, selector[each] ?? ""])))}`, {
        object: refOf(object),
        changes: wrong.map((each) => ({
          op: "set" as const,
          path: [...templatePath, "metadata", "labels", each],
          value: selector[each],
        })),
      }),
    );
  return cures;
}

function scaledToZero(scene: Scene, { object }: Workload): Finding {
  const ref = refOf(object);
  return finding(scene, {
    class: "scaled-to-zero",
    severity: "error",
    step: 3,
    title: `${refText(ref)} has 0 replicas`,
    explanation: `Service ${scene.name} selects ${labelText(scene.selector ?? {})}, the labels of the pods of ${refText(ref)}, and that is scaled to 0: there is no pod. ${withoutEndpoints(scene)}`,
    evidence: [
      { command: `kubectl get ${ref.kind.toLowerCase()} ${ref.name}${inNamespace(ref.namespace)}`, shows: "READY 0/0" },
      ...evidenceOf(scene).slice(0, 2),
    ],
    responsible: { object: ref, path: ["spec", "replicas"] },
    cures: [
      edit(`Set spec.replicas of ${ref.name} to 1`, {
        object: ref,
        changes: [{ op: "set", path: ["spec", "replicas"], value: 1 }],
      }),
    ],
    symptoms: symptomsWithout(scene),
  });
}

function notYetMade(scene: Scene, { object }: Workload): Finding {
  const ref = refOf(object);
  const kind = ref.kind.toLowerCase();
  return finding(scene, {
    class: "no-pods-yet",
    severity: "warning",
    step: 3,
    title: `${refText(ref)} has made no pod`,
    explanation: `The pods of ${refText(ref)} would have the labels that Service ${scene.name} selects, but there is none (yet). ${withoutEndpoints(scene)}`,
    evidence: [
      { command: `kubectl describe ${kind} ${ref.name}${inNamespace(ref.namespace)}`, shows: "its events say why" },
    ],
    responsible: { object: ref, path: ["spec", "template"] },
    cures: [],
    symptoms: symptomsWithout(scene),
  });
}

function inOtherNamespace(scene: Scene, namespaces: readonly string[]): Finding {
  const [there = ""] = namespaces;
  const wanted = labelText(scene.selector ?? {});
  return finding(scene, {
    class: "pods-in-other-namespace",
    severity: "error",
    step: 3,
    title: `The pods with ${wanted} are in namespace ${listed(namespaces)}`,
    explanation: `Service ${scene.name} is in namespace ${scene.namespace} and selects ${wanted}. Pods with these labels are in namespace ${listed(namespaces)} alone, and a selector never looks beyond its Service's own namespace. ${withoutEndpoints(scene)}`,
    evidence: [
      { command: `kubectl get pods -A -l ${wanted}`, shows: `the pods, in ${listed(namespaces)}` },
      ...evidenceOf(scene).slice(0, 1),
    ],
    responsible: { object: scene.ref, path: ["metadata", "namespace"] },
    cures: [
      edit(`Move the Service to namespace ${there}`, {
        object: scene.ref,
        changes: [{ op: "set", path: ["metadata", "namespace"], value: there }],
      }),
    ],
    symptoms: symptomsWithout(scene),
  });
}

/** The workload whose labels come nearest to a selector: equal pairs count most, then equal keys or values. */
function nearestWorkload(
  selector: Labels,
  workloads: readonly Workload[],
): { readonly workload: Workload; readonly score: number } | undefined {
  let best: { workload: Workload; score: number } | undefined;
  for (const workload of workloads) {
    const score = scoreOf(selector, workload);
    if (best === undefined || score > best.score) best = { workload, score };
  }
  return best;
}

function scoreOf(selector: Labels, { labels, object }: Workload): number {
  let score = hasAll(object.metadata.labels, selector) ? 2 : 0;
  for (const [key, value] of Object.entries(selector)) {
    const found = labels[key];
    if (found === value) score += 1;
    else if (found !== undefined) score += nearest(value, [found]) === undefined ? 0.25 : 0.75;
    else if (Object.values(labels).includes(value)) score += 0.6;
    else if (nearest(key, Object.keys(labels)) !== undefined) score += 0.3;
  }
  return score;
}

/** What a person writes; the hash is the ReplicaSet's own. */
function withoutHash(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => key !== "pod-template-hash"));
}
