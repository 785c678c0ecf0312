// From a container to its program: what the image is known for, what the command says, what the container ports declare.
import {
  BIND,
  type Container,
  declaredPorts,
  type Handler,
  isPlain,
  own,
  type Program,
  type ProgramPort,
  plainProgram,
  portOf,
  type Surroundings,
  speaks,
  uniquePorts,
} from "../../cluster/index.ts";
import { handlerFor } from "./answers.ts";
import { bindingOf, sidePortsOf } from "./arguments.ts";
import { knownEnding } from "./command.ts";
import { type KnownImage, knownImage, portVariable } from "./table.ts";

/**
 * The program of a container. It listens where its arguments or PORT say, else on its container ports (and, where one of them is
 * usual for the image, on all its usual ports), else on the image's usual ports; a shell image listens nowhere unless its command serves. Spec: [IMG-1] to [IMG-5].
 */
export function programFor(
  surroundings: Surroundings,
  programs: ReadonlyMap<string, Handler>,
  write: (line: string) => void = () => {},
): Program {
  const { container, annotations, env, serviceEnv } = surroundings;
  if (isPlain(container)) return plainProgram(surroundings, programs);
  const words = [...(container.command ?? []), ...(container.args ?? [])];
  const image = knownImage(container.image);
  const variable = portVariable(container.image);
  const port = own(env, variable) ?? own(serviceEnv, variable);
  // A Service of the program's own name puts its URL there, as tcp://10.96.0.5:8001. Spec: [ENV-1] [IMG-4].
  if (port?.includes("://")) return { listeners: [], exit: { afterMs: 0, code: 1 } };
  const binding = bindingOf(words, port);
  const ending = endingOf(container, image);
  const loopback = binding?.loopback === true || annotations[BIND] === "127.0.0.1";
  const pauses = image?.answers === "netexec" && words.includes("pause");
  const silent =
    ending !== undefined ||
    pauses ||
    image?.answers === "silent" ||
    image?.answers === "ends" ||
    (image?.answers === "nothing" && binding?.port === undefined);
  const handler =
    programs.get(image?.name.split("/")[0] ?? "") ?? handlerFor(answersOf(image, words), surroundings, write);
  const ports = silent ? [] : uniquePorts([...portsOf(container, image, binding), ...besides(container, image, words)]);
  const known = image?.ports.map(portOf);
  const listeners = ports.map((port) => ({ ...port, speaks: spoken(container, known, port), loopback, handler }));
  return ending?.ending === undefined ? { listeners } : { listeners, exit: ending.ending };
}

/** What a port speaks: as the image is known for, as the port says, and for an unknown image as its own probes ask. Spec: [IMG-6]. */
function spoken(
  container: Container,
  known: readonly ProgramPort[] | undefined,
  at: ProgramPort,
): ProgramPort["speaks"] {
  const usual = known?.find(({ port, protocol }) => port === at.port && protocol === at.protocol)?.speaks;
  const told = usual ?? speaks(container, at);
  if (told !== undefined || known !== undefined || at.protocol !== "TCP") return told;
  const names = (container.ports ?? []).flatMap(({ containerPort, name }) => (containerPort === at.port ? name : []));
  const asked = (port: number | string | undefined) => port === at.port || names.some((name) => name === port);
  const probes = [container.readinessProbe, container.livenessProbe, container.startupProbe];
  if (probes.some((probe) => probe?.grpc !== undefined && asked(probe.grpc.port))) return "grpc";
  return probes.some(({ httpGet } = {}) => httpGet?.scheme === "HTTPS" && asked(httpGet.port)) ? "tls" : undefined;
}

/** How a container's command ends, if it is one that is known; a bare shell image ends at once, as it has no input. */
function endingOf(container: Container, image: KnownImage | undefined): ReturnType<typeof knownEnding> {
  if (container.stdin === true) return image?.answers === "nothing" ? { ending: undefined } : undefined; // someone types into it
  if (container.command !== undefined) return knownEnding([...container.command, ...(container.args ?? [])]);
  if (image?.answers !== "nothing") return undefined;
  if (image.name.endsWith("pause")) return { ending: undefined };
  if (container.args !== undefined && container.args.length > 0) return knownEnding(container.args);
  return { ending: { afterMs: 0, code: 0 } };
}

/** agnhost has many programs in one; the first word says which. */
function answersOf(image: KnownImage | undefined, words: readonly string[]): string {
  if (image?.answers === "netexec" && words.includes("serve-hostname")) return "hostname";
  return image?.answers ?? "greeting";
}

/** Ports that arguments name beside the main one; where all are assumed they are asked for there. */
function besides(container: Container, image: KnownImage | undefined, words: readonly string[]): ProgramPort[] {
  if (image === undefined && declaredPorts(container).length === 0) return [];
  return sidePortsOf(words).map((port) => ({ protocol: "TCP", port, speaks: undefined }));
}

function portsOf(
  container: Container,
  image: KnownImage | undefined,
  binding: ReturnType<typeof bindingOf>,
): ProgramPort[] {
  const declared = declaredPorts(container);
  if (image?.answers === "coredns" || image?.answers === "ingress") return image.ports.map(portOf); // also its health and readiness, undeclared
  const told: ProgramPort[] = binding?.port === undefined ? [] : [{ protocol: binding.protocol, port: binding.port }];
  if (told.length > 0 && declared.length <= 1) return told;
  const secured = image?.answers === "echo-basic" && container.env?.some(({ name }) => name === "TLS_SERVER_CERT");
  const usual = [...(image?.ports ?? []), ...(secured === true ? ["8443/tls"] : [])].map(portOf);
  if (declared.length === 0) return usual;
  const isUsual = usual.some((each) => declared.some(({ port }) => port === each.port));
  return [...told, ...declared, ...(isUsual ? usual : [])];
}
