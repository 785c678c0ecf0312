// Plain programs: servers that listen on their container ports and name themselves. All others are a runtime's work.
import type { Container } from "../api/types.gen.ts";
import type { Handler, IncomingRequest, Reply } from "../network/network.ts";
import { isPlainProbe } from "./probe.ts";
import type { Listener, Program, Surroundings } from "./program.ts";

/** A port that a program opens, and what it speaks there. */
export type ProgramPort = Pick<Listener, "protocol" | "port" | "speaks">;

/** Annotation that makes all programs of a pod listen on this address; only 127.0.0.1 means anything. */
export const BIND = "podpath.dev/bind";

/** Images known here: web servers, and the software of the cluster itself, with the ports that needn't be declared. */
const PLAIN_IMAGES: ReadonlyMap<string, readonly string[]> = new Map([
  ["nginx", ["80"]],
  ["httpd", ["80"]],
  ["nginxinc/nginx-unprivileged", ["8080"]],
  ["coredns/coredns", ["53/UDP", "53", "9153", "8080", "8181"]],
  ["coredns", ["53/UDP", "53", "9153", "8080", "8181"]],
  ["ingress-nginx/controller", ["80", "443", "8443", "10254"]],
  ["podpath/gateway", ["15021"]],
]);
/** Those that listen on their own ports whatever is declared: their health is probed on undeclared ports. */
const OWN_PORTS = /^(?:coredns|ingress)/;

/** The repository of an image without registry, `library/` and tag. */
export function repositoryOf(reference: string | undefined): string {
  const name = (reference ?? "").replace(/@.*$/, "").replace(/:[^:/]*$/, "");
  const host = name.slice(0, Math.max(0, name.indexOf("/")));
  const path = /[.:]/.test(host) || host === "localhost" ? name.slice(host.length + 1) : name;
  return path.replace(/^library\//, "");
}

/**
 * Whether a container does nothing that takes a runtime: a known image without a command, files or variables of its own, asked by
 * plain probes. A runtime leaves such a container as it is here. Spec: [IMG-7].
 */
export function isPlain(container: Container): boolean {
  const { image, command, args, env, envFrom, volumeMounts = [], lifecycle, stdin } = container;
  const probes = [container.readinessProbe, container.livenessProbe, container.startupProbe];
  const mounts = volumeMounts.filter(({ mountPath }) => !mountPath.startsWith("/var/run/secrets/"));
  return (
    PLAIN_IMAGES.has(repositoryOf(image)) &&
    [command, args, env, envFrom, stdin].every((each) => each === undefined) &&
    mounts.length === 0 &&
    lifecycle?.postStart === undefined &&
    lifecycle?.preStop?.exec === undefined &&
    probes.every((probe) => probe === undefined || isPlainProbe(probe))
  );
}

/** The program of a plain container; of any other what is known without a runtime. Spec: [IMG-1] [IMG-3]. */
export function plainProgram(surroundings: Surroundings, programs: ReadonlyMap<string, Handler>): Program {
  const { container, annotations } = surroundings;
  const name = repositoryOf(container.image);
  const usual = (PLAIN_IMAGES.get(name) ?? []).map(portOf);
  const declared = declaredPorts(container);
  const ports = declared.length === 0 || OWN_PORTS.test(name) ? usual : declared;
  const own = programs.get(name.split("/")[0] ?? "");
  const handler = own ?? (PLAIN_IMAGES.has(name) ? webPage(surroundings) : greeter(surroundings));
  const loopback = annotations[BIND] === "127.0.0.1";
  const listener = (at: ProgramPort): Listener => {
    const { protocol, port } = at;
    return { protocol, port, speaks: speaks(container, at), loopback, handler };
  };
  return { listeners: ports.map(listener) };
}

/** The ports that a container declares, each once. */
export function declaredPorts({ ports = [] }: Container): ProgramPort[] {
  const declared = ports.map(({ protocol, containerPort }) => portOf(`${containerPort}/${protocol ?? "TCP"}`));
  return uniquePorts(declared);
}

export function uniquePorts(ports: readonly ProgramPort[]): ProgramPort[] {
  return [...new Map(ports.map((each) => [`${each.port}/${each.protocol}`, each])).values()];
}

/** Reads `80`, `53/UDP`, `2379/grpc`, `8443/tls`. */
export function portOf(text: string): ProgramPort {
  const [port = "0", kind] = text.split("/");
  const protocol = kind === "UDP" || kind === "SCTP" ? kind : "TCP";
  return { protocol, port: Number(port), speaks: kind === "grpc" || kind === "tls" ? kind : undefined };
}

/** Ports on which programs speak TLS, whatever else they do. */
const TLS_PORTS = new Set([443, 6443, 8443, 9443, 10250]);

/** What a port speaks, as its number or its name says. Spec: [IMG-6]. */
export function speaks({ ports = [] }: Container, { protocol, port }: ProgramPort): Listener["speaks"] {
  const named = ports.some(
    ({ containerPort, name = "" }) => containerPort === port && /(?:^|-)(?:https|tls|webhook)(?:-|$)/.test(name),
  );
  return protocol === "TCP" && (named || TLS_PORTS.has(port)) ? "tls" : undefined;
}

const TEXT = { "Content-Type": "text/plain; charset=utf-8" };

/** A plain answer. */
export function textReply(body: string, status = 200): Reply {
  return { status, headers: TEXT, body };
}

/** Answers with the names of pod and node, and the caller's address as it arrived: after masquerading that is a node. */
export function greeter({ pod, node }: Surroundings): Handler {
  return (request) => textReply(`${pod.name} on ${node.name}, you are ${callerOf(request)}\n`);
}

/** The address the connection came from, and whom a proxy says it speaks for. */
function callerOf({ source, headers }: IncomingRequest): string {
  const behind = headers["x-forwarded-for"];
  return behind === undefined ? source.address : `${source.address}, forwarded for ${behind}`;
}

/** A web server with nothing but a start page. */
export function webPage(surroundings: Surroundings): Handler {
  const greet = greeter(surroundings);
  return (request, respond) => {
    const path = request.path.split("?")[0];
    if (path === "/" || path === "" || path === "/index.html") return greet(request, respond);
    return textReply("404 Not Found\n", 404);
  };
}
