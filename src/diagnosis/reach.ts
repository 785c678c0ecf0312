// Pairs of address and port that do work, as words and as cures.
import type { Service } from "../cluster/index.ts";
import { sendCure } from "./asked.ts";
import type { Cure, Evidence } from "./finding.ts";
import { edit } from "./scene.ts";
import type { Trouble } from "./trouble.ts";
import { inNamespace, listed, refOf, shortName } from "./words.ts";

/** What every wrong pair is measured by. */
export const LEGAL =
  "Three pairs are legal: clusterIP:port (and the name with it), nodeIP:nodePort, and podIP:targetPort.";

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

/** The command that shows a Service's ports. */
export function getService(service: Service): Evidence {
  const { name, namespace } = service.metadata;
  return {
    command: `kubectl get service ${name}${inNamespace(namespace)}`,
    shows: `PORT(S) ${(service.spec?.ports ?? []).map(({ port, nodePort, protocol }) => `${port}${nodePort === undefined ? "" : `:${nodePort}`}/${protocol ?? "TCP"}`).join(",")}`,
  };
}

/** A sending of the same request to the pair that was meant. */
export function sendInstead(trouble: Trouble, host: string, port: number): Cure {
  return sendCure(`Send to ${host}:${port} instead`, { ...trouble.asked, host, port });
}

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

/** Opens a nodePort for a Service of type ClusterIP. */
export function makeNodePort(service: Service): Cure {
  return edit(`Set spec.type of ${shortName(service)} to NodePort`, {
    object: refOf(service),
    changes: [{ op: "set", path: ["spec", "type"], value: "NodePort" }],
  });
}
