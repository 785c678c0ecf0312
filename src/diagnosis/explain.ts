// Why one request failed, and what would cure it; also what is worth knowing of one that was answered.
import { describeOutcome, type Exchange, type Loss, type Outcome, type Service, type World } from "../cluster/index.ts";
import { W } from "../words/en/diagnosis.ts";
import { W as REASONS } from "../words/en/reasons.ts";
import { findingsOf } from "./diagnose.ts";
import { faultMet } from "./fault-met.ts";
import type { Cure, FailureClass, Finding } from "./finding.ts";
import { gatewayTrouble } from "./gateway-trouble.ts";
import { ingressTrouble } from "./ingress-trouble.ts";
import { nameTrouble } from "./name-trouble.ts";
import { wrongPair } from "./pairs.ts";
import { policyMet } from "./policies.ts";
import { sendInstead } from "./reach.ts";
import { aimOf, askedOf, decidedService } from "./request.ts";
import { connectionReused } from "./reuse.ts";
import { senderWithoutPower } from "./sender.ts";
import { sourceRewritten } from "./source.ts";
import { Survey } from "./survey.ts";
import { spokeTlsToPlain, tlsToPlain } from "./tls.ts";
import { gone, momentary, throughPortForward } from "./transient.ts";
import type { Explanation, Trouble } from "./trouble.ts";
import { isHeadless } from "./words.ts";

/**
 * Explains a request that ended, or whose packet was lost though its sender still waits: what the sender saw or will see,
 * its cause in this cluster now, what a person would type to see it, and the cures. Undefined while it is under way, and for an
 * answer with nothing to tell. Spec: [DIAG-40].
 */
export function explainExchange(world: World, exchange: Exchange): Explanation | undefined {
  if (exchange.outcome.kind !== "pending") return explainEnd(world, exchange);
  const lost = lostOf(world, exchange);
  if (lost === undefined) return undefined;
  const { loss } = lost;
  const foreseen = { ...lost, outcome: { kind: loss.ends, reason: loss.reason }, endedAt: loss.until } as const;
  const told = explainEnd(world, foreseen);
  return told && { ...told, seen: seenBy(exchange.outcome), happened: describeOutcome(lost) };
}

/** The exchange that lost its packet: this one, or what someone sends on its behalf (an ingress controller) while it waits. */
function lostOf(world: World, exchange: Exchange): Lost | undefined {
  const { loss } = exchange;
  const found = findLost(world, exchange);
  return found ?? (loss === undefined ? undefined : { ...exchange, loss }); // a program has it and says nothing
}

type Lost = Exchange & { readonly loss: Loss };

function findLost(world: World, exchange: Exchange): Lost | undefined {
  const { loss } = exchange;
  if (loss !== undefined && loss.taken !== true) return { ...exchange, loss };
  for (const each of world.trace.exchanges()) {
    if (each.parent !== exchange.id || each.outcome.kind !== "pending") continue;
    const lost = findLost(world, each);
    if (lost !== undefined) return lost;
  }
  return undefined;
}

function explainEnd(world: World, exchange: Exchange): Explanation | undefined {
  const { outcome } = exchange;
  const survey = new Survey(world);
  const asked = askedOf(world, exchange);
  const trouble: Trouble = { survey, exchange, asked, aim: aimOf(survey, asked) };
  const kind = classOf(exchange);
  if (kind === "answered") return answered(trouble);
  const service = serviceOf(trouble);
  const findings = service === undefined ? [] : findingsOf(survey, service);
  const found = findings.filter((each) => concerns(each, met(kind, trouble), trouble));
  const cause =
    senderWithoutPower(trouble) ??
    throughPortForward(trouble) ??
    faultMet(trouble) ??
    policyMet(trouble) ??
    tlsToPlain(trouble) ??
    (kind === "unresolved" || asked.address === undefined ? nameTrouble(trouble) : undefined) ??
    ingressTrouble(trouble) ??
    gatewayTrouble(trouble) ??
    wrongPair(trouble) ??
    gone(trouble) ??
    found[0] ??
    momentary(trouble, service);
  return {
    class: kind,
    cause: cause.class,
    seen: kind === "tls" ? W.tls : seenBy(outcome),
    title: cause.title,
    happened: describeOutcome(exchange),
    explanation: cause.explanation,
    claims: cause.claims,
    evidence: cause.evidence,
    cures: [...(kind === "unresolved" ? [] : headlessSend(trouble, service)), ...cause.cures],
    ...(cause.comparison === undefined ? {} : { comparison: cause.comparison }),
    ...(cause.responsible === undefined ? {} : { responsible: cause.responsible }),
    others: findings.filter((each) => each !== cause && each.severity !== "info"),
  };
}

function answered(trouble: Trouble): Explanation | undefined {
  const cause = connectionReused(trouble) ?? sourceRewritten(trouble);
  if (cause === undefined) return undefined;
  const { exchange } = trouble;
  const told = { class: "answered", cause: cause.class, seen: "answered", others: [] } as const;
  return { ...cause, ...told, happened: describeOutcome(exchange) };
}

/** Whether a request that ended brought its sender nothing: no answer, an answer with an error, or one that its TLS could not read. */
export function isFailure(exchange: Exchange): boolean {
  return exchange.outcome.kind !== "pending" && classOf(exchange) !== "answered";
}

function classOf(exchange: Exchange): FailureClass {
  const { outcome } = exchange;
  if (outcome.kind === "pending") return "timeout";
  if (outcome.kind !== "answered") return outcome.kind;
  if (spokeTlsToPlain(exchange)) return "tls";
  return outcome.status < 400 ? "answered" : "http";
}

/** What the packet met, where its sender gave up before word of it came back, or no node would have taken it. */
function met(kind: FailureClass, { asked, exchange }: Trouble): FailureClass {
  const { outcome } = exchange;
  if (outcome.kind === "timeout" && REASONS.unhealthy.test(outcome.reason)) return "refused";
  return kind === "timeout" && asked.last?.verdict === "refused" ? "refused" : kind;
}

/** What the sender sees of an outcome, in a few words. */
export function seenBy(outcome: Outcome): string {
  switch (outcome.kind) {
    case "answered":
      return `HTTP ${outcome.status}`;
    case "refused":
      return W.refused;
    case "timeout":
      return W.timeout;
    case "unreachable":
      return W.unreachable;
    case "unresolved":
      return W.unresolved;
    case "reset":
      return outcome.closed === true ? W.closed : W.reset;
    case "pending":
      return W.pending;
  }
}

/** The Service that was meant. */
function serviceOf({ survey, asked, aim }: Trouble): Service | undefined {
  const decided = decidedService(survey, asked);
  if (decided !== undefined) return decided;
  if ("service" in aim) return aim.service;
  const [name = "", namespace, svc] = asked.host.split(".");
  if (namespace !== undefined && (svc === undefined || svc === "svc")) return survey.service(namespace, name);
  return asked.from.kind === "pod" && namespace === undefined ? survey.service(asked.from.namespace, name) : undefined;
}

/** A client of a headless Service names the pod's own port: the one on which the pod listens is the one to ask. */
function headlessSend(trouble: Trouble, service: Service | undefined): Cure[] {
  const { asked, survey } = trouble;
  const pod = asked.address === undefined ? undefined : survey.podAt(asked.address);
  if (service === undefined || !isHeadless(service) || pod === undefined || asked.host === asked.address) return [];
  const open = survey.listening(pod).filter(({ loopback, protocol }) => !loopback && protocol === asked.protocol);
  if (open.length === 0 || open.some(({ port }) => port === asked.port)) return [];
  return open.slice(0, 2).map(({ port }) => sendInstead(trouble, asked.host, port));
}

/** Whether a finding is about what this request met. */
function concerns({ symptoms, only, step }: Finding, kind: FailureClass, { asked, aim }: Trouble): boolean {
  if (!symptoms.includes(kind)) return false;
  const end = asked.last?.to;
  if (step === 4 && only?.pods !== undefined && end?.kind === "pod" && !only.pods.includes(end.name)) return false;
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
