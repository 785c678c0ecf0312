// From a container to its program: what the image is known for, what the command says, what the container ports declare.
import type { Container } from "../../api/types.gen.ts";
import type { Handler } from "../../network/network.ts";
import type { Protocol } from "../../network/packet.ts";
import { handlerFor } from "./answers.ts";
import { bindingOf } from "./arguments.ts";
import { knownEnding } from "./command.ts";
import type { Listener, Program, Surroundings } from "./program.ts";
import { type Answers, type KnownImage, knownImage, portVariable } from "./table.ts";

/** Annotation that makes all programs of a pod listen on this address; only 127.0.0.1 means anything. */
const BIND = "podpath.dev/bind";

interface Port {
  readonly protocol: Protocol;
  readonly port: number;
}

/**
 * The program of a container. It listens where its arguments or PORT say, else on its container ports, else on the image's
 * usual ports; a shell image listens nowhere unless its command serves. Spec: [IMG-1] to [IMG-5].
 */
export function programFor(surroundings: Surroundings, programs: ReadonlyMap<string, Handler>): Program {
  const { container, annotations, env, serviceEnv } = surroundings;
  const words = [...(container.command ?? []), ...(container.args ?? [])];
  const image = knownImage(container.image);
  const variable = portVariable(container.image);
  const port = env[variable] ?? serviceEnv[variable];
  // A Service of the program's own name puts its URL there, as tcp://10.96.0.5:8001. Spec: [ENV-1] [IMG-4].
  if (port?.includes("://")) return { listeners: [], exit: { afterMs: 0, code: 1 } };
  const binding = bindingOf(words, port);
  const ending = endingOf(container, image);
  const loopback = binding?.loopback === true || annotations[BIND] === "127.0.0.1";
  const silent = ending !== undefined || (image?.answers === "nothing" && binding?.port === undefined);
  const handler = programs.get(image?.name.split("/")[0] ?? "") ?? handlerFor(answersOf(image, words), surroundings);
  const ports = silent ? [] : portsOf(container, image, binding);
  const listeners = ports.map(({ protocol, port }): Listener => ({ protocol, port, loopback, handler }));
  return ending?.ending === undefined ? { listeners } : { listeners, exit: ending.ending };
}

/** How a container's command ends, if it is one that is known; a bare shell image ends at once, as nobody types into it. */
function endingOf(container: Container, image: KnownImage | undefined): ReturnType<typeof knownEnding> {
  if (container.stdin === true) return image?.answers === "nothing" ? { ending: undefined } : undefined; // somebody types into it
  if (container.command !== undefined) return knownEnding([...container.command, ...(container.args ?? [])]);
  if (image?.answers !== "nothing") return undefined;
  if (image.name.endsWith("pause")) return { ending: undefined };
  if (container.args !== undefined && container.args.length > 0) return knownEnding(container.args);
  return { ending: { afterMs: 0, code: 0 } };
}

/** agnhost has many programs in one; the first word says which. */
function answersOf(image: KnownImage | undefined, words: readonly string[]): Answers {
  if (image?.answers === "netexec" && words.includes("serve-hostname")) return "hostname";
  return image?.answers ?? "greeting";
}

function portsOf(container: Container, image: KnownImage | undefined, binding: ReturnType<typeof bindingOf>): Port[] {
  const declared = (container.ports ?? []).map(({ protocol, containerPort }) =>
    toPort(`${containerPort}/${protocol ?? "TCP"}`),
  );
  if (image?.answers === "coredns" || image?.answers === "ingress") return image.ports.map(toPort); // also its health and readiness, which nobody declares
  const told: Port[] = binding?.port === undefined ? [] : [{ protocol: binding.protocol, port: binding.port }];
  if (told.length > 0 && declared.length <= 1) return told;
  if (declared.length > 0) return [...told, ...declared];
  return (image?.ports ?? []).map(toPort);
}

function toPort(text: string): Port {
  const [port = "0", protocol] = text.split("/");
  return { protocol: protocol === "UDP" || protocol === "SCTP" ? protocol : "TCP", port: Number(port) };
}
