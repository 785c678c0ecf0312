// Pairs of address and port that do work, as words and as cures.
import type { Service, ServicePort } from "../cluster/index.ts";
import { W } from "../words/en/why-requests.ts";
import { type Claim, holdsValue } from "./claims.ts";
import type { Cure, Evidence } from "./finding.ts";
import { sendCure } from "./request.ts";
import { edit } from "./scene.ts";
import type { Trouble } from "./trouble.ts";
import { inNamespace, listed, protocolOf, refOf, shortName } from "./words.ts";

/** What every wrong pair is measured by. */
export const LEGAL = W.legal;

/** The sender as it is called in a sentence. */
export const senderName = ({ asked }: Trouble) =>
  asked.from.kind === "pod" ? `pod ${asked.from.name}` : asked.from.name;

/** `port 80` with what else a Service port is called by. */
export function portTable(service: Service): string {
  return listed(
    (service.spec?.ports ?? []).map(
      ({ port, nodePort, targetPort, protocol }) =>
        `port ${port}${protocol === undefined || protocol === "TCP" ? "" : `/${protocol}`}${nodePort === undefined ? "" : ` (nodePort ${nodePort})`} → targetPort ${targetPort}`,
    ),
  );
}

/** That a Service has the ports it has, and its type. */
export function portClaims(service: Service): Claim[] {
  return [
    holdsValue(refOf(service), ["spec", "ports"], service.spec?.ports),
    holdsValue(refOf(service), ["spec", "type"], service.spec?.type),
  ];
}

/** The command that shows a Service's ports. */
export function getService(service: Service): Evidence {
  const { name, namespace } = service.metadata;
  const ports = (service.spec?.ports ?? []).map(
    ({ port, nodePort, protocol }) => `${port}${nodePort === undefined ? "" : `:${nodePort}`}/${protocol ?? "TCP"}`,
  );
  return {
    command: `kubectl get service ${name}${inNamespace(namespace)}`,
    shows: `PORT(S) ${ports.join(",")}`,
    prints: [ports.join(",")],
  };
}

/** A sending of the same request to the pair that was meant. */
export function sendInstead(trouble: Trouble, host: string, port: number): Cure {
  return sendCure(W.sendTo(host, port), { ...trouble.asked, host, port });
}

/** A node and port of a Service at which the sender outside is taken in, as the nodes' rules are now; undefined where there is none. */
export function doorOf(
  { survey, asked }: Trouble,
  service: Service,
): { readonly host: string; readonly port: ServicePort } | undefined {
  const ports = service.spec?.ports ?? [];
  const port = ports.find((each) => each.port === asked.port) ?? ports[0];
  if (port?.nodePort === undefined || isKeptOut({ survey, asked })) return undefined;
  const protocol = protocolOf(port.protocol);
  for (const node of survey.nodes) {
    const name = node.metadata.name ?? "";
    const host = survey.addressOf(node);
    if (host === undefined || !survey.world.network.isOn(name)) continue;
    const question = { from: asked.from, at: name, address: host, port: port.nodePort, protocol };
    if (survey.world.route(question).verdict === "ACCEPT") return { host, port };
  }
  return undefined;
}

/** Whether something that was broken on purpose keeps this sender from every node. */
function isKeptOut({ survey, asked }: Pick<Trouble, "survey" | "asked">): boolean {
  const { from } = asked;
  return (
    from.kind === "client" &&
    survey.world.faults
      .list()
      .some(({ fault }) => fault.kind === "firewall" || (fault.kind === "no-route" && fault.client === from.name))
  );
}

/** A nodePort for the sender outside; unfinished while the Service has nothing behind it that could answer. */
export function reachFromOutside(trouble: Trouble, service: Service): Cure[] {
  const door = doorOf(trouble, service);
  if (door?.port.nodePort !== undefined) return [sendInstead(trouble, door.host, door.port.nodePort)];
  const { survey } = trouble;
  const nodePort = service.spec?.ports?.[0]?.nodePort;
  const node = survey.nodes.find(({ metadata }) => survey.world.network.isOn(metadata.name ?? ""));
  const host = node && survey.addressOf(node);
  if (nodePort === undefined || host === undefined || hasReady(trouble, service) || isKeptOut(trouble)) return [];
  return [{ ...sendInstead(trouble, host, nodePort), unfinished: true }];
}

/** The way in for one person, without changing the Service. */
export function portForward(trouble: Trouble, service: Service): Cure[] {
  if (trouble.asked.from.kind !== "client" || trouble.asked.from.name !== "laptop") return [];
  const { name, namespace } = service.metadata;
  const ports = service.spec?.ports ?? [];
  const port = ports.find((each) => each.port === trouble.asked.port) ?? ports[0];
  if (port === undefined || protocolOf(port.protocol) !== "TCP" || !hasReady(trouble, service)) return [];
  const command = `kubectl port-forward service/${name} 8080:${port.port}${inNamespace(namespace)} &`;
  return [{ label: W.usePortForward, remedy: { kind: "command", command } }];
}

/** Whether some pod behind a Service would take a request. */
export function hasReady({ survey }: Trouble, service: Service): boolean {
  return survey
    .slicesOf(service)
    .some(
      ({ endpoints, ports }) =>
        (ports ?? []).length > 0 &&
        (endpoints ?? []).some(({ conditions, targetRef }) => conditions?.ready !== false && targetRef?.kind === "Pod"),
    );
}

/** Opens a nodePort for a Service of type ClusterIP; the request must then go there. */
export function makeNodePort(service: Service): Cure {
  const cure = edit(W.setNodePort(shortName(service)), {
    object: refOf(service),
    changes: [{ op: "set", path: ["spec", "type"], value: "NodePort" }],
  });
  return { ...cure, unfinished: true };
}
