// What policies say about a cluster as it is, read from its objects: for explanations and for who may reach whom.
import type { NetworkPolicy, Pod, World } from "../../cluster/index.ts";
import { policyPod } from "./ends.ts";
import { type Judgement, judge } from "./judge.ts";
import { type Connection, type Direction, type End, type Policy, type PolicyPod, policyOf, selects } from "./rules.ts";
import { Ruling } from "./ruling.ts";

const NETWORK_POLICIES = "networkpolicies.networking.k8s.io";

interface Placed {
  readonly end: End & { readonly pod: PolicyPod };
  readonly node: string;
}

/** How a connection comes to its pod. */
export interface Way {
  /** A node gave it its own address: what comes from the pod's own node then is not that node's. */
  readonly isMasqueraded?: boolean;
}

/** One look at the policies, pods and namespaces of a cluster; another look sees what changed. */
export class PolicyView {
  readonly policies: readonly Policy[];
  readonly #settings: World["settings"];
  readonly #byAddress = new Map<string, Placed>();
  readonly #byName = new Map<string, Placed>();
  readonly #own = new Map<string, Policy[]>();
  readonly #applying = new Map<string, readonly Policy[]>();

  /** @param policies - in place of the cluster's own: what would be with them. */
  constructor({ api, settings }: Pick<World, "api" | "settings">, policies?: readonly NetworkPolicy[]) {
    this.#settings = settings;
    this.policies = (policies ?? api.list(NETWORK_POLICIES)).map(policyOf);
    for (const policy of this.policies) {
      const own = this.#own.get(policy.namespace) ?? [];
      own.push(policy);
      this.#own.set(policy.namespace, own);
    }
    const namespaces = new Map(api.list("namespaces").map(({ metadata }) => [metadata.name ?? "", metadata.labels]));
    for (const pod of api.list("pods")) {
      const { namespace = "", name = "" } = pod.metadata;
      const address = addressOf(pod);
      if (address === undefined) continue;
      const end = { address, pod: policyPod({ namespace, name }, pod, namespaces.get(namespace)) };
      const placed = { end, node: pod.spec?.nodeName ?? "" };
      this.#byName.set(`${namespace}/${name}`, placed);
      this.#byAddress.set(address, placed);
    }
  }

  /** The pods that have addresses of their own, in the order of the API's list. */
  get pods(): readonly (End & { readonly pod: PolicyPod })[] {
    return [...this.#byName.values()].map(({ end }) => end);
  }

  /** Who has an address. */
  endAt(address: string): End {
    const node = this.#settings.nodes.find((each) => each.address === address)?.name;
    return this.#byAddress.get(address)?.end ?? { address, ...(node === undefined ? {} : { node }) };
  }

  /** A pod by name; undefined for one without an address of its own. */
  endOf({ namespace, name }: Pick<PolicyPod, "namespace" | "name">): (End & { readonly pod: PolicyPod }) | undefined {
    return this.#byName.get(`${namespace}/${name}`)?.end;
  }

  /** The policies that isolate a pod in a direction. */
  isolating(pod: PolicyPod, direction: Direction): readonly Policy[] {
    const key = `${direction} ${pod.namespace}/${pod.name}`;
    let found = this.#applying.get(key);
    if (found === undefined) {
      const own = this.#own.get(pod.namespace) ?? [];
      found = own.filter((each) => each.rules[direction] !== undefined && selects(each, pod));
      this.#applying.set(key, found);
    }
    return found;
  }

  /** What comes of a connection at its two ends, where policies can be about it: egress, then ingress. */
  rulings(connection: Connection, way: Way = {}): readonly Ruling[] {
    const { from, to } = connection;
    if (from.address === to.address) return [];
    const rulings: Ruling[] = [];
    if (from.pod !== undefined && !this.#isOwnNode(from, to))
      rulings.push(new Ruling(this.isolating(from.pod, "Egress"), "Egress", from.pod, connection));
    if (to.pod !== undefined && (way.isMasqueraded === true || !this.#isOwnNode(to, from)))
      rulings.push(new Ruling(this.isolating(to.pod, "Ingress"), "Ingress", to.pod, connection));
    return rulings;
  }

  /** Each policy's verdict at each end where policies can be about it. */
  judgements(connection: Connection, way: Way = {}): readonly Judgement[] {
    return this.rulings(connection, way).flatMap(({ direction, pod }) =>
      this.policies.map((policy) => judge(policy, direction, pod, connection)),
    );
  }

  #isOwnNode(pod: End, other: End): boolean {
    return other.node !== undefined && this.#byAddress.get(pod.address)?.node === other.node;
  }
}

/** The address that is a pod's alone; undefined while it has none, for one that ended, and for one on its node's network. */
function addressOf({ spec, status }: Pod): string | undefined {
  const hasEnded = status?.phase === "Succeeded" || status?.phase === "Failed";
  return spec?.hostNetwork === true || hasEnded ? undefined : status?.podIP;
}
