// A request presented as stops: where something happens to it, in one short sentence each. A pure function of an exchange and its hops.
import type { Exchange, Hop, Outcome, Packet, ServiceDecision, Trace } from "../../../cluster/index.ts";
import { W } from "../../../words/en/narration.ts";
import { type LookupStop, lookupStops } from "./lookups.ts";
import { end, worked } from "./rewrites.ts";
import type { Draft, End, Phase, Stop, Story } from "./stop.ts";
import { inShort, nameOf, type Term, termsIn } from "./words.ts";

/** The time at which a packet is at a phase of a hop; the page knows how long the path past a card is. */
export type TimeOf = (hop: Hop, phase: Phase) => number;

const PARTS: Readonly<Record<Phase, number>> = { start: 0, service: 0.3, drawn: 0.5, source: 0.7, end: 1 };
const plainTime: TimeOf = (hop, phase) => hop.sentAt + PARTS[phase] * (hop.arrivesAt - hop.sentAt);

/** Requests on behalf of others are shown within these up to this depth. */
const DEEPEST = 3;
/** Nobody steps through more stops than this. */
const MOST = 60;

/** The story of an exchange as far as it has come; undefined when it is forgotten. */
export function storyOf(id: number, trace: Trace, timeOf: TimeOf = plainTime): Story | undefined {
  const exchange = trace.exchange(id);
  if (exchange === undefined) return undefined;
  const told = tell(exchange, { trace, timeOf, depth: 0 });
  const drafts = told.drafts.map((draft, order) => ({ draft, order }));
  drafts.sort((a, b) => a.draft.at - b.draft.at || a.order - b.order);
  const known = new Set<Term>();
  const stops = drafts.slice(0, MOST).map(({ draft }, at): Stop => {
    const terms = termsIn(draft.sentence).filter((term) => !known.has(term));
    for (const term of terms) known.add(term);
    return { ...draft, number: at + 1, terms };
  });
  return { exchange, stops, hops: told.hops };
}

interface Telling {
  readonly trace: Trace;
  readonly timeOf: TimeOf;
  readonly depth: number;
}

interface Told {
  readonly drafts: readonly Draft[];
  readonly hops: readonly Hop[];
}

function tell(exchange: Exchange, telling: Telling): Told {
  const { trace, depth } = telling;
  const packets = exchange.packets.flatMap((each) => trace.packet(each) ?? []);
  const children = depth >= DEEPEST ? [] : [...trace.exchanges()].filter(({ parent }) => parent === exchange.id);
  const lookups = children.filter(({ purpose }) => purpose === "dns");
  const others = children.filter(({ purpose }) => purpose !== "dns");
  const asked = exchange.purpose === "dns" ? [] : lookupStops(exchange, lookups);
  const inner = others.map((child) => tell(child, { ...telling, depth: depth + 1 }));
  const aim = packets.flatMap(({ kind, hops }) => (kind === "request" ? hops : [])).find(decisionOf);
  const drafts = packets.flatMap((packet, at) => {
    const next = packets[at + 1];
    const again = packet.kind === "request" ? repeats(packets, at) : undefined;
    if (again === "skip") return [];
    if (again !== undefined) return againStop(packet, again, telling);
    return packetStops(packet, { telling, exchange, next, aim, between: others.length > 0 });
  });
  const last = depth === 0 ? outcomeStop(exchange) : [];
  return {
    drafts: [...asked.map(fromLookup), ...drafts, ...inner.flatMap((each) => each.drafts), ...last],
    hops: [...packets.flatMap(({ hops }) => hops), ...inner.flatMap((each) => each.hops)],
  };
}

/** Which time a request is sent when the previous one was lost too; "skip" for those between, undefined for the first. */
function repeats(packets: readonly Packet[], at: number): number | "skip" | undefined {
  const tries = packets.slice(0, at + 1).filter(({ kind }) => kind === "request");
  const mine = tries.at(-1);
  const isLost = (packet: Packet | undefined) =>
    packet !== undefined && !["delivered", "flying", "forwarded", undefined].includes(packet.hops.at(-1)?.verdict);
  if (tries.length < 2 || !isLost(tries.at(-2)) || !isLost(mine)) return undefined;
  const next = packets[at + 1];
  return next !== undefined && next.kind === "request" && isLost(next) ? "skip" : tries.length - 1;
}

function againStop(packet: Packet, times: number, { timeOf }: Telling): Draft[] {
  const hop = packet.hops.at(-1);
  if (hop === undefined) return [];
  return [{ ...plain(hop, "end", timeOf), sentence: inShort(() => W.again(times)), end: endOf(hop) }];
}

interface PacketTelling {
  readonly telling: Telling;
  readonly exchange: Exchange;
  /** The packet after it: an answer that is shown with the end of this one. */
  readonly next: Packet | undefined;
  /** The hop on which the rules of a Service decide. */
  readonly aim: Hop | undefined;
  /** Whether requests of its taker lie between it and its answer. */
  readonly between: boolean;
}

function packetStops(packet: Packet, given: PacketTelling): Draft[] {
  const { telling, exchange, aim } = given;
  const back = packet.kind !== "request";
  const drafts: Draft[] = [];
  for (const hop of packet.hops) {
    const at = (phase: Phase) => ({ ...plain(hop, phase, telling.timeOf), back });
    if (hop.index === 0 && !back) drafts.push({ ...at("start"), sentence: sent(hop, exchange, decisionOf(aim)) });
    else if (hop.index === 0 && given.between)
      drafts.push({
        ...at("start"),
        sentence: inShort((name) => W.passesAnswer(nameOf(hop.from, name), end(hop.header, "to"))),
      });
    else if (hop.index > 0) drafts.push(...passing(hop, { back, timeOf: telling.timeOf }));
    if (!back && hop.verdict !== "flying" && hop.verdict !== "forwarded") drafts.push(...arrival(hop, given));
    if (back && !["flying", "forwarded", "delivered"].includes(hop.verdict)) drafts.push(...arrival(hop, given));
  }
  return drafts;
}

function sent(hop: Hop, { asked, protocol }: Exchange, service: ServiceDecision | undefined): string {
  const to = end(hop.header, "to");
  if (hop.because !== undefined) return inShort((name) => W.choseIt(nameOf(hop.from, name), name(to)));
  const what = protocol === "ICMP" ? W.echoRequest : asked === undefined ? W.aPacket : W.aRequest;
  return inShort((name) => W.sends(nameOf(hop.from, name), what, to, meaning(service, name)));
}

/** What the address is that a packet is sent to. */
function meaning(service: ServiceDecision | undefined, name: (text: string) => string): string {
  switch (service?.via) {
    case "nodePort":
      return W.nodePort;
    case "clusterIP":
      return W.clusterIP(name(service.name));
    case "loadBalancerIP":
      return W.balancerIP;
    case "externalIP":
      return W.externalIP(name(service.name));
    case undefined:
      return "";
  }
}

/** What a place on the way does to a packet that comes to it. */
function passing(hop: Hop, { back, timeOf }: { back: boolean; timeOf: TimeOf }): Draft[] {
  const at = (phase: Phase) => ({ ...plain(hop, phase, timeOf), back });
  if (hop.forward !== undefined)
    return hop.forward.back
      ? []
      : [
          {
            ...at("start"),
            sentence: inShort((name) => W.forward(nameOf(hop.to, name))),
          },
        ];
  if (hop.rewrites.length > 0) return worked({ ...hop, before: hop.received }, hop.from, { at, last: "source" });
  if (back) return [];
  return [
    {
      ...at("start"),
      sentence: inShort((name) => W.passes(nameOf(hop.from, name), nameOf(hop.to, name))),
    },
  ];
}

/** Where a packet's way ends: taken, with what comes back, or not. */
function arrival(hop: Hop, { telling, next, between, exchange }: PacketTelling): Draft[] {
  const at = (phase: Phase) => plain(hop, phase, telling.timeOf);
  const stop = { ...at("end"), place: hop.to };
  const to = (name: (text: string) => string) => nameOf(hop.to, name);
  const reason = hop.reason ?? "";
  switch (hop.verdict) {
    case "delivered": {
      const here = {
        at: (phase: Phase) => ({
          ...at("end"),
          phase: phase === "service" ? ("end" as const) : at("end").phase,
          place: hop.to,
        }),
        last: "end" as const,
      };
      const work =
        hop.end === undefined || hop.end.rewrites.length === 0
          ? []
          : worked({ ...hop.end, before: hop.header }, hop.to, here);
      const header = hop.end?.header ?? hop.header;
      const port = header.protocol === "ICMP" ? "" : W.onPort(header.destinationPort);
      const answer = next !== undefined && next.kind === "reply" && !between ? next.hops[0] : undefined;
      const said = answer === undefined ? "" : W.andAnswers(end(answer.header, "to"));
      return [...work, { ...stop, sentence: inShort((name) => W.takes(to(name), port, said)) }];
    }
    case "refused":
      return [{ ...stop, sentence: inShort((name) => W.refuses(to(name), reasonIn(reason, name))), end: "refused" }];
    case "dropped":
      return [
        {
          ...stop,
          sentence: inShort((name) => W.drops(to(name), reasonIn(reason, name))),
          end: "dropped",
        },
      ];
    case "unreachable":
      return [
        {
          ...stop,
          sentence: inShort((name) => W.noRoute(to(name), reasonIn(reason, name))),
          end: "unreachable",
        },
      ];
    case "lost": {
      const what = exchange.protocol === "ICMP" ? W.theEcho : W.thePacket;
      return [{ ...stop, sentence: inShort((name) => W.lost(what, reasonIn(reason, name))), end: "lost" }];
    }
    default:
      return [];
  }
}

/** What the network says of a packet that no NetworkPolicy admits; the inspector has the rest. */
const POLICY =
  /(NetworkPolicy \S+|\d+ NetworkPolicies) isolates? pod \S+ for \w+ and (?:does not admit|none admits) (ICMP|\w+ \d+)\b.*$/;

/** A reason with the names in it shortened, and the namespace that everyone means left out. */
function reasonIn(reason: string, name: (text: string) => string): string {
  const short = reason.replace(POLICY, (_, policy: string, what: string) => W.notAdmitted(policy, what));
  return short.replace(/\bdefault\//g, "").replace(/[^\s,;:]*[a-z][-.][^\s,;:]+/g, name);
}

function outcomeStop(exchange: Exchange): Draft[] {
  const { outcome, endedAt, from } = exchange;
  if (outcome.kind === "pending" || endedAt === undefined) return [];
  const sentence = inShort((name) => came(exchange, outcome, name));
  const rest = { hop: undefined, phase: "end", changes: [], service: undefined, back: true } as const;
  return [{ ...rest, at: endedAt, place: from, sentence, end: outcome.kind }];
}

function came(
  { from, purpose, protocol, startedAt, endedAt = startedAt }: Exchange,
  outcome: Outcome,
  name: (text: string) => string,
): string {
  const who = nameOf(from, name);
  switch (outcome.kind) {
    case "answered": {
      if (purpose === "dns") return W.gets(who, outcome.body.split("\n", 1)[0] ?? "", nameOf(outcome.servedBy, name));
      const what =
        protocol === "ICMP" ? W.theEcho : protocol === undefined ? String(outcome.status) : W.answerBy(protocol);
      return W.getsSeen(who, what, nameOf(outcome.servedBy, name), outcome.clientSeen);
    }
    case "refused":
      return W.refused(who);
    case "timeout":
      return W.timeout(who, Math.round((endedAt - startedAt) / 100) / 10);
    case "unreachable":
      return W.unreachable(who, reasonIn(outcome.reason, name));
    case "unresolved":
      return W.unresolved(who, reasonIn(outcome.reason, name));
    case "reset":
      return outcome.closed === true ? W.closed(reasonIn(outcome.reason, name)) : W.cut(reasonIn(outcome.reason, name));
    case "pending":
      return "";
  }
}

function plain(hop: Hop, phase: Phase, timeOf: TimeOf): Omit<Draft, "sentence"> {
  const place = phase === "end" ? hop.to : hop.from;
  return { at: timeOf(hop, phase), hop, phase, place, back: false, changes: [], service: undefined, end: undefined };
}

function fromLookup({ at, sentence, place, end: ended }: LookupStop): Draft {
  return {
    at,
    sentence,
    place,
    hop: undefined,
    phase: "start",
    back: false,
    changes: [],
    service: undefined,
    end: ended,
  };
}

function decisionOf(hop: Hop | undefined): ServiceDecision | undefined {
  return hop?.service ?? hop?.end?.service;
}

function endOf({ verdict }: Hop): End | undefined {
  return verdict === "refused" || verdict === "dropped" || verdict === "unreachable" || verdict === "lost"
    ? verdict
    : undefined;
}
