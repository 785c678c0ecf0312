// A cloud's load balancers: packets for their addresses, and the way out of the cluster.

import { W } from "../../words/en/network.ts";
import { reversed } from "./conntrack.ts";
import type { Decision, Visit } from "./decide.ts";
import type { Machine } from "./machine.ts";
import type { Balancer } from "./network.ts";
import type { Header, Place } from "./packet.ts";
import { masqueraded } from "./translate.ts";

/** A load balancer passes a packet for its address on to a healthy node, answers back to the client. Spec: [WALK-15]. */
export function admit(visit: Visit): Decision | undefined {
  const { header, packet, around } = visit;
  const balancer = around.network.balancers.get(header.destination);
  if (balancer === undefined) return undefined;
  if (packet.kind !== "request") return passBack(visit);
  if (header.protocol !== "ICMP" && !balancer.serves(header.protocol, header.destinationPort)) {
    const port = `${header.destinationPort}/${header.protocol}`;
    return visit.end("dropped", W.balancerPort(balancer.service, port));
  }
  if (!balancer.admits(header.source)) {
    const reason = W.balancerSource(balancer.service, header.source);
    return visit.end("dropped", reason);
  }
  const nodes = balancer.healthyNodes();
  const node = nodes.length === 0 ? undefined : around.rng.balancers.pick(nodes);
  if (node === undefined) return visit.end("dropped", W.noHealthyNode(balancer.service));
  const to: Place = { kind: "node", name: node };
  if (!balancer.proxies || header.protocol === "ICMP") return visit.go(to);
  return connect(visit, balancer, to);
}

/** Connects to a node port itself, as a load balancer that ends connections does. */
function connect(visit: Visit, balancer: Balancer, to: Place): Decision {
  const { header, around } = visit;
  const nodePort =
    header.protocol === "ICMP" ? undefined : balancer.nodePortOf(header.protocol, header.destinationPort);
  if (nodePort === undefined) {
    const reason = W.noNodePort(balancer.service);
    return visit.end("dropped", reason);
  }
  const conntrack = around.network.balancerConntrack(header.destination);
  const { address } = around.network.machine(to.name);
  const aimed = { ...header, destination: address, destinationPort: nodePort };
  const next = masqueraded(aimed, { address: header.destination, conntrack }, around.rng.balancers);
  visit.header = next;
  visit.tracked = [{ conntrack, original: header, translated: next }];
  visit.rewrites = [
    { kind: "dnat", from: target(header), to: `${address}:${nodePort}`, by: W.balancer },
    { kind: "masquerade", from: source(header), to: source(next), by: W.balancer },
  ];
  return visit.go(to);
}

function passBack(visit: Visit): Decision {
  const { header, packet, now } = visit;
  const { about } = packet;
  const { network } = visit.around;
  const conntrack = network.balancerConntrack(header.destination);
  const flow = conntrack.findReply(about === undefined ? header : reversed(about), now);
  if (flow === undefined) return visit.end("dropped", W.noSuchConnection);
  visit.flow = flow;
  const back = about === undefined ? reversed(flow.original) : { ...header, destination: flow.original.source };
  if (about !== undefined) visit.about = flow.original;
  visit.header = back;
  const rewrite = { kind: "conntrack-reply", by: W.balancer } as const;
  visit.rewrites = [
    { ...rewrite, from: source(header), to: source(back) },
    { ...rewrite, from: target(header), to: target(back) },
  ];
  const next = visit.around.routing.fromClient(back.destination);
  return next.kind === "hop" ? visit.go(next.to) : visit.end("lost", next.reason, true);
}

/** Gives a packet of a pod that leaves the cluster its node's address, so that it can be answered. */
export function leaveCluster(visit: Visit, machine: Machine): void {
  const { header, packet, around } = visit;
  if (header.source === machine.address || around.network.podAt(header.source) === undefined) return;
  const next = masqueraded(header, machine, around.rng.balancers);
  visit.header = next;
  visit.tracked = [...visit.tracked, { conntrack: machine.conntrack, original: packet.header, translated: next }];
  visit.rewrites = [...visit.rewrites, { kind: "masquerade", from: source(header), to: source(next), by: W.wayOut }];
}

function source(header: Header): string {
  return `${header.source}:${header.sourcePort}`;
}

function target(header: Header): string {
  return `${header.destination}:${header.destinationPort}`;
}
