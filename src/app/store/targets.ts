// Where a request can be sent to: every address something may answer at.
import {
  type Ingress,
  keyOf,
  type Node,
  type ObjectKey,
  type Pod,
  type Protocol,
  type Service,
  type ServicePort,
} from "../../cluster/index.ts";
import type { Gateway, Route } from "../../gateway/index.ts";
import { W } from "../../words/en/store.ts";
import { shownServices, slicesOf } from "./derive.ts";
import type { Objects } from "./objects.ts";
import type { Target } from "./run.ts";

/** A target with how it is shown in the menu. */
export interface TargetChoice extends Target {
  /** The same for as long as the same thing is meant: a port of a Service at one of its places, whatever its number is. */
  readonly id: string;
  readonly group: "Ingress" | "Gateway" | "Load balancers" | "Node ports" | "Cluster IPs" | "Names" | "Pods";
  /** What is there: the Service or pod. */
  readonly owner: string;
}

/** `host:port`, with the protocol when it is not TCP and the Host that a request names when it is another. */
export function textOf({ host, port, path, hostHeader, protocol }: Target): string {
  if (hostHeader !== undefined) return `${hostHeader}${path ?? "/"} at ${host}:${port}`;
  return `${host}:${port}${protocol === undefined ? "" : `/${protocol}`}`;
}

/** What a visitor typed: a URL, `host:port` or `host:port/udp`. */
export function readTarget(text: string): Target | undefined {
  const match = /^\s*(?:http:\/\/)?([^\s:/]{1,253})(?::(\d{1,5}))?(?:\/(udp|sctp|tcp)?)?\s*$/i.exec(text);
  return match?.[1] === undefined ? undefined : aim(match[1], Number(match[2] ?? 80), match[3]?.toUpperCase());
}

function aim(host: string, port: number, protocol: string | undefined): Target {
  return protocol === "UDP" || protocol === "SCTP"
    ? { host, port, protocol: protocol satisfies Protocol }
    : { host, port };
}

/** The address of a Node. */
export function nodeAddress(node: Node): string | undefined {
  return node.status?.addresses?.find((each) => each.type === "InternalIP")?.address;
}

/** Everything that can be sent to, Services first. @param mostPods - pods that are offered, at most. */
export function targetChoices(objects: Objects, system: boolean, mostPods = 60): readonly TargetChoice[] {
  const services = shownServices(objects, system);
  return [
    ...ingressChoices(objects),
    ...gatewayChoices(objects),
    ...services.flatMap(balancerChoices),
    ...services.flatMap((service) => nodePortChoices(service, objects)),
    ...services.flatMap(clusterIPChoices),
    ...services.flatMap((service) => nameChoices(service, objects)),
    ...podChoices(objects, system, mostPods),
  ];
}

/** What a choice is of: a Service and one of its ports, known by its name or, where there is but one, by being it. */
function portId(kind: string, { metadata, spec }: Service, { name, port, protocol = "TCP" }: ServicePort): string {
  const which = (spec?.ports?.length ?? 0) > 1 ? (name ?? `${port}/${protocol}`) : "";
  return `${kind} ${metadata.namespace}/${metadata.name} ${which}`;
}

/** Where an ingress controller tells that it is reached, with the Host and the path of each rule. */
function ingressChoices(objects: Objects): TargetChoice[] {
  const services = [...((objects.get("services")?.values() ?? []) as Iterable<Service>)];
  const controller = services.find(isController);
  const http = controller?.spec?.ports?.find(({ name }) => name === "http");
  const port = controller?.spec?.type === "NodePort" ? http?.nodePort : http?.port;
  return [...((objects.get("ingresses.networking.k8s.io")?.values() ?? []) as Iterable<Ingress>)].flatMap((ingress) => {
    const host = ingress.status?.loadBalancer?.ingress?.[0]?.ip;
    if (host === undefined || port === undefined) return [];
    return (ingress.spec?.rules ?? []).flatMap((rule) =>
      (rule.http?.paths ?? []).map(({ path = "/", backend }) => ({
        id: `ingress ${keyOf(ingress)} ${rule.host ?? ""} ${path}`,
        group: "Ingress" as const,
        owner: W.service(backend.service?.name ?? ""),
        host,
        port,
        path,
        ...(rule.host === undefined ? {} : { hostHeader: rule.host.replace("*", "any") }),
      })),
    );
  });
}

/** Where Gateways are reached, with the host and the path of each match of their HTTPRoutes; without a cloud that takes a node port. */
function gatewayChoices(objects: Objects): TargetChoice[] {
  const all = (resource: string) => [...(objects.get(`${resource}.gateway.networking.k8s.io`)?.values() ?? [])];
  const gateways = all("gateways") as readonly Gateway[]; // each resource holds its own kind
  const services = [...((objects.get("services")?.values() ?? []) as Iterable<Service>)];
  return (all("httproutes") as readonly Route[]).flatMap((route) =>
    (route.spec?.parentRefs ?? []).flatMap(({ name, namespace = route.metadata.namespace, sectionName }) => {
      const gateway = gateways.find(({ metadata }) => metadata.name === name && metadata.namespace === namespace);
      const host = gateway?.status?.addresses?.[0]?.value;
      const listener = gateway?.spec?.listeners?.find(
        (each) => each.protocol === "HTTP" && (sectionName === undefined || each.name === sectionName),
      );
      const own = services.find(({ metadata }) => metadata.ownerReferences?.[0]?.uid === gateway?.metadata.uid);
      const open = own?.spec?.ports?.find(({ port }) => port === listener?.port);
      const port = own?.spec?.type === "NodePort" ? open?.nodePort : open?.port;
      if (host === undefined || port === undefined) return [];
      const named = route.spec?.hostnames?.[0] ?? listener?.hostname;
      return (route.spec?.rules ?? []).flatMap(({ matches = [], backendRefs = [] }) =>
        (matches[0] === undefined ? [{}] : matches).map(({ path }) => ({
          id: `gateway ${keyOf(route)} ${named ?? ""} ${path?.value ?? "/"}`,
          group: "Gateway" as const,
          owner: W.service(backendRefs[0]?.name),
          host,
          port,
          path: path?.value ?? "/",
          ...(named === undefined ? {} : { hostHeader: named.replace("*", "any") }),
        })),
      );
    }),
  );
}

/** The Service of an ingress controller or a Gateway: what is sent there without a Host of its own leads nowhere. */
function isController({ metadata }: Service): boolean {
  const { labels } = metadata;
  return (
    labels?.["app.kubernetes.io/name"] === "ingress-nginx" ||
    labels?.["gateway.networking.k8s.io/gateway-name"] !== undefined
  );
}

function balancerChoices(service: Service): TargetChoice[] {
  const addresses = (service.status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) => ip ?? []);
  return addresses.flatMap((host) =>
    (service.spec?.ports ?? []).map((each) => ({
      id: portId("balancer", service, each),
      group: "Load balancers" as const,
      owner: ownerName(service),
      ...aim(host, each.port, each.protocol),
    })),
  );
}

function nodePortChoices(service: Service, objects: Objects): TargetChoice[] {
  const nodes = [...((objects.get("nodes")?.values() ?? []) as Iterable<Node>)].sort((a, b) =>
    keyOf(a) < keyOf(b) ? -1 : 1,
  );
  return (service.spec?.ports ?? []).flatMap((port) =>
    nodes.flatMap((node) => {
      const host = nodeAddress(node);
      if (host === undefined || port.nodePort === undefined) return [];
      return [
        {
          id: portId(`node ${node.metadata.name}`, service, port),
          group: "Node ports" as const,
          owner: `${node.metadata.name} · ${ownerName(service)}`,
          ...aim(host, port.nodePort, port.protocol),
        },
      ];
    }),
  );
}

function clusterIPChoices(service: Service): TargetChoice[] {
  const host = service.spec?.clusterIP;
  if (host === undefined || host === "" || host === "None") return [];
  return (service.spec?.ports ?? []).map((port) => ({
    id: portId("address", service, port),
    group: "Cluster IPs",
    owner: ownerName(service),
    ...aim(host, port.port, port.protocol),
  }));
}

/** By name: of a headless Service at the pods' own port first, as nothing translates ports; of an alias with the Host it stands for. */
function nameChoices(service: Service, objects: Objects): TargetChoice[] {
  const { clusterIP, externalName, type } = service.spec ?? {};
  const host = `${service.metadata.name}.${service.metadata.namespace}.svc.cluster.local`;
  const alias = type === "ExternalName" && externalName !== undefined ? { hostHeader: externalName } : {};
  return (service.spec?.ports ?? []).flatMap((port) => {
    const choice = { group: "Names" as const, owner: ownerName(service) };
    const asked = { id: portId("name", service, port), ...choice, ...aim(host, port.port, port.protocol), ...alias };
    const own = clusterIP === "None" ? ownPort(service, port, objects) : undefined;
    if (own === undefined || own === port.port) return [asked];
    return [{ id: portId("pods", service, port), ...choice, ...aim(host, own, port.protocol) }, asked];
  });
}

/** The port on which the pods behind a Service listen, as its slices have it. */
function ownPort(service: Service, { name = "", targetPort }: ServicePort, objects: Objects): number | undefined {
  const ports = slicesOf(objects, keyOf(service)).flatMap(({ ports: of }) => of ?? []);
  return (
    ports.find((each) => (each.name ?? "") === name)?.port ?? (typeof targetPort === "number" ? targetPort : undefined)
  );
}

function podChoices(objects: Objects, system: boolean, most: number): TargetChoice[] {
  const pods = [...((objects.get("pods")?.values() ?? []) as Iterable<Pod>)];
  return pods
    .filter((pod) => system || pod.metadata.namespace !== "kube-system")
    .slice(0, most)
    .flatMap((pod) => {
      const host = pod.status?.podIP;
      if (host === undefined) return [];
      const ports = pod.spec?.containers.flatMap((container) => container.ports ?? []) ?? [];
      return ports.map(({ containerPort, protocol = "TCP" }) => ({
        id: `pod ${keyOf(pod)} ${containerPort}/${protocol}`,
        group: "Pods" as const,
        owner: pod.metadata.name ?? "",
        ...aim(host, containerPort, protocol),
      }));
    });
}

function ownerName(service: Service): string {
  const { namespace, name } = service.metadata;
  return namespace === "default" ? W.service(name) : W.serviceIn(name, namespace);
}

/** What "Send request" means when nothing was chosen: the focused Service, else the first rule of an Ingress or a Gateway, else the first Service that can be reached from outside. */
export function defaultTarget(objects: Objects, focus: ObjectKey | undefined): TargetChoice | undefined {
  const services = shownServices(objects, false).filter((service) => !isController(service));
  const focused = services.find((service) => keyOf(service) === focus && hasPorts(service));
  const ingress = ingressChoices(objects)[0] ?? gatewayChoices(objects)[0];
  if (focused === undefined && ingress !== undefined) return ingress;
  const first = focused ?? services.find(hasNodePort) ?? services.find(hasPorts);
  if (first === undefined) return targetChoices(objects, false)[0];
  const choices = [
    ...balancerChoices(first),
    ...nodePortChoices(first, objects),
    ...clusterIPChoices(first),
    ...nameChoices(first, objects),
  ];
  return choices.find(({ protocol }) => protocol === undefined) ?? choices[0];
}

function hasNodePort(service: Service): boolean {
  return service.spec?.ports?.some((port) => port.nodePort !== undefined) ?? false;
}

function hasPorts(service: Service): boolean {
  return (service.spec?.ports?.length ?? 0) > 0;
}
