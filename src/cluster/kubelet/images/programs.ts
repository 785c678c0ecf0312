// From a container to its program: what the image is known for, what the command says, what the container ports declare.
import type { Container } from "../../api/types.gen.ts";
import type { Handler, IncomingRequest } from "../../network/network.ts";
import type { Protocol } from "../../network/packet.ts";
import { knownEnding } from "./command.ts";
import type { Listener, Program, Surroundings } from "./program.ts";

/** The program of a container. Spec: [IMG-1] and following. */
export function programFor(surroundings: Surroundings): Program {
  const { container } = surroundings;
  const words = [...(container.command ?? []), ...(container.args ?? [])];
  const known = container.command === undefined ? undefined : knownEnding(words);
  const listeners = portsOf(container).map(
    ({ protocol, port }): Listener => ({ protocol, port, loopback: false, handler: greeter(surroundings) }),
  );
  if (known?.ending !== undefined) return { listeners: known.ending.afterMs > 0 ? listeners : [], exit: known.ending };
  return { listeners };
}

interface Port {
  readonly protocol: Protocol;
  readonly port: number;
}

function portsOf(container: Container): Port[] {
  return (container.ports ?? []).map(({ protocol, containerPort }) => ({
    protocol: protocol === "UDP" || protocol === "SCTP" ? protocol : "TCP",
    port: containerPort,
  }));
}

/** Answers every request with the names of pod and node and the caller's address as it arrived. */
function greeter({ pod, node }: Surroundings): Handler {
  return (request: IncomingRequest) => ({
    status: 200,
    headers: { "Content-Type": "text/plain" },
    body: `${pod.name} on ${node.name}, you are ${request.source.address}\n`,
  });
}
