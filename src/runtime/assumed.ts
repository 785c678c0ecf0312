// Undeclared ports: a server of an unknown image is assumed to listen where others look for it.
import { type Container, hasAll, type Pod, type ProgramPort, type Service } from "../cluster/index.ts";
import { sidePortsOf } from "./images/arguments.ts";

/** Variables by which programs learn their own port. */
const VARIABLES =
  /^(?:(?:APP|HTTP|SERVER|LISTEN|WEB|API|SERVICE|HEALTH|METRICS|GRPC|NODE)_)?(?:PORT|LISTEN_ADDR|LISTEN_ADDRESS|BIND_ADDR|HTTP_ADDR|ADDR)$|^ASPNETCORE_(?:URLS|HTTP_PORTS)$/;

/** Whether a container says nothing of its ports, so that they have to be assumed. */
export function saysNothing({ ports = [] }: Container): boolean {
  return ports.length === 0;
}

/** The ports that the container's own arguments, probes and variables look for. Spec: [IMG-8]. */
export function askedByItself(container: Container, env: Readonly<Record<string, string>>): ProgramPort[] {
  const words = [...(container.command ?? []), ...(container.args ?? [])];
  const found: ProgramPort[] = sidePortsOf(words).map((port) => ({ protocol: "TCP", port, speaks: undefined }));
  for (const probe of [container.startupProbe, container.readinessProbe, container.livenessProbe]) {
    const port = probe?.httpGet?.port ?? probe?.tcpSocket?.port ?? probe?.grpc?.port;
    const speaks = probe?.grpc !== undefined ? "grpc" : probe?.httpGet?.scheme === "HTTPS" ? "tls" : undefined;
    if (isNumber(port)) found.push({ protocol: "TCP", port: Number(port), speaks });
  }
  for (const [name, value] of Object.entries(env)) {
    const port = VARIABLES.test(name) ? /(?:^|:)(\d{1,5})\/?$/.exec(value)?.[1] : undefined;
    if (isNumber(port)) found.push({ protocol: "TCP", port: Number(port), speaks: undefined });
  }
  return found;
}

/** The ports that Services look for in a pod. Spec: [IMG-8]. */
export function askedByServices(pod: Pod, services: Iterable<Service>): ProgramPort[] {
  const found: ProgramPort[] = [];
  for (const { metadata, spec } of services) {
    const selector = spec?.selector ?? {};
    if (metadata.namespace !== pod.metadata.namespace || Object.keys(selector).length === 0) continue;
    if (!hasAll(pod.metadata.labels, selector)) continue;
    for (const { port, targetPort = port, protocol } of spec?.ports ?? [])
      if (isNumber(targetPort))
        found.push({
          protocol: protocol === "UDP" || protocol === "SCTP" ? protocol : "TCP",
          port: Number(targetPort),
          speaks: undefined,
        });
  }
  return found.sort((a, b) => a.port - b.port);
}

function isNumber(port: number | string | undefined): boolean {
  return /^\d{1,5}$/.test(String(port ?? "")) && Number(port) >= 1 && Number(port) <= 65_535;
}
