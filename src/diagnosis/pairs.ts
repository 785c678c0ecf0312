// Addresses and ports that do not belong together, and the pair that was meant.
import type { Service, ServicePort } from "../cluster/index.ts";
import { sendCure } from "./asked.ts";
import type { Cure, Evidence } from "./finding.ts";
import type { Cause, Trouble } from "./trouble.ts";
import { dnsName, inNamespace, listed, refOf, refText, shortName } from "./words.ts";

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

/** A sending of the same request to the pair that was meant. */
export function sendInstead(trouble: Trouble, host: string, port: number): Cure {
  return sendCure(`Send to ${host}:${port} instead`, { ...trouble.asked, host, port });
}

/** `port 80` with what else a Service port is called by. */
function portTable(service: Service): string {
  return listed(
    (service.spec?.ports ?? []).map(
      ({ port, nodePort, targetPort, protocol }) =>
        `port ${port}${protocol === undefined || protocol === "TCP" ? "" : `/${protocol}`}${nodePort === undefined ? "" : ` (nodePort ${nodePort})`} → targetPort ${targetPort}`,
    ),
  );
}

const LEGAL = "Three pairs are legal: clusterIP:port (and the name with it), nodeIP:nodePort, and podIP:targetPort.";

function getService(service: Service): Evidence {
  const { name, namespace } = service.metadata;
  return {
    command: `kubectl get service ${name}${inNamespace(namespace)}`,
    shows: `PORT(S) ${(service.spec?.ports ?? []).map(({ port, nodePort, protocol }) => `${port}${nodePort === undefined ? "" : `:${nodePort}`}/${protocol ?? "TCP"}`).join(",")}`,
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
  const typeCure: Cure[] =
    type === "ClusterIP" && service.spec?.clusterIP !== "None"
      ? [
          {
            label: `Set spec.type of ${name} to NodePort`,
            remedy: {
              kind: "edit",
              edits: [{ object: refOf(service), changes: [{ op: "set", path: ["spec", "type"], value: "NodePort" }] }],
            },
          },
        ]
      : [];
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

const senderName = ({ asked }: Trouble) => (asked.from.kind === "pod" ? `pod ${asked.from.name}` : asked.from.name);

/** A nodePort for the sender outside. */
export function reachFromOutside(trouble: Trouble, service: Service): Cure[] {
  const { world, asked } = trouble;
  const ports = service.spec?.ports ?? [];
  const port = ports.find((each) => each.port === asked.port) ?? ports[0];
  const node = world.nodes.find(({ metadata }) => world.cluster.network.isOn(metadata.name ?? ""));
  const address = node && world.addressOf(node);
  if (port?.nodePort === undefined || address === undefined) return [];
  return [sendInstead(trouble, address, port.nodePort)];
}

/** The way in for one person, without changing the Service. */
export function portForward(trouble: Trouble, service: Service): Cure[] {
  if (trouble.asked.from.kind !== "client") return [];
  const { name, namespace } = service.metadata;
  const [port] = service.spec?.ports ?? [];
  if (port === undefined || service.spec?.selector === undefined) return [];
  const command = `kubectl port-forward service/${name} 8080:${port.port}${inNamespace(namespace)} &`;
  return [{ label: "Carry it in by kubectl port-forward", remedy: { kind: "command", command } }];
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
      ...(meant === undefined && inner !== undefined && inner.spec?.clusterIP !== "None"
        ? [
            {
              label: `Set spec.type of ${shortName(inner)} to NodePort`,
              remedy: {
                kind: "edit" as const,
                edits: [
                  {
                    object: refOf(inner),
                    changes: [{ op: "set" as const, path: ["spec", "type"], value: "NodePort" }],
                  },
                ],
              },
            },
          ]
        : []),
      ...(meant === undefined && inner === undefined && listens[0] !== undefined
        ? [sendInstead(trouble, asked.address ?? asked.host, listens[0])]
        : []),
    ],
  };
}

function podPair(trouble: Trouble): Cause | undefined {
  const { aim, asked, world } = trouble;
  if (aim.kind !== "pod") return undefined;
  const { pod } = aim;
  const name = pod.metadata.name ?? "";
  if (asked.host !== asked.address) return undefined; // by the name of a headless Service: that one is asked
  if (asked.from.kind === "client") return podFromOutside(trouble);
  const open = world.listening(pod).filter(({ loopback }) => !loopback);
  if (open.some((each) => each.port === asked.port && each.protocol === asked.protocol)) return undefined;
  const local = world.listening(pod).some((each) => each.port === asked.port);
  const services = world.servicesFor(pod);
  const by = services.flatMap((service) =>
    (service.spec?.ports ?? []).flatMap((port) =>
      port.port === asked.port || port.nodePort === asked.port ? [{ service, port }] : [],
    ),
  )[0];
  const what =
    by === undefined
      ? ""
      : ` ${asked.port} is the ${by.port.nodePort === asked.port ? "nodePort" : "port"} of Service ${shortName(by.service)}, and that means nothing at a pod's own address: no rule rewrites it there.`;
  const [first] = open;
  return {
    title: local
      ? `Pod ${name} listens on 127.0.0.1:${asked.port} only`
      : `Nobody listens on port ${asked.port} of pod ${name}`,
    explanation: `${asked.address} is the address of pod ${name}, which ${first === undefined ? "has no port open to others" : `listens on ${listed(open.map(({ port }) => String(port)))}`}.${what} ${LEGAL}`,
    evidence: [
      { command: `kubectl exec ${name}${inNamespace(pod.metadata.namespace)} -- ss -ltn`, shows: "what it listens on" },
    ],
    responsible: {
      object: by === undefined ? refOf(pod) : refOf(by.service),
      path: by === undefined ? ["spec", "containers"] : ["spec", "ports"],
    },
    cures: [
      ...(first === undefined ? [] : [sendInstead(trouble, asked.host, first.port)]),
      ...(by === undefined || by.service.spec?.clusterIP === "None"
        ? []
        : [sendInstead(trouble, dnsName(by.service), by.port.port)]),
    ],
  };
}

function podFromOutside(trouble: Trouble): Cause | undefined {
  const { aim, world, asked } = trouble;
  if (aim.kind !== "pod") return undefined;
  const services = world.servicesFor(aim.pod);
  const out = services.flatMap((service) => reachFromOutside(trouble, service));
  const name = aim.pod.metadata.name ?? "";
  const [port] = world.listening(aim.pod);
  return {
    title: `${asked.address} is a pod's address, which only the cluster can reach`,
    explanation: `${asked.address} is pod ${name} on ${aim.pod.spec?.nodeName}. Pod addresses are routed between the cluster's nodes and nowhere else, so nothing carries a packet there from the ${senderName(trouble)}.${services.length === 0 ? " No Service selects the pod." : ` Service ${listed(services.map(shortName))} selects it.`}`,
    evidence: [
      {
        command: `ssh ${aim.pod.spec?.nodeName} curl -s http://${asked.address}:${asked.port}`,
        shows: "from a node the same address answers",
      },
    ],
    ...(services[0] === undefined ? {} : { responsible: { object: refOf(services[0]), path: ["spec", "type"] } }),
    cures: [
      ...out.slice(0, 1),
      ...(port === undefined
        ? []
        : [
            {
              label: "Carry it in by kubectl port-forward",
              remedy: {
                kind: "command" as const,
                command: `kubectl port-forward pod/${name} 8080:${port.port}${inNamespace(aim.pod.metadata.namespace)} &`,
              },
            },
          ]),
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
    title: `${asked.host} is the ${outside ? who : who.replace("pod ", "pod ")} itself`,
    explanation: `${asked.host}:${asked.port} never leaves the ${who}, and no program there listens on ${asked.port}. ${first === undefined ? "" : byNode ? `${asked.port} is the nodePort of ${refText(refOf(first))}: it is open at the addresses of the nodes, which are other machines than the ${who}, just as with kind, minikube or Docker Desktop, where the node is a container or a virtual machine.` : `${asked.port} is a port of ${refText(refOf(first))}, which answers at its own name and address.`}`,
    evidence: [
      { command: "kubectl get nodes -o wide", shows: "INTERNAL-IP: where nodePorts are open" },
      ...(first === undefined ? [] : [getService(first)]),
    ],
    ...(first === undefined ? {} : { responsible: { object: refOf(first), path: ["spec", "ports"] } }),
    cures,
  };
}
