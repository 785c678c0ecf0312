// Holds claims against the cluster, by the API, the rules, the sockets and the trace, and never by what made them.
import {
  type Cluster,
  deepEqual,
  type Exchange,
  type KubeObject,
  LabelServiceName,
  type Place,
  type Pod,
  parseTime,
  resourceForKind,
  resourceName,
  valueAt,
} from "../cluster/index.ts";
import type { Claim, Named } from "../diagnosis/index.ts";

/** The claims that are not so, as text. */
export function falseClaims(cluster: Cluster, claims: readonly Claim[], exchange: Exchange | undefined): string[] {
  return claims.flatMap((claim) => {
    const wrong = objection({ cluster, exchange }, claim);
    return wrong === undefined ? [] : [`${JSON.stringify(claim)}: ${wrong}`];
  });
}

interface Witness {
  readonly cluster: Cluster;
  readonly exchange: Exchange | undefined;
}

const differs = (found: unknown, claimed: unknown) =>
  deepEqual(found, claimed) ? undefined : `it is ${JSON.stringify(found)}`;

/** Why a claim is not so; undefined when it is. */
function objection(witness: Witness, claim: Claim): string | undefined {
  return (
    aboutObjects(witness, claim) ??
    aboutPods(witness, claim) ??
    aboutNetwork(witness, claim) ??
    aboutRequest(witness, claim)
  );
}

function find(
  { cluster }: Witness,
  object: { apiVersion: string; kind: string; namespace?: string | undefined; name: string },
) {
  const info = resourceForKind(object.apiVersion, object.kind);
  return info && (cluster.api.find(resourceName(info), object.namespace, object.name) as KubeObject | undefined); // every kind has metadata
}

function aboutObjects(witness: Witness, claim: Claim): string | undefined {
  const { api, faults, settings } = witness.cluster;
  switch (claim.kind) {
    case "object":
      return differs(find(witness, claim.object) !== undefined, claim.exists);
    case "field":
      return differs(valueAt(find(witness, claim.object), claim.path), claim.value);
    case "slices":
      return differs(
        slicesOf(witness, claim.service)
          .map(({ metadata }) => metadata.name)
          .sort(),
        [...claim.names].sort(),
      );
    case "event":
      return api
        .list("events")
        .some(
          ({ involvedObject: of, reason = "", message }) =>
            of.name === claim.object.name &&
            of.namespace === claim.object.namespace &&
            reason.includes(claim.reason) &&
            (claim.message === undefined || message === claim.message),
        )
        ? undefined
        : "there is no such event";
    case "fault":
      return faults.list().some(({ id }) => id === claim.id) ? undefined : "there is no such fault";
    case "setting":
      return differs(valueAt(settings, [claim.name]), claim.value);
    case "ready-node": {
      const ready = api.find("nodes", undefined, claim.node)?.status?.conditions?.find(({ type }) => type === "Ready");
      return differs(ready?.status === "True", claim.ready);
    }
    default:
      return undefined;
  }
}

function slicesOf({ cluster }: Witness, { namespace, name }: Named) {
  return cluster.api
    .list("endpointslices.discovery.k8s.io", { namespace })
    .filter(({ metadata }) => metadata.labels?.[LabelServiceName] === name);
}

const podOf = ({ cluster }: Witness, { namespace, name }: Named): Pod | undefined =>
  cluster.api.find("pods", namespace, name);

const isReady = (pod: Pod | undefined) =>
  pod?.status?.conditions?.find(({ type }) => type === "Ready")?.status === "True";

function aboutPods(witness: Witness, claim: Claim): string | undefined {
  switch (claim.kind) {
    case "pods": {
      const wanted = Object.entries(claim.labels);
      const found = witness.cluster.api.list("pods", { namespace: claim.namespace }).filter(({ metadata, status }) => {
        const ended = status?.phase === "Succeeded" || status?.phase === "Failed";
        return !ended && wanted.every(([key, value]) => valueAt(metadata.labels, [key]) === value);
      });
      return differs(found.map(({ metadata }) => metadata.name).sort(), [...claim.names].sort());
    }
    case "ready":
      return podOf(witness, claim.pod) === undefined
        ? "there is no such pod"
        : differs(isReady(podOf(witness, claim.pod)), claim.ready);
    case "ready-among":
      return differs(claim.pods.filter((each) => isReady(podOf(witness, each))).length, claim.ready);
    case "listens":
      return differs(listening(witness, claim.pod, claim), claim.at);
    case "some-listen": {
      const wanted = claim.loopback ? "loopback" : "everywhere";
      return claim.pods.some((each) => listening(witness, each, claim) === wanted) ? undefined : "none does";
    }
    case "waiting":
    case "ended":
    case "runs":
      return aboutContainer(witness, claim);
    default:
      return undefined;
  }
}

function aboutContainer(
  witness: Witness,
  claim: Extract<Claim, { kind: "waiting" | "ended" | "runs" }>,
): string | undefined {
  const { status } = podOf(witness, claim.pod) ?? {};
  const container = [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])].find(
    ({ name }) => name === claim.container,
  );
  if (claim.kind === "waiting") {
    const { reason, message } = container?.state?.waiting ?? {};
    return differs([reason, claim.message === undefined ? undefined : message], [claim.reason, claim.message]);
  }
  if (claim.kind === "ended") {
    const ended = container?.lastState?.terminated ?? container?.state?.terminated;
    return differs([ended?.exitCode, container?.restartCount], [claim.code, claim.restarts]);
  }
  const { clock, settings } = witness.cluster;
  const since = parseTime(container?.state?.running?.startedAt);
  const seconds = since === undefined ? Number.NaN : (settings.epoch + clock.now - since) / 1000;
  return Math.abs(seconds - claim.seconds) <= 1.5 ? undefined : `it runs since ${seconds} s`;
}

function listening(
  { cluster }: Witness,
  { namespace, name }: Named,
  { port, protocol }: { readonly port: number; readonly protocol: string },
): "everywhere" | "loopback" | "nowhere" {
  const { network } = cluster;
  const pod = network.podNamed(namespace, name);
  if (pod === undefined) return "nowhere";
  const open = network
    .socketsOf({ kind: "pod", uid: pod.uid })
    .filter((each) => each.port === port && each.protocol === protocol);
  if (open.length === 0) return "nowhere";
  return open.some(({ loopback }) => !loopback) ? "everywhere" : "loopback";
}

function aboutNetwork(witness: Witness, claim: Claim): string | undefined {
  const { cluster } = witness;
  const { network } = cluster;
  switch (claim.kind) {
    case "endpoints":
      return aboutEndpoints(witness, claim);
    case "endpoint":
      return usable(witness, claim.service).some(
        ({ address, node }) => address === claim.address && node === claim.node,
      )
        ? undefined
        : "it is none of them";
    case "route": {
      const { from, address, port, protocol } = claim;
      const { verdict } = cluster.route({
        from,
        address,
        port,
        protocol,
        ...(claim.at === undefined ? {} : { at: claim.at }),
      });
      return differs(verdict === "ACCEPT", claim.taken);
    }
    case "resolves":
      return differs(addresses(cluster, claim.name), [...claim.addresses].sort());
    case "hostnames": {
      const names = slicesOf(witness, claim.service).flatMap(({ endpoints }) =>
        (endpoints ?? []).flatMap(({ hostname }) => hostname ?? []),
      );
      return differs(names, claim.names);
    }
    case "resolver": {
      const own = network.podNamed(claim.pod.namespace, claim.pod.name)?.resolver;
      if ("nameserver" in claim && own?.nameserver !== claim.nameserver) return `it is ${own?.nameserver}`;
      return claim.search === undefined ? undefined : differs(own?.search, claim.search);
    }
    case "address":
      return differs(machineAt(cluster, claim.address), claim.of);
    case "node-ports": {
      const open = cluster.api
        .list("services")
        .flatMap(({ spec }) => (spec?.ports ?? []).flatMap(({ nodePort }) => nodePort ?? []));
      return differs(
        [...new Set(open)].sort((a, b) => a - b),
        claim.ports,
      );
    }
    case "power":
      return differs(network.isOn(claim.node), claim.on);
    default:
      return undefined;
  }
}

function addresses(cluster: Cluster, name: string): string[] {
  return cluster
    .resolve(`${name.replace(/\.$/, "")}.`, "A")
    .answers.flatMap(({ type, data }) => (type === "A" ? [data] : []))
    .sort();
}

/** Ready endpoints of a Service that have a port. */
function usable(witness: Witness, service: Named) {
  return slicesOf(witness, service).flatMap(({ endpoints, ports }) =>
    (endpoints ?? []).flatMap(({ addresses: [address = ""], conditions, nodeName }) =>
      conditions?.ready === false || (ports ?? []).length === 0
        ? []
        : [{ address, node: nodeName, ports: ports ?? [] }],
    ),
  );
}

function aboutEndpoints(witness: Witness, claim: Extract<Claim, { kind: "endpoints" }>): string | undefined {
  const { port, nodes } = claim;
  const found = usable(witness, claim.service).filter(
    ({ ports }) =>
      port === undefined ||
      ports.some(({ name, protocol }) => (name ?? "") === port.name && (protocol ?? "TCP") === port.protocol),
  );
  const where = [...new Set(found.flatMap(({ node }) => node ?? []))].sort();
  return differs(found.length, claim.ready) ?? (nodes === undefined ? undefined : differs(where, [...nodes].sort()));
}

function machineAt({ network, settings }: Cluster, address: string): Place | undefined {
  const node = network.nodeAt(address);
  if (node !== undefined) return { kind: "node", name: node };
  const pod = network.podAt(address);
  if (pod !== undefined) return { kind: "pod", namespace: pod.namespace, name: pod.name };
  const client = settings.clients.find((each) => each.address === address);
  return client && { kind: "client", name: client.name };
}

function aboutRequest({ cluster, exchange }: Witness, claim: Claim): string | undefined {
  if (claim.kind !== "asked" && claim.kind !== "came" && claim.kind !== "outcome" && claim.kind !== "seen-as")
    return undefined;
  if (exchange === undefined) return "no request is reported";
  const { outcome } = exchange;
  const packets = exchange.packets.flatMap((id) => cluster.trace.packet(id) ?? []);
  const hops = packets.flatMap((packet) => (packet.kind === "request" ? packet.hops : []));
  const first = hops[0]?.received;
  switch (claim.kind) {
    case "asked": {
      if (claim.from !== undefined && !deepEqual(claim.from, exchange.from)) return JSON.stringify(exchange.from);
      if (claim.host !== undefined && !exchange.target.includes(claim.host)) return exchange.target;
      if (claim.path !== undefined && !exchange.target.includes(claim.path)) return exchange.target;
      if (claim.address !== undefined && first?.destination !== claim.address) return `it is ${first?.destination}`;
      if (claim.protocol !== undefined && first?.protocol !== claim.protocol) return `it is ${first?.protocol}`;
      return claim.port === undefined || first?.destinationPort === claim.port
        ? undefined
        : `it is ${first?.destinationPort}`;
    }
    case "came":
      return hops.some(({ to }) => deepEqual(to, claim.to)) ||
        hops.some(({ service }) => JSON.stringify(service).includes(JSON.stringify(claim.to).slice(15)))
        ? undefined
        : "it never came there";
    case "seen-as":
      return differs(outcome.kind === "answered" ? outcome.clientSeen : undefined, claim.address);
    case "outcome": {
      if (outcome.kind !== claim.outcome) return `it is ${outcome.kind}`;
      if (outcome.kind !== "answered") return undefined;
      if (claim.status !== undefined && claim.status !== outcome.status) return `it is ${outcome.status}`;
      return claim.endpoint === undefined || claim.endpoint === outcome.endpoint
        ? undefined
        : `it is ${outcome.endpoint}`;
    }
  }
}

/** Numbers and addresses that are known to everyone, and derived ones with their unit. */
const COMMON = /^(?:127\.0\.0\.1|0\.0\.0\.0)$/;
const VALUE = /\b(?:\d{1,3}(?:\.\d{1,3}){3}(?:\/\d+)?|node-\d+|(?<!\d\.)\d{2,5}(?!\.\d))\b/g;

/** Addresses, nodes and port numbers in a text that no claim covers. */
export function unclaimed({
  title,
  explanation,
  claims,
}: {
  readonly title: string;
  readonly explanation: string;
  readonly claims: readonly Claim[];
}): string[] {
  const known = JSON.stringify(claims);
  const text = `${title} ${explanation}`
    .replace(/"[^"]*"/g, "")
    .replace(/\b\d+ (?:s\b|ms\b|%|restarts?|replicas?|pods?|times)/g, "")
    .replace(/\b\d+(?:st|nd|rd|th)\b/g, "");
  const found = [...new Set(text.match(VALUE) ?? [])];
  return found.filter(
    (each) => !COMMON.test(each) && !new RegExp(`(?<![\\d.])${each.replaceAll(".", "\\.")}(?![\\d.]\\d)`).test(known),
  );
}
