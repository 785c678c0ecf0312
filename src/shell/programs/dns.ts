// Questions to name servers: whom a program asks, and the packet that carries the question.
import { type DnsAnswer, type Outcome, readAnswer, writeQuestion } from "../../cluster/index.ts";
import type { ProgramIO } from "../program.ts";
import { send } from "./places.ts";

/** `NAME TTL IN TYPE DATA` per record, sorted as text. */
export function answerLines(answer: DnsAnswer): string[] {
  return answer.answers.map((each) => `${each.name} ${each.ttl} IN ${each.type} ${each.data}`).sort();
}

/** Where the cluster's DNS listens: the tenth address of the service network. */
export function nameserver(serviceCIDR: string): string {
  const [base = ""] = serviceCIDR.split("/");
  return base.replace(/\d+$/, (last) => String(Number(last) + 10));
}

/** What /etc/resolv.conf says where a program runs. */
export interface Resolver {
  readonly nameserver: string;
  readonly search: readonly string[];
  readonly ndots: number;
}

/** The resolver of a pod; undefined on machines and in pods that use their node's. */
export function resolverOf({ cluster, at: { place } }: ProgramIO): Resolver | undefined {
  return place.kind === "pod" ? cluster.network.podNamed(place.namespace, place.name)?.resolver : undefined;
}

/** The names that a resolver tries, in order. */
export function candidates(name: string, { search, ndots }: Resolver): string[] {
  if (name.endsWith(".")) return [name];
  const dots = name.split(".").length - 1;
  const searched = search.map((domain) => `${name}.${domain}`);
  return dots >= ndots ? [name, ...searched] : [...searched, name];
}

/** The question for the name of an address. */
export function reverseName(address: string): string {
  return `${address.split(".").reverse().join(".")}.in-addr.arpa`;
}

/** One question of a program. */
export interface Asked {
  readonly name: string;
  readonly type: string;
  /** Undefined: the cluster's records are looked up without a packet, as the laptop and the nodes have no way to ask. */
  readonly server: string | undefined;
  readonly port?: number;
  readonly protocol?: "TCP" | "UDP";
  readonly timeoutMs: number;
  readonly tries: number;
}

/** What came: an answer, or the last failure. */
export type Told = { readonly answer: DnsAnswer } | { readonly failure: Outcome };

/** Asks a name server by packet and calls `done` once; `failed` is called of each try that failed. */
export function ask(
  io: ProgramIO,
  asked: Asked,
  done: (told: Told) => void,
  failed?: (outcome: Outcome) => void,
): void {
  const { name, type, server, timeoutMs, tries } = asked;
  if (server === undefined) {
    done({ answer: io.cluster.resolve(name, type) });
    return;
  }
  const full = name.endsWith(".") ? name : `${name}.`;
  const request = {
    host: server,
    port: asked.port ?? 53,
    protocol: asked.protocol ?? "UDP",
    method: "QUERY",
    path: full,
    body: writeQuestion({ name: full, type }),
    timeoutMs,
    purpose: "dns",
    target: `${full} ${type} @${server}`,
  } as const;
  send(io, request, ({ outcome }) => {
    const answer = outcome.kind === "answered" ? readAnswer(outcome.body) : undefined;
    if (answer !== undefined) {
      done({ answer });
      return;
    }
    failed?.(outcome);
    if (tries > 1) ask(io, { ...asked, tries: tries - 1 }, done, failed);
    else done({ failure: outcome });
  });
}

/** "communications error" as BIND's tools word it. */
export function errorWords(outcome: Outcome): string {
  if (outcome.kind === "refused") return "connection refused";
  return outcome.kind === "unreachable" ? "host unreachable" : "timed out";
}
