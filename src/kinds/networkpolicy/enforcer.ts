// The part of a network plugin that enforces NetworkPolicies: one more stage at every node.
import {
  type AddonHost,
  type AttachedPod,
  type Decision,
  deepEqual,
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

/** Rulings that are remembered for one pod at most. */
const MOST_RULINGS = 2_048;

/** A pod as the plugin knows it, with what it has found out about it. */
interface Known {
  readonly pod: PolicyPod;
  /** The policies that apply, as of the namespace's generation. */
  applying: Applying | undefined;
  generation: number;
  /** Rulings by direction, the other end, protocol and port, as of the version. */
  readonly rulings: Map<string, Ruling>;
  version: number;
}

type Applying = { readonly [way in Direction]: readonly Policy[] };

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
    const sender = arrived.from.kind === "pod" ? network.podAt(source) : undefined;
    if (sender !== undefined && destination !== network.nodeAddress(node)) {
      const ended = this.#look(visit, "Egress", sender, [source, destination]);
      if (ended !== undefined) return ended;
    }
    return receiver?.node === node ? this.#look(visit, "Ingress", receiver, [header.source, destination]) : undefined;
  }

  #look(
    visit: Visit,
    direction: Direction,
    attached: AttachedPod,
    [source, destination]: readonly [string, string],
  ): Decision | undefined {
    const known = this.#knownOf(attached);
    const policies = this.#applying(known)[direction];
    if (policies.length === 0) return undefined;
    const { network } = visit.around;
    const { protocol, destinationPort: port } = visit.header;
    const key = `${direction} ${direction === "Ingress" ? source : destination} ${protocol} ${port}`;
    let ruling = this.#rulingsOf(known).get(key);
    if (ruling === undefined) {
      const connection = { from: this.#endOf(source, network), to: this.#endOf(destination, network), protocol, port };
      ruling = new Ruling(policies, direction, known.pod, connection);
      this.#rulingsOf(known).set(key, ruling);
    }
    visit.rules = [...visit.rules, ...ruling.rules];
    return ruling.isAdmitted ? undefined : visit.end("dropped", ruling.why);
  }

  #endOf(address: string, network: Visit["around"]["network"]): End {
    const attached = network.podAt(address);
    return attached === undefined
      ? { address, node: network.nodeAt(address) }
      : { address, pod: this.#knownOf(attached).pod };
  }

  #rulingsOf(known: Known): Map<string, Ruling> {
    if (known.version !== this.#version || known.rulings.size >= MOST_RULINGS) known.rulings.clear();
    known.version = this.#version;
    return known.rulings;
  }

  #applying(known: Known): Applying {
    const { pod } = known;
    const generation = this.#generations.get(pod.namespace) ?? 0;
    if (known.applying === undefined || known.generation !== generation) {
      const own = [...(this.#policies.get(pod.namespace)?.values() ?? [])].filter((each) => selects(each, pod));
      known.applying = {
        Ingress: own.filter(({ rules }) => rules.Ingress !== undefined),
        Egress: own.filter(({ rules }) => rules.Egress !== undefined),
      };
      known.generation = generation;
    }
    return known.applying;
  }

  /** A pod is known, with what it has to obey, before its first packet: only changes take a moment. */
  #knownOf({ uid, namespace, name }: AttachedPod): Known {
    const found = this.#pods.get(uid);
    if (found !== undefined) return found;
    const pod = this.#host.informers.of("pods").get(makeKey(namespace, name));
    return this.#know(uid, policyPod({ namespace, name }, pod, this.#namespaces.get(namespace)));
  }

  #know(uid: string, pod: PolicyPod): Known {
    const known: Known = { pod, applying: undefined, generation: 0, rulings: new Map(), version: 0 };
    this.#pods.set(uid, known);
    this.#version += 1;
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
