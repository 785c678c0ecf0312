// What moves packets: sends requests, performs the decisions of their walk on the clock, brings answers back.

import { W } from "../../words/en/network.ts";
import type { Way } from "./cables.ts";
import { type Asker, Call, type CallDone, type PacketInFlight, type Server, type Tunnel } from "./call.ts";
import { reversed } from "./conntrack.ts";
import { type Decision, decide, type Stages, type Surroundings, type Taker, type Work } from "./decide.ts";
import { textOf } from "./header.ts";
import { endHop, placeKey, startHop } from "./hops.ts";
import { incoming, WebServers } from "./incoming.ts";
import type { Network, PortForward, Reply } from "./network.ts";
import type { Hop, Outcome, Packet, Place, SendRequest } from "./packet.ts";
import { backwards, legsOf } from "./port-forward.ts";
import { Routing } from "./routing.ts";
import { STAGES } from "./stages.ts";
import { resolve } from "./stub-resolver.ts";

/** First and number of the ports that a kernel gives to outgoing connections. */
// Models linux net.ipv4.ip_local_port_range
const EPHEMERAL = { from: 32_768, count: 28_232 } as const;
/** How long TCP waits for a confirmation before it sends again; twice as long after each time. */
// Models linux TCP_TIMEOUT_INIT
const RETRANSMIT_MS = 1_000;

const ECHO: Reply = { status: 0, body: "" };

/** What a packet brings its sender. */
type Carried = Pick<PacketInFlight, "reason" | "reply" | "server" | "cut">;

/** What goes back to the sender. */
type Back = { readonly kind: Exclude<Packet["kind"], "request">; readonly from: Place } & Carried;

const REQUEST: Carried = {};

/** What is sent again, by whom, and when. */
interface Resending {
  readonly at: number;
  readonly origin: Place;
  readonly packet: Pick<PacketInFlight, "kind" | "header"> & Partial<Pick<PacketInFlight, "reply" | "server">>;
  readonly attempt: number;
}

type Process = Extract<Taker, { kind: "process" }>;

/** Sends requests and performs what `decide` says of their packets. Nothing calls it back: the caller gets the outcome through `done`. */
export class Driver {
  readonly #network: Network;
  readonly #around: Surroundings;
  /** What each kind of place does with a packet; an add-on may put a stage in. */
  readonly stages: { -readonly [list in keyof Stages]: Stages[list] };
  #port = 0;
  readonly #web = new WebServers();

  /** @param stages - what each kind of place does with a packet. */
  constructor(network: Network, stages: Stages = STAGES) {
    const { rng } = network.parts;
    this.#network = network;
    this.stages = { ...stages };
    this.#around = {
      network,
      routing: new Routing(network),
      stages: this.stages,
      rng: { packets: rng.fork("packets"), balancers: rng.fork("balancers") },
    };
  }

  /** Sends a request and returns the exchange's id; `done` is called once with its outcome, and the address it was sent to. */
  send(request: SendRequest, done?: CallDone): number {
    return this.#send(request, done, undefined);
  }

  /** A port of a sender's that no other connection uses now. */
  newPort(): number {
    this.#port = (this.#port + 1) % EPHEMERAL.count;
    return EPHEMERAL.from + this.#port;
  }

  #send(request: SendRequest, done: CallDone | undefined, asker: Asker | undefined): number {
    const call = new Call(this.#network.parts, request, done, asker);
    const ask = (question: SendRequest, answered: (outcome: Outcome) => void, waitMs: number) => {
      if (call.isPending) this.#send(question, answered, { call, waitMs });
    };
    resolve({ network: this.#network, ask }, request.from, request.host, (result) => {
      if (!call.isPending) return;
      if ("unresolved" in result) {
        call.conclude({ kind: "unresolved", reason: result.unresolved });
        return;
      }
      call.addresses = result.addresses;
      call.because ??= result.because;
      this.#connect(call);
    });
    return call.id;
  }

  /** Sends the call's first packet to the address that comes next. */
  #connect(call: Call): void {
    const { request } = call;
    call.underWay();
    const destination = call.addresses[0] ?? "";
    const source = this.#network.addressOf(request.from);
    if (source === undefined) {
      call.conclude({ kind: "unreachable", reason: W.isOff(nameOf(request.from)) });
      return;
    }
    const header = {
      protocol: request.protocol ?? "TCP",
      source: destination.startsWith("127.") ? "127.0.0.1" : source,
      sourcePort: request.sourcePort ?? (request.protocol === "ICMP" ? 0 : this.newPort()),
      destination,
      destinationPort: request.port,
    };
    call.header = header;
    this.#depart(
      this.#newPacket(call, REQUEST, { kind: "request", header, about: undefined, tunnel: undefined }),
      request.from,
    );
  }

  /** Sends a packet off from where it was made. */
  #depart(packet: PacketInFlight, origin: Place): void {
    packet.record = this.#network.parts.trace.addPacket(packet.call.entry, packet.id, packet.kind);
    this.#walk(packet, origin, undefined);
  }

  /** Lets the place where a packet is decide, and does what it says. */
  #walk(packet: PacketInFlight, place: Place, arrived: Hop | undefined): void {
    const decision = decide(packet, place, arrived, this.#around);
    if (decision.work !== undefined) this.#remember(packet, decision.work);
    switch (decision.kind) {
      case "go":
        if (arrived !== undefined) endHop(this.#network, packet, "forwarded");
        this.#go(packet, place, decision);
        return;
      case "end":
        this.#end(packet, place, arrived, decision);
        return;
      case "serve":
        this.#serve(packet, arrived, decision);
    }
  }

  /** Does to machines and counters what a decision says. */
  #remember(packet: PacketInFlight, work: Work): void {
    const { trace, clock } = this.#network.parts;
    const { flow, affinity, drawn } = work;
    if (flow !== undefined) {
      flow.lastSeen = clock.now;
      flow.replied ||= packet.kind !== "request";
    }
    for (const { conntrack, original, translated } of work.tracked)
      packet.call.track(conntrack.add(original, translated, clock.now));
    affinity?.machine.recent.set(affinity.list, packet.header.source, clock.now);
    if (drawn !== undefined) trace.count(drawn.service, drawn.endpoint, placeKey(packet.call.request.from));
    if (work.about !== undefined) packet.about = work.about;
  }

  #go(packet: PacketInFlight, from: Place, go: Extract<Decision, { kind: "go" }>): void {
    const { tunnel, call } = packet;
    packet.way = tunnel === undefined ? this.#network.cables.way(from, go.to, go.work.header) : undefined;
    if (tunnel !== undefined) tunnel.at += 1;
    const hop = startHop(this.#network, packet, from, go);
    call.busyUntil(hop.arrivesAt);
    packet.arrive ??= () => this.#arrive(packet);
    this.#network.parts.clock.schedule(hop.arrivesAt - hop.sentAt, packet.arrive);
  }

  #arrive(packet: PacketInFlight): void {
    const { leg, way } = packet;
    if (leg === undefined) throw new Error("network: a packet arrives that did not set out");
    if (way?.end === undefined) this.#walk(packet, leg.to, leg);
    else this.#lose(packet, way.end);
  }

  /** A cable took the packet; TCP sends it again when it was lost by chance. Spec: [FAULT-8]. */
  #lose(packet: PacketInFlight, { verdict, reason, again }: NonNullable<Way["end"]>): void {
    const { clock, trace } = this.#network.parts;
    const { call } = packet;
    const resending = again ? this.#resending(packet) : undefined;
    endHop(this.#network, packet, verdict, { reason });
    call.lost(reason, resending?.at);
    if (resending === undefined) return;
    const { at, origin, packet: same, attempt } = resending;
    clock.schedule(at - clock.now, () => {
      if (!call.isPending) return;
      call.underWay();
      this.#depart({ ...same, id: trace.newPacketId(), call, hops: 0, attempt }, origin);
    });
  }

  /** How a lost TCP packet is sent again: an answer from where it came, anything else by asking again. */
  // Models linux tcp_retransmit_timer
  #resending({ record, call, attempt = 0, reply, server }: PacketInFlight): Resending | undefined {
    const { clock } = this.#network.parts;
    const first = record?.isKept === true ? record.hops[0] : undefined;
    if ((call.request.protocol ?? "TCP") !== "TCP" || call.header === undefined || first === undefined)
      return undefined;
    const when = { at: clock.now + RETRANSMIT_MS * 2 ** attempt, attempt: attempt + 1 };
    if (reply !== undefined && server !== undefined)
      return { ...when, origin: first.from, packet: { kind: "reply", header: first.received, reply, server } };
    return { ...when, origin: call.request.from, packet: { kind: "request", header: call.header } };
  }

  /** The walk ends here without delivery. A packet that never left shows as one hop from its place to itself. */
  #end(packet: PacketInFlight, place: Place, arrived: Hop | undefined, end: Extract<Decision, { kind: "end" }>): void {
    if (arrived === undefined) {
      const work = { header: packet.header, rewrites: [], rules: [], service: undefined };
      packet.way = undefined;
      const hop = startHop(this.#network, packet, place, { to: place, work });
      packet.call.busyUntil(hop.arrivesAt);
      this.#network.parts.clock.schedule(hop.arrivesAt - hop.sentAt, () => {
        endHop(this.#network, packet, end.verdict, end);
        this.#tellSender(packet, end);
      });
      return;
    }
    endHop(this.#network, packet, end.verdict, end);
    const { answer, reason } = end;
    if (answer === undefined) this.#tellSender(packet, end);
    else if (packet.kind === "request") this.#sendBack(packet, { ...answer, reason });
  }

  /** What the sender learns of a packet's end without another packet. */
  #tellSender({ kind, call }: PacketInFlight, { verdict, reason }: Extract<Decision, { kind: "end" }>): void {
    if (kind === "request" && verdict === "refused") this.#returned(call, { kind: "refused", reason });
    else if (kind === "request" && verdict === "unreachable") call.noRoute(reason);
    else call.lost(reason);
  }

  #returned(call: Call, what: Parameters<Call["returned"]>[0]): void {
    if (call.returned(what)) this.#connect(call);
  }

  #serve(packet: PacketInFlight, arrived: Hop | undefined, serve: Extract<Decision, { kind: "serve" }>): void {
    const { by, work } = serve;
    if (by.kind === "port-forward") {
      if (arrived !== undefined) this.#carry(packet, arrived, by.forward);
      return;
    }
    packet.header = work.header;
    if (arrived !== undefined) endHop(this.#network, packet, "delivered", { work });
    if (by.kind === "process") this.#ask(packet, by);
    else if (by.kind === "sender") this.#deliver(packet);
    else {
      const server: Server = {
        place: by.place,
        endpoint: packet.header.destination,
        clientSeen: packet.header.source,
      };
      this.#sendBack(packet, { kind: "reply", from: by.place, reply: ECHO, server });
    }
  }

  /** The sender gets what came back. */
  #deliver({ call, reply, server, reason = "", cut, tunnel }: PacketInFlight): void {
    if (reply !== undefined && server !== undefined) this.#returned(call, { kind: "reply", reply, server });
    else if (tunnel !== undefined) this.#returned(call, { kind: "closed", reason });
    else this.#returned(call, { kind: cut === true ? "reset" : "refused", reason });
  }

  /** A process takes the request; it may answer at once, later or never. */
  #ask(packet: PacketInFlight, process: Process): void {
    const { header, call } = packet;
    const { socket } = process.target;
    if (socket === undefined) throw new Error("network: a process without a socket");
    const { clock } = this.#network.parts;
    call.connected();
    let answered = false;
    const respond = (reply: Reply) => {
      if (answered) return;
      answered = true;
      if (reply.delay === undefined || reply.delay === 0) this.#answer(packet, process, reply);
      else {
        call.busyUntil(clock.now + reply.delay);
        clock.schedule(reply.delay, () => this.#answer(packet, process, reply));
      }
    };
    const reply = socket.handler(incoming(packet, socket.protocol, placeOf(process)), respond);
    if (reply !== undefined) respond(reply);
    else if (!answered) call.taken(W.accepted(textOf(header)));
  }

  /** The process answers, unless it ended meanwhile. */
  #answer(packet: PacketInFlight, process: Process, reply: Reply): void {
    const { header, call } = packet;
    const network = this.#network;
    const { pod, socket } = process.target;
    call.underWay();
    if (pod !== undefined && network.podOf(pod.uid) === undefined) {
      call.lost(W.podEnded(pod.namespace, pod.name));
      return;
    }
    if (reply.cut !== undefined) {
      this.#sendBack(packet, { kind: "reset", from: process.place, reason: reply.cut, cut: true });
      return;
    }
    const isOpen =
      pod === undefined ||
      pod.hostNetwork ||
      (socket !== undefined && network.socketOfPod(pod.uid, socket.protocol, socket.port) !== undefined);
    if (!isOpen) {
      const reason = W.programEnded(textOf(header));
      this.#sendBack(packet, { kind: "reset", from: process.place, reason, cut: true });
      return;
    }
    const server: Server = {
      place: placeOf(process),
      endpoint: textOf(header),
      clientSeen: header.source,
      tls: socket?.speaks === "tls" ? true : undefined,
    };
    const isWeb = socket?.protocol === "TCP" && call.request.purpose !== "dns";
    const whole = isWeb ? this.#web.withHeaders(reply, this.#second()) : reply;
    this.#sendBack(packet, { kind: "reply", from: process.place, reply: whole, server });
  }

  #second(): number {
    const { clock, settings } = this.#network.parts;
    return Math.floor((settings().epoch + clock.now) / 1000);
  }

  /** Sends a reply, a reset or an ICMP error the way that the packet came from. */
  #sendBack(packet: PacketInFlight, back: Back): void {
    if (packet.tunnel !== undefined) {
      this.#carryBack(packet, packet.tunnel, back);
      return;
    }
    const { kind, from } = back;
    const error = kind === "icmp-unreachable";
    const reply = reversed(packet.header);
    const source = error && from.kind === "node" ? this.#network.machine(from.name).address : reply.source;
    const header = error ? { ...reply, protocol: "ICMP" as const, source } : reply;
    const about = error ? packet.header : undefined;
    this.#depart(this.#newPacket(packet.call, back, { kind, header, about, tunnel: undefined }), from);
  }

  #carryBack({ call, header }: PacketInFlight, tunnel: Tunnel, back: Back): void {
    const { from, kind, reason = "" } = back;
    if (kind !== "reply") tunnel.forward.failed({ kind: from.kind === "pod" ? "refused" : "no-pod", reason });
    const legs = backwards(tunnel.legs);
    const carried = { ...tunnel, forwarded: { ...tunnel.forwarded, back: true }, legs, at: 0 };
    const as = {
      kind: kind === "reply" ? kind : "reset",
      header: legs[0]?.header ?? header,
      about: undefined,
    } as const;
    this.#depart(this.#newPacket(call, back, { ...as, tunnel: carried }), from);
  }

  #newPacket(
    call: Call,
    { reason, reply, server, cut }: Carried,
    { kind, header, about, tunnel }: Pick<PacketInFlight, "kind" | "header" | "about" | "tunnel">,
  ): PacketInFlight {
    const id = this.#network.parts.trace.newPacketId();
    // Every field is written, so that all packets have one shape: they are made and read more often than anything else.
    return {
      id,
      kind,
      call,
      record: undefined,
      header,
      hops: 0,
      reply,
      server,
      reason,
      cut,
      about,
      attempt: 0,
      tunnel,
      leg: undefined,
      way: undefined,
      arrive: undefined,
    };
  }

  /** A local port of `kubectl port-forward` takes the packet: from here it is carried leg by leg. */
  #carry(packet: PacketInFlight, hop: Hop, forward: PortForward): void {
    const network = this.#network;
    forward.opened();
    endHop(network, packet, "forwarded");
    const pod = network.podOf(forward.pod.uid);
    const { ahead, all } = legsOf(network, packet, hop, forward);
    const { namespace, name } = forward.pod;
    packet.tunnel = { forward, forwarded: { namespace, name, back: false }, legs: all, at: all.length - ahead.length };
    if (pod === undefined || network.isOn(pod.node)) this.#walk(packet, hop.to, undefined);
    else packet.call.lost(W.noPowerThere(pod.node));
  }
}

function nameOf(place: Place): string {
  return place.kind === "pod" ? W.podIn(place.namespace, place.name) : place.name;
}

/** A server's own place: on a node's network it may be a pod. */
function placeOf({ place, target: { pod } }: Process): Place {
  return pod === undefined ? place : pod.place;
}
