// What a node does to a packet that comes by: conntrack for what belongs to a known flow, rules for what is new.

import { W } from "../../words/en/network.ts";
import type { Rng } from "../sim/rng.ts";
import { type Conntrack, reversed } from "./conntrack.ts";
import type { Decision, Visit } from "./decide.ts";
import type { Machine } from "./machine.ts";
import type { DnatTarget, Decision as RulesVerdict } from "./netfilter/evaluate.ts";
import type { Header, Rewrite } from "./packet.ts";
import { SourceChange, TargetChange } from "./rewrites.ts";

const NOTHING: readonly never[] = [];

/** Translates a packet of a known connection as the packets before it, its answers the other way; new ones are left alone. */
export function knownConnection(visit: Visit, machine: Machine): undefined {
  const { packet, header, now } = visit;
  if (packet.kind === "icmp-unreachable") {
    translateError(visit, machine.conntrack);
    return undefined;
  }
  const isRequest = packet.kind === "request";
  const flow = isRequest ? machine.conntrack.findOriginal(header, now) : machine.conntrack.findReply(header, now);
  if (flow === undefined) return undefined;
  visit.flow = flow;
  visit.header = isRequest ? flow.translated : reversed(flow.original);
  visit.rewrites = differences(header, visit.header, isRequest ? "dnat" : "conntrack-reply");
  return undefined;
}

/** Runs the first packet of a connection through the node's nat and filter tables. */
export function applyRules(visit: Visit, machine: Machine): Decision | undefined {
  if (visit.packet.kind !== "request" || visit.flow !== undefined) return undefined;
  const { header, arrived, now, around } = visit;
  const origin = arrived === undefined ? "here" : "wire";
  const rng = around.rng.packets;
  const verdict = machine.judge(header, { origin, now, rng });
  visit.rules = verdict.rules;
  if (verdict.affinity !== undefined) visit.affinity = { machine, list: verdict.affinity };
  if (verdict.verdict !== "ACCEPT") return stop(visit, machine, verdict);
  rewriteBy(visit, machine, verdict);
  return undefined;
}

function stop(visit: Visit, machine: Machine, verdict: RulesVerdict): Decision {
  const reason = stopReason(visit.header, machine, verdict);
  visit.service = verdict.service;
  if (verdict.verdict === "DROP") return visit.end("dropped", reason);
  const answer = { kind: "icmp-unreachable", from: { kind: "node", name: machine.name } } as const;
  return { kind: "end", verdict: "refused", reason, work: visit, answer };
}

function stopReason(header: Header, machine: Machine, verdict: RulesVerdict): string {
  const { subject } = verdict;
  if (subject === undefined) return W.stopped(machine.name);
  const service = `Service ${subject.namespace}/${subject.name}`;
  if (verdict.verdict === "REJECT") return W.noEndpoints(service, subject.whyNone("cluster"));
  if (verdict.rules.some((rule) => rule.chain === "KUBE-PROXY-FIREWALL"))
    return W.sourceRanges(service, header.source, machine.name);
  const policy = verdict.via === "clusterIP" ? "internalTrafficPolicy" : "externalTrafficPolicy";
  return W.noLocal(service, policy, machine.name, subject.whyNone("local"));
}

function rewriteBy(visit: Visit, machine: Machine, verdict: RulesVerdict): void {
  const { header } = visit;
  const drawn = verdict.destinations[0];
  if (drawn === undefined && !verdict.masquerade) return;
  const aimed = drawn === undefined ? header : aimedAt(header, drawn);
  const next = verdict.masquerade ? masqueraded(aimed, machine, visit.around.rng.packets) : aimed;
  const masked = verdict.masquerade ? [new SourceChange("masquerade", header, next, "KUBE-POSTROUTING")] : NOTHING;
  visit.header = next;
  visit.tracked = [{ conntrack: machine.conntrack, original: header, translated: next }];
  visit.rewrites = masked;
  if (drawn === undefined) return;
  visit.rewrites = [new TargetChange("dnat", header, next, drawn.by), ...masked];
  visit.service = verdict.service;
  visit.drawn = verdict.drawn;
}

function aimedAt(header: Header, { address, port }: DnatTarget): Header {
  return {
    protocol: header.protocol,
    source: header.source,
    sourcePort: header.sourcePort,
    destination: address,
    destinationPort: port,
  };
}

/** Gives a packet the node's address and a random free port, as MASQUERADE --random-fully does. */
export function masqueraded(header: Header, machine: Pick<Machine, "address" | "conntrack">, rng: Rng): Header {
  for (let attempt = 0; ; attempt++) {
    const next: Header = {
      protocol: header.protocol,
      source: machine.address,
      sourcePort: 1024 + rng.int(64_512),
      destination: header.destination,
      destinationPort: header.destinationPort,
    };
    if (attempt > 100 || machine.conntrack.isFree(next)) return next;
  }
}

/** An ICMP error finds its way by the header it carries. */
function translateError(visit: Visit, conntrack: Conntrack): void {
  const { header, packet, now } = visit;
  const flow = packet.about === undefined ? undefined : conntrack.findReply(reversed(packet.about), now);
  if (flow === undefined) return;
  visit.flow = flow;
  visit.about = flow.original;
  visit.header = { ...header, destination: flow.original.source };
  visit.rewrites = differences(header, visit.header, "conntrack-reply");
}

// Written as literals, not pushed: an array that grew keeps room for many more, and the record holds thousands of these.
function differences(before: Header, after: Header, kind: "dnat" | "conntrack-reply"): readonly Rewrite[] {
  const isAimed = before.destination !== after.destination || before.destinationPort !== after.destinationPort;
  const isMasked = before.source !== after.source || before.sourcePort !== after.sourcePort;
  if (!isAimed && !isMasked) return NOTHING;
  const aimed = new TargetChange(kind, before, after, "conntrack");
  if (!isMasked) return [aimed];
  const masked = new SourceChange(kind === "dnat" ? "masquerade" : kind, before, after, "conntrack");
  return isAimed ? [aimed, masked] : [masked];
}
