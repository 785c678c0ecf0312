// `kubectl port-forward`: local ports of the laptop that lead into one pod.
import { forwardKey, type Pod, resourceName, type Service } from "../../cluster/index.ts";
import { dialFailure } from "../backend.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { usageError } from "../errors.ts";
import type { ParsedArgs } from "../flags.ts";
import { guard } from "../guard.ts";
import type { CommandIO } from "../io.ts";
import { requireResource } from "../resources.ts";
import { awaitPodsFor } from "./pod-of.ts";
import { type PortPair, parsePairs, podPorts, servicePorts } from "./port-pairs.ts";

export const portForward: Command = {
  name: "port-forward",
  usage: "TYPE/NAME [options] [LOCAL_PORT:]REMOTE_PORT [...[LOCAL_PORT_N:]REMOTE_PORT_N]",
  summary: "Lead ports of the laptop into one pod",
  flags: [
    { name: "address", type: "list", default: "localhost" },
    { name: "pod-running-timeout", type: "duration", default: "1m0s" },
  ],
  run(args, io) {
    const [word, ...ports] = args.positional;
    if (word === undefined || ports.length === 0)
      throw usageError(args.path, "TYPE/NAME and list of ports are required for port-forward");
    const place = io.at?.place;
    if (place !== undefined && place.kind !== "client")
      throw new CommandError("port-forward is simulated on the laptop only: leave this machine with exit first");
    awaitPodsFor(word, args.duration("pod-running-timeout"), io, ([pod]) => {
      const service = serviceOf(word, io);
      const pairs = parsePairs(service === undefined ? podPorts(ports, pod) : servicePorts(ports, service, pod));
      const phase = pod.status?.phase ?? "Pending";
      if (phase !== "Running")
        throw new CommandError(`unable to forward port because pod is not running. Current status=${phase}`);
      const unreached = dialFailure(pod, io.cluster);
      if (unreached !== undefined)
        throw new CommandError(`error upgrading connection: error dialing backend: ${unreached}`);
      new Forwarding({ pod, client: place?.name ?? "laptop", addresses: addressesOf(args), io }).start(pairs);
    });
  },
};

function serviceOf(word: string, io: CommandIO): Service | undefined {
  const [type = "", name] = word.split("/");
  if (name === undefined || resourceName(requireResource(io.cluster.api.kinds, type)) !== "services") return undefined;
  return io.cluster.api.get("services", io.namespace, name) as Service; // of this resource
}

/** The addresses to listen on; `localhost` is both loopbacks. */
// Models kubernetes/staging/src/k8s.io/client-go/tools/portforward parseAddresses
function addressesOf(args: ParsedArgs): readonly string[] {
  const addresses = args.list("address").flatMap((each) => (each === "localhost" ? ["127.0.0.1", "::1"] : [each]));
  for (const address of addresses)
    if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(address) && !address.includes(":"))
      throw new CommandError(`${address} is not a valid IP`);
  return addresses;
}

interface ForwardingParts {
  readonly pod: Pod;
  readonly client: string;
  readonly addresses: readonly string[];
  readonly io: CommandIO;
}

/** One run of the command, until Ctrl-C or until a connection cannot be carried. */
// Models kubernetes/staging/src/k8s.io/client-go/tools/portforward PortForwarder
class Forwarding {
  readonly #parts: ForwardingParts;
  readonly #keys: string[] = [];
  #ended = false;

  constructor(parts: ForwardingParts) {
    this.#parts = parts;
  }

  start(pairs: readonly PortPair[]): void {
    const { io } = this.#parts;
    for (const pair of pairs) this.#listen(pair);
    if (this.#keys.length === 0) {
      const list = pairs.map(({ local, remote }) => `{${local} ${remote}}`).join(" ");
      throw new CommandError(`unable to listen on any of the requested ports: [${list}]`);
    }
    io.onInterrupt(() => this.#end(130));
  }

  #listen({ local: wanted, remote }: PortPair): void {
    const { pod, client, addresses, io } = this.#parts;
    const { network } = io.cluster;
    const local = wanted === 0 ? this.#freePort() : wanted;
    const key = forwardKey(client, local);
    if (network.forwards.has(key)) {
      const taken = addresses.map(
        (each) =>
          `unable to create listener: Error listen ${each.includes(":") ? `tcp6 [${each}]` : `tcp4 ${each}`}:${local}: bind: address already in use`,
      );
      io.err(
        `Unable to listen on port ${local}: Listeners failed to create with the following errors: [${taken.join(" ")}]\n`,
      );
      return;
    }
    for (const each of addresses)
      io.out(`Forwarding from ${each.includes(":") ? `[${each}]` : each}:${local} -> ${remote}\n`);
    const { uid = "", namespace = "", name = "" } = pod.metadata;
    this.#keys.push(key);
    network.forwards.set(key, {
      pod: { uid, namespace, name },
      podPort: remote,
      everywhere: addresses.some((each) => !each.startsWith("127.") && each !== "::1"),
      opened: () => io.out(`Handling connection for ${local}\n`),
      failed: ({ kind, reason }) => {
        const detail =
          kind === "refused"
            ? `failed to execute portforward in network namespace: failed to connect to localhost:${remote} inside namespace: dial tcp4 127.0.0.1:${remote}: connect: connection refused`
            : reason;
        io.err(
          `an error occurred forwarding ${local} -> ${remote}: error forwarding port ${remote} to pod ${name}: ${detail}\n`,
        );
        io.err("error: lost connection to pod\n");
        this.#end(1);
      },
    });
  }

  /** An unused port, for `:REMOTE`. */
  #freePort(): number {
    const { client, io } = this.#parts;
    const { network } = io.cluster;
    for (let port = 40_000; port < 65_536; port++) if (!network.forwards.has(forwardKey(client, port))) return port;
    throw new CommandError("no local port is free");
  }

  #end(code: number): void {
    if (this.#ended) return;
    this.#ended = true;
    const { io } = this.#parts;
    for (const key of this.#keys) io.cluster.network.forwards.delete(key);
    guard(io, () => io.exit(code));
  }
}
