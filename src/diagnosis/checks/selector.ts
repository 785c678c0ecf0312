// The selector matches no pod: which labels it wants, which the nearest pods have, and why there are none.
import { DefaultDeploymentUniqueLabelKey, type FieldPath, hasAll, own, pathText } from "../../cluster/index.ts";
import { W } from "../../words/en/why-selector.ts";
import { type Claim, holdsValue, named } from "../claims.ts";
import type { Comparison, Cure, Evidence, Finding } from "../finding.ts";
import { type Check, edit, finding, type Scene } from "../scene.ts";
import type { Workload } from "../survey.ts";
import { inNamespace, isHeadless, labelText, listed, nearest, refOf, refText } from "../words.ts";

type Labels = Readonly<Record<string, string>>;

/** Spec: [DIAG-4]. */
export const selectorCheck: Check = (scene) => {
  const { selector } = scene;
  if (selector === undefined || scene.pods.length > 0) return [];
  const workloads = scene.survey.workloadsIn(scene.namespace);
  const own = workloads.filter(({ labels }) => hasAll(labels, selector));
  const asleep = own.find(({ replicas }) => replicas === 0);
  if (asleep !== undefined) return [scaledToZero(scene, asleep)];
  const [coming] = own;
  if (coming !== undefined) return [notYetMade(scene, coming)];
  const near = nearestWorkload(selector, workloads);
  if (near === undefined || near.score < Object.keys(selector).length - 0.3) {
    const elsewhere = scene.survey.namespacesWith(selector).filter((each) => each !== scene.namespace);
    if (elsewhere.length > 0) return [inOtherNamespace(scene, elsewhere)];
  }
  return [mismatch(scene, selector, near?.score === 0 ? undefined : near?.workload)];
};

/** What requests come to while a Service has no endpoints. */
export function withoutEndpoints({ service, ports }: Scene): string {
  if (isHeadless(service)) return W.headlessName;
  const all = ports.map(({ port, nodePort }) =>
    nodePort === undefined ? String(port) : W.portAndNodePort(port, nodePort),
  );
  return W.refusesPorts(service.spec?.clusterIP, all.length, listed(all));
}

/** What `withoutEndpoints` says, as claims. */
export function claimsWithout({ service, ports }: Scene): Claim[] {
  const { clusterIP } = service.spec ?? {};
  return [
    ...(clusterIP === undefined ? [] : [holdsValue(refOf(service), ["spec", "clusterIP"], clusterIP)]),
    ...ports.flatMap(({ port, nodePort }, at) => [
      holdsValue(refOf(service), ["spec", "ports", at, "port"], port),
      ...(nodePort === undefined ? [] : [holdsValue(refOf(service), ["spec", "ports", at, "nodePort"], nodePort)]),
    ]),
    { kind: "endpoints", service: named(service), ready: 0 },
  ];
}

export const symptomsWithout = ({ headless }: Scene) => (headless ? (["unresolved"] as const) : (["refused"] as const));

function evidenceOf({ name, service, selector, namespace, survey }: Scene): Evidence[] {
  const at = inNamespace(namespace);
  const plain = service.metadata.name ?? name;
  return [
    { command: `kubectl get endpoints ${plain}${at}`, shows: W.noneMatch, prints: ["<none>"] },
    {
      command: `kubectl get pods -l ${labelText(selector ?? {})}${at}`,
      shows: "No resources found",
      prints: ["No resources found"],
    },
    {
      command: `kubectl get pods --show-labels${at}`,
      shows: survey.podsIn(namespace).length === 0 ? "No resources found" : W.podLabels,
      prints: [survey.podsIn(namespace).length === 0 ? "No resources found" : "LABELS"],
    },
  ];
}

function mismatch(scene: Scene, selector: Labels, near: Workload | undefined): Finding {
  const wanted = labelText(selector);
  const rest = near === undefined ? nobodyNear(scene) : nearWords(selector, near);
  const wrong =
    near === undefined ? undefined : Object.keys(selector).find((key) => own(near.labels, key) !== own(selector, key));
  return finding(scene, {
    class: "selector-matches-nothing",
    severity: "error",
    step: 3,
    title: W.noPodHas(wanted),
    explanation: W.noPod(
      scene.name,
      wanted,
      scene.namespace,
      Object.keys(selector).length,
      rest,
      withoutEndpoints(scene),
    ),
    claims: [
      holdsValue(scene.ref, ["spec", "selector"], selector),
      { kind: "pods", namespace: scene.namespace, labels: selector, names: [] },
      ...(near === undefined ? claimsOfPods(scene) : [labelsOf(near)]),
      ...claimsWithout(scene),
    ],
    ...(near === undefined ? {} : { comparison: compare(scene, selector, near) }),
    evidence: evidenceOf(scene),
    responsible: { object: scene.ref, path: ["spec", "selector", ...(wrong === undefined ? [] : [wrong])] },
    cures: near === undefined || !isLikely(scene, selector, near) ? [] : curesFor(scene, selector, near),
    symptoms: symptomsWithout(scene),
  });
}

/** The labels that a workload gives its pods. */
function labelsOf({ object, templatePath, labels }: Workload): Claim {
  return holdsValue(refOf(object), [...templatePath, "metadata", "labels"], labels);
}

function claimsOfPods({ survey, namespace }: Scene): Claim[] {
  return survey.podsIn(namespace).map((pod) => holdsValue(refOf(pod), ["metadata", "labels"], pod.metadata.labels));
}

function nobodyNear({ survey, namespace }: Scene): string {
  const pods = survey.podsIn(namespace);
  if (pods.length === 0) return W.noPods(namespace);
  const labels = [...new Set(pods.map(({ metadata }) => labelText(withoutHash(metadata.labels ?? {}))))];
  return W.podsThere(listed(labels.map((each) => (each === "" ? W.noLabels : each))));
}

function nearWords(selector: Labels, { object, labels }: Workload): string {
  const differences = Object.entries(selector).flatMap(([key, value]) => {
    const found = own(labels, key);
    if (found === value) return [];
    if (found !== undefined) return [W.otherValue(key, found, value)];
    const similar = nearest(key, Object.keys(labels));
    return [similar === undefined ? W.noLabel(key) : W.similarLabel(similar, own(labels, similar), key)];
  });
  const onObject = object.kind !== "Pod" && hasAll(object.metadata.labels, selector) ? W.onObject(object.kind) : "";
  const pods = object.kind === "Pod" ? refText(refOf(object)) : W.podsOf(refText(refOf(object)));
  return W.closest(pods, listed(differences), onObject);
}

function compare(scene: Scene, selector: Labels, { object, labels }: Workload): Comparison {
  const shown = withoutHash(labels);
  const keys = [...new Set([...Object.keys(selector), ...Object.keys(shown)])];
  return {
    wanted: W.selects(scene.name),
    found: object.kind === "Pod" ? W.podHas(object.metadata.name) : W.podsHave(object.kind, object.metadata.name),
    rows: keys.map((key) => {
      const [wanted, found] = [own(selector, key), own(shown, key)];
      return { key, ...(wanted === undefined ? {} : { wanted }), ...(found === undefined ? {} : { found }) };
    }),
  };
}

/** Whether a workload may well be meant: it has the Service's name, or what differs is near, missing or under another key. */
function isLikely({ ref }: Scene, selector: Labels, { object, labels }: Workload): boolean {
  if (nearest(object.metadata.name ?? "", [ref.name]) !== undefined) return true;
  return Object.entries(selector).every(([key, value]) => {
    const found = own(labels, key);
    if (found === undefined) return Object.values(labels).includes(value) || Object.keys(selector).length > 1;
    return found === value || nearest(value, [found]) !== undefined;
  });
}

function curesFor(scene: Scene, selector: Labels, near: Workload): Cure[] {
  const { object, labels, selects, templatePath } = near;
  const target = Object.keys(selects).length > 0 ? selects : withoutHash(labels);
  const cures: Cure[] = [];
  const wrong = Object.keys(selector).filter((key) => own(labels, key) !== own(selector, key));
  const [key = ""] = wrong;
  const found = own(labels, key);
  if (wrong.length === 1 && found !== undefined)
    cures.push(
      edit(W.set(pathText(["spec", "selector", key]), found), {
        object: scene.ref,
        changes: [{ op: "set", path: ["spec", "selector", key], value: found }],
      }),
    );
  else if (Object.keys(target).length > 0)
    cures.push(
      edit(W.setSelector(labelText(target)), {
        object: scene.ref,
        changes: [{ op: "set", path: ["spec", "selector"], value: { ...target } }],
      }),
    );
  const addable = wrong.filter((each) => own(selects, each) === undefined);
  if (addable.length === wrong.length)
    cures.push(
      edit(W.labelPods(labelText(Object.fromEntries(wrong.map((each) => [each, own(selector, each) ?? ""])))), {
        object: refOf(object),
        changes: wrong.map((each) => ({
          op: "set" as const,
          path: [...templatePath, "metadata", "labels", each],
          value: own(selector, each),
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
    title: W.zeroReplicas(refText(ref)),
    explanation: W.scaledToZero(scene.name, labelText(scene.selector ?? {}), refText(ref), withoutEndpoints(scene)),
    claims: [
      holdsValue(scene.ref, ["spec", "selector"], scene.selector),
      holdsValue(ref, ["spec", "replicas"], 0),
      { kind: "pods", namespace: scene.namespace, labels: scene.selector ?? {}, names: [] },
      ...claimsWithout(scene),
    ],
    evidence: [
      {
        command: `kubectl get ${ref.kind.toLowerCase()} ${ref.name}${inNamespace(ref.namespace)}`,
        shows: ref.kind === "ReplicaSet" ? "DESIRED 0" : "READY 0/0",
        prints: [ref.kind === "ReplicaSet" ? "DESIRED" : "0/0"],
      },
      ...evidenceOf(scene).slice(0, 2),
    ],
    responsible: { object: ref, path: ["spec", "replicas"] },
    cures: [
      edit(W.oneReplica(ref.name), {
        object: ref,
        changes: [{ op: "set", path: ["spec", "replicas"], value: 1 }],
      }),
    ],
    symptoms: symptomsWithout(scene),
  });
}

function notYetMade(scene: Scene, { object, template }: Workload): Finding {
  const ref = refOf(object);
  const kind = ref.kind.toLowerCase();
  const at = inNamespace(ref.namespace);
  const why = whyNoPod(scene, { object, template });
  return finding(scene, {
    class: "no-pods-yet",
    severity: "warning",
    step: 3,
    title: W.noPodsMade(refText(ref)),
    explanation: W.wouldHave(refText(ref), scene.name, why.words, withoutEndpoints(scene)),
    claims: [
      { kind: "pods", namespace: scene.namespace, labels: scene.selector ?? {}, names: [] },
      ...why.claims,
      ...claimsWithout(scene),
    ],
    evidence: [
      {
        command: `kubectl describe ${kind} ${ref.name}${at}`,
        shows: W.stateAndEvents,
        prints: ["Name:", "Pods Status:"].slice(0, kind === "daemonset" ? 2 : 1),
      },
      {
        command: `kubectl get events${at}`,
        shows: why.event ?? W.whatHappened,
        prints: why.event === undefined ? ["LAST SEEN"] : [why.event],
      },
    ],
    responsible: { object: ref, path: why.path },
    cures: why.cures,
    symptoms: symptomsWithout(scene),
  });
}

interface WhyNoPod {
  readonly words: string;
  readonly path: FieldPath;
  readonly claims: readonly Claim[];
  readonly cures: readonly Cure[];
  /** Part of the event that reports it. */
  readonly event?: string;
}

/** Why a workload that wants pods has none: no node for a DaemonSet, pods that the API server refuses, or too early to say. */
function whyNoPod({ survey }: Scene, { object, template }: Pick<Workload, "object" | "template">): WhyNoPod {
  const ref = refOf(object);
  const wanted = template.spec?.nodeSelector ?? {};
  const path = ["spec", "template", "spec", "nodeSelector"];
  const fits = survey.nodes.some(({ metadata }) => hasAll(metadata.labels, wanted));
  if (ref.kind === "DaemonSet" && !fits)
    return {
      words: W.needNodes(labelText(wanted), Object.keys(wanted).length),
      path,
      claims: [holdsValue(ref, path, wanted)],
      cures: [edit(W.removeNodeSelector, { object: ref, changes: [{ op: "remove", path }] })],
    };
  const refusal = survey.refusalOf(object);
  if (refusal !== undefined)
    return {
      words: `: ${refusal.message}`,
      path: ["spec", "template"],
      claims: [{ kind: "event", object: refusal.object, reason: "FailedCreate", message: refusal.message }],
      cures: [],
      event: "FailedCreate",
    };
  return { words: " (yet)", path: ["spec", "template"], claims: [], cures: [] };
}

function inOtherNamespace(scene: Scene, namespaces: readonly string[]): Finding {
  const [there = ""] = namespaces;
  const wanted = labelText(scene.selector ?? {});
  return finding(scene, {
    class: "pods-in-other-namespace",
    severity: "error",
    step: 3,
    title: W.podsElsewhere(wanted, listed(namespaces)),
    explanation: W.elsewhere(scene.name, scene.namespace, wanted, listed(namespaces), withoutEndpoints(scene)),
    claims: [
      holdsValue(scene.ref, ["spec", "selector"], scene.selector),
      { kind: "pods", namespace: scene.namespace, labels: scene.selector ?? {}, names: [] },
      ...namespaces.flatMap((namespace): Claim[] => {
        const names = scene.survey.podsWith(namespace, scene.selector ?? {}).map(({ metadata }) => metadata.name ?? "");
        return [{ kind: "pods", namespace, labels: scene.selector ?? {}, names }];
      }),
      ...claimsWithout(scene),
    ],
    evidence: [
      { command: `kubectl get pods -A -l ${wanted}`, shows: W.podsIn(listed(namespaces)), prints: [there] },
      ...evidenceOf(scene).slice(0, 1),
    ],
    responsible: { object: scene.ref, path: ["metadata", "namespace"] },
    cures: moved(scene, there),
    symptoms: symptomsWithout(scene),
  });
}

/** A Service where the pods are; this one may stay as its alias, or must be asked for by another name. */
function moved({ ref, service, headless, namespace }: Scene, there: string): Cure[] {
  const { selector, ports = [], type, clusterIP } = service.spec ?? {};
  const copy = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: ref.name, namespace: there },
    spec: {
      ...(clusterIP === "None" ? { clusterIP } : {}),
      selector,
      ports: ports.map(({ nodePort: _, ...port }) => port),
    },
  };
  const target = `${ref.name}.${there}.svc.cluster.local`;
  const alias: Cure = {
    label: W.createAlias(ref.name, there, namespace),
    remedy: {
      kind: "edit",
      edits: [
        {
          object: ref,
          changes: [
            { op: "remove", path: ["spec", "selector"] },
            { op: "set", path: ["spec", "type"], value: "ExternalName" },
            { op: "set", path: ["spec", "externalName"], value: target },
          ],
        },
      ],
      create: [copy],
    },
  };
  const plain: Cure = {
    label: W.createThere(ref.name, there),
    remedy: { kind: "edit", edits: [], create: [copy] },
    unfinished: true,
  };
  return headless || type !== "ClusterIP" ? [plain] : [alias, plain];
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
    const found = own(labels, key);
    if (found === value) score += 1;
    else if (found !== undefined) score += nearest(value, [found]) === undefined ? 0.25 : 0.75;
    else if (Object.values(labels).includes(value)) score += 0.6;
    else if (nearest(key, Object.keys(labels)) !== undefined) score += 0.3;
  }
  return score;
}

/** What a person writes; the hash is the ReplicaSet's own. */
function withoutHash(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => key !== DefaultDeploymentUniqueLabelKey));
}
