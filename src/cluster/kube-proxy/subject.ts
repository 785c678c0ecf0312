// What there is to say about a Service port's rules: every candidate with its reason, and why there is none.

import { W } from "../../words/en/network.ts";
import type { EndpointSlice, Pod, Service } from "../api/types.gen.ts";
import { hasAll } from "../apimachinery/labels.ts";
import type { Informers } from "../client-go/informer.ts";
import { isPodReady } from "../client-go/pods.ts";
import type { RuleSubject } from "../network/netfilter/rule.ts";
import type { EndpointCandidate } from "../network/packet.ts";
import type { EndpointInfo } from "./endpoints.ts";
import { isExternallyAccessible, protocolOf, type ServicePortInfo } from "./service-port.ts";
import { type Categories, fits, type NodeTopology } from "./topology.ts";

type Policy = "cluster" | "local";

/** What one sync knew of a Service port. */
export interface SubjectParts {
  readonly info: ServicePortInfo;
  readonly node: NodeTopology;
  readonly categories: Categories;
  readonly endpoints: readonly EndpointInfo[];
  readonly slices: readonly EndpointSlice[];
  readonly informers: Informers;
}

/** Speaks for the rules of one Service port on one node, as its last sync saw it. */
export class PortSubject implements RuleSubject {
  readonly service: string;
  readonly #parts: SubjectParts;
  readonly #why = new Map<Policy, string>();

  constructor(parts: SubjectParts) {
    this.#parts = parts;
    this.service = `${parts.info.namespace}/${parts.info.name}`;
  }

  get namespace(): string {
    return this.#parts.info.namespace;
  }

  get name(): string {
    return this.#parts.info.name;
  }

  get portName(): string {
    return this.#parts.info.portName;
  }

  get clusterIP(): string {
    return this.#parts.info.clusterIP;
  }

  get port(): number {
    return this.#parts.info.port;
  }

  candidates(policy: Policy, drawn: string | undefined): readonly EndpointCandidate[] {
    const { categories, endpoints } = this.#parts;
    const eligible = new Set(categories[policy].map((endpoint) => endpoint.text));
    const chance = eligible.size === 0 ? 0 : 1 / eligible.size;
    const sorted = [...endpoints].sort((a, b) => (a.text < b.text ? -1 : 1));
    const known = sorted.map((endpoint): EndpointCandidate => {
      const state = eligible.has(endpoint.text)
        ? endpoint.text === drawn
          ? "drawn"
          : "eligible"
        : this.#whyOut(endpoint, policy);
      return { ...described(endpoint), state, chance: eligible.has(endpoint.text) ? chance : 0 };
    });
    return [...known, ...this.#withoutPort()];
  }

  whyNone(policy: Policy): string {
    const known = this.#why.get(policy) ?? this.#explain(policy);
    this.#why.set(policy, known);
    return known;
  }

  #whyOut(endpoint: EndpointInfo, policy: Policy): EndpointCandidate["state"] {
    const { node, categories } = this.#parts;
    if (policy === "local" && endpoint.node !== node.name) return "other-node";
    if (endpoint.terminating) return "terminating";
    if (!endpoint.ready) return "not-ready";
    return fits(endpoint, categories.mode, node) ? "not-ready" : "other-zone";
  }

  /** Endpoints whose pod does not have the target port. */
  #withoutPort(): EndpointCandidate[] {
    const { slices, info } = this.#parts;
    return slices.flatMap((slice) => {
      const has = (slice.ports ?? []).some(
        (port) => (port.name ?? "") === info.portName && protocolOf(port.protocol) === info.protocol,
      );
      if (has) return [];
      return (slice.endpoints ?? []).map((endpoint): EndpointCandidate => {
        const pod = endpoint.targetRef?.kind === "Pod" ? endpoint.targetRef : undefined;
        return {
          endpoint: `${endpoint.addresses[0] ?? ""}:0`,
          ...(pod?.name === undefined ? {} : { pod: { namespace: pod.namespace ?? info.namespace, name: pod.name } }),
          ...(endpoint.nodeName === undefined ? {} : { node: endpoint.nodeName }),
          state: "no-port",
          chance: 0,
        };
      });
    });
  }

  #explain(policy: Policy): string {
    const { info, categories, endpoints, node } = this.#parts;
    if (policy === "local" && categories.hasEndpoints) {
      const nodes = [...new Set(endpoints.flatMap((each) => (each.ready ? (each.node ?? []) : [])))].sort();
      return nodes.length === 0 ? W.noNodeName : W.readyOn(nodes.join(", "));
    }
    const service = this.#parts.informers.of("services").get(`${info.namespace}/${info.name}`);
    if (service === undefined) return W.deleted(node.name);
    if (endpoints.some((endpoint) => endpoint.terminating)) return W.lastTerminating;
    return hasSelector(service) ? this.#explainPods(service) : this.#explainSlices();
  }

  #explainSlices(): string {
    const { slices, info, endpoints } = this.#parts;
    if (slices.length === 0) return W.noSelector;
    if (endpoints.length > 0) return W.noneReady;
    return W.noSlicePort(portLabel(info));
  }

  #explainPods(service: Service): string {
    const { info, informers } = this.#parts;
    const selector = service.spec?.selector ?? {};
    const pods: Pod[] = [];
    for (const pod of informers.of("pods").list())
      if (pod.metadata.namespace === info.namespace && hasAll(pod.metadata.labels, selector)) pods.push(pod);
    const text = Object.entries(selector)
      .map(([key, value]) => `${key}=${value}`)
      .sort()
      .join(",");
    if (pods.length === 0) return W.noPod(info.namespace, text);
    const live = pods.filter((pod) => pod.status?.phase !== "Succeeded" && pod.status?.phase !== "Failed");
    if (live.length === 0) return W.finished(names(pods));
    if (live.every((pod) => (pod.status?.podIP ?? "") === "")) return W.addressless(names(live));
    const ready = live.filter(isPodReady);
    if (ready.length === 0) return W.unready(names(live));
    const target = service.spec?.ports?.find((port) => (port.name ?? "") === info.portName)?.targetPort;
    if (typeof target === "string" && this.#withoutPort().length > 0) return W.noNamedPort(info.protocol, target);
    return W.notYet(this.#parts.node.name);
  }
}

function described(endpoint: EndpointInfo): Pick<EndpointCandidate, "endpoint" | "pod" | "node"> {
  return {
    endpoint: endpoint.text,
    ...(endpoint.pod === undefined ? {} : { pod: endpoint.pod }),
    ...(endpoint.node === undefined ? {} : { node: endpoint.node }),
  };
}

function hasSelector(service: Service): boolean {
  return Object.keys(service.spec?.selector ?? {}).length > 0;
}

/** At most five names; the rest is counted. */
function names(pods: readonly Pod[]): string {
  const all = pods.map((pod) => pod.metadata.name ?? "").sort();
  const rest = all.length - 5;
  return rest > 0 ? W.more(all.slice(0, 5).join(", "), rest) : all.join(", ");
}

function portLabel(info: ServicePortInfo): string {
  return info.portName === "" ? W.unnamed : W.named(info.portName);
}

/** Why no rule is made for a destination, from the Services there are; undefined when none comes close. */
export function explainUnmatched(
  services: Iterable<ServicePortInfo>,
  header: { readonly protocol: string; readonly destination: string; readonly destinationPort: number },
  isNode: boolean,
): string | undefined {
  const { destination, destinationPort: port, protocol } = header;
  const own: ServicePortInfo[] = [];
  for (const info of services) {
    const service = `Service ${info.namespace}/${info.name}`;
    if (info.clusterIP === destination) own.push(info);
    if (!isNode || !isExternallyAccessible(info) || info.nodePort === 0) continue;
    if (info.nodePort === port && info.protocol !== protocol)
      return W.nodePortFor(port, service, info.protocol, protocol);
    if (info.port === port) return W.hasNodePort(service, info.nodePort, port);
  }
  const [first] = own;
  if (first === undefined) return undefined;
  const ports = own.map((info) => `${info.port}/${info.protocol}`).join(", ");
  return W.unmatched(first.namespace, first.name, destination, ports, port, protocol);
}
