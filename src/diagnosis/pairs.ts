// Addresses and ports that do not belong together, and the intended pair.
import { pathText, type Service, type ServicePort } from "../cluster/index.ts";
import { W } from "../words/en/why-requests.ts";
import { holdsValue } from "./claims.ts";
import { noMachine } from "./no-machine.ts";
import { localhost, nobodyThere } from "./nobody.ts";
import { podPair } from "./pod-pairs.ts";
import {
  getService,
  hasReady,
  LEGAL,
  makeNodePort,
  portClaims,
  portForward,
  portTable,
  reachFromOutside,
  senderName,
  sendInstead,
} from "./reach.ts";
import { sendCure } from "./request.ts";
import { edit } from "./scene.ts";
import type { Cause, Trouble } from "./trouble.ts";
import { listed, protocolOf, refOf, shortName } from "./words.ts";

/** Why this address never answers on this port, or not to this sender; undefined when the pair is a legal one. Spec: [DIAG-20]. */
export function wrongPair(trouble: Trouble): Cause | undefined {
  const { aim, asked, exchange } = trouble;
  if (exchange.outcome.kind === "answered") return undefined;
  if (asked.isPing && "service" in aim && aim.kind !== "nodePort") return pinged(trouble, aim.service);
  switch (aim.kind) {
    case "clusterIP":
      if (trouble.asked.from.kind === "client") return innerAddress(trouble, aim.service);
      return aim.port === undefined ? wrongServicePort(trouble, aim.service) : undefined;
    case "loadBalancerIP":
    case "externalIP":
      return aim.port === undefined ? wrongServicePort(trouble, aim.service) : undefined;
    case "node":
      return otherNodePortProtocol(trouble) ?? nodeWithoutPort(trouble, aim.node);
    case "pod":
      return podPair(trouble);
    case "free":
      return nobodyThere(trouble, aim.range);
    case "self":
      return localhost(trouble);
    case "unknown":
      return noMachine(trouble);
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
    class: "ping-to-a-service",
    title: W.noPing(asked.address),
    explanation: W.noPingLong(asked.address, name, portTable(service)),
    claims: [{ kind: "asked", address: asked.address ?? asked.host }, ...portClaims(service)],
    evidence: [getService(service)],
    responsible: { object: refOf(service), path: ["spec", "ports"] },
    cures:
      port === undefined
        ? []
        : asked.from.kind === "client"
          ? reachFromOutside(trouble, service)
          : [sendInstead(trouble, asked.host, port.port)],
  };
}

function wrongServicePort(trouble: Trouble, service: Service): Cause {
  const { asked } = trouble;
  const ports = service.spec?.ports ?? [];
  const index = ports.findIndex(({ port }) => port === asked.port);
  return index < 0 ? serviceWithoutPort(trouble, service) : wrongProtocol(trouble, { service, index });
}

function serviceWithoutPort(trouble: Trouble, service: Service): Cause {
  const { asked, survey } = trouble;
  const ports = (service.spec?.ports ?? []).filter(({ protocol }) => protocolOf(protocol) === asked.protocol);
  const host = asked.host;
  const byNode = ports.find(({ nodePort }) => nodePort === asked.port);
  const byTarget = ports.find(({ targetPort }) => targetPort === asked.port);
  const meant = byNode ?? byTarget ?? ports[0];
  const what =
    byNode !== undefined
      ? W.isNodePort(asked.port)
      : byTarget !== undefined
        ? W.isTarget(asked.port, byTarget.port)
        : W.has(portTable(service));
  const name = shortName(service);
  const [node] = survey.nodes;
  const address = node && survey.addressOf(node);
  return {
    class: "wrong-port",
    title: W.noPort(name, asked.port, asked.protocol === "TCP" ? "" : `/${asked.protocol}`),
    explanation: W.noPortLong(asked.address, name, what, asked.port, LEGAL),
    claims: [
      {
        kind: "asked",
        port: asked.port,
        protocol: asked.protocol,
        ...(asked.address === undefined ? {} : { address: asked.address }),
      },
      ...portClaims(service),
    ],
    evidence: [
      getService(service),
      {
        command: `sim rules ${trouble.survey.someNode().name} | grep ${asked.address}`,
        shows: W.portsWithRules,
        prints: [String(asked.address)],
        lacks: [`--dport ${asked.port} `],
      },
    ],
    responsible: { object: refOf(service), path: ["spec", "ports"] },
    cures: [
      ...(meant === undefined ? [] : [sendInstead(trouble, host, meant.port)]),
      ...(byNode === undefined || address === undefined || asked.from.kind === "pod"
        ? []
        : [sendInstead(trouble, address, asked.port)]),
    ],
  };
}

/** The number is right and the protocol is not. */
function wrongProtocol(
  trouble: Trouble,
  { service, index }: { readonly service: Service; readonly index: number },
): Cause {
  const { asked, survey } = trouble;
  const port = service.spec?.ports?.[index];
  if (port === undefined) throw new Error("diagnosis: a port was promised");
  const own = protocolOf(port.protocol);
  const name = shortName(service);
  const byNode = port.port !== asked.port;
  const number = byNode ? W.nodePort(asked.port) : W.port(asked.port);
  const path = ["spec", "ports", index, "protocol"];
  const takes = (protocol: string) => opens(survey, service, { port, protocol });
  const cures = [
    ...(takes(asked.protocol)
      ? [
          edit(W.setProtocol(pathText(path), name, asked.protocol), {
            object: refOf(service),
            changes: [{ op: "set", path, value: asked.protocol }],
          }),
        ]
      : []),
    ...(takes(own) ? [sendCure(W.sendOver(own), { ...asked, protocol: own })] : []),
  ];
  return {
    class: "wrong-protocol",
    title: W.protocolOnly(byNode, asked.port, name, own, asked.protocol),
    explanation: W.protocolLong(asked.address, byNode ? undefined : name, number, own, asked.protocol, asked.port),
    claims: [
      {
        kind: "asked",
        port: asked.port,
        protocol: asked.protocol,
        ...(asked.address === undefined ? {} : { address: asked.address }),
      },
      holdsValue(refOf(service), path, own),
      holdsValue(refOf(service), ["spec", "ports", index, byNode ? "nodePort" : "port"], asked.port),
    ],
    evidence: [getService(service)],
    responsible: { object: refOf(service), path },
    cures,
  };
}

/** Whether a pod behind a Service takes this protocol at the port that the Service leads to. */
function opens(
  survey: Trouble["survey"],
  service: Service,
  { port, protocol }: { readonly port: ServicePort; readonly protocol: string },
): boolean {
  const pods = survey.podsWith(service.metadata.namespace ?? "", service.spec?.selector ?? {});
  return pods.some((pod) => {
    const named = (pod.spec?.containers ?? [])
      .flatMap(({ ports }) => ports ?? [])
      .find(({ name }) => name === port.targetPort);
    const number = named?.containerPort ?? port.targetPort;
    return survey.listening(pod).some((each) => each.port === number && each.protocol === protocol && !each.loopback);
  });
}

function otherNodePortProtocol(trouble: Trouble): Cause | undefined {
  const { survey, asked } = trouble;
  for (const service of survey.services) {
    const index = (service.spec?.ports ?? []).findIndex(({ nodePort }) => nodePort === asked.port);
    if (index >= 0) return wrongProtocol(trouble, { service, index });
  }
  return undefined;
}

function innerAddress(trouble: Trouble, service: Service): Cause {
  const { asked } = trouble;
  const name = shortName(service);
  const cures = reachFromOutside(trouble, service);
  const type = service.spec?.type ?? "ClusterIP";
  const typeCure = type === "ClusterIP" && service.spec?.clusterIP !== "None" ? [makeNodePort(service)] : [];
  return {
    class: "cluster-ip-from-outside",
    title: W.onlyInside(asked.address),
    explanation: W.onlyInsideLong(asked.address, name, senderName(trouble), type === "ClusterIP"),
    claims: [
      { kind: "asked", address: asked.address ?? asked.host },
      holdsValue(refOf(service), ["spec", "clusterIP"], asked.address),
      holdsValue(refOf(service), ["spec", "type"], service.spec?.type),
    ],
    evidence: [
      getService(service),
      ...(aimsAtPort(trouble, service) && hasReady(trouble, service)
        ? [
            {
              command: `sim route --from node/${trouble.survey.someNode().name} ${asked.address}:${asked.port}`,
              shows: W.fromNode,
              prints: ["ACCEPT"],
            },
          ]
        : []),
    ],
    responsible: { object: refOf(service), path: ["spec", "type"] },
    cures: [...cures, ...typeCure, ...portForward(trouble, service)],
  };
}

/** Whether the request went to a TCP port that the Service has. */
function aimsAtPort({ asked }: Trouble, { spec }: Service): boolean {
  return (spec?.ports ?? []).some(({ port, protocol }) => port === asked.port && protocolOf(protocol) === "TCP");
}

function nodeWithoutPort(trouble: Trouble, node: string): Cause | undefined {
  const { survey, asked } = trouble;
  if (!survey.world.network.isOn(node)) return undefined;
  const services = survey.services.filter(({ spec }) =>
    spec?.ports?.some((each) => each.port === asked.port || each.targetPort === asked.port),
  );
  const open = services.flatMap((service) =>
    (service.spec?.ports ?? []).flatMap((port) =>
      port.nodePort !== undefined && (port.port === asked.port || port.targetPort === asked.port)
        ? [{ service, port }]
        : [],
    ),
  );
  const meant = open.find(({ port }) => port.port === asked.port) ?? open[0];
  const listens = survey.nodePorts();
  const inner = services.find((each) => each.spec?.clusterIP !== "None") ?? services[0];
  const [subject] = meant === undefined ? [inner] : [meant.service];
  return {
    class: "node-without-port",
    title: W.noNodePort(asked.port, node),
    explanation: W.itself(
      asked.address,
      node,
      meant !== undefined
        ? W.meantPort(asked.port, meant.port.port === asked.port, shortName(meant.service), meant.port.nodePort)
        : inner !== undefined
          ? W.innerPort(asked.port, shortName(inner), inner.spec?.type ?? "ClusterIP")
          : W.noSuchNodePort,
      listens.length === 0 ? W.noneOpen : W.openAre(listed(listens.map(String))),
      LEGAL,
    ),
    claims: [
      { kind: "asked", port: asked.port, address: asked.address ?? asked.host },
      { kind: "address", address: asked.address ?? asked.host, of: { kind: "node", name: node } },
      { kind: "node-ports", ports: listens },
      ...(subject === undefined ? [] : portClaims(subject)),
    ],
    evidence: [
      {
        command: "kubectl get services -A",
        shows: "PORT(S) port:nodePort/protocol",
        prints: ["PORT(S)"],
        lacks: [`:${asked.port}/`],
      },
      {
        command: `ssh ${node} ss -ltn`,
        shows: W.nothingOn(asked.port),
        prints: ["Local Address:Port"],
        lacks: [`:${asked.port} `],
      },
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
      ...(meant === undefined
        ? []
        : reachFromOutside({ ...trouble, asked: { ...asked, port: meant.port.port } }, meant.service)),
      ...(meant === undefined && inner !== undefined && inner.spec?.clusterIP !== "None"
        ? [...portForward(trouble, inner), makeNodePort(inner)]
        : []),
    ],
  };
}
