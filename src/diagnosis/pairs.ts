// Addresses and ports that do not belong together, and the pair that was meant.
import type { Service, ServicePort } from "../cluster/index.ts";
import { podPair } from "./pod-pairs.ts";
import {
  getService,
  LEGAL,
  makeNodePort,
  portForward,
  portTable,
  reachFromOutside,
  senderName,
  sendInstead,
} from "./reach.ts";
import type { Cause, Trouble } from "./trouble.ts";
import { dnsName, listed, refOf, refText, shortName } from "./words.ts";

/** Why this address never answers on this port, or not to this sender; undefined when the pair is a legal one. Spec: [DIAG-20]. */
export function wrongPair(trouble: Trouble): Cause | undefined {
  const { aim, asked } = trouble;
  if (asked.isPing && "service" in aim && aim.kind !== "nodePort") return pinged(trouble, aim.service);
  switch (aim.kind) {
    case "clusterIP":
      if (trouble.asked.from.kind === "client") return innerAddress(trouble, aim.service);
      return aim.port === undefined ? serviceWithoutPort(trouble, aim.service) : undefined;
    case "loadBalancerIP":
    case "externalIP":
      return aim.port === undefined ? serviceWithoutPort(trouble, aim.service) : undefined;
    case "node":
      return nodeWithoutPort(trouble, aim.node);
    case "pod":
      return podPair(trouble);
    case "free":
      return nobodyThere(trouble, aim.range);
    case "self":
      return localhost(trouble);
    default:
      return undefined;
  }
}

/** Ping has no port, and rules are made for ports. */
function pinged(trouble: Trouble, service: Service): Cause {
  const { asked } = trouble;
  const [port] = service.spec?.ports ?? [];
  const name = shortName(service);
  return {
    title: `${asked.address} does not answer ping, and need not`,
    explanation: `${asked.address} is no machine's address but stands in the rules of the nodes, and they are made for the pairs of protocol and port that Service ${name} declares: ${portTable(service)}. An echo request (ICMP) has no port, so no rule takes it and nobody answers. That says nothing about the Service.`,
    evidence: [
      getService(service),
      {
        command: `ssh ${trouble.world.someNode().name} curl -s http://${asked.address}:${port?.port}`,
        shows: "whether the Service answers",
      },
    ],
    responsible: { object: refOf(service), path: ["spec", "ports"] },
    cures:
      port === undefined
        ? []
        : asked.from.kind === "client"
          ? reachFromOutside(trouble, service)
          : [sendInstead(trouble, asked.host, port.port)],
  };
}

function serviceWithoutPort(trouble: Trouble, service: Service): Cause {
  const { asked, world } = trouble;
  const ports = service.spec?.ports ?? [];
  const host = asked.host;
  const byNode = ports.find(({ nodePort }) => nodePort === asked.port);
  const byTarget = ports.find(({ targetPort }) => targetPort === asked.port);
  const meant = byNode ?? byTarget ?? ports[0];
  const what =
    byNode !== undefined
      ? `${asked.port} is its nodePort, which belongs to the addresses of the nodes, not to its ClusterIP`
      : byTarget !== undefined
        ? `${asked.port} is its targetPort, on which its pods listen; its own port is ${byTarget.port}`
        : (protocolWords(ports, trouble) ?? `it has ${portTable(service)}`);
  const name = shortName(service);
  const [node] = world.nodes;
  const address = node && world.addressOf(node);
  return {
    title: `Service ${name} has no port ${asked.port}${asked.protocol === "TCP" ? "" : `/${asked.protocol}`}`,
    explanation: `${asked.address} is an address of Service ${name}, and ${what}. No rule of any node is made for ${asked.address}:${asked.port}, so the packet leaves the node by its default route and nobody ever answers. ${LEGAL}`,
    evidence: [
      getService(service),
      {
        command: `sim rules ${trouble.world.someNode().name} | grep ${asked.address}`,
        shows: "the ports that rules are made for",
      },
    ],
    responsible: { object: refOf(service), path: ["spec", "ports"] },
    cures: [
      ...(meant === undefined ? [] : [sendInstead(trouble, host, meant.port)]),
      ...(byNode === undefined || address === undefined ? [] : [sendInstead(trouble, address, asked.port)]),
    ],
  };
}

function protocolWords(ports: readonly ServicePort[], { asked }: Trouble): string | undefined {
  const other = ports.find(({ port }) => port === asked.port);
  return other && `its port ${asked.port} is for ${other.protocol ?? "TCP"}, and this was ${asked.protocol}`;
}

function innerAddress(trouble: Trouble, service: Service): Cause {
  const { asked } = trouble;
  const name = shortName(service);
  const cures = reachFromOutside(trouble, service);
  const type = service.spec?.type ?? "ClusterIP";
  const typeCure = type === "ClusterIP" && service.spec?.clusterIP !== "None" ? [makeNodePort(service)] : [];
  return {
    title: `${asked.address} exists only inside the cluster`,
    explanation: `${asked.address} is the ClusterIP of Service ${name}. It is no machine's address: it stands in the rules of the cluster's nodes and nowhere else, and the router of the ${senderName(trouble)} has no road to it. From outside there is nodeIP:nodePort${type === "ClusterIP" ? `, and Service ${name} is of type ClusterIP and has no nodePort` : ""}.`,
    evidence: [
      getService(service),
      {
        command: `ssh ${trouble.world.someNode().name} curl -s http://${asked.address}:${asked.port}`,
        shows: "from a node the same address answers",
      },
    ],
    responsible: { object: refOf(service), path: ["spec", "type"] },
    cures: [...cures, ...typeCure, ...portForward(trouble, service)],
  };
}

function nodeWithoutPort(trouble: Trouble, node: string): Cause | undefined {
  const { world, asked } = trouble;
  if (!world.cluster.network.isOn(node)) return undefined;
  const services = world.services.filter(({ spec }) =>
    spec?.ports?.some((each) => each.port === asked.port || each.targetPort === asked.port),
  );
  const open = services.flatMap((service) =>
    (service.spec?.ports ?? []).flatMap((port) =>
      port.nodePort !== undefined && (port.port === asked.port || port.targetPort === asked.port)
        ? [{ service, port }]
        : [],
    ),
  );
  const [meant] = open;
  const listens = world.nodePorts();
  const [inner] = services;
  return {
    title: `No nodePort ${asked.port} is open at ${node}`,
    explanation: `${asked.address} is ${node} itself. ${meant !== undefined ? `${asked.port} is ${meant.port.port === asked.port ? "the port" : "the targetPort"} of Service ${shortName(meant.service)}, which the nodes take in by nodePort ${meant.port.nodePort}.` : inner !== undefined ? `${asked.port} is a port of Service ${shortName(inner)}, which is of type ${inner.spec?.type ?? "ClusterIP"} and has no nodePort.` : "No Service has that nodePort."} ${listens.length === 0 ? "No nodePort is open at all." : `Open are ${listed(listens.map(String))}.`} Nothing of a Service listens on the node: without a rule for the port, the node's kernel refuses. ${LEGAL}`,
    evidence: [
      { command: "kubectl get services -A", shows: "PORT(S) port:nodePort/protocol" },
      { command: `ssh ${node} ss -ltn`, shows: `nothing on ${asked.port}` },
    ],
    ...(meant === undefined && inner === undefined
      ? {}
      : {
          responsible: {
            object: refOf((meant?.service ?? inner) as Service),
            path: meant === undefined ? ["spec", "type"] : ["spec", "ports"],
          },
        }), // one of both is there
    cures: [
      ...(meant?.port.nodePort === undefined
        ? []
        : [sendInstead(trouble, asked.address ?? asked.host, meant.port.nodePort)]),
      ...(meant === undefined && inner !== undefined && inner.spec?.clusterIP !== "None" ? [makeNodePort(inner)] : []),
      ...(meant === undefined && inner === undefined && listens[0] !== undefined
        ? [sendInstead(trouble, asked.address ?? asked.host, listens[0])]
        : []),
    ],
  };
}

function nobodyThere(trouble: Trouble, range: "pod" | "service"): Cause {
  const { asked, world } = trouble;
  const services = world.services.filter(
    ({ spec }) => spec?.ports?.some(({ port }) => port === asked.port) === true && spec.clusterIP !== "None",
  );
  const own = services.filter(({ metadata }) => metadata.namespace !== "kube-system" && metadata.name !== "kubernetes");
  const [first] = own;
  return {
    title:
      range === "service" ? `No Service has the address ${asked.address}` : `No pod has the address ${asked.address}`,
    explanation:
      range === "service"
        ? `${asked.address} is of the range that ClusterIPs come from (${world.cluster.settings.serviceCIDR}), and no Service has it now. A Service that is deleted and made again gets another address, so an address that was written down goes stale; its name does not. ${own.length === 0 ? "" : `Port ${asked.port} have ${listed(own.map((each) => `Service ${shortName(each)} (${each.spec?.clusterIP})`))}.`}`
        : `${asked.address} is of a node's range of pod addresses, and no pod has it now. A pod that is replaced gets another name and another address; what stays is its Service.`,
    evidence: [
      {
        command: range === "service" ? "kubectl get services -A" : "kubectl get pods -A -o wide",
        shows: `nothing with ${asked.address}`,
      },
    ],
    cures:
      first === undefined
        ? []
        : asked.from.kind === "client"
          ? reachFromOutside(trouble, first)
          : [
              sendInstead(
                trouble,
                asked.from.kind === "pod" ? dnsName(first) : (first.spec?.clusterIP ?? ""),
                asked.port,
              ),
            ],
  };
}

function localhost(trouble: Trouble): Cause | undefined {
  const { asked, world } = trouble;
  const who = senderName(trouble);
  const services = world.services.filter(({ spec }) =>
    spec?.ports?.some(({ port, nodePort }) => port === asked.port || nodePort === asked.port),
  );
  const [first] = services;
  const outside = asked.from.kind === "client";
  if (asked.from.kind === "node") return undefined;
  const byNode = first?.spec?.ports?.some(({ nodePort }) => nodePort === asked.port) === true;
  const cures =
    first === undefined
      ? []
      : outside
        ? [...reachFromOutside(trouble, first), ...portForward(trouble, first)]
        : [sendInstead(trouble, dnsName(first), first.spec?.ports?.[0]?.port ?? asked.port)];
  return {
    title: `${asked.host} is the ${who} itself`,
    explanation: `${asked.host}:${asked.port} never leaves the ${who}, and no program there listens on ${asked.port}. ${first === undefined ? "" : byNode ? `${asked.port} is the nodePort of ${refText(refOf(first))}: it is open at the addresses of the nodes, which are other machines than the ${who}, just as with kind, minikube or Docker Desktop, where the node is a container or a virtual machine.` : `${asked.port} is a port of ${refText(refOf(first))}, which answers at its own name and address.`}`,
    evidence: [
      { command: "kubectl get nodes -o wide", shows: "INTERNAL-IP: where nodePorts are open" },
      ...(first === undefined ? [] : [getService(first)]),
    ],
    ...(first === undefined ? {} : { responsible: { object: refOf(first), path: ["spec", "ports"] } }),
    cures,
  };
}
