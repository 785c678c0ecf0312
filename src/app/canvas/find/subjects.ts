// What can be found: every object of the cluster with its names, labels, addresses and ports, and the machines outside.
import {
  type Deployment,
  type Ingress,
  type KubeObject,
  keyOf,
  type Node,
  type Pod,
  type ResourceName,
  resourceName,
  type Service,
  splitKey,
  type World,
} from "../../../cluster/index.ts";
import type { Gateway } from "../../../gateway/index.ts";
import { W } from "../../../words/en/picture-more.ts";
import { containerPorts, isSystem } from "../../store/derive.ts";
import type { MissingAt } from "../../store/missing.ts";
import type { Objects } from "../../store/objects.ts";
import { nodeAddress } from "../../store/targets.ts";
import { WORKLOADS } from "../sceneInput.ts";
import type { AddressAt, LabelAt, PortAt, Subject } from "./match.ts";

/** Records of what happened and of who is alive: nobody looks for these on a picture. */
const LEFT_OUT: readonly ResourceName[] = ["events", "leases.coordination.k8s.io"];
/** What is drawn, in the order in which it is listed. */
const DRAWN: readonly ResourceName[] = ["services", ...WORKLOADS, "pods", "nodes"];
const SYSTEM_LAST = 100;

/** What is the same for all objects of a resource. */
interface Kind {
  readonly resource: ResourceName;
  readonly kinds: readonly string[];
  readonly order: number;
}

const made = new WeakMap<ReadonlyMap<string, KubeObject>, readonly Subject[]>();

/** Everything that can be found in a world; what did not change since the last call is not looked at again. */
export function subjectsOf(objects: Objects, world: World): readonly Subject[] {
  const all = world.api.kinds.all.flatMap((info) => {
    const resource = resourceName(info);
    const found = objects.get(resource);
    if (found === undefined || LEFT_OUT.includes(resource)) return [];
    const old = made.get(found);
    if (old !== undefined) return old;
    const at = DRAWN.indexOf(resource);
    const kinds = [info.singular, info.resource, ...info.shortNames].map((word) => word.toLowerCase());
    const kind = { resource, kinds, order: at < 0 ? DRAWN.length : at };
    const subjects = [...found.values()].map((object) => subjectOf(object, kind));
    made.set(found, subjects);
    return subjects;
  });
  return [...world.settings.clients.map(clientSubject), ...all];
}

/** What is referred to and missing. */
export function missingSubjects(missing: readonly MissingAt[]): readonly Subject[] {
  return missing.map((ghost) => ({
    selection: { kind: "object", resource: ghost.by.resource, key: ghost.by.key },
    kind: W.missingKind,
    kinds: ["missing"],
    name: ghost.name,
    namespace: splitKey(ghost.by.key).namespace,
    labels: [],
    addresses: [],
    ports: [],
    order: 0,
    ghost,
  }));
}

/** The addresses at which node ports are open. */
export function gatesOf(objects: Objects): readonly string[] {
  return [...((objects.get("nodes")?.values() ?? []) as Iterable<Node>)].flatMap((node) => nodeAddress(node) ?? []);
}

function clientSubject({ name, address }: { readonly name: string; readonly address: string }): Subject {
  return {
    selection: { kind: "client", name },
    kind: W.clientKind,
    kinds: ["client", "clients"],
    name,
    namespace: undefined,
    labels: [],
    addresses: [{ address, what: "address" }],
    ports: [],
    order: 0,
  };
}

function subjectOf(object: KubeObject, { resource, kinds, order }: Kind): Subject {
  const { name = "", namespace, labels } = object.metadata;
  return {
    selection: { kind: "object", resource, key: keyOf(object) },
    kind: object.kind,
    kinds,
    name,
    namespace,
    ...factsOf(object, resource, listed(labels, "label")),
    order: order + (isSystem(object) || isOwned(object, resource) ? SYSTEM_LAST : 0),
  };
}

function isOwned({ metadata }: KubeObject, resource: ResourceName): boolean {
  return resource !== "pods" && metadata.ownerReferences !== undefined;
}

type Facts = Pick<Subject, "labels" | "addresses" | "ports">;

function factsOf(object: KubeObject, resource: ResourceName, labels: readonly LabelAt[]): Facts {
  switch (resource) {
    case "pods":
      return podFacts(object as Pod, labels); // each resource holds its own kind
    case "services":
      return serviceFacts(object as Service, labels);
    case "nodes": {
      const addresses = (object as Node).status?.addresses ?? [];
      return { labels, addresses: addresses.map(({ address, type: what }) => ({ address, what })), ports: [] };
    }
    case "ingresses.networking.k8s.io": {
      const { spec, status } = object as Ingress;
      const hosts = (spec?.rules ?? []).flatMap(({ host = "" }) =>
        host === "" ? [] : [{ address: host, what: "host" }],
      );
      return { labels, addresses: [...balancers(status?.loadBalancer?.ingress), ...hosts], ports: [] };
    }
    case "gateways.gateway.networking.k8s.io": {
      const { spec, status } = object as Gateway;
      const hosts = (spec?.listeners ?? []).flatMap(({ hostname = "" }) =>
        hostname === "" ? [] : [{ address: hostname, what: "host" }],
      );
      const addresses = (status?.addresses ?? []).map(({ value }) => ({ address: value, what: W.balancer }));
      return { labels, addresses: [...addresses, ...hosts], ports: [] };
    }
    default:
      return { labels: [...labels, ...templateLabels(object, resource)], addresses: [], ports: [] };
  }
}

function podFacts(pod: Pod, labels: readonly LabelAt[]): Facts {
  const addresses = new Set((pod.status?.podIPs ?? []).flatMap(({ ip }) => ip ?? []).concat(pod.status?.podIP ?? []));
  return {
    labels,
    addresses: [...addresses].map((address) => ({ address, what: W.podIP })),
    ports: containerPorts(pod).map((port) => ({ port, what: W.containerPort })),
  };
}

function serviceFacts({ spec, status }: Service, labels: readonly LabelAt[]): Facts {
  const own = new Set(
    [...(spec?.clusterIPs ?? []), spec?.clusterIP ?? ""].filter((each) => each !== "" && each !== "None"),
  );
  const addresses: AddressAt[] = [
    ...[...own].map((address) => ({ address, what: W.clusterIP })),
    ...(spec?.externalIPs ?? []).map((address) => ({ address, what: W.externalIP })),
    ...balancers(status?.loadBalancer?.ingress),
    ...(spec?.externalName === undefined ? [] : [{ address: spec.externalName, what: W.externalName }]),
  ];
  const ports = (spec?.ports ?? []).flatMap(({ port, nodePort = 0, targetPort }): PortAt[] => [
    ...(nodePort === 0 ? [] : [{ port: nodePort, what: W.nodePortKind, gate: true }]),
    { port, what: "port" },
    ...(typeof targetPort === "number" && targetPort !== port ? [{ port: targetPort, what: W.targetPortKind }] : []),
  ]);
  return { labels: [...labels, ...listed(spec?.selector, "selects")], addresses, ports };
}

function balancers(ingress: readonly { ip?: string | undefined; hostname?: string | undefined }[] = []): AddressAt[] {
  return ingress.flatMap(({ ip, hostname }) => {
    const address = ip ?? hostname;
    return address === undefined ? [] : [{ address, what: W.balancer }];
  });
}

/** The labels that a workload gives its pods. */
function templateLabels(object: KubeObject, resource: ResourceName): readonly LabelAt[] {
  if (!WORKLOADS.some((each) => each === resource)) return [];
  return listed((object as Deployment).spec?.template?.metadata?.labels, W.podsHave); // all workloads have a template
}

function listed(labels: Readonly<Record<string, string>> | undefined, what: string): readonly LabelAt[] {
  return Object.entries(labels ?? {}).map(([key, value]) => ({ key, value, what }));
}
