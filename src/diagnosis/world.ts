// The cluster as a diagnosis looks at it: read once, filed so that a thousand Services cost little.
import {
  type Cluster,
  type EndpointSlice,
  type Event,
  hasAll,
  type KubeObject,
  keyOf,
  makeKey,
  type Node,
  type Pod,
  type PodTemplateSpec,
  type Service,
} from "../cluster/index.ts";
import { holds } from "./range.ts";

/** A port on which a program listens. */
export interface Listening {
  readonly protocol: string;
  readonly port: number;
  /** Bound to 127.0.0.1 only. */
  readonly loopback: boolean;
}

/** What makes pods: a Deployment, a StatefulSet, …; a bare pod is its own workload. */
export interface Workload {
  readonly object: KubeObject;
  /** The labels that its pods get. */
  readonly labels: Readonly<Record<string, string>>;
  /** From the object to its pod template; empty for a bare pod. */
  readonly templatePath: readonly string[];
  readonly template: PodTemplateSpec | Pod;
  readonly replicas: number | undefined;
  /** Labels that the workload's own selector wants, which cannot be changed afterwards. */
  readonly selects: Readonly<Record<string, string>>;
}

const SERVICE_LABEL = "kubernetes.io/service-name";

interface Templated extends KubeObject {
  readonly spec?: {
    readonly replicas?: number | undefined;
    readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> | undefined } | undefined;
    readonly template?: PodTemplateSpec | undefined;
  };
}

/** One look at a cluster. It is not kept: another look sees what changed. */
export class World {
  readonly cluster: Cluster;
  readonly services: readonly Service[];
  readonly nodes: readonly Node[];
  readonly #pods = new Map<string, Pod[]>();
  readonly #byLabel = new Map<string, Pod[]>();
  readonly #byAddress = new Map<string, Pod>();
  readonly #slices = new Map<string, EndpointSlice[]>();
  readonly #replicaSets = new Map<string, KubeObject>();
  readonly #workloads = new Map<string, Workload[]>();
  readonly #byUid = new Map<string, Workload>();
  #unhealthy: ReadonlyMap<string, Event> | undefined;
  readonly #listening = new Map<string, readonly Listening[]>();

  constructor(cluster: Cluster) {
    this.cluster = cluster;
    const { api } = cluster;
    this.services = api.list("services");
    this.nodes = api.list("nodes");
    for (const pod of api.list("pods")) this.#filePod(pod);
    for (const slice of api.list("endpointslices.discovery.k8s.io")) {
      const name = slice.metadata.labels?.[SERVICE_LABEL];
      if (name !== undefined) file(this.#slices, makeKey(slice.metadata.namespace, name), slice);
    }
    for (const set of api.list("replicasets.apps")) {
      this.#replicaSets.set(set.metadata.uid ?? "", set);
      if (set.metadata.ownerReferences === undefined) this.#fileWorkload(set as Templated); // has a template
    }
    for (const resource of ["deployments.apps", "statefulsets.apps", "daemonsets.apps"] as const)
      for (const object of api.list(resource)) this.#fileWorkload(object as Templated); // each has a template
  }

  #filePod(pod: Pod): void {
    const namespace = pod.metadata.namespace ?? "";
    file(this.#pods, namespace, pod);
    for (const [key, value] of Object.entries(pod.metadata.labels ?? {}))
      file(this.#byLabel, `${namespace} ${key}=${value}`, pod);
    const address = pod.status?.podIP;
    if (address !== undefined && pod.spec?.hostNetwork !== true) this.#byAddress.set(address, pod);
    if (pod.metadata.ownerReferences?.some((each) => each.controller === true) === true) return;
    const labels = pod.metadata.labels ?? {};
    const workload = { object: pod, labels, templatePath: [], template: pod, replicas: undefined, selects: {} };
    file(this.#workloads, namespace, workload);
    this.#byUid.set(pod.metadata.uid ?? "", workload);
  }

  #fileWorkload(object: Templated): void {
    const { template, replicas, selector } = object.spec ?? {};
    if (template === undefined) return;
    const workload: Workload = {
      object,
      labels: template.metadata?.labels ?? {},
      templatePath: ["spec", "template"],
      template,
      replicas,
      selects: selector?.matchLabels ?? {},
    };
    file(this.#workloads, object.metadata.namespace ?? "", workload);
    this.#byUid.set(object.metadata.uid ?? "", workload);
  }

  service(namespace: string, name: string): Service | undefined {
    return this.cluster.api.find("services", namespace, name);
  }

  node(name: string): Node | undefined {
    return this.nodes.find((each) => each.metadata.name === name);
  }

  /** Pods of a namespace, by name. */
  podsIn(namespace: string): readonly Pod[] {
    return this.#pods.get(namespace) ?? [];
  }

  podAt(address: string): Pod | undefined {
    return this.#byAddress.get(address);
  }

  /** The pods of a namespace that have all these labels; ended ones are left out. */
  podsWith(namespace: string, selector: Readonly<Record<string, string>>): readonly Pod[] {
    let fewest: readonly Pod[] = this.podsIn(namespace);
    for (const [key, value] of Object.entries(selector)) {
      const filed = this.#byLabel.get(`${namespace} ${key}=${value}`) ?? [];
      if (filed.length < fewest.length) fewest = filed;
    }
    return fewest.filter(
      ({ metadata, status }) =>
        status?.phase !== "Failed" && status?.phase !== "Succeeded" && hasAll(metadata.labels, selector),
    );
  }

  /** Namespaces that hold pods with all these labels. */
  namespacesWith(selector: Readonly<Record<string, string>>): readonly string[] {
    return [...this.#pods.keys()].filter((namespace) => this.podsWith(namespace, selector).length > 0).sort();
  }

  slicesOf(service: Service): readonly EndpointSlice[] {
    return this.#slices.get(keyOf(service)) ?? [];
  }

  /** What makes pods in a namespace. */
  workloadsIn(namespace: string): readonly Workload[] {
    return this.#workloads.get(namespace) ?? [];
  }

  /** What made a pod: the Deployment behind its ReplicaSet, its controller, or the pod itself. */
  workloadOf(pod: Pod): Workload | undefined {
    const own = pod.metadata.ownerReferences?.find((each) => each.controller === true);
    if (own === undefined) return this.#byUid.get(pod.metadata.uid ?? "");
    const set = this.#replicaSets.get(own.uid);
    const above = set?.metadata.ownerReferences?.find((each) => each.controller === true);
    return this.#byUid.get(above?.uid ?? own.uid);
  }

  /** The ports that programs of a pod really have open now, whatever its spec declares. */
  listening(pod: Pod): readonly Listening[] {
    const uid = pod.metadata.uid ?? "";
    const known = this.#listening.get(uid);
    if (known !== undefined) return known;
    const found = this.cluster.network
      .socketsOf({ kind: "pod", uid })
      .map(({ protocol, port, loopback }) => ({ protocol, port, loopback }));
    this.#listening.set(uid, found);
    return found;
  }

  /** A node to type commands on: the first that has power. */
  someNode(): { readonly name: string; readonly address: string } {
    const on = this.nodes.find(({ metadata }) => this.cluster.network.isOn(metadata.name ?? "")) ?? this.nodes[0];
    return { name: on?.metadata.name ?? "NODE", address: (on && this.addressOf(on)) ?? "NODE-IP" };
  }

  /** The nodePorts that are open, in ascending order. */
  nodePorts(): readonly number[] {
    const ports = this.services.flatMap(({ spec }) => (spec?.ports ?? []).flatMap(({ nodePort }) => nodePort ?? []));
    return [...new Set(ports)].sort((a, b) => a - b);
  }

  /** The Services whose selector matches a pod. */
  servicesFor({ metadata }: Pod): readonly Service[] {
    return this.services.filter(
      ({ metadata: { namespace }, spec }) =>
        namespace === metadata.namespace &&
        Object.keys(spec?.selector ?? {}).length > 0 &&
        hasAll(metadata.labels, spec?.selector ?? {}),
    );
  }

  /** The last event that told of a failed probe of a pod. */
  lastUnhealthy(pod: Pod): Event | undefined {
    this.#unhealthy ??= fileUnhealthy(this.cluster);
    return this.#unhealthy.get(pod.metadata.uid ?? "");
  }

  /** Whose range holds an address that nobody has. */
  rangeOf(
    address: string,
  ): { readonly kind: "free"; readonly range: "pod" | "service" } | { readonly kind: "unknown" } {
    const { serviceCIDR, podCIDR } = this.cluster.settings;
    if (holds(serviceCIDR, address)) return { kind: "free", range: "service" };
    return holds(podCIDR, address) ? { kind: "free", range: "pod" } : { kind: "unknown" };
  }

  /** The address of a Node. */
  addressOf(node: Node): string | undefined {
    return node.status?.addresses?.find((each) => each.type === "InternalIP")?.address;
  }
}

function file<T>(into: Map<string, T[]>, key: string, item: T): void {
  const filed = into.get(key);
  if (filed === undefined) into.set(key, [item]);
  else filed.push(item);
}

function fileUnhealthy({ api }: Cluster): ReadonlyMap<string, Event> {
  const last = new Map<string, Event>();
  for (const event of api.list("events")) {
    if (event.reason !== "Unhealthy") continue;
    const uid = event.involvedObject.uid ?? "";
    const known = last.get(uid);
    if (known === undefined || (known.lastTimestamp ?? "") <= (event.lastTimestamp ?? "")) last.set(uid, event);
  }
  return last;
}
