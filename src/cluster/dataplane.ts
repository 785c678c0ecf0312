// What moves packets, wired together: kube-proxies, the network's walkers, traffic, the cluster's DNS.
import { startApiMachine } from "./api-machine.ts";
import type { ComponentContext } from "./client-go/component.ts";
import { answer } from "./coredns/records.ts";
import { corednsHandler } from "./coredns/server.ts";
import { type DnsView, viewOf } from "./coredns/view.ts";
import { startKubeProxies } from "./kube-proxy/start.ts";
import { watchLoadBalancers } from "./load-balancers.ts";
import type { DnsAnswer } from "./network/dns-message.ts";
import { Exchanges } from "./network/exchanges.ts";
import { iptablesSave } from "./network/netfilter/save.ts";
import type { Network } from "./network/network.ts";
import type { Outcome, SendRequest } from "./network/packet.ts";
import { type RouteAnswer, type RouteQuestion, route } from "./network/route.ts";
import { Traffic } from "./network/traffic.ts";

/** The data plane of a cluster. */
export class Dataplane {
  readonly traffic: Traffic;
  readonly #network: Network;
  readonly #exchanges: Exchanges;
  readonly #proxiers: ReturnType<typeof startKubeProxies>;
  readonly #dns: DnsView;

  constructor(contextFor: (name: string, host?: string) => ComponentContext, network: Network) {
    this.#network = network;
    this.#proxiers = startKubeProxies(contextFor, network);
    this.#exchanges = new Exchanges(network);
    const dns = contextFor("coredns");
    this.#dns = viewOf(dns.informers);
    network.programs.set("coredns", corednsHandler(this.#dns, dns.rng));
    startApiMachine(contextFor("apiserver"), network);
    watchLoadBalancers(contextFor("cloud"), network);
    this.traffic = new Traffic(network.parts.clock, this.#exchanges);
  }

  send(request: SendRequest, done?: (outcome: Outcome) => void): number {
    return this.#exchanges.send(request, done);
  }

  route(question: RouteQuestion): RouteAnswer {
    return route(this.#network, question);
  }

  resolve(name: string, type: string): DnsAnswer {
    return answer(this.#dns, { name, type });
  }

  rules(node: string, form: "iptables" | "nftables"): string {
    if (form === "nftables") return this.#proxiers.get(node)?.nftables() ?? "";
    return iptablesSave(this.#network.machine(node).rules);
  }

  /** Stops or starts the kube-proxy of a node; while it is stopped the node keeps its last rules. */
  setKubeProxy(node: string, running: boolean): void {
    const proxier = this.#proxiers.get(node);
    if (running) proxier?.start();
    else proxier?.stop();
  }
}
