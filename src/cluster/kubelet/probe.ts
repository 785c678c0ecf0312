// One plain probe: what the kubelet asks of a container, and what it makes of the answer. All other probes are a runtime's work.
import type { Container, Probe } from "../api/types.gen.ts";
import type { IncomingRequest, Reply, Socket } from "../network/network.ts";
import type { Outcome, SendRequest } from "../network/packet.ts";
import type { ExecEnd } from "./program.ts";

/** What probes of a pod reach. */
export interface ProbeTarget {
  readonly podAddress: string;
  /** Probes come from the node straight to the pod, never through a Service. */
  readonly nodeAddress: string;
  socketAt(port: number): Socket | undefined;
  /** Sends a request from the node to anywhere else. */
  send(request: Omit<SendRequest, "from">, done: (outcome: Outcome) => void): void;
  later(delayMs: number, run: () => void): void;
  /** Runs a command in the container. */
  exec(command: readonly string[], timeoutMs: number, done: (end: ExecEnd) => void): void;
  /** Asks what is not plain; absent where no runtime does. */
  readonly ask: ((question: Question, done: ProbeDone) => void) | undefined;
}

/** The outcome of a probe. `steady`: it comes out the same until the container changes. `unknown`: it could not be asked. */
export type ProbeResult =
  | { readonly kind: "ok"; readonly steady: boolean }
  | { readonly kind: "failed" | "unknown"; readonly message: string };

/** Called with the result. */
export type ProbeDone = (result: ProbeResult) => void;

const OK: ProbeResult = { kind: "ok", steady: true };
const failed = (message: string): ProbeResult => ({ kind: "failed", message });

/** What a probe asks, and whom. */
export interface Question {
  readonly probe: Probe;
  readonly container: Container;
  /** The number of the port that is asked; 0 where none is. */
  readonly port: number;
}

/** Whether a probe is a plain one: HTTP or TCP to the pod itself. */
export function isPlainProbe({ httpGet, tcpSocket }: Probe): boolean {
  if (httpGet !== undefined)
    return (httpGet.scheme ?? "HTTP") === "HTTP" && (httpGet.host ?? "") === "" && httpGet.httpHeaders === undefined;
  return tcpSocket !== undefined && (tcpSocket.host ?? "") === "";
}

/** Asks once. Spec: [PROBE-1] [PROBE-2] [PROBE-7]. */
// Models kubernetes/pkg/kubelet/prober/prober.go runProbe
export function ask({ probe, container }: Omit<Question, "port">, target: ProbeTarget, done: ProbeDone): void {
  const named = (probe.httpGet ?? probe.tcpSocket)?.port;
  const port = named === undefined ? 0 : portNumber(named, container);
  if (port === undefined)
    done({ kind: "unknown", message: `strconv.Atoi: parsing ${JSON.stringify(named)}: invalid syntax` });
  else if (!isPlainProbe(probe)) {
    if (target.ask === undefined) done(OK);
    else target.ask({ probe, container, port }, done);
  } else if (probe.httpGet !== undefined) get({ probe, container, port }, target, done);
  else {
    const reached = reach(target, port);
    done(typeof reached === "string" ? failed(reached) : OK);
  }
}

// Models kubernetes/pkg/probe/http/http.go DoHTTPProbe
function get({ probe, port }: Question, target: ProbeTarget, done: ProbeDone): void {
  const path = pathOf(probe);
  const host = `${target.podAddress}:${port}`;
  const because = (why: string) => done(failed(`Get "http://${host}${path}": ${why}`));
  const reached = reach(target, port);
  if (typeof reached === "string") because(reached);
  else if (reached.speaks === "tls") done(judge({ status: 400 }));
  else
    askSocket(reached, probe, {
      target,
      port,
      headers: { Host: host, "User-Agent": "kube-probe/1.36", Accept: "*/*" },
      done: (reply) => (reply === undefined ? because(LATE) : done(judge(reply))),
    });
}

/** What Go's client says when its time is over. */
export const LATE = "context deadline exceeded (Client.Timeout exceeded while awaiting headers)";

/** The path of a probe by HTTP. */
export function pathOf({ httpGet }: Probe): string {
  const path = httpGet?.path ?? "/";
  return path.startsWith("/") ? path : `/${path}`;
}

export function judge({ status }: Pick<Reply, "status">): ProbeResult {
  return status >= 200 && status < 400 ? OK : failed(`HTTP probe failed with statuscode: ${status}`);
}

/** Asks a process by HTTP and waits for its answer as long as the probe does; undefined when none came. */
export function askSocket(
  socket: Socket,
  probe: Probe,
  how: {
    readonly target: ProbeTarget;
    readonly port: number;
    readonly headers: Readonly<Record<string, string>>;
    done(reply: Reply | undefined): void;
  },
): void {
  const { target, port, headers } = how;
  let open = true;
  const end = (reply: Reply | undefined) => {
    if (open) how.done(reply);
    open = false;
  };
  const take = (reply: Reply) => {
    const delay = reply.delay ?? 0;
    if (delay === 0) end(reply);
    else target.later(delay, () => end(reply));
  };
  const request: IncomingRequest = {
    protocol: "TCP",
    source: { address: target.nodeAddress, port: 40_000 },
    destination: { address: target.podAddress, port },
    method: "GET",
    path: pathOf(probe),
    headers,
    body: "",
  };
  const reply = socket.handler(request, take);
  if (reply !== undefined) take(reply);
  if (open) target.later((probe.timeoutSeconds ?? 1) * 1000, () => end(undefined));
}

/** The socket behind a port, or the words of the failure. A program on 127.0.0.1 is not reached. */
export function reach(target: ProbeTarget, port: number): Socket | string {
  const socket = target.socketAt(port);
  if (socket !== undefined && !socket.loopback) return socket;
  return `dial tcp ${target.podAddress}:${port}: connect: connection refused`;
}

/** The number of a port; undefined for a name that no port of the container has. */
// Models kubernetes/pkg/probe/util.go ResolveContainerPort
function portNumber(port: number | string, container: Container): number | undefined {
  if (typeof port === "number") return port;
  const named = (container.ports ?? []).find(({ name }) => name === port)?.containerPort;
  return named ?? (/^\d+$/.test(port) ? Number(port) : undefined);
}
