// The outside world: hosts that external names lead to, and the name server that knows them.
import type { Service } from "./api/types.gen.ts";
import { fnv1a32 } from "./apimachinery/hash.ts";
import type { ComponentContext } from "./client-go/component.ts";
import { type DnsAnswer, readQuestion, writeAnswer } from "./network/dns-message.ts";
import { hostOf } from "./network/incoming.ts";
import type { Handler, Network, Reply, Socket } from "./network/network.ts";

/** 198.51.100.0/24: addresses for documentation (RFC 5737, TEST-NET-2). */
const PREFIX = "198.51.100.";
/** Where the cluster's DNS asks for names that are not its own. */
export const UPSTREAM_DNS = `${PREFIX}53`;
const TTL = 30;
/** Hosts that are always there; all others come with the ExternalName Service that names them. */
const KNOWN = ["my.external-database.com", "endpoint.database.site.com", "example.com", "www.example.com"];
/** Last parts of names that never exist in the public DNS (RFC 2606, RFC 6761, RFC 6762, RFC 8375). */
const PRIVATE = /(?:^|\.)(?:local|localhost|invalid|test|internal|arpa|svc|cluster)$/;
const DATABASE_PORTS = [5432, 3306];

/** The address of a load balancer that has a name only, as its cloud's DNS would tell it. */
export function addressInName(name: string): string | undefined {
  const match = /^(\d+)-(\d+)-(\d+)-(\d+)\.lb\.cloud\.example$/.exec(name);
  return match?.slice(1).join(".");
}

/** Hosts and names outside the cluster, while `settings.internet` is on. Spec: [OUT-1] to [OUT-4]. */
export class Internet {
  readonly #network: Network;
  readonly #context: ComponentContext;
  readonly #addresses = new Map<string, string>();

  constructor(context: ComponentContext, network: Network) {
    this.#context = context;
    this.#network = network;
    KNOWN.forEach((name, at) => {
      this.#add(name, PREFIX + (10 + at));
    });
    context.informers.of("services").onChange((service) => this.#learn(service));
    network.outsideNames = (name) => this.addressOf(name);
    const dns = { protocol: "UDP", port: 53, loopback: false, handler: this.#answer } as const;
    network.outsiders.set(UPSTREAM_DNS, { name: "upstream DNS", sockets: [dns] });
  }

  /** Undefined when the name does not exist out there. */
  addressOf(name: string): string | undefined {
    if (!this.#context.settings().internet) return undefined;
    const bare = name.replace(/\.$/, "").toLowerCase();
    const balancer = addressInName(bare) ?? "";
    return this.#network.balancers.has(balancer) ? balancer : this.#addresses.get(bare);
  }

  /** What the name server out there says. */
  lookup(name: string, type: string): DnsAnswer {
    const address = this.addressOf(name);
    if (address === undefined) return { rcode: "NXDOMAIN", answers: [] };
    const owner = name.endsWith(".") ? name : `${name}.`;
    return { rcode: "NOERROR", answers: type === "A" ? [{ name: owner, ttl: TTL, type, data: address }] : [] };
  }

  readonly #answer: Handler = ({ body }) => {
    const question = readQuestion(body);
    if (question === undefined || !this.#context.settings().internet) return undefined;
    return { status: 200, body: writeAnswer(this.lookup(question.name, question.type)) };
  };

  /** A name that a Service points to is taken to exist from then on. */
  #learn(service: Service | undefined): void {
    if (service?.spec?.type !== "ExternalName") return;
    const name = (service.spec.externalName ?? "").replace(/\.$/, "");
    if (!name.includes(".") || /[\d.]+$/.exec(name)?.[0] === name || PRIVATE.test(name) || this.#addresses.has(name))
      return;
    const first = fnv1a32(name);
    for (let at = 0; at < 180; at++) {
      const address = PREFIX + (64 + ((first + at) % 180));
      if (this.#network.outsiders.has(address)) continue;
      this.#add(name, address);
      return;
    }
  }

  #add(name: string, address: string): void {
    this.#addresses.set(name, address);
    const open = (port: number, handler: Handler): Socket => ({ protocol: "TCP", port, loopback: false, handler });
    const site: Handler = (request) => siteReply(name, address, request);
    const sockets = [
      open(80, site),
      open(443, (request, respond) => ({ ...site(request, respond), certificate: [name] }) as Reply),
    ];
    if (/data|db|sql/.test(name))
      for (const port of DATABASE_PORTS)
        sockets.push(open(port, () => ({ status: 200, body: `${name} at ${address}\n` })));
    this.#network.outsiders.set(address, { name, sockets });
  }
}

/** A site answers to its own name only: another one in the Host header is nothing it knows. */
function siteReply(name: string, address: string, request: Parameters<Handler>[0]): Reply {
  const host = hostOf(request);
  if (host === name) return { status: 200, body: `${name} at ${address}, you are ${request.source.address}\n` };
  return { status: 404, body: `404 Not Found: there is no site "${host}" here, only ${name}\n` };
}
