// What CoreDNS asks a name server beyond the cluster for: names that are not of its zone, and where an alias leads out of it.
import type { DnsAnswer, DnsQuestion } from "../network/dns-message.ts";
import { ZONE } from "./records.ts";

/** The name to ask upstream for a whole answer; undefined when the zone's own answer is all there is. Spec: [DNS-11]. */
// Models coredns/plugin/forward, plugin/pkg/upstream Lookup
export function askedUpstream(question: DnsQuestion, own: DnsAnswer): string | undefined {
  const name = question.name.replace(/\.$/, "").toLowerCase();
  if (!isInZone(name)) return name.endsWith(".arpa") ? undefined : question.name;
  if (question.type !== "A" && question.type !== "AAAA") return undefined;
  const last = own.answers.at(-1);
  return last?.type === "CNAME" && !isInZone(last.data.replace(/\.$/, "").toLowerCase()) ? last.data : undefined;
}

/** The zone's answer with what upstream knew. An alias to a name that does not exist stays an alias. */
export function withUpstream(own: DnsAnswer, upstream: DnsAnswer): DnsAnswer {
  if (own.answers.length === 0) return upstream;
  return { rcode: "NOERROR", answers: [...own.answers, ...upstream.answers] };
}

function isInZone(name: string): boolean {
  return name === ZONE || name.endsWith(`.${ZONE}`);
}
