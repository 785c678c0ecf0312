// What moves packets, wired together: kube-proxies, the network's walkers, traffic, the cluster's DNS.
import { startApiMachine } from "./api-machine.ts";
import type { ComponentContext } from "./client-go/component.ts";
import { askedUpstream, withUpstream } from "./coredns/forward.ts";
import { answer } from "./coredns/records.ts";
import { corednsHandler, type Upstream } from "./coredns/server.ts";
import { type DnsView, viewOf } from "./coredns/view.ts";
import { Internet, UPSTREAM_DNS } from "./internet.ts";
import type { NftPort } from "./kube-proxy/nftables.ts";
import { startKubeProxies } from "./kube-proxy/start.ts";
import { watchLoadBalancers } from "./load-balancers.ts";
import { type DnsAnswer, readAnswer, writeQuestion } from "./network/dns-message.ts";
import { Exchanges } from "./network/exchanges.ts";
import { KeepAlive } from "./network/keep-alive.ts";
import type { Ruleset } from "./network/netfilter/rule.ts";
import type { Network } from "./network/network.ts";
import type { Outcome, SendRequest } from "./network/packet.ts";
import { type RouteAnswer, type RouteQuestion, route } from "./network/route.ts";
import { Traffic } from "./network/traffic.ts";

/** How long CoreDNS waits for the name server outside. */
const UPSTREAM_MS = 5_000;

/** What decides about the packets of a node. */
export interface NodeRules {
  /** The rules that act. */
  readonly ruleset: Ruleset;
  /** The Service ports that kube-proxy wrote them for. */
  readonly ports: readonly NftPort[];
  readonly address: string;
}

/** The data plane of a cluster. */
export class Dataplane {
  readonly traffic: Traffic;
  readonly balancerMs: () => number;
  readonly #network: Network;
  readonly #exchanges: Exchanges;
  readonly #proxiers: ReturnType<typeof startKubeProxies>;
  readonly #dns: DnsView;
  readonly #internet: Internet;

  constructor(contextFor: (name: string, host?: string) => ComponentContext, network: Network) {
    this.#network = network;
    this.#proxiers = startKubeProxies(contextFor, network);
    this.#exchanges = new Exchanges(network);
    const dns = contextFor("coredns");
    this.#dns = viewOf(dns.informers);
    this.#internet = new Internet(contextFor("internet"), network);
    const forward = forwarder((request, done) => this.#exchanges.send(request, done));
    const upstream = () => (dns.settings().internet ? forward : undefined);
    network.programs.set("coredns", corednsHandler(this.#dns, dns.rng, upstream));
    startApiMachine(contextFor("apiserver"), network);
    this.balancerMs = watchLoadBalancers(contextFor("cloud"), network);
    this.traffic = new Traffic(network.parts.clock, this.#exchanges, () => this.keepAlive());
  }

  keepAlive(): KeepAlive {
    return new KeepAlive(this.#network, this.#exchanges);
  }

  send(request: SendRequest, done?: (outcome: Outcome) => void): number {
    return this.#exchanges.send(request, done);
  }

  route(question: RouteQuestion): RouteAnswer {
    return route(this.#network, question);
  }

  resolve(name: string, type: string): DnsAnswer {
    const own = answer(this.#dns, { name, type });
    const asked = this.#network.parts.settings().internet ? askedUpstream({ name, type }, own) : undefined;
    return asked === undefined ? own : withUpstream(own, this.#internet.lookup(asked, type));
  }

  /** What decides about the packets of a node, for those who print it. */
  rulesOf(node: string): NodeRules {
    const { rules: ruleset, address } = this.#network.machine(node);
    return { ruleset, address, ports: this.#proxiers.get(node)?.ports() ?? [] };
  }

  /** Stops or starts the kube-proxy of a node; while it is stopped the node keeps its last rules. */
  setKubeProxy(node: string, running: boolean): void {
    const proxier = this.#proxiers.get(node);
    if (running) proxier?.start();
    else proxier?.stop();
  }
}

/** Questions of a CoreDNS pod to the name server outside, as packets of their own. */
function forwarder(send: (request: SendRequest, done: (outcome: Outcome) => void) => void): Upstream {
  return (question, { at, exchange }, done) => {
    if (at === undefined) return;
    const request: SendRequest = {
      from: at,
      host: UPSTREAM_DNS,
      port: 53,
      protocol: "UDP",
      method: "QUERY",
      path: question.name,
      body: writeQuestion(question),
      timeoutMs: UPSTREAM_MS,
      purpose: "dns",
      target: `${question.name} ${question.type}`,
      because: "does not hold that name and forwards the question",
      ...(exchange === undefined ? {} : { parent: exchange }),
    };
    send(request, (outcome) => {
      const answer = outcome.kind === "answered" ? readAnswer(outcome.body) : undefined;
      if (answer !== undefined) done(answer);
    });
  };
}
