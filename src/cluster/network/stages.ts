// What each kind of place does with a packet, stage by stage, in the order in which a kernel does it.
import { W } from "../../words/en/network.ts";
import { type Decision, follow, type Stages, type Visit } from "./decide.ts";
import { handBack, refuse, toProcess } from "./delivery.ts";
import { isLoopback } from "./hops.ts";
import { admit, leaveCluster } from "./load-balancer.ts";
import type { Machine } from "./machine.ts";
import { carry, forwardAt } from "./port-forward.ts";
import { nobodyOutside } from "./reasons.ts";
import { podOf, targetOfNode, targetOfOutsider, targetOfPod } from "./sockets.ts";
import { applyRules, knownConnection } from "./translate.ts";

/** The stages as they are with a network plugin that enforces no NetworkPolicy. */
export const STAGES: Stages = {
  client: [
    { name: "routing", decide: leaveClient },
    { name: "delivery", decide: deliverToClient },
  ],
  node: [
    { name: "power", decide: checkPower },
    { name: "conntrack", decide: (visit) => knownConnection(visit, machineOf(visit)) },
    { name: "rules", decide: (visit) => applyRules(visit, machineOf(visit)) },
    { name: "routing", decide: routeFromNode },
    { name: "delivery", decide: deliverToNode },
  ],
  pod: [
    { name: "routing", decide: leavePod },
    { name: "attachment", decide: checkAttachment },
    { name: "delivery", decide: deliverToPod },
  ],
  outside: [
    { name: "routing", decide: leaveOutside },
    { name: "delivery", decide: deliverOutside },
    { name: "load balancers", decide: admit },
    { name: "nobody", decide: findNobody },
  ],
  "port-forward": [{ name: "carrying", decide: carry }],
};

function machineOf({ machine, place, around }: Visit): Machine {
  return machine ?? around.network.machine(place.name);
}

function leaveClient(visit: Visit): Decision | undefined {
  if (visit.arrived !== undefined) return undefined;
  const { header } = visit;
  if (isLoopback(header.destination) || header.destination === header.source) return visit.go(visit.place);
  const next = visit.around.routing.fromClient(header.destination);
  if (next.kind === "hop") return visit.go(next.to);
  return visit.end(next.kind === "dead" ? "lost" : "unreachable", next.reason);
}

function deliverToClient(visit: Visit): Decision {
  const { packet, place, header, around } = visit;
  if (packet.kind !== "request") return handBack(visit);
  if (header.protocol === "ICMP") return visit.serve({ kind: "echo", place });
  const forward = forwardAt(around.network, place.name, header);
  if (forward !== undefined) return visit.serve({ kind: "port-forward", forward });
  return refuse(visit, place, W.noProgram(header.destinationPort, place.name));
}

function leavePod(visit: Visit): Decision | undefined {
  const { place, header, around } = visit;
  if (visit.arrived !== undefined || place.kind !== "pod") return undefined;
  const pod = podOf(around.network, place, header.source);
  if (pod === undefined) return visit.end("lost", W.offNetwork(place.namespace, place.name));
  if (pod.hostNetwork) {
    visit.machine = around.network.machine(pod.node);
    return follow("node", visit);
  }
  const own = isLoopback(header.destination) || header.destination === pod.address;
  return visit.go(own ? place : around.network.machine(pod.node).place);
}

function checkAttachment(visit: Visit): Decision | undefined {
  const { place, header, around } = visit;
  if (place.kind !== "pod") return undefined;
  const pod = podOf(around.network, place, header.destination);
  if (pod === undefined || (pod.address !== header.destination && !isLoopback(header.destination)))
    return visit.end("lost", W.wasGone(place.namespace, place.name));
  if (around.network.isOn(pod.node)) return undefined;
  return visit.end("lost", W.noPowerThere(pod.node));
}

function deliverToPod(visit: Visit): Decision {
  const { place, header, around } = visit;
  if (visit.packet.kind !== "request") return handBack(visit);
  const pod = place.kind === "pod" ? podOf(around.network, place, header.destination) : undefined;
  if (pod === undefined) throw new Error("network: a packet delivered to a pod that is not there");
  return toProcess(visit, place, targetOfPod(around.network, pod, header));
}

function checkPower(visit: Visit): Decision | undefined {
  const { name } = machineOf(visit);
  const { network } = visit.around;
  if (network.isOn(name)) return undefined;
  const isThere = network.nodeAddress(name) !== undefined;
  return visit.end("lost", isThere ? W.noPower(name) : W.hasLeft(name));
}

function routeFromNode(visit: Visit): Decision | undefined {
  const machine = machineOf(visit);
  if (machine.isLocal(visit.header.destination)) return undefined;
  const next = visit.around.routing.fromNode(machine.name, visit.header.destination);
  if (next.kind !== "hop")
    return visit.end(visit.arrived === undefined && next.kind === "no-host" ? "unreachable" : "lost", next.reason);
  if (next.to.kind === "outside" && visit.packet.kind === "request") leaveCluster(visit, machine);
  return visit.go(next.to);
}

function deliverToNode(visit: Visit): Decision {
  const machine = machineOf(visit);
  if (visit.packet.kind !== "request") return handBack(visit);
  return toProcess(visit, machine.place, targetOfNode(visit.around.network, machine, visit.header));
}

function leaveOutside(visit: Visit): Decision | undefined {
  if (visit.arrived !== undefined) return undefined;
  const next = visit.around.routing.fromClient(visit.header.destination);
  return next.kind === "hop" ? visit.go(next.to) : visit.end("lost", next.reason);
}

function deliverOutside(visit: Visit): Decision | undefined {
  const { network } = visit.around;
  const outsider = network.outsiders.get(visit.header.destination);
  if (outsider === undefined || visit.packet.kind !== "request") return undefined;
  return toProcess(visit, visit.place, targetOfOutsider(outsider, visit.header));
}

function findNobody(visit: Visit): Decision {
  return visit.end("dropped", nobodyOutside(visit.around, visit.packet));
}
