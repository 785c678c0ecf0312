// Why one request came to nothing, and what would cure it; also what is worth knowing of one that was answered.
import { type Cluster, describeOutcome, type Exchange, type Outcome, type Service } from "../cluster/index.ts";
import { aimOf, askedOf, decidedService } from "./asked.ts";
import { findingsOf } from "./diagnose.ts";
import { faultMet } from "./fault-met.ts";
import type { FailureClass, Finding } from "./finding.ts";
import { ingressTrouble } from "./ingress-trouble.ts";
import { gone, momentary, throughPortForward } from "./moment.ts";
import { nameTrouble } from "./name-trouble.ts";
import { wrongPair } from "./pairs.ts";
import { connectionReused } from "./reuse.ts";
import { sourceRewritten } from "./source.ts";
import type { Explanation, Trouble } from "./trouble.ts";
import { World } from "./world.ts";

/**
 * Explains a request that ended: what its sender saw, its cause in this cluster now, what a person would type to see it, and the
 * cures. Undefined while it is under way, and for an answer with nothing to tell.
 */
export function explainExchange(cluster: Cluster, exchange: Exchange): Explanation | undefined {
  const { outcome } = exchange;
  if (outcome.kind === "pending") return undefined;
  const world = new World(cluster);
  const asked = askedOf(cluster, exchange);
  const trouble: Trouble = { world, exchange, asked, aim: aimOf(world, asked) };
  if (outcome.kind === "answered" && outcome.status < 400) return answered(trouble);
  const kind = classOf(outcome);
  const service = serviceOf(trouble);
  const findings = service === undefined ? [] : findingsOf(world, service);
  const found = findings.filter((each) => concerns(each, met(kind, trouble), trouble));
  const cause =
    throughPortForward(trouble) ??
    faultMet(trouble) ??
    (kind === "unresolved" || asked.address === undefined ? nameTrouble(trouble) : undefined) ??
    ingressTrouble(trouble) ??
    wrongPair(trouble) ??
    gone(trouble) ??
    found[0] ??
    momentary(trouble, service);
  return {
    class: kind,
    seen: seenBy(outcome),
    title: cause.title,
    happened: describeOutcome(exchange),
    explanation: cause.explanation,
    evidence: cause.evidence,
    cures: cause.cures,
    ...(cause.comparison === undefined ? {} : { comparison: cause.comparison }),
    ...(cause.responsible === undefined ? {} : { responsible: cause.responsible }),
    others: findings.filter((each) => each !== cause && each.severity !== "info"),
  };
}

function answered(trouble: Trouble): Explanation | undefined {
  const cause = connectionReused(trouble) ?? sourceRewritten(trouble);
  if (cause === undefined) return undefined;
  return { class: "answered", seen: "answered", happened: describeOutcome(trouble.exchange), others: [], ...cause };
}

function classOf(outcome: Outcome): FailureClass {
  return outcome.kind === "answered" ? "http" : outcome.kind === "pending" ? "timeout" : outcome.kind;
}

/** What the packet met, where its sender gave up before word of it came back. */
function met(kind: FailureClass, { asked }: Trouble): FailureClass {
  return kind === "timeout" && asked.last?.verdict === "refused" ? "refused" : kind;
}

function seenBy(outcome: Outcome): string {
  switch (outcome.kind) {
    case "answered":
      return `HTTP ${outcome.status}`;
    case "refused":
      return "connection refused";
    case "timeout":
      return "no answer in time";
    case "unreachable":
      return "no route to host";
    case "unresolved":
      return "name not resolved";
    case "reset":
      return outcome.closed === true ? "closed without an answer" : "connection reset";
    case "pending":
      return "on its way";
  }
}

/** The Service that was meant. */
function serviceOf({ world, asked, aim }: Trouble): Service | undefined {
  const decided = decidedService(world, asked);
  if (decided !== undefined) return decided;
  if ("service" in aim) return aim.service;
  const [name = "", namespace, svc] = asked.host.split(".");
  if (namespace !== undefined && (svc === undefined || svc === "svc")) return world.service(namespace, name);
  return asked.from.kind === "pod" && namespace === undefined ? world.service(asked.from.namespace, name) : undefined;
}

/** Whether a finding is about what this request met. */
function concerns({ symptoms, only }: Finding, kind: FailureClass, { asked, aim }: Trouble): boolean {
  if (!symptoms.includes(kind)) return false;
  const port = "port" in aim ? aim.port?.port : asked.port;
  if (only?.port !== undefined && port !== undefined && only.port !== port) return false;
  if (only?.nodes !== undefined && only.nodes.length > 0) {
    const met = asked.hops
      .flatMap(({ from, to }) => [from, to])
      .flatMap((place) => (place.kind === "node" ? place.name : []));
    const node = aim.kind === "nodePort" ? [aim.node] : [];
    if (!only.nodes.some((each) => met.includes(each) || node.includes(each))) return false;
  }
  return true;
}
