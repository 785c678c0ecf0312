// What a hop did and the outcome of an exchange, each in one English sentence.

import { W } from "../../words/en/network.ts";
import type {
  Exchange,
  Forwarded,
  Hop,
  HopEnd,
  Loss,
  MatchedRule,
  Outcome,
  Place,
  Rewrite,
  ServiceDecision,
} from "./packet.ts";

/** The place as a sentence names it: `laptop`, `node-2`, `pod web-1`. */
export function describePlace(place: Place): string {
  switch (place.kind) {
    case "pod":
      return place.namespace === "default" ? W.pod(place.name) : W.podIn(place.namespace, place.name);
    case "client":
      return W.the(place.name);
    case "node":
      return place.name;
    case "outside":
      if (place.name.startsWith("load-balancer ")) return W.the(place.name.replace("-", " "));
      return place.name.includes(".") ? place.name : W.the(place.name);
  }
}

/**
 * Says in one sentence what happened on a hop: while it flies or when it went on, what the place that it left did; when the route
 * ended there, what became of the packet. Rewrites name addresses as in the header, the source without its port.
 *
 * @example "node-2 joined the rules of 10.96.7.12:80 (KUBE-NODEPORTS → KUBE-EXT → KUBE-SVC) and rewrote the destination 192.168.1.12:30080 to 10.244.1.4:8080 (Service default/web, drawn from 3 ready endpoints) and the source to 192.168.1.12."
 */
export function describeHop(hop: Hop): string {
  const to = describePlace(hop.to);
  switch (hop.verdict) {
    case "flying":
    case "forwarded":
      return sentence(departure(hop));
    case "delivered":
      return sentence(`${departure(hop)}${ending(hop)}`);
    case "refused":
      return sentence(W.refused(to, target(hop), hop.reason ?? W.nobody));
    case "dropped":
      return sentence(W.dropped(droppedAt(hop), target(hop), hop.reason ?? W.rule));
    case "unreachable":
      return sentence(W.noRouteTo(to, hop.header.destination, hop.reason ?? W.noRoute));
    case "lost":
      return sentence(W.lost(target(hop), hop.reason ?? W.nothing));
  }
}

/** The chains through which a packet came to an endpoint: of each kind the name without the Service's hash, in their order. */
export function chainsOf(rules: readonly MatchedRule[]): readonly string[] {
  const kinds = rules.flatMap(({ chain }) => /^KUBE-(?:SERVICES|NODEPORTS|EXT|SVC|SVL)(?=-|$)/.exec(chain)?.[0] ?? []);
  const all = [...new Set(kinds)];
  return all.includes("KUBE-NODEPORTS") ? all.filter((each) => each !== "KUBE-SERVICES") : all;
}

/**
 * Where a packet that never carries a ClusterIP joins the rules that the ClusterIP uses; undefined for one that came to the
 * ClusterIP itself. With a traffic policy of Local it goes another way: to the endpoints of its node alone.
 *
 * @example "joined the rules of 10.96.7.12:80 (KUBE-NODEPORTS → KUBE-EXT → KUBE-SVC)"
 */
function joined({ service, rules }: Pick<HopEnd, "service" | "rules">): string | undefined {
  if (service === undefined || service.via === "clusterIP") return undefined;
  const chains = chainsOf(rules);
  if (chains.length === 0) return undefined;
  const which = chains.includes("KUBE-SVL") ? W.own(address(service)) : W.rules(address(service));
  return W.joined(which, chains.join(" → "));
}

function address({ clusterIP, port }: ServiceDecision): string {
  return `${clusterIP}:${port}`;
}

function departure(hop: Hop): string {
  if (hop.forward !== undefined) return carried(hop, hop.forward);
  const said = hop.rules.map(({ says = "" }) => says).join("");
  const from = describePlace(hop.from);
  const changes = work(hop);
  const to = describePlace(hop.to);
  if (changes !== undefined) return `${from} ${because(hop)}${changes}${said}`;
  const say = hop.index === 0 ? W.sent : W.passed;
  return `${from} ${because(hop)}${say(target(hop), samePlace(hop.from, hop.to) ? W.itself : W.to(to))}${said}`;
}

function because(hop: Hop): string {
  return hop.because === undefined ? "" : W.because(hop.because);
}

/** A leg of a port-forward: connections of its own, that no Service rule sees. */
function carried(hop: Hop, forward: Forwarded): string {
  const [from, to] = [describePlace(hop.from), describePlace(hop.to)];
  const pod = describePlace({ kind: "pod", ...forward });
  if (forward.back) {
    const sender = hop.from.kind === "node" ? W.kubelet(from) : from;
    return W.back(sender, to);
  }
  switch (hop.from.kind) {
    case "client":
      return W.forward(from, to, pod);
    case "node":
      return W.inside(from, target(hop), pod);
    default:
      return W.onward(from, to);
  }
}

function ending(hop: Hop): string {
  const to = describePlace(hop.to);
  const changes = hop.end === undefined ? undefined : work(hop.end);
  if (changes !== undefined) return W.changedAndTook(to, changes);
  const isNamed = hop.forward === undefined && work(hop) === undefined && !samePlace(hop.from, hop.to);
  return isNamed ? W.whichTook : W.andTook(to);
}

function droppedAt(hop: Hop): string {
  return hop.to.kind === "outside" && hop.to.name === "internet"
    ? W.defaultRoute(describePlace(hop.from))
    : W.droppedThe(describePlace(hop.to));
}

/** What a place did to a packet: "rewrote …"; undefined when it did nothing. */
function work(done: Pick<HopEnd, "rewrites" | "rules" | "service">): string | undefined {
  if (done.rewrites.length === 0) return undefined;
  if (done.rewrites.every((each) => each.kind === "conntrack-reply")) return reply(done.rewrites);
  const parts = done.rewrites.map((each) =>
    each.kind === "masquerade"
      ? W.source(host(each.from), host(each.to))
      : W.destination(each.from, each.to, why(each, done.service)),
  );
  const rules = joined(done);
  return W.rewrote(rules, parts.join(W.and));
}

function reply(rewrites: readonly Rewrite[]): string {
  const parts = rewrites.map((each) => W.backTo(each.from, each.to));
  return W.knew(parts.join(W.and));
}

function why(rewrite: Rewrite, service: ServiceDecision | undefined): string {
  if (rewrite.by === "conntrack") return W.asBefore;
  if (service === undefined) return ` (${rewrite.by})`;
  const eligible = service.candidates.filter((each) => each.state === "drawn" || each.state === "eligible").length;
  const drawn = eligible === 1 ? W.only : W.drawn(eligible);
  return ` (Service ${service.namespace}/${service.name}, ${drawn})`;
}

/**
 * Says in one sentence the outcome of an exchange.
 *
 * @example "The laptop got 200 from pod web-1 at 10.244.1.4:8080, which saw 192.168.1.12 as the sender."
 */
export function describeOutcome(exchange: Exchange): string {
  const { outcome, target: aim } = exchange;
  const from = describePlace(exchange.from);
  switch (outcome.kind) {
    case "pending":
      return sentence(exchange.loss === undefined ? W.awaits(from, aim) : waits(exchange, exchange.loss));
    case "answered": {
      const what = got(exchange, outcome);
      return sentence(W.got(from, what, describePlace(outcome.servedBy), outcome.endpoint, outcome.clientSeen));
    }
    case "refused":
      return sentence(W.wasRefused(from, aim, outcome.reason));
    case "timeout":
      return sentence(W.gaveUp(from, aim, seconds(exchange), outcome.reason));
    case "unreachable":
      return sentence(W.cannotReach(from, aim, outcome.reason));
    case "unresolved":
      return sentence(W.unresolved(from, aim, outcome.reason));
    case "reset":
      return sentence(W.closed(from, aim, outcome.reason));
  }
}

/** What a sender does that does not know yet what became of its packet. */
function waits({ from, target: aim, startedAt }: Exchange, { reason, until, again, ends, taken }: Loss): string {
  const who = describePlace(from);
  const most = W.inAll(inSeconds(until - startedAt));
  if (taken === true) return W.waitsLong(who, aim, most, reason);
  if (again !== undefined) return W.again(who, aim, most, reason);
  const what = ends === "unresolved" ? W.forName(aim) : W.forIt(aim);
  return W.unaware(who, what, most, reason);
}

/** What an answer is, in short. */
function got({ purpose, protocol }: Exchange, { body, status }: Extract<Outcome, { kind: "answered" }>): string {
  if (purpose === "dns") return firstLine(body);
  if (protocol === undefined) return String(status);
  return protocol === "ICMP" ? W.echo : W.answerBy(protocol);
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

function seconds(exchange: Exchange): string {
  return inSeconds((exchange.endedAt ?? exchange.startedAt) - exchange.startedAt);
}

function inSeconds(ms: number): string {
  return String(Math.round(ms / 100) / 10);
}

function target(hop: Hop): string {
  const { header } = hop;
  if (header.protocol === "ICMP") return W.icmp(header.destination, header.destinationPort === 0);
  const protocol = header.protocol === "TCP" ? "" : ` (${header.protocol})`;
  return `${header.destination}:${header.destinationPort}${protocol}`;
}

function host(endpoint: string): string {
  return endpoint.slice(0, endpoint.lastIndexOf(":"));
}

function samePlace(a: Place, b: Place): boolean {
  return describePlace(a) === describePlace(b);
}

/** Gives a clause its capital, unless it begins with a name that has none, and its full stop. */
function sentence(clause: string): string {
  const text = /^(the|pod) /.test(clause) ? (clause[0] ?? "").toUpperCase() + clause.slice(1) : clause;
  return text.endsWith(".") ? text : `${text}.`;
}
