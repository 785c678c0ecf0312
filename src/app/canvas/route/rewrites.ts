// The stops of a place that rewrites a packet: the rules of a Service, the draw, the source.
import {
  chainsOf,
  type Header,
  type HopEnd,
  makeKey,
  type Place,
  type ServiceDecision,
} from "../../../cluster/index.ts";
import { W } from "../../../words/en/narration.ts";
import type { Change, Draft, Phase } from "./stop.ts";
import { inShort, nameOf } from "./words.ts";

interface Work extends Pick<HopEnd, "rewrites" | "rules" | "service" | "header"> {
  readonly before: Header;
}

interface Standing {
  readonly at: (phase: Phase) => Omit<Draft, "sentence">;
  /** Where the source is rewritten. */
  readonly last: Phase;
}

/** The stops of a place that rewrites: its rules, the draw, the source. */
export function worked(work: Work, place: Place, { at, last }: Standing): Draft[] {
  const { service, rewrites, before, header } = work;
  const to = { what: "to", before: end(before, "to"), after: end(header, "to") } as const;
  const from = { what: "from", before: end(before, "from"), after: end(header, "from") } as const;
  const changed = (change: Change) => (change.before === change.after ? [] : [change]);
  if (rewrites.every(({ kind }) => kind === "conntrack-reply")) {
    const sentence = inShort((name) => W.restores(nameOf(place, name), from.after));
    const plainly = inShort((name) => W.returns(nameOf(place, name), to.after));
    const text = from.before === from.after ? plainly : sentence;
    return [{ ...at("start"), sentence: text, changes: [...changed(from), ...changed(to)] }];
  }
  const masked = rewrites.find(({ kind }) => kind === "masquerade");
  const aimed = rewrites.find(({ kind }) => kind === "dnat");
  const drafts: Draft[] = [];
  if (aimed !== undefined && service === undefined) {
    const sentence = inShort((name) => W.sameAgain(nameOf(place, name), to.after));
    drafts.push({ ...at("start"), sentence, changes: changed(to) });
  }
  if (service !== undefined) {
    if (service.via === "nodePort") drafts.push({ ...at("start"), sentence: gate(place, before, service) });
    drafts.push({ ...at("service"), sentence: rules(work, service), service: addressOf(service) });
    drafts.push({
      ...at("drawn"),
      sentence: draw(work, service, to.after),
      changes: changed(to),
      service: addressOf(service),
    });
  }
  if (masked !== undefined) {
    const sentence = inShort(() => W.masked(header.source));
    drafts.push({ ...at(drafts.length === 0 ? "start" : last), sentence: capital(sentence), changes: changed(from) });
  }
  return drafts;
}

function gate(place: Place, { destinationPort }: Header, service: ServiceDecision): string {
  return inShort((name) => W.gate(nameOf(place, name), destinationPort, name(service.name)));
}

/** Which rules take a packet to a Service; a NodePort's packet joins those of the ClusterIP. */
function rules({ rules: matched }: Work, service: ServiceDecision): string {
  const chains = chainsOf(matched);
  const path = chains.join(" → ");
  const address = `${service.clusterIP}:${service.port}`;
  if (chains.includes("KUBE-SVL")) return inShort(() => W.local(address, path));
  return inShort(() => W.rules(service.via === "clusterIP", address, path));
}

function draw({ rules: matched }: Work, { candidates }: ServiceDecision, drawn: string): string {
  if (matched.some(({ text }) => text.includes("--rcheck"))) return inShort(() => W.remembered(drawn));
  const ready = candidates.filter(({ state }) => state === "drawn" || state === "eligible").length;
  if (ready <= 1) return inShort(() => W.only(drawn));
  return inShort(() => W.drawn(ready, drawn));
}

function addressOf({ namespace, name, clusterIP, port }: ServiceDecision) {
  return { key: makeKey(namespace, name), address: `${clusterIP}:${port}` };
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** One end of a header: `192.168.1.11:30080`; an echo has no port. */
export function end(header: Header, which: "from" | "to"): string {
  const [address, port] =
    which === "to" ? [header.destination, header.destinationPort] : [header.source, header.sourcePort];
  return header.protocol === "ICMP" ? address : `${address}:${port}`;
}
