// How a packet moves: hop by hop on the clock, each hop decided when it happens.
import type { Rng } from "../sim/rng.ts";
import { Balancers } from "./balance.ts";
import type { Call, Return, Traveller } from "./call.ts";
import { reversed } from "./conntrack.ts";
import { Tunnels } from "./forward.ts";
import { endHop, endOf, isLoopback, placeKey, startHop, textOfSource } from "./hops.ts";
import { Legs } from "./legs.ts";
import type { Machine } from "./machine.ts";
import type { Network } from "./network.ts";
import type { Hop, HopEnd, Place, Verdict } from "./packet.ts";
import { nobodyOutside, refusal } from "./reasons.ts";
import { Roads } from "./road.ts";
import { type Back, Servers } from "./serve.ts";
import { podOf, type Target, targetOfNode, targetOfOutsider, targetOfPod } from "./sockets.ts";
import { translate, untouched, type Work } from "./translate.ts";

/** Told of what becomes of packets. */
export interface WalkListener {
  /** Something came back to the sender. */
  returned(call: Call, what: Return): void;
  /** Nothing will come back, for this reason; the sender does not know yet. */
  lost(call: Call, reason: string): void;
  /** The sender's own machine finds no way; it knows at once or soon. */
  noRoute(call: Call, reason: string): void;
  /** Something of this exchange is on its way until then. */
  busyUntil(call: Call, at: number): void;
  /** A process took the request. */
  connected(call: Call): void;
}

/** A hop that ended, or the origin of a packet that has not moved yet. */
interface Standing {
  readonly place: Place;
  readonly hop: Hop | undefined;
}

/** Moves packets. */
export class Walker {
  readonly roads: Roads;
  readonly #network: Network;
  readonly #rng: Rng;
  readonly #listener: WalkListener;
  readonly #balancers: Balancers;
  readonly #tunnels: Tunnels;
  readonly #legs: Legs;
  readonly #servers: Servers;

  constructor(network: Network, listener: WalkListener) {
    this.#network = network;
    this.#listener = listener;
    this.#rng = network.parts.rng.fork("packets");
    this.roads = new Roads(network);
    this.#tunnels = new Tunnels(network, listener);
    this.#legs = new Legs(network, {
      arrive: (traveller, hop) => this.#arrive(traveller, hop),
      stop: (traveller, hop, { verdict, reason }) => this.#stop(traveller, { place: hop.to, hop }, verdict, { reason }),
      depart: (traveller, origin) => this.depart(traveller, origin),
      busyUntil: (call, at) => listener.busyUntil(call, at),
    });
    this.#servers = new Servers(network, listener, (traveller, back) => this.#sendBack(traveller, back));
    this.#balancers = new Balancers(network, network.parts.rng.fork("balancers"));
  }

  /** Sends a packet off from where it was made. */
  depart(traveller: Traveller, origin: Place): void {
    const { trace } = this.#network.parts;
    trace.addPacket({ id: traveller.id, exchange: traveller.call.record.id, kind: traveller.kind, hops: [] });
    const at = { place: origin, hop: undefined };
    if (origin.kind === "client") this.#fromClient(traveller, at);
    else if (origin.kind === "node") this.#atNode(traveller, this.#network.machine(origin.name), at);
    else if (origin.kind === "pod") this.#fromPod(traveller, origin, at);
    else this.#fromOutside(traveller, at);
  }

  #fromClient(traveller: Traveller, at: Standing): void {
    const { header } = traveller;
    if (isLoopback(header.destination) || header.destination === header.source) {
      this.#legs.go(traveller, at.place, at.place, untouched(header));
      return;
    }
    const next = this.roads.fromClient(header.destination);
    if (next.kind === "hop") this.#legs.go(traveller, at.place, next.to, untouched(header));
    else this.#stop(traveller, at, next.kind === "dead" ? "lost" : "unreachable", { reason: next.reason });
  }

  #fromPod(traveller: Traveller, origin: Place & { kind: "pod" }, at: Standing): void {
    const pod = podOf(this.#network, origin, traveller.header.source);
    if (pod === undefined) {
      this.#stop(traveller, at, "lost", { reason: `pod ${origin.namespace}/${origin.name} is not on the network` });
      return;
    }
    if (pod.hostNetwork) {
      this.#atNode(traveller, this.#network.machine(pod.node), at);
      return;
    }
    const own = isLoopback(traveller.header.destination) || traveller.header.destination === pod.address;
    const to: Place = own ? origin : { kind: "node", name: pod.node };
    this.#legs.go(traveller, origin, to, untouched(traveller.header));
  }

  #fromOutside(traveller: Traveller, at: Standing): void {
    const next = this.roads.fromClient(traveller.header.destination);
    if (next.kind === "hop") this.#legs.go(traveller, at.place, next.to, untouched(traveller.header));
    else this.#stop(traveller, at, "lost", { reason: next.reason });
  }

  /** A node has the packet: rules and conntrack, then its own processes or the next hop. */
  #atNode(traveller: Traveller, machine: Machine, at: Standing): void {
    const { clock, trace } = this.#network.parts;
    if (!this.#network.isOn(machine.name)) {
      this.#stop(traveller, at, "lost", { reason: `${machine.name} has no power` });
      return;
    }
    const origin = at.hop === undefined ? "here" : "wire";
    const work = translate(traveller, machine, { origin, now: clock.now, rng: this.#rng });
    if (work.drawn !== undefined)
      trace.count(work.drawn.service, work.drawn.endpoint, placeKey(traveller.call.record.from));
    if (work.verdict === "drop") {
      this.#stop(traveller, at, "dropped", work);
      return;
    }
    if (work.verdict === "reject") {
      this.#refuse(traveller, at, { reason: work.reason ?? "", by: { kind: "node", name: machine.name }, work });
      return;
    }
    if (machine.isLocal(work.header.destination)) this.#deliverToNode(traveller, machine, { at, work });
    else this.#forward(traveller, machine, { at, work });
  }

  #forward(traveller: Traveller, machine: Machine, { at, work }: { at: Standing; work: Work }): void {
    const next = this.roads.fromNode(machine.name, work.header.destination);
    if (next.kind !== "hop") {
      const verdict = next.kind === "dead" ? "lost" : "unreachable";
      this.#stop(traveller, at, at.hop === undefined ? verdict : "lost", { ...work, reason: next.reason });
      return;
    }
    if (at.hop !== undefined) this.#end(at.hop, "forwarded");
    const outside = next.to.kind === "outside" && traveller.kind === "request";
    this.#legs.go(
      traveller,
      at.place,
      next.to,
      outside ? this.#balancers.leaveCluster(traveller, machine, work) : work,
    );
  }

  #deliverToNode(traveller: Traveller, machine: Machine, { at, work }: { at: Standing; work: Work }): void {
    const end = endOf(work);
    traveller.header = work.header;
    if (traveller.kind !== "request") {
      this.#handBack(traveller, at, end);
      return;
    }
    const place: Place = { kind: "node", name: machine.name };
    this.#toSocket(traveller, at, { end, target: targetOfNode(this.#network, machine, work.header), place });
  }

  #arrive(traveller: Traveller, hop: Hop): void {
    const at: Standing = { place: hop.to, hop };
    switch (hop.to.kind) {
      case "node":
        this.#atNode(traveller, this.#network.machine(hop.to.name), at);
        return;
      case "pod":
        this.#atPod(traveller, at, hop.to);
        return;
      case "client":
        this.#atClient(traveller, at, hop.to.name);
        return;
      case "outside":
        this.#atOutside(traveller, at);
        return;
    }
  }

  #atPod(traveller: Traveller, at: Standing, place: Place & { kind: "pod" }): void {
    const network = this.#network;
    const { header } = traveller;
    const pod = podOf(network, place, header.destination);
    if (pod === undefined || (pod.address !== header.destination && !isLoopback(header.destination))) {
      this.#stop(traveller, at, "lost", {
        reason: `pod ${place.namespace}/${place.name} was gone when the packet came`,
      });
      return;
    }
    if (!network.isOn(pod.node)) {
      this.#stop(traveller, at, "lost", { reason: `${pod.node}, where the pod runs, has no power` });
      return;
    }
    if (traveller.kind !== "request") {
      this.#handBack(traveller, at, undefined);
      return;
    }
    this.#toSocket(traveller, at, { end: undefined, target: targetOfPod(network, pod, header), place });
  }

  #atClient(traveller: Traveller, at: Standing, name: string): void {
    if (traveller.kind !== "request") {
      this.#handBack(traveller, at, undefined);
      return;
    }
    if (traveller.header.protocol === "ICMP") {
      if (at.hop !== undefined) this.#end(at.hop, "delivered");
      this.#servers.echo(traveller, at.place);
      return;
    }
    const forward = this.#tunnels.at(name, traveller.header);
    if (at.hop !== undefined && forward !== undefined) {
      this.#tunnels.carry(traveller, at.hop, forward, (hop, pod) => {
        const target = targetOfPod(this.#network, pod, traveller.header);
        this.#toSocket(traveller, { place: hop.to, hop }, { end: undefined, target, place: hop.to });
      });
      return;
    }
    const reason = `no program listens on port ${traveller.header.destinationPort} of the ${name}`;
    this.#refuse(traveller, at, { reason, by: at.place });
  }

  #atOutside(traveller: Traveller, at: Standing): void {
    const outsider = this.#network.outsiders.get(traveller.header.destination);
    if (outsider !== undefined && traveller.kind === "request") {
      const target = targetOfOutsider(outsider, traveller.header);
      this.#toSocket(traveller, at, { end: undefined, target, place: at.place });
      return;
    }
    const step = this.#balancers.pass(traveller);
    if (step?.verdict === "go") {
      const next = step.to ?? this.roads.fromClient(step.work.header.destination);
      if (at.hop !== undefined) this.#end(at.hop, "forwarded");
      if (next.kind === "hop") this.#legs.go(traveller, at.place, next.to, step.work);
      else this.#stop(traveller, { place: at.place, hop: undefined }, "lost", { reason: next.reason });
      return;
    }
    this.#stop(traveller, at, "dropped", {
      reason: step?.reason ?? nobodyOutside(this.#network, this.roads, traveller),
    });
  }

  /** Hands a packet to a process, or refuses it as that machine's kernel would. */
  #toSocket(traveller: Traveller, at: Standing, how: { end: HopEnd | undefined; target: Target; place: Place }): void {
    const { target } = how;
    if (traveller.header.protocol === "ICMP") {
      if (at.hop !== undefined) this.#end(at.hop, "delivered", undefined, how.end);
      this.#servers.echo(traveller, how.place);
      return;
    }
    if (target.socket === undefined) {
      const reason = refusal(this.#network, target, traveller.header);
      this.#refuse(traveller, at, { reason, by: how.place, ...(how.end === undefined ? {} : { end: how.end }) });
      return;
    }
    if (at.hop !== undefined) this.#end(at.hop, "delivered", undefined, how.end);
    this.#servers.serve(traveller, { place: how.place, socket: target.socket, pod: target.pod });
  }

  #refuse(traveller: Traveller, at: Standing, how: { reason: string; by: Place; work?: Work; end?: HopEnd }): void {
    const end = how.end ?? (how.work === undefined ? undefined : endOf(how.work));
    if (at.hop === undefined) {
      this.#stop(traveller, at, "refused", { reason: how.reason, ...(how.work ?? {}) });
      return;
    }
    this.#end(at.hop, "refused", how.reason, end);
    if (traveller.kind !== "request") return;
    // A closed TCP port answers with a reset of its own; REJECT and closed UDP ports answer with an ICMP error.
    const error = how.work !== undefined || traveller.header.protocol === "UDP";
    this.#sendBack(traveller, { kind: error ? "icmp-unreachable" : "reset", from: how.by, reason: how.reason });
  }

  #sendBack(traveller: Traveller, back: Back): void {
    if (traveller.tunnel !== undefined) {
      this.#tunnels.back(traveller, traveller.tunnel, back);
      return;
    }
    const { kind, from, ...rest } = back;
    const error = kind === "icmp-unreachable";
    const header = reversed(traveller.header);
    const source = error && from.kind === "node" ? this.#network.machine(from.name).address : header.source;
    this.depart(
      {
        id: this.#network.parts.trace.newPacketId(),
        kind,
        call: traveller.call,
        header: error ? { ...header, protocol: "ICMP", source } : header,
        hops: 0,
        ...(error ? { about: traveller.header } : {}),
        ...rest,
      },
      from,
    );
  }

  /** Something came back: to the sender, if it is what the sender waits for. */
  #handBack(traveller: Traveller, at: Standing, end: HopEnd | undefined): void {
    const { call, header } = traveller;
    const sent = call.header;
    const expected =
      sent !== undefined &&
      header.destination === sent.source &&
      (traveller.kind === "icmp-unreachable" ||
        (header.destinationPort === sent.sourcePort &&
          header.source === sent.destination &&
          header.sourcePort === sent.destinationPort));
    if (!expected) {
      const reason = `nobody at ${header.destination}:${header.destinationPort} waits for a packet from ${textOfSource(header)}`;
      this.#stop(traveller, at, "lost", { reason });
      return;
    }
    if (at.hop !== undefined) this.#end(at.hop, "delivered", undefined, end);
    const { reply, server } = traveller;
    if (reply !== undefined && server !== undefined) this.#listener.returned(call, { kind: "reply", reply, server });
    else {
      const kind = traveller.cut === true ? "reset" : "refused";
      this.#listener.returned(call, { kind, reason: traveller.reason ?? "" });
    }
  }

  /** The road ends here without delivery. A packet that never left shows as one hop from its place to itself. */
  #stop(
    traveller: Traveller,
    at: Standing,
    verdict: "lost" | "dropped" | "refused" | "unreachable",
    why: Partial<Work>,
  ): void {
    const reason = why.reason ?? "";
    const end = why.header === undefined ? undefined : endOf({ ...untouched(why.header), ...why });
    const finish = (hop: Hop) => {
      this.#end(hop, verdict, reason, end);
      if (traveller.kind === "request" && verdict === "refused")
        this.#listener.returned(traveller.call, { kind: "refused", reason });
      else if (traveller.kind === "request" && verdict === "unreachable")
        this.#listener.noRoute(traveller.call, reason);
      else this.#listener.lost(traveller.call, reason);
    };
    if (at.hop !== undefined) {
      finish(at.hop);
      return;
    }
    const work = untouched(traveller.header);
    const hop = startHop(this.#network, traveller, { from: at.place, to: at.place, work });
    this.#listener.busyUntil(traveller.call, hop.arrivesAt);
    this.#network.parts.clock.schedule(hop.arrivesAt - hop.sentAt, () => finish(hop));
  }

  #end(hop: Hop, verdict: Verdict, reason?: string, end?: HopEnd): void {
    if (reason === undefined && end === undefined) endHop(this.#network, hop, verdict);
    else endHop(this.#network, hop, verdict, { reason, end });
  }
}
