// The part of a network plugin that enforces NetworkPolicies: one more stage at every node.
import {
  type AddonHost,
  type AttachedPod,
  type Decision,
  deepEqual,
  type Header,
  type Labels,
  makeKey,
  type Namespace,
  type NetworkPolicy,
  type Pod,
  type Stage,
  type Visit,
  withStage,
} from "../../cluster/index.ts";
import { policyPod } from "./ends.ts";
import { type Direction, type End, type Policy, type PolicyPod, policyOf, selects } from "./rules.ts";
import { Ruling } from "./ruling.ts";

/** The resource that is enforced. */
export const NETWORK_POLICIES = "networkpolicies.networking.k8s.io";

/** Other ends that are remembered for one pod at most, and ports of each. */
const MOST_OTHERS = 1_024;
const MOST_PORTS = 64;
const PROTOCOLS: readonly Header["protocol"][] = ["TCP", "UDP", "SCTP", "ICMP"];

/** A pod as the plugin knows it, with what it has found out about it as of a version. */
interface Known {
  readonly pod: PolicyPod;
  applying: Applying;
  readonly rulings: Record<Direction, Rulings>;
  generation: number;
  version: number;
}

/** By the address of the other end, then by port and protocol. */
type Rulings = Map<string, Map<number, Ruling>>;

type Applying = { readonly [way in Direction]: readonly Policy[] };
const NOTHING: Applying = { Ingress: [], Egress: [] };

/** Starts with the first policy, so that a run without one is the same with and without this code. Spec: [NETPOL-2]. */
export function startEnforcer(host: AddonHost): void {
  const stop = host.api.watch(NETWORK_POLICIES, () => {
    stop();
    const enforcer = new Enforcer(host);
    const stage: Stage = { name: "policies", decide: (visit) => enforcer.decide(visit) };
    host.stages.node = withStage(host.stages, "node", stage, "routing").node;
  });
}

/** What the plugin has taken in so far: policies, labels of pods and of namespaces. */
class Enforcer {
  readonly #host: AddonHost;
  /** Policies by namespace and name. */
  readonly #policies = new Map<string, Map<string, Policy>>();
  readonly #pods = new Map<string, Known>();
  readonly #namespaces = new Map<string, Labels>();
  /** Grow with each change that the policies of a namespace's pods, or a ruling, may depend on. */
  readonly #generations = new Map<string, number>();
  #version = 0;
  #pending: (() => void)[] = [];

  constructor(host: AddonHost) {
    this.#host = host;
    const { informers } = host;
    for (const { metadata } of informers.of("namespaces").list())
      this.#namespaces.set(metadata.name ?? "", metadata.labels);
    informers.of("namespaces").onChange((namespace, old) => this.#onNamespace(namespace, old));
    informers.of("pods").onChange((pod, old) => this.#onPod(pod, old));
    informers.of(NETWORK_POLICIES).onChange((policy, old) => this.#onPolicy(policy, old));
  }

  /** Drops a packet that a pod's policies don't admit. Spec: [NETPOL-3] [NETPOL-4] [NETPOL-5]. */
  decide(visit: Visit): Decision | undefined {
    const { packet, header, arrived, around } = visit;
    if (packet.kind !== "request" || arrived === undefined || !this.#host.settings().networkPolicies) return undefined;
    const { network } = around;
    const { source } = packet.header; // as it came to the node
    const { destination } = header;
    if (source === destination) return undefined; // a pod's own, by way of a Service
    const { name: node } = visit.place;
    const receiver = network.podAt(destination);
    if (arrived.from.kind === "pod" && !network.machine(node).isLocal(destination)) {
      const sender = network.podAt(source);
      const ended = sender && this.#look(visit, "Egress", sender, source);
      if (ended !== undefined) return ended;
    }
    return receiver?.node === node ? this.#look(visit, "Ingress", receiver, header.source) : undefined;
  }

  /** @param source - the sender as this direction sees it. */
  #look(visit: Visit, direction: Direction, attached: AttachedPod, source: string): Decision | undefined {
    const known = this.#knownOf(attached);
    const policies = known.applying[direction];
    if (policies.length === 0) return undefined;
    const { protocol, destinationPort: port, destination } = visit.header;
    const other = direction === "Ingress" ? source : destination;
    const rulings = known.rulings[direction];
    let own = rulings.get(other);
    if (own === undefined) {
      if (rulings.size >= MOST_OTHERS) rulings.clear();
      own = new Map();
      rulings.set(other, own);
    }
    const key = port * 4 + PROTOCOLS.indexOf(protocol);
    let ruling = own.get(key);
    if (ruling === undefined) {
      const { network } = visit.around;
      const connection = { from: this.#endOf(source, network), to: this.#endOf(destination, network), protocol, port };
      ruling = new Ruling(policies, direction, known.pod, connection);
      if (own.size >= MOST_PORTS) own.clear();
      own.set(key, ruling);
    }
    visit.rules = ruling.behind(visit.rules);
    return ruling.isAdmitted ? undefined : visit.end("dropped", ruling.why);
  }

  #endOf(address: string, network: Visit["around"]["network"]): End {
    const attached = network.podAt(address);
    return attached === undefined
      ? { address, node: network.nodeAt(address) }
      : { address, pod: this.#knownOf(attached).pod };
  }

  /** A pod is known, with what it has to obey, before its first packet: only changes take a moment. */
  #knownOf({ uid, namespace, name }: AttachedPod): Known {
    const found = this.#pods.get(uid);
    if (found?.version === this.#version) return found;
    if (found !== undefined) return this.#refreshed(found);
    const pod = this.#host.informers.of("pods").get(makeKey(namespace, name));
    return this.#know(uid, policyPod({ namespace, name }, pod, this.#namespaces.get(namespace)));
  }

  #know(uid: string, pod: PolicyPod): Known {
    this.#version += 1;
    const rulings = { Ingress: new Map(), Egress: new Map() };
    const known: Known = { pod, applying: NOTHING, rulings, generation: -1, version: 0 };
    this.#pods.set(uid, known);
    return this.#refreshed(known);
  }

  #refreshed(known: Known): Known {
    const { namespace } = known.pod;
    const generation = this.#generations.get(namespace) ?? 0;
    known.version = this.#version;
    known.rulings.Ingress.clear();
    known.rulings.Egress.clear();
    if (known.generation === generation) return known;
    known.generation = generation;
    const own = [...(this.#policies.get(namespace)?.values() ?? [])].filter((each) => selects(each, known.pod));
    known.applying = {
      Ingress: own.filter(({ rules }) => rules.Ingress !== undefined),
      Egress: own.filter(({ rules }) => rules.Egress !== undefined),
    };
    return known;
  }

  #onPolicy(policy: NetworkPolicy | undefined, old: NetworkPolicy | undefined): void {
    const { namespace = "", name = "" } = (policy ?? old)?.metadata ?? {};
    this.#later(() => {
      const own = this.#policies.get(namespace) ?? new Map<string, Policy>();
      this.#policies.set(namespace, own);
      if (policy === undefined) own.delete(name);
      else own.set(name, policyOf(policy));
      this.#generations.set(namespace, (this.#generations.get(namespace) ?? 0) + 1);
    });
  }

  #onPod(pod: Pod | undefined, old: Pod | undefined): void {
    if (old === undefined) return;
    const { uid = "", namespace = "", name = "" } = old.metadata;
    if (pod === undefined) this.#later(() => void this.#pods.delete(uid));
    else if (pod.metadata.labels !== old.metadata.labels && !deepEqual(pod.metadata.labels, old.metadata.labels))
      this.#later(() => {
        if (this.#pods.has(uid)) this.#know(uid, policyPod({ namespace, name }, pod, this.#namespaces.get(namespace)));
      });
  }

  #onNamespace(namespace: Namespace | undefined, old: Namespace | undefined): void {
    const { name = "" } = (namespace ?? old)?.metadata ?? {};
    const labels = namespace?.metadata.labels;
    if (old === undefined) this.#namespaces.set(name, labels);
    else if (!deepEqual(labels, old.metadata.labels))
      this.#later(() => {
        this.#namespaces.set(name, labels);
        for (const [uid, { pod }] of this.#pods)
          if (pod.namespace === name) this.#know(uid, { ...pod, namespaceLabels: labels });
      });
  }

  /** Changes act together a moment after the first of them, in their order. */
  #later(change: () => void): void {
    this.#pending.push(change);
    if (this.#pending.length > 1) return;
    const { clock, rng, settings } = this.#host;
    const { from, to } = settings().proxyLag;
    clock.schedule(from + rng.next() * (to - from), () => {
      const changes = this.#pending;
      this.#pending = [];
      for (const each of changes) each();
      this.#version += 1;
    });
  }
}
