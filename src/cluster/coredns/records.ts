// The records of the cluster's zone: a pure function of the API objects.
import type { Endpoint, EndpointSlice, Service } from "../api/types.gen.ts";
import { LabelServiceName } from "../api/well-known.ts";
import type { DnsAnswer, DnsRecord } from "../network/dns-message.ts";
import { hostType, parseRequest, type RecordRequest, reverseAddress } from "./name.ts";
import type { DnsView } from "./view.ts";

/** Zone and lifetime of records, as kubeadm's Corefile sets them. */
export const ZONE = "cluster.local";
export const TTL = 30;

/** Lifetime and text of dns-version: the version of the DNS specification. */
const VERSION = { ttl: 28_800, data: '"1.1.0"' } as const;
/** An alias that leads to an alias is followed this many times. */
const MAX_ALIASES = 8;

/** A host that a name leads to. Port -1: an endpoint without declared ports. */
interface Host {
  readonly host: string;
  readonly port: number;
  /** Full name of the host, without the final dot; what an SRV record points to. */
  readonly owner: string;
}

/** Hosts of a name, or undefined when the name does not exist. */
type Hosts = readonly Host[] | undefined;

const NXDOMAIN: DnsAnswer = { rcode: "NXDOMAIN", answers: [] };

/** Answers one question. A name may end in a dot or not; upper and lower case are the same. Spec: [DNS-1] to [DNS-7]. */
// Models coredns/plugin/kubernetes/handler.go ServeDNS
export function answer(view: DnsView, question: { readonly name: string; readonly type: string }): DnsAnswer {
  const asked = question.name.endsWith(".") ? question.name : `${question.name}.`;
  const name = asked.slice(0, -1).toLowerCase();
  const type = question.type.toUpperCase();
  const address = reverseAddress(name);
  if (address !== undefined && type === "PTR") return found(reverse(view, asked, address));
  if (name !== ZONE && !name.endsWith(`.${ZONE}`)) return NXDOMAIN;
  const zone = asked.slice(0, -1).slice(-ZONE.length);
  return answerInZone(view, { asked, name, type, zone });
}

interface Question {
  readonly asked: string;
  readonly name: string;
  readonly type: string;
  /** The zone in the asker's own letters: names that are made for an answer end in them. */
  readonly zone: string;
}

function answerInZone(view: DnsView, question: Question): DnsAnswer {
  const { name, type } = question;
  if (type === "TXT") return text(view, question);
  if (name === ZONE && type === "NS") return nameServers(view, question);
  if (name === ZONE && type === "SOA") return found([authority(view, question.zone)]);
  const hosts = hostsOf(view, name);
  if (hosts === undefined) return NXDOMAIN;
  switch (type) {
    case "A":
    case "AAAA":
      return { rcode: "NOERROR", answers: addresses(view, question, []) };
    case "CNAME":
      return { rcode: "NOERROR", answers: alias(question, hosts) };
    case "SRV":
      return withAddresses({ rcode: "NOERROR", answers: services(question, hosts) }, question, hosts);
    default:
      return { rcode: "NOERROR", answers: [] };
  }
}

function found(answers: readonly DnsRecord[]): DnsAnswer {
  return answers.length === 0 ? NXDOMAIN : { rcode: "NOERROR", answers };
}

function record(name: string, type: string, data: string): DnsRecord {
  return { name, ttl: TTL, type, data };
}

/** Service kube-dns, with its address beside it. */
// Models coredns/plugin/kubernetes/ns.go nsAddrs. Spec: [DNS-12].
function nameServers(view: DnsView, { asked, zone }: Question): DnsAnswer {
  const service = view.service("kube-system", "kube-dns");
  if (service === undefined) return found([record(asked, "NS", `ns.dns.${zone}.`)]);
  const owner = `kube-dns.kube-system.svc.${zone}.`;
  const ips = service.spec?.clusterIPs ?? [service.spec?.clusterIP ?? ""];
  const additional = ips.flatMap((ip) => (hostType(ip) === "A" ? [record(owner, "A", ip)] : []));
  return { ...found([record(asked, "NS", owner)]), additional };
}

/** The zone's own record: who answers for it, and when it last changed. */
// Models coredns/plugin/backend_lookup.go SOA. Spec: [DNS-12].
function authority(view: DnsView, zone: string): DnsRecord {
  return record(`${zone}.`, "SOA", `ns.dns.${zone}. hostmaster.${zone}. ${view.serial()} 7200 1800 86400 ${TTL}`);
}

/** The addresses of the hosts that SRV records name. */
// Models coredns/plugin/backend_lookup.go SRV. Spec: [DNS-12].
function withAddresses(answer: DnsAnswer, { zone }: Question, hosts: readonly Host[]): DnsAnswer {
  if (answer.answers.length === 0) return answer;
  const found = new Map<string, DnsRecord>();
  for (const { host, owner, port } of hosts) {
    const kind = hostType(host);
    if (kind !== "CNAME" && port !== -1)
      found.set(`${owner} ${host}`, record(`${inLettersOf(owner, zone)}.`, kind, host));
  }
  return found.size === 0 ? answer : { ...answer, additional: [...found.values()] };
}

/** A name of the zone that ends as the asker wrote it. */
function inLettersOf(owner: string, zone: string): string {
  return owner.endsWith(ZONE) ? `${owner.slice(0, -ZONE.length)}${zone}` : owner;
}

/** Only dns-version has a text; other names that stand for something exist without one. */
function text(view: DnsView, { asked, name }: Question): DnsAnswer {
  if (name === `dns-version.${ZONE}`)
    return found([{ name: asked, ttl: VERSION.ttl, type: "TXT", data: VERSION.data }]);
  const hosts = hostsOf(view, name) ?? [];
  return hosts.length > 0 ? { rcode: "NOERROR", answers: [] } : NXDOMAIN;
}

/** Addresses of a name; an alias within the zone is followed, and left out when it leads nowhere. */
// Models coredns/plugin/backend_lookup.go A. Spec: [DNS-5].
function addresses(view: DnsView, question: Question, before: readonly string[]): readonly DnsRecord[] {
  const records: DnsRecord[] = [];
  const seen = new Set<string>();
  for (const { host } of hostsOf(view, question.name) ?? []) {
    const kind = hostType(host);
    if (kind === "CNAME") records.push(...follow(view, question, { host, before }));
    else if (kind === question.type && !seen.has(host)) records.push(record(question.asked, kind, host));
    seen.add(host);
  }
  return records;
}

function follow(
  view: DnsView,
  question: Question,
  { host, before }: { host: string; before: readonly string[] },
): readonly DnsRecord[] {
  const target = host.replace(/\.$/, "").toLowerCase();
  if (target === question.name || before.includes(target) || before.length >= MAX_ALIASES) return [];
  const own = record(question.asked, "CNAME", `${host.replace(/\.$/, "")}.`);
  if (target !== ZONE && !target.endsWith(`.${ZONE}`)) return [own];
  const next = { ...question, asked: `${host.replace(/\.$/, "")}.`, name: target };
  const rest = addresses(view, next, [...before, question.name]);
  return rest.length === 0 ? [] : [own, ...rest];
}

function alias(question: Question, hosts: readonly Host[]): readonly DnsRecord[] {
  const first = hosts[0];
  if (first === undefined || hostType(first.host) !== "CNAME") return [];
  return [record(question.asked, "CNAME", `${first.host.replace(/\.$/, "")}.`)];
}

/** One record per host and port, weights shared evenly. */
// Models coredns/plugin/backend_lookup.go SRV. Spec: [DNS-4].
function services(question: Question, hosts: readonly Host[]): readonly DnsRecord[] {
  const internal = hosts.filter(({ host }) => hostType(host) !== "CNAME");
  const weight = Math.max(1, Math.floor(100 / internal.length));
  const seen = new Set<string>();
  return internal.flatMap(({ port, owner }) => {
    const data = `${port} ${inLettersOf(owner, question.zone)}.`;
    if (port === -1 || seen.has(data)) return [];
    seen.add(data);
    return [record(question.asked, "SRV", `0 ${weight} ${data}`)];
  });
}

/** A cluster IP's Service, else each ready endpoint at the address by its name: its hostname, else its address with dashes. Spec: [DNS-6]. */
// Models coredns/plugin/kubernetes/reverse.go serviceRecordForIP
function reverse(view: DnsView, asked: string, address: string): readonly DnsRecord[] {
  const service = view.serviceAt(address);
  if (service !== undefined) return [record(asked, "PTR", `${fullName(service)}.`)];
  const names = new Set<string>();
  for (const slice of view.allSlices())
    for (const endpoint of slice.endpoints ?? []) {
      if (!isReady(endpoint) || !endpoint.addresses.includes(address)) continue;
      const of = slice.metadata.labels?.[LabelServiceName];
      if (of === undefined) continue;
      names.add(`${endpointLabel(endpoint, address)}.${of}.${slice.metadata.namespace ?? "default"}.svc.${ZONE}.`);
    }
  return [...names].map((name) => record(asked, "PTR", name));
}

/** How an endpoint is called below its Service. */
function endpointLabel({ hostname }: Endpoint, address: string): string {
  return hostname ?? address.replaceAll(address.includes(".") ? "." : ":", "-");
}

/** What a name in the zone leads to. */
// Models coredns/plugin/kubernetes/kubernetes.go Records, findServices, findPods. Spec: [DNS-2] [DNS-3].
function hostsOf(view: DnsView, name: string): Hosts {
  const request = parseRequest(name === ZONE ? "" : name.slice(0, -ZONE.length - 1));
  if (request === undefined) return undefined;
  if (request.kind === "") return [];
  if (!view.hasNamespace(request.namespace)) return undefined;
  if (request.service === "") return [];
  return request.kind === "pod" ? podHosts(request) : serviceHosts(view, request);
}

/** `10-244-1-2.ns.pod`: the address in the name, whether there is such a pod or not (`pods insecure`). */
function podHosts({ service, namespace }: RecordRequest): Hosts {
  const dashes = service.split("-").length - 1;
  const host = service.replaceAll("-", dashes === 3 && !service.includes("--") ? "." : ":");
  if (hostType(host) === "CNAME") return undefined;
  return [{ host, port: 0, owner: `${service}.${namespace}.pod.${ZONE}` }];
}

function serviceHosts(view: DnsView, request: RecordRequest): Hosts {
  const service = view.service(request.namespace, request.service);
  if (service === undefined) return undefined;
  const { spec = {} } = service;
  if (spec.type === "ExternalName") return externalHost(service, request);
  if (spec.clusterIP === "None" || request.endpoint !== "") return endpointHosts(view, service, request);
  const owner = fullName(service);
  const ports = (spec.ports ?? []).filter((port) => wants(request, port.name ?? "", port.protocol ?? "TCP"));
  if (ports.length === 0) return undefined;
  const ips = spec.clusterIPs ?? [spec.clusterIP ?? ""];
  return ports.flatMap(({ port }) => ips.map((host) => ({ host, port, owner })));
}

/** An alias; an external name that looks like an address isn't one, and such a Service has no name. */
function externalHost(service: Service, request: RecordRequest): Hosts {
  const host = service.spec?.externalName ?? "";
  const exact = request.endpoint === "" && request.port === "" && request.protocol === "";
  return exact && hostType(host) === "CNAME" ? [{ host, port: 0, owner: fullName(service) }] : undefined;
}

function endpointHosts(view: DnsView, service: Service, request: RecordRequest): Hosts {
  const { namespace = "default", name = "" } = service.metadata;
  const hosts: Host[] = [];
  for (const slice of view.slicesOf(namespace, name))
    for (const endpoint of slice.endpoints ?? []) {
      if (!isReady(endpoint)) continue;
      for (const host of endpoint.addresses) {
        const label = endpointLabel(endpoint, host);
        if (request.endpoint !== "" && request.endpoint !== label.toLowerCase()) continue;
        const owner = `${label}.${fullName(service)}`;
        for (const port of matchingPorts(slice, request)) hosts.push({ host, port, owner });
      }
    }
  return hosts.length === 0 ? undefined : hosts;
}

function matchingPorts(slice: EndpointSlice, request: RecordRequest): readonly number[] {
  const ports = slice.ports ?? [];
  if (ports.length === 0) return wants(request, "", "") ? [-1] : [];
  return ports.filter((port) => wants(request, port.name ?? "", port.protocol ?? "")).map((port) => port.port ?? -1);
}

function wants(request: RecordRequest, port: string, protocol: string): boolean {
  const portFits = request.port === "" || request.port === port.toLowerCase();
  return portFits && (request.protocol === "" || request.protocol === protocol.toLowerCase());
}

function isReady(endpoint: Endpoint): boolean {
  return endpoint.conditions?.ready ?? true;
}

function fullName(service: Service): string {
  return `${service.metadata.name ?? ""}.${service.metadata.namespace ?? "default"}.svc.${ZONE}`;
}
