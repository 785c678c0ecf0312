// Changes of NetworkPolicies that admit a connection.
import {
  ControllerRevisionHashLabelKey,
  DefaultDeploymentUniqueLabelKey,
  LabelMetadataName,
  type LabelSelector,
  type NetworkPolicyPeer,
  type NetworkPolicyPort,
} from "../cluster/index.ts";
import {
  type Connection,
  type Direction,
  type End,
  judge,
  type Policy,
  type Ruling,
} from "../kinds/networkpolicy/index.ts";
import { W } from "../words/en/why-policies.ts";
import type { FieldChange } from "./finding.ts";
import type { Survey } from "./survey.ts";
import { refOf } from "./words.ts";

/** A change of policies: of one that exists, or a new one beside those that isolate. */
export interface Admission {
  readonly label: string;
  readonly edit?: { readonly object: ReturnType<typeof refOf>; readonly changes: readonly FieldChange[] };
  readonly create?: object;
}

/** Labels that differ from pod to pod, or from one roll-out to the next. */
const HASHES: ReadonlySet<string> = new Set([DefaultDeploymentUniqueLabelKey, ControllerRevisionHashLabelKey]);
const OF_ONE_POD =
  /^(?:pod-template-generation|statefulset\.kubernetes\.io\/.*|apps\.kubernetes\.io\/pod-index|batch\.kubernetes\.io\/.*|job-name|controller-uid)$/;

/** The labels by which a pod and those made with it are known. */
export function labelsOf({ pod }: End): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(pod?.labels ?? {}).filter(([key]) => !HASHES.has(key) && !OF_ONE_POD.test(key)),
  );
}

/** An end as an item of `from` or `to`. */
function peersOf(survey: Survey, end: End, home: string): NetworkPolicyPeer[] {
  const { pod, node, address } = end;
  if (pod === undefined) {
    // Any node may be the one that takes the next packet.
    const addresses = node === undefined ? [address] : survey.world.settings.nodes.map((each) => each.address);
    return addresses.map((each) => ({ ipBlock: { cidr: `${each}/32` } }));
  }
  const podSelector: LabelSelector = { matchLabels: labelsOf(end) };
  if (pod.namespace === home) return [{ podSelector }];
  return [{ podSelector, namespaceSelector: { matchLabels: { [LabelMetadataName]: pod.namespace } } }];
}

function portsOf({ protocol, port }: Connection): NetworkPolicyPort[] {
  return [{ protocol, port }];
}

/** The field of a policy that holds the rules of a direction. */
export const rulesField = (direction: Direction) => (direction === "Ingress" ? "ingress" : "egress");

/** What would admit a connection that none of a ruling's policies admits: a port more in the nearest rule, or a rule, or a policy. */
export function admissionOf(survey: Survey, ruling: Ruling, otherPorts: readonly number[] = []): Admission {
  const { direction, connection, pod } = ruling;
  const field = rulesField(direction);
  const judged = ruling.policies.map((policy) => judge(policy, direction, pod, connection));
  const near = judged.find(({ misses }) => misses === "ports");
  if (near?.rule !== undefined && connection.protocol !== "ICMP")
    return morePorts(near.policy, { direction, rule: near.rule, otherPorts }, connection);
  const other = direction === "Ingress" ? connection.from : connection.to;
  const peers = peersOf(survey, other, pod.namespace);
  const ports = connection.protocol === "ICMP" ? {} : { ports: portsOf(connection) };
  const rule = { [direction === "Ingress" ? "from" : "to"]: peers, ...ports };
  const withRules = ruling.policies.find(({ rules }) => (rules[direction] ?? []).length > 0);
  const who = (direction === "Ingress" ? W.from : W.to)(nameOf(other));
  const what = `${connection.protocol}${connection.protocol === "ICMP" ? "" : ` ${connection.port}`}`;
  if (withRules !== undefined) {
    const path = ["spec", field, (withRules.rules[direction] ?? []).length];
    const label = W.addRule(withRules.name, what, who);
    return { label, edit: { object: refOf(withRules.written), changes: [{ op: "set", path, value: rule }] } };
  }
  const own = labelsOf(direction === "Ingress" ? connection.to : connection.from);
  const word = (Object.values(own)[0] ?? pod.namespace).toLowerCase().replace(/[^a-z0-9]+/g, "-");
  const name = freeName(survey, pod.namespace, `allow-${direction === "Ingress" ? "to" : "from"}-${word}`);
  const spec = { podSelector: { matchLabels: own }, policyTypes: [direction], [field]: [rule] };
  return {
    label: W.addPolicy(name, what, who),
    create: policy(name, pod.namespace, spec),
  };
}

/** The rule fits the other end and lacks the port; the Service's port among its ports was meant for the pod's. */
export function morePorts(
  policy: Policy,
  at: { readonly direction: Direction; readonly rule: number; readonly otherPorts: readonly number[] },
  { protocol, port }: Pick<Connection, "protocol" | "port">,
): Admission {
  const { direction, rule, otherPorts } = at;
  const object = refOf(policy.written);
  const listed = policy.rules[direction]?.[rule]?.ports ?? [];
  const path = ["spec", rulesField(direction), rule, "ports"];
  const of = W.ruleOf(rule + 1, policy.name);
  const meant = listed.findIndex(
    (each) => each.protocol === protocol && each.from === each.to && otherPorts.includes(each.from),
  );
  if (meant >= 0)
    return {
      label: W.changePort(listed[meant]?.from, port, of),
      edit: { object, changes: [{ op: "set", path: [...path, meant, "port"], value: port }] },
    };
  return {
    label: W.addPort(protocol, port, of),
    edit: { object, changes: [{ op: "set", path: [...path, listed.length], value: { protocol, port } }] },
  };
}

/** What lets pods look names up: a policy beside those that isolate them. */
export function dnsAdmission(survey: Survey, namespace: string, podSelector: LabelSelector): Admission {
  const name = freeName(survey, namespace, "allow-dns");
  const to = [
    {
      namespaceSelector: { matchLabels: { [LabelMetadataName]: "kube-system" } },
      podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
    },
  ];
  const ports = [
    { protocol: "UDP", port: 53 },
    { protocol: "TCP", port: 53 },
  ];
  return {
    label: W.addDns(name),
    create: policy(name, namespace, { podSelector, policyTypes: ["Egress"], egress: [{ to, ports }] }),
  };
}

function policy(name: string, namespace: string, spec: object): object {
  return { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: { name, namespace }, spec };
}

function freeName({ world }: Survey, namespace: string, name: string): string {
  const isTaken = (each: string) => world.api.find("networkpolicies.networking.k8s.io", namespace, each) !== undefined;
  let free = name;
  for (let number = 2; isTaken(free); number++) free = `${name}-${number}`;
  return free;
}

/** An end in a label: the workload's word for pods, else the address or the nodes. */
function nameOf({ pod, node, address }: End): string {
  if (pod === undefined) return node === undefined ? address : W.nodes;
  const [first] = Object.entries(labelsOf({ address, pod }));
  return first === undefined ? W.pod(pod.name) : W.podsWith(first[0], first[1]);
}
