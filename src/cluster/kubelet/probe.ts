// One probe: what the kubelet asks of a container, and what it makes of the answer.
import type { Container, Probe } from "../api/types.gen.ts";
import type { Reply, Socket } from "../network/network.ts";
import { knownEnding } from "./images/command.ts";

/** What probes of a pod reach. */
export interface ProbeTarget {
  readonly podAddress: string;
  /** Probes come from the node straight to the pod, never through a Service. */
  readonly nodeAddress: string;
  socketAt(port: number): Socket | undefined;
}

export type ProbeResult = { readonly ok: true } | { readonly ok: false; readonly message: string };

const OK: ProbeResult = { ok: true };

/** Asks once. Spec: [PROBE-1] [PROBE-2] [PROBE-3]. */
// Models kubernetes/pkg/kubelet/prober/prober.go runProbe
export function ask(probe: Probe, container: Container, target: ProbeTarget): ProbeResult {
  if (probe.exec !== undefined) {
    const ending = knownEnding(probe.exec.command ?? [])?.ending;
    return (ending?.code ?? 0) === 0
      ? OK
      : { ok: false, message: `command ${JSON.stringify(probe.exec.command)} exited with ${ending?.code}` };
  }
  if (probe.httpGet !== undefined) return get(probe.httpGet, container, target);
  const port = probe.tcpSocket?.port ?? probe.grpc?.port;
  const number = port === undefined ? undefined : portNumber(port, container);
  if (number === undefined) return { ok: false, message: `couldn't find port: ${port}` };
  const reached = reach(target, number);
  return typeof reached === "string"
    ? { ok: false, message: `${probe.grpc === undefined ? "" : "timeout: "}${reached}` }
    : OK;
}

function get(action: NonNullable<Probe["httpGet"]>, container: Container, target: ProbeTarget): ProbeResult {
  const port = portNumber(action.port, container);
  if (port === undefined) return { ok: false, message: `couldn't find port: ${action.port}` };
  const host = action.host ?? target.podAddress;
  const path = action.path ?? "/";
  const url = `${(action.scheme ?? "HTTP").toLowerCase()}://${host}:${port}${path.startsWith("/") ? path : `/${path}`}`;
  const reached = reach(target, port);
  if (typeof reached === "string") return { ok: false, message: `Get "${url}": ${reached}` };
  let late: Reply | undefined;
  const request = {
    protocol: "TCP" as const,
    source: { address: target.nodeAddress, port: 40000 },
    destination: { address: host, port },
    method: "GET",
    path,
    headers: { Host: `${host}:${port}`, "User-Agent": "kube-probe/1.36" },
    body: "",
  };
  const reply = reached.handler(request, (answer) => {
    late = answer;
  });
  const answer = reply ?? late;
  if (answer === undefined)
    return {
      ok: false,
      message: `Get "${url}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`,
    };
  if (answer.status >= 200 && answer.status < 400) return OK;
  return { ok: false, message: `HTTP probe failed with statuscode: ${answer.status}` };
}

/** The socket behind a port, or the words of the failure. A program on 127.0.0.1 is not reached. */
function reach(target: ProbeTarget, port: number): Socket | string {
  const socket = target.socketAt(port);
  if (socket !== undefined && !socket.loopback) return socket;
  return `dial tcp ${target.podAddress}:${port}: connect: connection refused`;
}

function portNumber(port: number | string, container: Container): number | undefined {
  if (typeof port === "number") return port;
  return (container.ports ?? []).find(({ name }) => name === port)?.containerPort;
}
