// One node's kube-proxy: hears of changes, waits its lag, and rewrites the rules of what changed.
import type { EndpointSlice, Node, Service } from "../api/types.gen.ts";
import { LabelTopologyZone } from "../api/well-known.ts";
import type { ComponentContext } from "../client-go/component.ts";
import { tellFailure } from "../client-go/controller.ts";
import { WorkQueue } from "../client-go/workqueue.ts";
import { parseCidr } from "../network/ip.ts";
import type { Machine } from "../network/machine.ts";
import type { Network } from "../network/network.ts";
import type { EndpointInfo, EndpointReader } from "./endpoints.ts";
import { serviceOfSlice } from "./endpoints.ts";
import { healthReply, PROXY_HEALTH_PORT, proxyHealthReply } from "./health-check.ts";
import { chainName } from "./names.ts";
import { serviceRules } from "./rules.ts";
import { type ServicePortInfo, servicePorts } from "./service-port.ts";
import { PortSubject } from "./subject.ts";
import { type Categories, categorize, type NodeTopology } from "./topology.ts";

/** The key that stands for the node itself in the queue. */
const EVERYTHING = "";

/** What a kube-proxy is given. */
export interface ProxierParts {
  readonly context: ComponentContext;
  readonly network: Network;
  readonly reader: EndpointReader;
  readonly node: string;
}

/** Rules of one Service port as last written. */
interface Written {
  readonly info: ServicePortInfo;
  readonly categories: Categories;
  readonly endpoints: readonly EndpointInfo[];
  /** Addresses of ready endpoints on this node. */
  readonly local: readonly string[];
}

/** Keeps the rules of one node. */
// Models kubernetes/pkg/proxy/iptables/proxier.go Proxier
export class Proxier {
  readonly #parts: ProxierParts;
  readonly #machine: Machine;
  readonly #queue: WorkQueue;
  readonly #written = new Map<string, Map<string, Written>>();
  readonly #healthChecks = new Map<string, { readonly port: number; close(): void }>();
  #ownPort: (() => void) | undefined;
  #running = true;
  readonly #unwatch: ReadonlyArray<() => void>;

  constructor(parts: ProxierParts) {
    this.#parts = parts;
    this.#machine = parts.network.machine(parts.node);
    const { clock, rng, settings } = parts.context;
    this.#queue = new WorkQueue({
      clock,
      lag: () => {
        const { from, to } = settings().proxyLag;
        return from + rng.next() * Math.max(0, to - from);
      },
      sync: (key) => this.#sync(key),
      failed: (key, error) => tellFailure(parts.context, { resource: "services", key }, error),
    });
    this.#unwatch = this.#watch();
    this.#openOwnPort();
  }

  /** Stops following changes, as when the process is stopped: the rules stay as they are. */
  stop(): void {
    this.#running = false;
    this.#closeHealthChecks();
  }

  /** Follows changes again and catches up. */
  start(): void {
    this.#running = true;
    this.#queue.add(EVERYTHING);
  }

  /** The Service ports that rules were written for, with what this node may use for each. */
  ports(): readonly Written[] {
    return [...this.#written.values()].flatMap((written) => [...written.values()]);
  }

  get isRunning(): boolean {
    return this.#running && this.#parts.network.isOn(this.#parts.node);
  }

  /** Its node is gone for good. */
  dispose(): void {
    this.stop();
    for (const stop of this.#unwatch) stop();
  }

  #watch(): Array<() => void> {
    const { informers } = this.#parts.context;
    return [
      informers.of("services").onChange((now, old) => this.#queue.add(keyOfService(now ?? old))),
      informers.of("endpointslices.discovery.k8s.io").onChange((now, old) => this.#noteSlice(now, old)),
      informers.of("nodes").onChange((now, old) => this.#noteNode(now, old)),
      this.#parts.network.powerChanged.on(({ node, on }) => {
        if (node !== this.#parts.node) return;
        if (on) this.#queue.add(EVERYTHING);
        else this.#forget();
      }),
    ];
  }

  #noteSlice(now: EndpointSlice | undefined, old: EndpointSlice | undefined): void {
    for (const slice of [now, old]) {
      const key = slice === undefined ? undefined : serviceOfSlice(slice);
      if (key !== undefined) this.#queue.add(key);
    }
  }

  #noteNode(now: Node | undefined, old: Node | undefined): void {
    const node = now ?? old;
    if (node?.metadata.name !== this.#parts.node) return;
    if (now?.metadata.labels?.[LabelTopologyZone] !== old?.metadata.labels?.[LabelTopologyZone])
      this.#queue.add(EVERYTHING);
  }

  /** The power went: the kernel's rules are gone, and the sockets with them. */
  #forget(): void {
    this.#written.clear();
    this.#closeHealthChecks();
  }

  #openOwnPort(): void {
    this.#ownPort?.();
    const { network, node, context } = this.#parts;
    const answer = () => proxyHealthReply(context.informers.of("nodes").get(node), context.timestamp());
    this.#ownPort = network.listen({ kind: "node", name: node }, { protocol: "TCP", port: PROXY_HEALTH_PORT }, answer);
  }

  /** The ports of the process go with it; the rules are the kernel's. */
  #closeHealthChecks(): void {
    this.#ownPort?.();
    for (const check of this.#healthChecks.values()) check.close();
    this.#healthChecks.clear();
  }

  #sync(key: string): void {
    if (!this.isRunning) return;
    if (key !== EVERYTHING) {
      this.#syncService(key);
      return;
    }
    this.#openOwnPort();
    const gone = new Set(this.#written.keys());
    for (const service of this.#parts.context.informers.of("services").list()) {
      gone.delete(keyOfService(service));
      this.#syncService(keyOfService(service));
    }
    for (const each of gone) this.#syncService(each);
  }

  #syncService(key: string): void {
    const service = this.#parts.context.informers.of("services").get(key);
    const ports = service === undefined ? [] : servicePorts(service);
    const before = this.#written.get(key) ?? new Map<string, Written>();
    const after = new Map<string, Written>();
    for (const info of ports) after.set(portKey(info), this.#writePort(key, info));
    for (const [port, written] of before) {
      if (!after.has(port)) this.#machine.rules.set(port, undefined);
      this.#cleanUp(written, after.get(port));
    }
    if (after.size === 0) this.#written.delete(key);
    else this.#written.set(key, after);
    this.#healthCheck(key, [...after.values()]);
  }

  #writePort(key: string, info: ServicePortInfo): Written {
    const { context, reader } = this.#parts;
    const node = this.#topology();
    const endpoints = reader.endpointsOf(key, info.portName, info.protocol);
    const categories = categorize(endpoints, info, node);
    const slices = reader.slicesOf(key);
    const podCIDR = parseCidr(context.settings().podCIDR);
    if (podCIDR === undefined) throw new Error("kube-proxy: the cluster's podCIDR is no range");
    const subject = new PortSubject({ info, node, categories, endpoints, slices, informers: context.informers });
    const { markMasquerade } = this.#machine.rules;
    const nodeAddress = this.#machine.address;
    this.#machine.rules.set(
      portKey(info),
      serviceRules({ info, categories, subject, nodeAddress, podCIDR, markMasquerade }),
    );
    const local =
      info.healthCheckNodePort === 0 ? [] : endpoints.filter((each) => each.ready && each.node === node.name);
    return { info, categories, endpoints, local: local.map((each) => each.address) };
  }

  #topology(): NodeTopology {
    const { context, node } = this.#parts;
    return { name: node, zone: context.informers.of("nodes").get(node)?.metadata.labels?.[LabelTopologyZone] ?? "" };
  }

  /** Forgets clients of endpoints that left, and UDP flows to them. */
  // Models kubernetes/pkg/proxy/conntrack/cleanup.go CleanStaleEntries. Spec: [PROXY-11].
  #cleanUp(before: Written, after: Written | undefined): void {
    const { info } = before;
    if (info.affinitySeconds === 0 && info.protocol !== "UDP") return;
    const kept = new Set(after?.endpoints.map((endpoint) => endpoint.text));
    const gone = before.endpoints.filter((endpoint) => !kept.has(endpoint.text));
    if (info.affinitySeconds > 0)
      for (const endpoint of gone)
        this.#machine.recent.drop(chainName("KUBE-SEP-", info.id, info.protocol, endpoint.text));
    // As in v1.36.2: a UDP Service that is left without any endpoint keeps its flows (kubernetes#139628).
    if (info.protocol !== "UDP" || gone.length === 0 || kept.size === 0) return;
    const stale = new Set(gone.map((endpoint) => endpoint.text));
    const flows = [...this.#machine.conntrack.flows()].filter(
      ({ original, translated }) =>
        original.protocol === "UDP" &&
        isAddressOf(info, original.destination, original.destinationPort, this.#machine.address) &&
        stale.has(`${translated.destination}:${translated.destinationPort}`),
    );
    for (const flow of flows) this.#machine.conntrack.remove(flow);
  }

  /** Opens, keeps or closes the port on which a load balancer asks whether this node has endpoints. */
  #healthCheck(key: string, ports: readonly Written[]): void {
    const wanted = ports[0]?.info.healthCheckNodePort ?? 0;
    const open = this.#healthChecks.get(key);
    if (open?.port === wanted || (open === undefined && wanted === 0)) return;
    open?.close();
    this.#healthChecks.delete(key);
    if (wanted === 0) return;
    const owner = { kind: "node", name: this.#parts.node } as const;
    const close = this.#parts.network.listen(owner, { protocol: "TCP", port: wanted }, () => {
      const written = [...(this.#written.get(key)?.values() ?? [])];
      const [namespace = "", name = ""] = key.split("/");
      return healthReply({ namespace, name }, new Set(written.flatMap((each) => each.local)).size);
    });
    this.#healthChecks.set(key, { port: wanted, close });
  }
}

function keyOfService(service: Service | undefined): string {
  return `${service?.metadata.namespace ?? "default"}/${service?.metadata.name ?? ""}`;
}

/** A port's group in the ruleset: the identity of the port and its protocol. */
function portKey(info: ServicePortInfo): string {
  return `${info.id} ${info.protocol}`;
}

function isAddressOf(info: ServicePortInfo, address: string, port: number, node: string): boolean {
  if (address === node || address.startsWith("127.")) return port === info.nodePort;
  return (
    port === info.port &&
    (address === info.clusterIP || info.externalIPs.includes(address) || info.loadBalancerVIPs.includes(address))
  );
}
