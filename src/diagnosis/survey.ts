// The cluster as diagnosis reads it: once, indexed so that a thousand Services cost little.
import {
  compareText,
  type EndpointSlice,
  type Event,
  hasAll,
  type Job,
  type KubeObject,
  keyOf,
  LabelServiceName,
  makeKey,
  type Node,
  type Place,
  type Pod,
  type PodTemplateSpec,
  parseTime,
  type Service,
  searchNames,
  type World,
} from "../cluster/index.ts";
import { servesByItself } from "../runtime/index.ts";
import type { Named } from "./claims.ts";
import { holds } from "./range.ts";

/** A port on which a program listens. */
export interface Listening {
  readonly protocol: string;
  readonly port: number;
  /** Bound to 127.0.0.1 only. */
  readonly loopback: boolean;
  /** Takes TLS handshakes. */
  readonly tls: boolean;
  /** Not declared, but assumed from probes, variables and Services. */
  readonly assumed: boolean;
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
  /** A Job: its template is never changed. */
  readonly isFixed?: true;
}

interface Templated extends KubeObject {
  readonly spec?: {
    readonly replicas?: number | undefined;
    readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> | undefined } | undefined;
    readonly template?: PodTemplateSpec | undefined;
  };
}

/** One look at a cluster. It is not kept: another look sees what changed. */
export class Survey {
  readonly world: World;
  readonly services: readonly Service[];
  readonly nodes: readonly Node[];
  readonly #pods = new Map<string, Pod[]>();
  readonly #byLabel = new Map<string, Pod[]>();
  readonly #byAddress = new Map<string, Pod>();
  readonly #slices = new Map<string, EndpointSlice[]>();
  readonly #replicaSets = new Map<string, KubeObject>();
  readonly #workloads = new Map<string, Workload[]>();
  readonly #byUid = new Map<string, Workload>();
  #events: ReadonlyMap<string, readonly Event[]> | undefined;
  readonly #listening = new Map<string, readonly Listening[]>();

  constructor(world: World) {
    this.world = world;
    const { api } = world;
    this.services = api.list("services");
    this.nodes = api.list("nodes");
    for (const pod of api.list("pods")) this.#filePod(pod);
    for (const slice of api.list("endpointslices.discovery.k8s.io")) {
      const name = slice.metadata.labels?.[LabelServiceName];
      if (name !== undefined) file(this.#slices, makeKey(slice.metadata.namespace, name), slice);
    }
    for (const set of api.list("replicasets.apps")) {
      this.#replicaSets.set(set.metadata.uid ?? "", set);
      if (set.metadata.ownerReferences === undefined) this.#fileWorkload(set as Templated); // has a template
    }
    for (const job of api.list("jobs.batch")) this.#fileJob(job);
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

  /** A Job's template never changes, and no Service is meant for its pods: it is known as their maker alone. */
  #fileJob(job: Job): void {
    const { template } = job.spec ?? {};
    if (template === undefined) return;
    const labels = template.metadata?.labels ?? {};
    const templatePath = ["spec", "template"];
    this.#byUid.set(job.metadata.uid ?? "", {
      object: job,
      labels,
      templatePath,
      template,
      replicas: undefined,
      selects: {},
      isFixed: true,
    });
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
    return this.world.api.find("services", namespace, name);
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
    const found = this.world.network
      .socketsOf({ kind: "pod", uid })
      .map(({ protocol, port, loopback, speaks, assumed = false }) => ({
        protocol,
        port,
        loopback,
        tls: speaks === "tls",
        assumed,
      }));
    this.#listening.set(uid, found);
    return found;
  }

  /** A node to type commands on: the first that has power. */
  someNode(): { readonly name: string; readonly address: string } {
    const on = this.nodes.find(({ metadata }) => this.world.network.isOn(metadata.name ?? "")) ?? this.nodes[0];
    return { name: on?.metadata.name ?? "NODE", address: (on && this.addressOf(on)) ?? "NODE-IP" };
  }

  /** That node as a sender. */
  someNodePlace(): Place {
    return { kind: "node", name: this.someNode().name };
  }

  /** A pod with an address of its own on a node. */
  somePodOn(node: string): Pod | undefined {
    for (const pod of this.#byAddress.values()) if (pod.spec?.nodeName === node) return pod;
    return undefined;
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

  /** Warnings about an object, the oldest first. */
  #warningsOf(uid: string): readonly Event[] {
    this.#events ??= fileWarnings(this.world);
    return this.#events.get(uid) ?? [];
  }

  /** What was said last of a probe of a container that now runs, in the kubelet's words; undefined when nothing was. */
  unhealthyOf(pod: Pod, container: string, said: RegExp): string | undefined {
    const about = `{${container}}`;
    return this.#warningsOf(pod.metadata.uid ?? "").findLast(
      ({ reason, message, involvedObject: { fieldPath = about } }) =>
        reason === "Unhealthy" && fieldPath.includes(about) && said.test(message ?? ""),
    )?.message;
  }

  /** The last warning about a pod, in the words of its source. */
  lastWarning(pod: Pod): string | undefined {
    return this.#warningsOf(pod.metadata.uid ?? "").at(-1)?.message;
  }

  /** What a pod's /etc/resolv.conf says; undefined where it is the node's own, which knows no Services. */
  resolverOf({ metadata }: { readonly metadata: Pod["metadata"] }) {
    return this.world.network.podNamed(metadata.namespace ?? "", metadata.name ?? "")?.resolver;
  }

  /** The names that a pod's resolver asks for, in order, to find a host. */
  namesTried(pod: Named, host: string): readonly string[] {
    const resolver = this.resolverOf({ metadata: pod });
    return resolver === undefined ? [host] : searchNames(host, resolver);
  }

  /** Virtual milliseconds since an instant of the API; 0 for one that is not known. */
  since(instant: string | undefined): number {
    const { clock, settings } = this.world;
    const then = parseTime(instant);
    return then === undefined ? 0 : Math.max(0, settings.epoch + clock.now - then);
  }

  /** Whether an image runs a server without a command. */
  servesByItself(image: string | undefined): boolean {
    return servesByItself(image);
  }

  /** Why the pods of a workload were refused the last time that one was to be made; undefined when none was. */
  refusalOf(object: KubeObject): { readonly object: Named; readonly message: string } | undefined {
    const makers = new Set([object.metadata.uid]);
    for (const set of this.#replicaSets.values())
      if (set.metadata.ownerReferences?.some(({ uid }) => uid === object.metadata.uid) === true)
        makers.add(set.metadata.uid);
    const told = this.world.api
      .list("events")
      .filter(({ reason, involvedObject: { uid } }) => reason === "FailedCreate" && makers.has(uid));
    const last = told.reduce<Event | undefined>(
      (latest, each) =>
        latest === undefined || (latest.lastTimestamp ?? "") <= (each.lastTimestamp ?? "") ? each : latest,
      undefined,
    );
    const { namespace = "", name = "" } = last?.involvedObject ?? {};
    return last?.message === undefined ? undefined : { object: { namespace, name }, message: last.message };
  }

  /** Which range contains an unused address. */
  rangeOf(
    address: string,
  ): { readonly kind: "free"; readonly range: "pod" | "service" } | { readonly kind: "unknown" } {
    const { serviceCIDR, podCIDR } = this.world.settings;
    if (holds(serviceCIDR, address)) return { kind: "free", range: "service" };
    return holds(podCIDR, address) ? { kind: "free", range: "pod" } : { kind: "unknown" };
  }

  /** The address of a node by its name. */
  addressOfNode(name: string): string | undefined {
    const node = this.node(name);
    return node && this.addressOf(node);
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

function fileWarnings({ api }: World): ReadonlyMap<string, readonly Event[]> {
  const filed = new Map<string, Event[]>();
  for (const event of api.list("events"))
    if (event.type === "Warning") file(filed, event.involvedObject.uid ?? "", event);
  for (const events of filed.values()) events.sort((a, b) => compareText(a.lastTimestamp ?? "", b.lastTimestamp ?? ""));
  return filed;
}
