// Mistakes in NetworkPolicies that can be seen before a packet is sent.
import { hasAll, LabelMetadataName, type NetworkPolicy } from "../../cluster/index.ts";
import { type Direction, type Peer, type Policy, PolicyView, selects } from "../../kinds/networkpolicy/index.ts";
import { W } from "../../words/en/why-policies.ts";
import { dnsAdmission, morePorts, rulesField } from "../admission.ts";
import { holdsValue } from "../claims.ts";
import type { Cure, Evidence, Finding } from "../finding.ts";
import { type Check, edit, finding, readyEndpoints } from "../scene.ts";
import type { Survey } from "../survey.ts";
import { inNamespace, listed, protocolOf, refOf, refText } from "../words.ts";

const POLICIES = "networkpolicies.networking.k8s.io";

/** The view of one survey, made once; undefined where there are no policies, or nobody enforces them. */
const VIEWS = new WeakMap<Survey, PolicyView | undefined>();

function viewOf(survey: Survey): PolicyView | undefined {
  const { world } = survey;
  if (!VIEWS.has(survey)) {
    const isNeeded = world.settings.networkPolicies && world.api.list(POLICIES).length > 0;
    VIEWS.set(survey, isNeeded ? new PolicyView(world) : undefined);
  }
  return VIEWS.get(survey);
}

/** Whether some policy that isolates the pods of a Service could admit someone at its ports. Spec: [DIAG-61] [DIAG-62]. */
export const networkPolicyCheck: Check = (scene) => {
  const { survey } = scene;
  const view = viewOf(survey);
  if (view === undefined || scene.headless) return [];
  const pods = readyEndpoints(scene).flatMap((each) => {
    const end = view.endAt(each.address);
    return end.pod === undefined ? [] : [{ pod: end.pod, ports: each.ports }];
  });
  const [first] = pods;
  if (first === undefined) return [];
  for (const [at, { port, name, protocol: written }] of scene.ports.entries()) {
    const protocol = protocolOf(written);
    const target = first.ports.get(`${name ?? ""}/${protocol}`);
    const isolating = view.isolating(first.pod, "Ingress");
    if (target === undefined || isolating.length === 0) continue;
    const listing = (number: number) =>
      isolating.flatMap((policy) =>
        (policy.rules.Ingress ?? []).flatMap(({ ports }, rule) =>
          ports.length === 0 ||
          ports.some(
            (each) =>
              each.protocol === protocol && (each.name !== undefined || (each.from <= number && number <= each.to)),
          )
            ? [{ policy, rule }]
            : [],
        ),
      );
    if (listing(target).length > 0) continue;
    const [meant] = port === target ? [] : listing(port);
    const names = listed(isolating.map((each) => each.name));
    const about = `port ${port}`;
    const ports = [
      holdsValue(scene.ref, ["spec", "ports", at, "port"], port),
      ...isolating.map((each) => ({ kind: "object" as const, object: refOf(each.written), exists: true })),
    ];
    const common = {
      severity: "warning",
      step: 5,
      claims: ports,
      symptoms: ["timeout"],
      only: { port },
      about,
    } as const;
    if (meant !== undefined) {
      const { policy, rule } = meant;
      const admission = morePorts(
        policy,
        { direction: "Ingress", rule, otherPorts: [port] },
        { protocol, port: target },
      );
      return [
        finding(scene, {
          ...common,
          class: "policy-service-port",
          title: W.servicePort(policy.name, port, target),
          explanation: W.servicePortLong(target, rule + 1, policy.name, port, scene.name),
          evidence: [inspecting(policy)],
          responsible: { object: refOf(policy.written), path: ["spec", "ingress", rule, "ports"] },
          cures: admission.edit === undefined ? [] : [edit(admission.label, admission.edit)],
        }),
      ];
    }
    return [
      finding(scene, {
        ...common,
        class: "policy-admits-nobody",
        title: W.admitsNobody(scene.name, port),
        explanation: W.admitsNobodyLong(isolating.length, names, scene.name, protocol, target),
        evidence: isolating.slice(0, 2).map(inspecting),
        responsible: { object: refOf((isolating[0] as Policy).written), path: ["spec", "ingress"] },
        cures: [],
      }),
    ];
  }
  return [];
};

/** Mistakes of the policies themselves, one policy a portion. Spec: [DIAG-63] [DIAG-64] [DIAG-65]. */
export function* networkPolicyFindings(survey: Survey): Generator<undefined, readonly Finding[]> {
  const view = viewOf(survey);
  if (view === undefined) return [];
  const findings: Finding[] = [];
  const mute = new Set<string>();
  for (const policy of view.policies) {
    findings.push(
      ...selectsNothing(survey, view, policy),
      ...emptyPeers(survey, policy),
      ...withoutNames(survey, view, policy, mute),
    );
    yield;
  }
  return findings;
}

function policyFinding(
  policy: Policy,
  what: Omit<Finding, "id" | "service" | "step" | "evidence"> & {
    readonly evidence?: readonly Evidence[];
    readonly about?: string;
  },
): Finding {
  const { about = "", ...rest } = what;
  const ref = refOf(policy.written);
  const id = `${what.class} ${ref.kind} ${ref.namespace ?? ""}/${ref.name}${about}`;
  return { id, service: ref, step: 5, evidence: [inspecting(policy)], ...rest };
}

function inspecting({ name, namespace }: Policy): Evidence {
  const command = `kubectl describe networkpolicy ${name}${inNamespace(namespace)}`;
  return { command, shows: W.whatItSelects, prints: [name] };
}

/** The labels of the pods that a namespace has or will have. */
function labelsIn(survey: Survey, namespace: string): readonly Readonly<Record<string, string>>[] {
  const pods = survey.podsIn(namespace).map(({ metadata }) => metadata.labels ?? {});
  return [...pods, ...survey.workloadsIn(namespace).map(({ labels }) => labels)];
}

function selectsNothing(survey: Survey, view: PolicyView, policy: Policy): Finding[] {
  if (policy.pods.length === 0 || view.pods.some(({ pod }) => selects(policy, pod))) return [];
  const labels = labelsIn(survey, policy.namespace);
  if (
    labels.some((each) =>
      selects(policy, { namespace: policy.namespace, name: "", labels: each, namespaceLabels: {}, ports: [] }),
    )
  )
    return [];
  const object = refOf(policy.written);
  return [
    policyFinding(policy, {
      class: "policy-selects-nothing",
      severity: "warning",
      title: W.selectsNone(refText(object)),
      explanation: W.selectsNoneLong(policy.namespace),
      claims: [{ kind: "object", object, exists: true }],
      responsible: { object, path: ["spec", "podSelector"] },
      cures: [],
      symptoms: [],
    }),
  ];
}

/** Items of `from` and `to` that mean nobody: a label that no namespace, or no pod there, has. */
function emptyPeers(survey: Survey, policy: Policy): Finding[] {
  return (["Ingress", "Egress"] as const).flatMap((direction) =>
    (policy.rules[direction] ?? []).flatMap(({ peers }, rule) =>
      peers.flatMap((peer, at) => emptyPeer(survey, policy, { direction, rule, peer, at })),
    ),
  );
}

interface At {
  readonly direction: Direction;
  readonly rule: number;
  readonly peer: Peer;
  readonly at: number;
}

function emptyPeer(survey: Survey, policy: Policy, { direction, rule, peer, at }: At): Finding[] {
  const { podSelector, namespaceSelector } = peer.written;
  const byLabels = namespaceSelector?.matchExpressions === undefined ? namespaceSelector?.matchLabels : undefined;
  if (byLabels === undefined && namespaceSelector !== undefined) return []; // any namespace, or one that expressions choose
  const all = survey.world.api.list("namespaces");
  const meant =
    namespaceSelector === undefined
      ? [policy.namespace]
      : all.flatMap(({ metadata }) => (hasAll(metadata.labels, byLabels ?? {}) ? (metadata.name ?? []) : []));
  const object = refOf(policy.written);
  const list = direction === "Ingress" ? "from" : "to";
  const path = ["spec", rulesField(direction), rule, list, at];
  const common = {
    class: "policy-peer-nobody",
    severity: "warning",
    symptoms: ["timeout"],
    about: ` ${direction} ${rule} ${at}`,
  } as const;
  const where = W.ruleIn(rule + 1, refText(object));
  if (meant.length === 0) {
    const words = Object.entries(byLabels ?? {}).map(([key, value]) => `${key}=${value}`);
    const named = all.find(({ metadata }) => Object.values(byLabels ?? {}).includes(metadata.name ?? ""));
    const name = named?.metadata.name;
    return [
      policyFinding(policy, {
        ...common,
        title: W.noNamespace(words.join(","), where),
        explanation: W.noNamespaceLong(words.join(","), LabelMetadataName, name),
        claims: [holdsValue(object, [...path, "namespaceSelector", "matchLabels"], byLabels)],
        evidence: [
          {
            command: "kubectl get namespaces --show-labels",
            shows: W.noSuchNamespace(words.join(",")),
            prints: [`${LabelMetadataName}=`],
          },
        ],
        responsible: { object, path: [...path, "namespaceSelector"] },
        cures: name === undefined ? [] : [byName(policy, path, name)],
      }),
    ];
  }
  const labels = podSelector?.matchExpressions === undefined ? podSelector?.matchLabels : undefined;
  if (labels === undefined || meant.some((each) => labelsIn(survey, each).some((own) => hasAll(own, labels))))
    return [];
  const words = Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
  const elsewhere = namespaceSelector === undefined ? survey.namespacesWith(labels) : [];
  return [
    policyFinding(policy, {
      ...common,
      title: W.noPodWhere(words, where),
      explanation: W.selectorAbout(
        words,
        list,
        namespaceSelector === undefined ? W.ownNamespace(policy.namespace) : listed(meant.map(W.namespaceNamed)),
        elsewhere.length === 0 ? undefined : listed(elsewhere),
      ),
      claims: [
        holdsValue(object, [...path, "podSelector", "matchLabels"], labels),
        ...meant.slice(0, 1).map((namespace) => ({ kind: "pods" as const, namespace, labels, names: [] })),
      ],
      responsible: { object, path: [...path, "podSelector"] },
      cures: elsewhere.length === 1 ? [inNamespaceToo(policy, path, elsewhere[0] ?? "")] : [],
    }),
  ];
}

function byName({ written, name: policy }: Policy, path: readonly (string | number)[], name: string): Cure {
  const value = { [LabelMetadataName]: name };
  return edit(W.selectNamespace(name, LabelMetadataName, policy), {
    object: refOf(written),
    changes: [{ op: "set", path: [...path, "namespaceSelector", "matchLabels"], value }],
  });
}

function inNamespaceToo({ written, name: policy }: Policy, path: readonly (string | number)[], name: string): Cure {
  const value = { matchLabels: { [LabelMetadataName]: name } };
  return edit(W.addNamespace(name, policy), {
    object: refOf(written),
    changes: [{ op: "set", path: [...path, "namespaceSelector"], value }],
  });
}

/** Egress that admits something, but not the DNS by which everything else is found. One finding for the pods that share it. */
function withoutNames(survey: Survey, view: PolicyView, policy: Policy, mute: Set<string>): Finding[] {
  if (policy.rules.Egress === undefined) return [];
  const servers = view.pods.filter(
    ({ pod }) => pod.namespace === "kube-system" && pod.labels?.["k8s-app"] === "kube-dns",
  );
  if (servers.length === 0) return [];
  const muted = view.pods.filter((from) => {
    const { namespace, name } = from.pod;
    if (!selects(policy, from.pod) || namespace === "kube-system" || mute.has(`${namespace}/${name}`)) return false;
    return !servers.some((to) =>
      view.rulings({ from, to, protocol: "UDP", port: 53 }).every((each) => each.isAdmitted),
    );
  });
  const [first] = muted;
  if (first === undefined) return [];
  for (const { pod } of muted) mute.add(`${pod.namespace}/${pod.name}`);
  const object = refOf(policy.written);
  const isolating = view.isolating(first.pod, "Egress");
  const admission = dnsAdmission(survey, policy.namespace, (policy.written as NetworkPolicy).spec?.podSelector ?? {});
  return [
    policyFinding(policy, {
      class: "policy-without-dns",
      severity: "warning",
      title: W.withoutNames(refText(object)),
      explanation: W.withoutNamesLong(
        listed(muted.map(({ pod }) => pod.name)),
        muted.length,
        listed(isolating.map((each) => each.name)),
      ),
      claims: [{ kind: "object", object, exists: true }],
      responsible: { object, path: ["spec", "egress"] },
      cures: [
        {
          label: admission.label,
          remedy: { kind: "edit", edits: [], create: admission.create === undefined ? [] : [admission.create] },
        },
      ],
      symptoms: ["unresolved"],
    }),
  ];
}
