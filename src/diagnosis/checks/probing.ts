// Pods whose containers run and that wait for a probe: one that fails, or one that hasn't run yet.
import type { Container, FieldPath } from "../../cluster/index.ts";
import { W } from "../../words/en/why-pods.ts";
import { named } from "../claims.ts";
import type { Cure } from "../finding.ts";
import { fieldEdit } from "../owned.ts";
import { type About, describePod, fieldOf, podHolds, sayingOf, type Unready } from "./about.ts";
import { bindCures, bindPlaces } from "./binding.ts";

type ProbeField = "readinessProbe" | "startupProbe";

interface Probing {
  readonly container: Container;
  readonly at: number;
  readonly field: ProbeField;
}

/** Why a pod whose containers run is not ready; undefined where no probe holds it back. Spec: [DIAG-5]. */
export function probing(about: About): Unready | undefined {
  const found = waitedFor(about);
  if (found === undefined) return undefined;
  const { container, field } = found;
  const said = /^readiness/.test(field) ? /^Readiness probe / : /^Startup probe /;
  const told = about.scene.survey.unhealthyOf(about.pod, container.name, said);
  return told === undefined ? notAsked(about, found) : failing(about, found, told);
}

/** The container that is not ready, and the probe that says so: a startup probe holds the others back. */
function waitedFor({ pod }: About): Probing | undefined {
  for (const [at, container] of (pod.spec?.containers ?? []).entries()) {
    const status = pod.status?.containerStatuses?.find(({ name }) => name === container.name);
    if (status?.state?.running === undefined || status.ready) continue;
    const field = container.startupProbe !== undefined && status.started !== true ? "startupProbe" : "readinessProbe";
    if (container[field] !== undefined) return { container, at, field };
  }
  return undefined;
}

function failing(about: About, found: Probing, told: string): Unready {
  const { container, at, field } = found;
  const message = told.replace(/^\w+ probe failed: /, "");
  const number = portAsked(container, field);
  const bound = about.scene.survey.listening(about.pod).find(({ port, loopback }) => loopback && port === number);
  const fails = message === told ? W.endsInError(told.replace(/^\w+ probe /, "")) : W.fails(sayingOf(message));
  return {
    kind: "probe-fails",
    why: W.probeFails(field, fails, bound?.port),
    claims: [
      { kind: "event", object: named(about.pod), reason: "Unhealthy", message: told },
      podHolds(about, ["spec", "containers", at, field], container[field]),
      ...(bound === undefined
        ? []
        : [
            {
              kind: "listens" as const,
              pod: named(about.pod),
              port: bound.port,
              protocol: bound.protocol,
              at: "loopback" as const,
            },
          ]),
    ],
    evidence: [describePod(about, `Unhealthy: ${told}`, ["Unhealthy", message.slice(0, 60)])],
    responsible: fieldOf(about, "spec", "containers", at, field, ...askedBy(container, field)),
    cures:
      bound === undefined
        ? cures(about, found, message)
        : bindCures([about.pod], bindPlaces(about.workload === undefined ? [] : [about.workload])),
  };
}

/** The number of the port that a probe asks; undefined where it asks none. */
function portAsked(container: Container, field: ProbeField): number | undefined {
  const port = container[field]?.httpGet?.port ?? container[field]?.tcpSocket?.port;
  return typeof port === "number" ? port : container.ports?.find(({ name }) => name === port)?.containerPort;
}

/** The part of a probe that says how it asks. */
function askedBy(container: Container, field: ProbeField): string[] {
  const probe = container[field];
  return (["httpGet", "tcpSocket", "exec", "grpc"] as const).filter((kind) => probe?.[kind] !== undefined);
}

/** The kubelet has not asked yet, or not often enough. */
function notAsked(about: About, { container, at, field }: Probing): Unready {
  const probe = container[field];
  const { initialDelaySeconds: delay = 0, periodSeconds: period = 10, successThreshold: needed = 1 } = probe ?? {};
  const status = about.pod.status?.containerStatuses?.find(({ name }) => name === container.name);
  const runs = Math.floor(about.scene.survey.since(status?.state?.running?.startedAt) / 1000);
  const base: FieldPath = ["spec", "containers", at, field];
  const waits = runs < delay + 1;
  const why = waits
    ? W.notRunYet(field, delay, container.name, runs)
    : W.notPassedYet(field, period, needed, container.name, runs);
  return {
    kind: "waits-for-probe",
    why,
    claims: [
      podHolds(about, [...base, "initialDelaySeconds"], probe?.initialDelaySeconds),
      podHolds(about, [...base, "periodSeconds"], probe?.periodSeconds),
      podHolds(about, [...base, "successThreshold"], probe?.successThreshold),
      { kind: "runs", pod: named(about.pod), container: container.name, seconds: runs },
    ],
    evidence: [describePod(about, `delay=${delay}s`, [`delay=${delay}s`])],
    responsible: fieldOf(about, ...base, ...(waits ? ["initialDelaySeconds"] : [])),
    cures: waits
      ? fieldEdit(about, W.probeNow, {
          op: "set",
          path: [...base, "initialDelaySeconds"],
          value: 0,
        })
      : [],
  };
}

function cures(about: About, { container, at, field }: Probing, message: string): Cure[] {
  const probe = container[field];
  const base: FieldPath = ["spec", "containers", at, field];
  const found: Cure[] = [];
  if (probe?.httpGet !== undefined && probe.httpGet.path !== "/" && /statuscode: 4\d\d/.test(message))
    found.push(
      ...fieldEdit(about, W.setPath(field), {
        op: "set",
        path: [...base, "httpGet", "path"],
        value: "/",
      }),
    );
  const asks = probe?.httpGet?.port ?? probe?.tcpSocket?.port;
  const kind = probe?.httpGet === undefined ? "tcpSocket" : "httpGet";
  const open = about.scene.survey.listening(about.pod).filter((each) => each.protocol === "TCP" && !each.loopback);
  if (asks !== undefined && /refused|couldn't find port|invalid syntax/.test(message))
    for (const { port } of open.slice(0, 2))
      if (port !== asks)
        found.push(
          ...fieldEdit(about, W.setPort(field, port), {
            op: "set",
            path: [...base, kind, "port"],
            value: port,
          }),
        );
  if (probe?.httpGet?.scheme === "HTTPS" && /HTTP response to HTTPS client/.test(message))
    found.push(
      ...fieldEdit(about, W.setScheme(field), {
        op: "set",
        path: [...base, "httpGet", "scheme"],
        value: "HTTP",
      }),
    );
  if (open.length > 0) found.push(...fieldEdit(about, W.removeProbe(field), { op: "remove", path: base }));
  return found;
}
