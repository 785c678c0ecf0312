// What panels show of objects beyond their fields: functions of objects, no state.
import {
  compareText,
  DefaultDeploymentUniqueLabelKey,
  type Endpoint,
  type EndpointSlice,
  hasAll,
  isPodReady,
  type KubeObject,
  keyOf,
  LabelServiceName,
  type Labels,
  makeKey,
  type ObjectKey,
  type Pod,
  type Service,
} from "../../cluster/index.ts";
import type { Gateway, Route } from "../../gateway/index.ts";
import { W } from "../../words/en/store.ts";
import type { Objects } from "./objects.ts";

/** The state of a pod or an endpoint, as drawn. */
export type LifeState = "ready" | "not-ready" | "starting" | "terminating" | "failed" | "ended";

/** In words, for labels and legends. */
export const STATE_WORDS: Readonly<Record<LifeState, string>> = W.state;

export function podState(pod: Pod): LifeState {
  if (pod.metadata.deletionTimestamp !== undefined) return "terminating";
  const phase = pod.status?.phase;
  if (phase === "Failed") return "failed";
  if (phase === "Succeeded") return "ended";
  if (isPodReady(pod)) return "ready";
  const waiting = pod.status?.containerStatuses?.find((each) => each.state?.waiting !== undefined)?.state?.waiting;
  if (waiting?.reason !== undefined && /BackOff|Err/.test(waiting.reason)) return "failed";
  return phase === "Running" ? "not-ready" : "starting";
}

/** Why a pod has no Node, once the scheduler has tried; undefined for all others. */
export function waitsForNode(pod: Pod): string | undefined {
  if (pod.spec?.nodeName !== undefined) return undefined;
  const tried = pod.status?.conditions?.find((each) => each.type === "PodScheduled" && each.status === "False");
  return tried && (tried.message ?? tried.reason ?? "");
}

/** `1/1`: containers ready of containers. */
export function readyCount(pod: Pod): string {
  const ready = pod.status?.containerStatuses?.filter((each) => each.ready).length ?? 0;
  return `${ready}/${pod.spec?.containers.length ?? 0}`;
}

/** Ports the containers say they listen on, each once. */
export function containerPorts(pod: Pod): readonly number[] {
  const ports = pod.spec?.containers.flatMap((container) => container.ports?.map((port) => port.containerPort) ?? []);
  return [...new Set(ports)];
}

/** The workload a pod belongs to, by name: the Deployment behind a ReplicaSet, else its controller, else "". */
export function workloadOf(pod: Pod): { readonly kind: string; readonly name: string } | undefined {
  const owner = pod.metadata.ownerReferences?.find((each) => each.controller === true);
  if (owner === undefined) return undefined;
  const hash = pod.metadata.labels?.[DefaultDeploymentUniqueLabelKey];
  if (owner.kind === "ReplicaSet" && hash !== undefined && owner.name.endsWith(`-${hash}`))
    return { kind: "Deployment", name: owner.name.slice(0, -hash.length - 1) };
  return { kind: owner.kind, name: owner.name };
}

/** The labels of a workload's pods. */
export function templateLabels(object: KubeObject): Labels {
  return (object as { spec?: { template?: { metadata?: { labels?: Labels } } } }).spec?.template?.metadata?.labels; // all workloads have a template
}

/** Whether a Service's selector selects pods with these labels; one without a selector selects none. */
export function selects(selector: Labels, labels: Labels): boolean {
  return selector !== undefined && Object.keys(selector).length > 0 && hasAll(labels, selector);
}

/** A pod's name in two parts: what it shares with its siblings, and what tells it apart. */
export function nameParts(pod: Pod): { readonly shared: string; readonly own: string } {
  const name = pod.metadata.name ?? "";
  const at = name.lastIndexOf("-");
  if (workloadOf(pod) === undefined || at < 0) return { shared: name, own: "" };
  return { shared: workloadOf(pod)?.name ?? "", own: name.slice(at) };
}

/** One address behind a Service, as its slices have it. */
export interface EndpointView {
  readonly address: string;
  readonly ports: readonly number[];
  readonly state: LifeState;
  /** Whether it serves, which one that is terminating may still do. */
  readonly serving: boolean;
  /** Key of the pod behind it, when one is. */
  readonly pod: ObjectKey | undefined;
}

const slicesByMap = new WeakMap<ReadonlyMap<ObjectKey, KubeObject>, ReadonlyMap<ObjectKey, readonly EndpointSlice[]>>();
const NO_SLICES: readonly EndpointSlice[] = [];

/** The EndpointSlices of a Service, by name; the same array while none of them changed. */
export function slicesOf(objects: Objects, service: ObjectKey): readonly EndpointSlice[] {
  const slices = objects.get("endpointslices.discovery.k8s.io");
  if (slices === undefined) return NO_SLICES;
  let filed = slicesByMap.get(slices);
  if (filed === undefined) {
    filed = fileSlices(slices);
    slicesByMap.set(slices, filed);
  }
  return filed.get(service) ?? NO_SLICES;
}

function fileSlices(slices: ReadonlyMap<ObjectKey, KubeObject>): ReadonlyMap<ObjectKey, readonly EndpointSlice[]> {
  const filed = new Map<ObjectKey, EndpointSlice[]>();
  for (const slice of slices.values() as Iterable<EndpointSlice>) {
    const name = slice.metadata.labels?.[LabelServiceName];
    if (name === undefined) continue;
    const key = makeKey(slice.metadata.namespace, name);
    filed.set(key, [...(filed.get(key) ?? []), slice]);
  }
  return filed;
}

/** The endpoints of slices, each address once, by address. */
export function endpointsOf(slices: readonly EndpointSlice[]): readonly EndpointView[] {
  const found = new Map<string, EndpointView>();
  for (const slice of slices) {
    const ports = slice.ports?.flatMap((port) => (port.port === undefined ? [] : [port.port])) ?? [];
    for (const endpoint of slice.endpoints ?? [])
      for (const address of endpoint.addresses) {
        const old = found.get(address);
        found.set(address, {
          address,
          ports: [...new Set([...(old?.ports ?? []), ...ports])],
          state: endpointState(endpoint),
          serving: endpoint.conditions?.serving ?? endpoint.conditions?.ready !== false,
          pod:
            endpoint.targetRef?.kind === "Pod"
              ? makeKey(endpoint.targetRef.namespace, endpoint.targetRef.name ?? "")
              : undefined,
        });
      }
  }
  return [...found.values()].sort((a, b) => compareAddresses(a.address, b.address));
}

function endpointState(endpoint: Endpoint): LifeState {
  if (endpoint.conditions?.terminating === true) return "terminating";
  return endpoint.conditions?.ready === false ? "not-ready" : "ready";
}

/** The state of an endpoint in words; one that is terminating may still serve. */
export function endpointWords({ state, serving }: Pick<EndpointView, "state" | "serving">): string {
  return STATE_WORDS[state] + (state !== "terminating" ? "" : serving ? W.serving : W.notServing);
}

/** Why a Service of type LoadBalancer has no address yet; undefined for all others. */
export function pendingAddress({ spec, status }: Service, cloud: boolean): string | undefined {
  if (spec?.type !== "LoadBalancer" || (status?.loadBalancer?.ingress?.length ?? 0) > 0) return undefined;
  if (spec.loadBalancerClass !== undefined) return W.noController(spec.loadBalancerClass);
  return cloud ? W.making : W.noCloud;
}

/** Whether a route names a Gateway as one of its parents. */
export function isRouteOf({ metadata, spec }: Route, { metadata: { name, namespace = "default" } }: Gateway): boolean {
  return (spec?.parentRefs ?? []).some(
    (each) => each.name === name && (each.namespace ?? metadata.namespace) === namespace,
  );
}

/** Orders IPv4 addresses by number, anything else by text. */
export function compareAddresses(a: string, b: string): number {
  const difference = addressNumber(a) - addressNumber(b);
  return difference !== 0 ? difference : compareText(a, b);
}

function addressNumber(address: string): number {
  return address.split(".").reduce((sum, part) => sum * 256 + (Number.parseInt(part, 10) || 0), 0);
}

/** Whether a thing belongs to the cluster's own machinery. */
export function isSystem(object: KubeObject): boolean {
  const { namespace, name } = object.metadata;
  if (namespace === "kube-system" || namespace === "kube-public" || namespace === "kube-node-lease") return true;
  return object.kind === "Service" && namespace === "default" && name === "kubernetes";
}

/** Services that are drawn, in the order in which they were made. */
export function shownServices(objects: Objects, system: boolean): readonly Service[] {
  const services = [...((objects.get("services")?.values() ?? []) as Iterable<Service>)];
  return services.filter((service) => system || !isSystem(service)).sort(byAge);
}

/** Oldest first, then by name: stable when something joins. */
export function byAge(a: KubeObject, b: KubeObject): number {
  const [left, right] = [a.metadata.creationTimestamp ?? "", b.metadata.creationTimestamp ?? ""];
  if (left !== right) return left < right ? -1 : 1;
  return keyOf(a) < keyOf(b) ? -1 : 1;
}
