// Plays the cases of `policies/`: the objects through the API, then packets from pod to pod.
import { createCluster, type NetworkPolicy, type Place, type Pod, SHELL_SETTINGS } from "../cluster/index.ts";
import { ALL_KINDS } from "../kinds/index.ts";
import { attempt, type Result } from "./playing.ts";
import { type CasePod, type PolicyCase, type Probe, probesOf, type Stage, withAddresses } from "./policy-cases.ts";
import { isAllowed, type OracleEnd } from "./policy-oracle.ts";

type Labels = Readonly<Record<string, string>>;

const IMAGE = "registry.k8s.io/e2e-test-images/agnhost:2.53";
const POLICIES = "networkpolicies.networking.k8s.io";
/** Time after each change, and that a probe waits for an answer. */
const SETTLE_MS = 2_000;
const PATIENCE_MS = 1_000;

/** How a case came out. */
export interface PolicyResult extends Result {
  readonly probes: number;
  readonly equalProbes: number;
}

/** The objects of a case as far as it has been played, as data. */
export class PolicyState {
  readonly pods = new Map<string, CasePod>();
  readonly policies = new Map<string, NetworkPolicy>();
  readonly namespaces = new Map<string, Labels>();
  readonly addressOf: (place: string) => string;

  constructor(addressOf: (place: string) => string) {
    this.addressOf = addressOf;
  }

  /** Makes and changes what a stage says. */
  change(stage: Stage): void {
    for (const { name, labels } of stage.namespaces ?? []) this.namespaces.set(name, labels);
    for (const pod of stage.pods ?? []) this.pods.set(`${pod.namespace}/${pod.name}`, pod);
  }

  /** The policies of a stage, with the addresses that they name. */
  apply(stage: Stage): NetworkPolicy[] {
    const given = [...(stage.policies ?? []), ...(stage.apply ?? [])];
    const policies = given.map((each) => withAddresses(each, this.addressOf));
    for (const each of policies) this.policies.set(`${each.metadata.namespace}/${each.metadata.name}`, each);
    return policies;
  }

  /** Labels and deletes what a stage says. */
  end(stage: Stage): void {
    for (const [list, whole] of [
      [stage.label, false],
      [stage.relabel, true],
    ] as const)
      for (const { kind, namespace, name, labels } of list ?? []) {
        const change = (old: Labels | undefined) => (whole ? labels : { ...old, ...labels });
        const pod = this.pods.get(`${namespace}/${name}`);
        if (kind === "Namespace") this.namespaces.set(name, change(this.namespaces.get(name)));
        else if (pod !== undefined) this.pods.set(`${namespace}/${name}`, { ...pod, labels: change(pod.labels) });
      }
    for (const { kind, namespace, name } of stage.delete ?? []) {
      if (kind === "NetworkPolicy") this.policies.delete(`${namespace}/${name}`);
      else if (kind === "Pod") this.pods.delete(`${namespace}/${name}`);
      else for (const place of [...this.pods.keys()]) if (place.startsWith(`${name}/`)) this.pods.delete(place);
    }
  }

  /** What the oracle says of a question. */
  expected({ from, to, port, protocol, expected }: Probe): string {
    if (expected !== undefined) return expected;
    const asked = { from: this.endOf(from), to: this.endOf(to), port, protocol };
    return isAllowed([...this.policies.values()], asked) ? "allowed" : "blocked";
  }

  endOf(place: string): OracleEnd {
    const pod = this.pods.get(place);
    const address = this.addressOf(place);
    if (pod === undefined) return { address };
    const { namespace, name, labels, ports } = pod;
    const namespaceLabels = { ...this.namespaces.get(namespace), "kubernetes.io/metadata.name": namespace };
    return { address, pod: { namespace, name, labels, ports, namespaceLabels } };
  }
}

/** The same on a cluster. */
class PolicyPlay {
  readonly state: PolicyState;
  readonly #cluster = createCluster({ seed: "1", settings: SHELL_SETTINGS, addons: ALL_KINDS });
  /** With a Service for each pod. */
  readonly #served: boolean;

  constructor(served: boolean) {
    this.#served = served;
    this.state = new PolicyState((place) => this.#cluster.network.addressOf(placeOf(place)) ?? "");
  }

  change(stage: Stage): void {
    const { api } = this.#cluster;
    this.state.change(stage);
    for (const { name } of stage.namespaces ?? [])
      if (api.find("namespaces", undefined, name) === undefined)
        api.create("namespaces", undefined, { metadata: { name } });
    for (const pod of stage.pods ?? []) this.#create(pod);
    if ((stage.pods ?? []).length > 0) this.#ready();
    for (const policy of this.state.apply(stage)) {
      const { namespace = "", name = "" } = policy.metadata;
      if (api.find(POLICIES, namespace, name) === undefined) api.create(POLICIES, namespace, policy);
      else api.update(POLICIES, policy);
    }
    this.state.end(stage);
    for (const [name, labels] of this.state.namespaces) {
      const there = api.get("namespaces", undefined, name);
      api.update("namespaces", { ...there, metadata: { ...there.metadata, labels } });
    }
    for (const { namespace, name, labels } of this.state.pods.values()) {
      const there = api.get("pods", namespace, name);
      const own = this.#served ? { own: name } : {};
      api.update("pods", { ...there, metadata: { ...there.metadata, labels: { ...labels, ...own } } });
    }
    for (const { kind, namespace, name } of stage.delete ?? []) {
      const resource = { NetworkPolicy: POLICIES, Pod: "pods", Namespace: "namespaces" }[kind];
      api.delete(resource, namespace, name, {});
    }
    this.#cluster.advance(SETTLE_MS);
  }

  /** Sends all at once and waits for what comes of each. */
  ask(probes: readonly Probe[]): string[] {
    const answers = probes.map(() => "blocked");
    for (const [at, { from, to, port, protocol }] of probes.entries()) {
      const host = this.#served ? this.#serviceOf(to) : this.state.addressOf(to);
      const request = { from: placeOf(from), host, port, protocol, body: "hostname", timeoutMs: PATIENCE_MS };
      this.#cluster.send(request, ({ kind }) => {
        answers[at] = kind === "answered" ? "allowed" : kind === "timeout" ? "blocked" : kind;
      });
    }
    this.#cluster.advance(PATIENCE_MS + 100);
    return answers;
  }

  #serviceOf(place: string): string {
    const [namespace = "", name] = place.split("/");
    return this.#cluster.api.get("services", namespace, `s-${name}`).spec?.clusterIP ?? "";
  }

  #create(pod: CasePod): void {
    const { namespace, name, labels, ports, node } = pod;
    const { api } = this.#cluster;
    const declared = ports.map(({ port, protocol, name: of }) => ({
      containerPort: port,
      protocol,
      ...(of === undefined ? {} : { name: of }),
    }));
    const containers = [{ name: "agnhost", image: IMAGE, ports: declared }];
    const own = this.#served ? { own: name } : {};
    api.create("pods", namespace, {
      metadata: { name, labels: { ...labels, ...own } },
      spec: { containers, ...(node === undefined ? {} : { nodeName: node }) },
    });
    if (!this.#served) return;
    const asked = ports.map(({ port, protocol }) => ({ name: `p-${port}-${protocol.toLowerCase()}`, port, protocol }));
    api.create("services", namespace, { metadata: { name: `s-${name}` }, spec: { selector: own, ports: asked } });
  }

  #ready(): void {
    const isReady = ({ status }: Pod) =>
      status?.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True");
    const cluster = this.#cluster;
    for (let waited = 0; waited < 60 && !cluster.api.list("pods").every(isReady); waited++) cluster.advance(500);
  }
}

function placeOf(place: string): Place {
  const [first = "", name = ""] = place.split("/");
  return first === "node" ? { kind: "node", name } : { kind: "pod", namespace: first, name };
}

/** Plays one case on a fresh cluster. @param served - asks the Service of each pod in place of the pod. */
export function playPolicies(one: PolicyCase, served = false): PolicyResult {
  let [probes, equalProbes] = [0, 0];
  const difference = attempt(() => {
    const wrong: string[] = [];
    const play = new PolicyPlay(served);
    for (const [at, stage] of [one, ...(one.steps ?? [])].entries()) {
      play.change(stage);
      const asked = probesOf(stage, play.state.pods);
      const answers = play.ask(asked);
      for (const [i, probe] of asked.entries()) {
        const [must, is] = [play.state.expected(probe), answers[i]];
        probes += 1;
        if (must === is) equalProbes += 1;
        else
          wrong.push(
            `stage ${at}: ${probe.from} to ${probe.to}, ${probe.protocol} ${probe.port}: must be ${must}, is ${is}`,
          );
      }
    }
    return wrong.slice(0, 12).join("\n");
  });
  const group = one.name.split("/").slice(0, 2).join("/");
  return { name: one.name, group, equal: difference === "", difference, probes, equalProbes };
}

/** How many questions were answered as expected, on one line. */
export function probeSummary(results: readonly PolicyResult[]): string {
  const [equal, all] = results.reduce(([a, b], { probes, equalProbes }) => [a + equalProbes, b + probes], [0, 0]);
  return `policies: ${equal} of ${all} probes`;
}
