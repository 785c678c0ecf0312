// Probes that are more than HTTP or TCP to the pod itself: commands, HTTPS, gRPC, headers, other hosts.
import {
  askSocket,
  type HTTPGetAction,
  judge,
  LATE,
  type Outcome,
  type ProbeDone,
  type ProbeResult,
  type ProbeTarget,
  pathOf,
  type Question,
  reach,
  setOwn,
} from "../cluster/index.ts";

const failed = (message: string): ProbeResult => ({ kind: "failed", message });

/** Asks once. Spec: [PROBE-3] [PROBE-7] [PROBE-8] [PROBE-9]. */
// Models kubernetes/pkg/kubelet/prober/prober.go runProbe
export function askSpecial(question: Question, target: ProbeTarget, done: ProbeDone): void {
  const { probe, port } = question;
  const timeoutMs = (probe.timeoutSeconds ?? 1) * 1000;
  if (probe.exec !== undefined) exec(probe.exec.command ?? [], timeoutMs, target, done);
  else if (probe.grpc !== undefined) askGrpc(question, timeoutMs, target, done);
  else if (probe.httpGet !== undefined) get(question, probe.httpGet, target, done);
  else {
    const host = probe.tcpSocket?.host ?? "";
    target.send({ host, port, timeoutMs, purpose: "probe" }, (outcome) => {
      const failure = dialFailure(outcome, host, port);
      done(failure === undefined ? { kind: "ok", steady: false } : failed(failure));
    });
  }
}

// Models kubernetes/pkg/probe/exec/exec.go Probe
function exec(command: readonly string[], timeoutMs: number, target: ProbeTarget, done: ProbeDone): void {
  target.exec(command, timeoutMs, (end) => {
    if (end.kind === "failed") done({ kind: "unknown", message: `rpc error: code = Unknown desc = ${end.message}` });
    else if (end.kind === "late")
      done(failed(`command timed out: ${JSON.stringify(command.join(" "))} timed out after ${timeoutMs / 1000}s`));
    else done(end.code === 0 ? { kind: "ok", steady: end.steady } : failed(end.output));
  });
}

/** What Go's dialler says of an outcome; undefined when there was a connection. */
function dialFailure(outcome: Outcome, host: string, port: number): string | undefined {
  const dial = `dial tcp ${host}:${port}:`;
  switch (outcome.kind) {
    case "refused":
      return `${dial} connect: connection refused`;
    case "unreachable":
      return `${dial} connect: no route to host`;
    case "timeout":
      return `${dial} i/o timeout`;
    case "unresolved":
      return `dial tcp: lookup ${host}: no such host`;
    default:
      return undefined;
  }
}

// Models kubernetes/pkg/probe/http/http.go DoHTTPProbe, request.go
function get({ probe, port }: Question, action: HTTPGetAction, target: ProbeTarget, done: ProbeDone): void {
  const secure = action.scheme === "HTTPS";
  const host = action.host === undefined || action.host === "" ? target.podAddress : action.host;
  const path = pathOf(probe);
  const because = (why: string) => done(failed(`Get "${secure ? "https" : "http"}://${host}:${port}${path}": ${why}`));
  const headers = headersOf(action, `${host}:${port}`);
  if (host !== target.podAddress) {
    const timeoutMs = (probe.timeoutSeconds ?? 1) * 1000;
    target.send({ host, port, path, headers, timeoutMs, purpose: "probe" }, (outcome) => {
      if (outcome.kind === "answered") {
        const result = judge(outcome);
        done(result.kind === "ok" ? { kind: "ok", steady: false } : result);
      } else because(outcome.kind === "timeout" ? LATE : (dialFailure(outcome, host, port) ?? "EOF"));
    });
    return;
  }
  const reached = reach(target, port);
  const tls = typeof reached !== "string" && reached.speaks === "tls";
  if (typeof reached === "string") because(reached);
  else if (secure && !tls) because("http: server gave HTTP response to HTTPS client");
  else if (!secure && tls) done(judge({ status: 400 }));
  else
    askSocket(reached, probe, {
      target,
      port,
      headers,
      done: (reply) => (reply === undefined ? because(LATE) : done(judge(reply))),
    });
}

/** The headers of a probe: those that it lists, and the kubelet's own where it lists none. */
function headersOf({ httpHeaders = [] }: HTTPGetAction, host: string): Record<string, string> {
  const headers: Record<string, string> = { Host: host, "User-Agent": "kube-probe/1.36", Accept: "*/*" };
  for (const { name, value } of httpHeaders) {
    const known = Object.keys(headers).find((each) => each.toLowerCase() === name.toLowerCase());
    setOwn(headers, known ?? name, value);
  }
  return headers;
}

// Models kubernetes/pkg/probe/grpc/grpc.go Probe
function askGrpc({ probe }: Question, timeoutMs: number, target: ProbeTarget, done: ProbeDone): void {
  const { port = 0, service = "" } = probe.grpc ?? {};
  const reached = reach(target, port);
  if (typeof reached === "string" || reached.speaks !== "grpc") {
    const message = `timeout: failed to connect service "${target.podAddress}:${port}" within ${timeoutMs / 1000}s: context deadline exceeded`;
    target.later(timeoutMs, () => done(failed(message)));
  } else if (reached.services?.includes(service) === false)
    done(failed("error: health rpc probe failed: rpc error: code = NotFound desc = unknown service"));
  else done({ kind: "ok", steady: true });
}
