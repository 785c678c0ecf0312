// How a program turns a name into addresses: the stub resolver with search list, ndots and attempts of
// resolv.conf. A pod asks the cluster's DNS, other machines a resolver of their own.

import { W } from "../../words/en/network.ts";
import { type DnsAnswer, readAnswer, writeQuestion } from "./dns-message.ts";
import { parseIPv4 } from "./ip.ts";
import type { Network, PodAttachment } from "./network.ts";
import type { Outcome, Place, SendRequest } from "./packet.ts";

/** Addresses, or why there are none. */
export type Resolution =
  | { readonly addresses: readonly string[]; readonly because?: string | undefined }
  | { readonly unresolved: string };

/** What a resolver needs: sending a question as a packet of its own. */
export interface ResolverParts {
  readonly network: Network;
  /** `waitMs`: how long the resolver keeps asking when this question gets no answer. */
  ask(request: SendRequest, done: (outcome: Outcome) => void, waitMs: number): void;
}

/** The resolver waits this long for a server, and asks twice. */
// Models resolv.conf(5) options timeout, attempts
const TIMEOUT_MS = 5_000;
const ATTEMPTS = 2;

type Resolver = NonNullable<PodAttachment["resolver"]>;

/** Resolves `host` as a program at `from` would and calls `done`, at once or when the answers are there. */
export function resolve(parts: ResolverParts, from: Place, host: string, done: (result: Resolution) => void): void {
  if (parseIPv4(host) !== undefined) {
    done({ addresses: [host] });
    return;
  }
  const listed = host === "localhost" ? "127.0.0.1" : parts.network.hostsFile?.(from, host);
  if (listed !== undefined) {
    done({ addresses: [listed] });
    return;
  }
  const resolver = resolverOf(parts.network, from);
  if (resolver === undefined) {
    const outside = parts.network.outsideNames?.(host);
    if (outside !== undefined) {
      done({ addresses: [outside] });
      return;
    }
    const who = from.kind === "pod" ? W.podIn(from.namespace, from.name) : from.name;
    const reason = W.unknownName(who, host);
    done({ unresolved: reason });
    return;
  }
  new Lookup(parts, { from, host, resolver, done }).next();
}

function resolverOf(network: Network, from: Place): Resolver | undefined {
  if (from.kind !== "pod") return undefined;
  return network.podNamed(from.namespace, from.name)?.resolver;
}

/** The names tried for `host`, in order: with fewer dots than `ndots` the search list comes first. Spec: [DNS-8]. */
export function searchNames(host: string, resolver: Pick<Resolver, "search" | "ndots">): readonly string[] {
  if (host.endsWith(".")) return [host];
  const dots = host.split(".").length - 1;
  const searched = resolver.search.map((suffix) => `${host}.${suffix}.`);
  return dots >= resolver.ndots ? [`${host}.`, ...searched] : [...searched, `${host}.`];
}

/** Why a name is not resolved when its server is silent; one sentence without its full stop. */
export function noAnswer(server: string, host: string, reason: string): string {
  return W.silentServer(server, host, reason);
}

/** One look-up: the names in order, each asked of the server until something answers. */
class Lookup {
  readonly #parts: ResolverParts;
  readonly #of: { from: Place; host: string; resolver: Resolver; done: (result: Resolution) => void };
  readonly #names: readonly string[];
  #at = 0;
  #attempt = 0;
  #alias: string | undefined;

  constructor(
    parts: ResolverParts,
    of: { from: Place; host: string; resolver: Resolver; done: (result: Resolution) => void },
  ) {
    this.#parts = parts;
    this.#of = of;
    this.#names = searchNames(of.host, of.resolver);
  }

  // Unlike glibc: asks for A alone, because the cluster is IPv4 only and a second packet per question would hide the first.
  next(): void {
    const name = this.#names[this.#at];
    if (name === undefined) {
      this.#of.done({ unresolved: this.#notFound() });
      return;
    }
    const question = { name, type: "A" };
    this.#parts.ask(
      {
        from: this.#of.from,
        host: this.#of.resolver.nameserver,
        port: 53,
        protocol: "UDP",
        method: "QUERY",
        path: name,
        body: writeQuestion(question),
        timeoutMs: TIMEOUT_MS,
        purpose: "dns",
        target: `${name} A`,
      },
      (outcome) => this.#take(outcome),
      TIMEOUT_MS * (ATTEMPTS - this.#attempt - 1),
    );
  }

  #take(outcome: Outcome): void {
    const answer = outcome.kind === "answered" ? readAnswer(outcome.body) : undefined;
    if (answer !== undefined) {
      this.#read(answer);
      return;
    }
    this.#attempt += 1;
    if (outcome.kind === "timeout" && this.#attempt < ATTEMPTS) {
      this.next();
      return;
    }
    const server = this.#of.resolver.nameserver;
    const reason = "reason" in outcome ? outcome.reason : W.noDns;
    this.#of.done({ unresolved: noAnswer(server, this.#of.host, reason) });
  }

  #read(answer: DnsAnswer): void {
    const addresses = answer.answers.filter((each) => each.type === "A").map((each) => each.data);
    if (addresses.length > 0) {
      const alias = answer.answers.find((each) => each.type === "CNAME")?.data;
      this.#of.done({ addresses, because: this.#because(addresses, alias) });
      return;
    }
    this.#alias ??= answer.answers.find((each) => each.type === "CNAME")?.data;
    this.#at += 1;
    this.#attempt = 0;
    this.next();
  }

  /** What a name that leads past every Service rule led to. */
  #because(addresses: readonly string[], alias: string | undefined): string | undefined {
    const { host } = this.#of;
    const past = W.past;
    const isPod = this.#parts.network.podAt(addresses[0] ?? "") !== undefined;
    if (alias !== undefined) {
      const leads = isPod || !alias.endsWith(".cluster.local.") ? `, ${past}` : "";
      return W.tookAlias(host, alias.replace(/\.$/, ""), leads);
    }
    if (!isPod) return undefined;
    const which = addresses.length === 1 ? W.podsAddress : W.firstOf(addresses.length);
    return W.tookAddress(which, host, past);
  }

  #notFound(): string {
    const { host, resolver } = this.#of;
    if (this.#alias !== undefined) return W.badAlias(host, this.#alias);
    return W.noAddressFor(resolver.nameserver, this.#names.join(W.or));
  }
}
