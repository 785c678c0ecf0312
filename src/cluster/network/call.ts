// One request as its sender sees it: its record, its deadline, and what its packets left behind on the way.

import { W } from "../../words/en/network.ts";
import type { Timer } from "../sim/clock.ts";
import type { Way } from "./cables.ts";
import type { Flow } from "./conntrack.ts";
import type { Asked, ExchangeRecord } from "./exchange-record.ts";
import type { NetworkParts, PortForward, Reply } from "./network.ts";
import type { Forwarded, Header, Hop, Loss, Outcome, Packet, Place, SendRequest } from "./packet.ts";
import type { PacketRecord } from "./packet-record.ts";
import { noAnswer } from "./stub-resolver.ts";

/** What came back to the sender. */
export type Return =
  | { readonly kind: "reply"; readonly reply: Reply; readonly server: Server }
  | { readonly kind: "refused" | "reset"; readonly reason: string }
  /** The connection was accepted, and ended without an answer. */
  | { readonly kind: "closed"; readonly reason: string };

/** Who answered, and what it saw. */
export interface Server {
  readonly place: Place;
  readonly endpoint: string;
  readonly clientSeen: string;
  /** Present when the port takes TLS handshakes. */
  readonly tls?: true | undefined;
}

/** Called once with the result of a call, and the address it was sent to. */
export type CallDone = (outcome: Outcome, address: string | undefined) => void;

/** The call that waits for another one: a request whose name is being resolved. */
export interface Asker {
  readonly call: Call;
  /** How long it keeps asking when this question gets no answer. */
  readonly waitMs: number;
}

/** How long the kernel keeps trying to connect: six SYN retries. */
// Models linux net.ipv4.tcp_syn_retries
const DEFAULT_TIMEOUT_MS = 130_000;
/** How long a machine looks for a neighbour that does not answer before it says "no route to host". */
const NEIGHBOUR_TIMEOUT_MS = 3_000;

const NONE: readonly never[] = [];
const NO_HEADERS: Readonly<Record<string, string>> = {};

/** An exchange under way: what its sender knows, and until when it waits. */
export class Call {
  readonly request: SendRequest;
  readonly asker: Asker | undefined;
  /** Addresses still to be tried, the present one first. */
  addresses: readonly string[] = [];
  /** Why the sender chose this address. */
  because: string | undefined;
  /** The header as the sender wrote it; undefined while its name is being resolved. */
  header: Header | undefined;
  readonly #parts: NetworkParts;
  readonly #done: CallDone | undefined;
  /** When the sender gives up though a process has taken the request; until then, when it gives up waiting for one. */
  readonly #limit: number;
  #deadline: number;
  /** Its place in the record. */
  readonly entry: ExchangeRecord;
  #timer: Timer | undefined;
  /** What is known to have gone wrong, for the moment when the sender gives up. */
  #trouble: string | undefined;
  #flows: readonly Flow[] = NONE;

  constructor(parts: NetworkParts, request: SendRequest, done: CallDone | undefined, asker: Asker | undefined) {
    const { trace, clock } = parts;
    this.#parts = parts;
    this.request = request;
    this.asker = asker;
    this.because = request.because;
    this.#done = done;
    this.#limit = clock.now + (request.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    this.#deadline = Math.min(this.#limit, clock.now + (request.connectTimeoutMs ?? Number.POSITIVE_INFINITY));
    this.entry = trace.startExchange(askedBy(request, clock.now, request.parent ?? asker?.call.id));
    asker?.call.underWay();
  }

  get id(): number {
    return this.entry.id;
  }

  get isPending(): boolean {
    return this.entry.outcome.kind === "pending";
  }

  /** A machine remembers a connection of this call until it ends. */
  track(flow: Flow): void {
    this.#flows = this.#flows.length === 0 ? [flow] : [...this.#flows, flow];
  }

  /** Something came back. @returns whether the sender goes on to the next address that DNS gave. */
  returned(what: Return): boolean {
    if (!this.isPending) return false;
    if (what.kind === "refused" && this.addresses.length > 1) {
      this.addresses = this.addresses.slice(1);
      this.because = W.triedNext;
      return true;
    }
    this.conclude(outcomeOf(what));
    return false;
  }

  /** Nothing will come back, for this reason; the sender does not know yet. `again`: when the packet is sent again. */
  lost(reason: string, again?: number): void {
    this.#silent({ reason, ends: "timeout", again });
  }

  /** A process took the request: from now on the sender waits for its answer. */
  connected(): void {
    if (this.#deadline === this.#limit) return;
    this.#deadline = this.#limit;
    if (this.#timer === undefined) return;
    this.#timer.cancel();
    this.#timer = undefined;
    this.#arm();
  }

  /** A process took the request and has not answered. */
  taken(reason: string): void {
    this.#silent({ reason, ends: "timeout", taken: true });
  }

  /** What was lost is sent again, or what was taken is answered. */
  underWay(): void {
    if (this.entry.loss === undefined) return;
    this.#parts.trace.loseExchange(this.entry, undefined);
    this.asker?.call.underWay();
  }

  /** The sender's own machine finds no way; it knows after a while. */
  noRoute(reason: string): void {
    if (!this.isPending) return;
    const { clock } = this.#parts;
    const at = clock.now + NEIGHBOUR_TIMEOUT_MS;
    if (at > this.#deadline) {
      this.lost(reason);
      return;
    }
    this.#lose({ reason, ends: "unreachable", until: at });
    clock.schedule(NEIGHBOUR_TIMEOUT_MS, () => this.conclude({ kind: "unreachable", reason }));
  }

  // Timers are set only when something takes longer than the sender waits: most exchanges never need one.
  /** Something of this exchange is on its way until then. */
  busyUntil(at: number): void {
    if (at > this.#deadline) this.#arm();
    this.asker?.call.busyUntil(at);
  }

  /** Ends the exchange; does nothing when it has ended. */
  conclude(outcome: Outcome): void {
    if (!this.isPending) return;
    const { trace, clock } = this.#parts;
    this.#timer?.cancel();
    if (this.request.sourcePort === undefined) for (const flow of this.#flows) flow.table.remove(flow);
    trace.endExchange(this.entry, outcome, clock.now);
    this.#done?.(outcome, this.header?.destination);
  }

  /** Nothing is on its way to the sender: it waits until it times out. */
  #silent(loss: Pick<Loss, "reason" | "ends" | "again" | "taken">): void {
    if (!this.isPending) return;
    this.#trouble = loss.reason;
    this.#arm();
    this.#lose({ ...loss, until: this.#deadline });
    this.asker?.call.busyUntil(this.#deadline);
  }

  /** Records what the sender does not know yet; a request that waits for a name has the loss of its query. Spec: [WALK-20]. */
  #lose({ until, again, ...loss }: Omit<Loss, "at">): void {
    const { trace, clock } = this.#parts;
    const next = again !== undefined && again < until ? { again } : {};
    trace.loseExchange(this.entry, { at: clock.now, ...loss, until, ...next });
    if (this.asker === undefined || loss.taken === true) return;
    const { call, waitMs } = this.asker;
    call.#lose({
      reason: noAnswer(this.request.host, call.request.host, loss.reason),
      ends: "unresolved",
      until: until + waitMs,
      again: waitMs > 0 ? until : again,
    });
  }

  #arm(): void {
    if (this.#timer !== undefined || !this.isPending) return;
    const { clock } = this.#parts;
    this.#timer = clock.schedule(Math.max(0, this.#deadline - clock.now), () => {
      const reason = this.#trouble ?? W.inFlight;
      this.conclude({ kind: "timeout", reason });
    });
  }
}

function askedBy(request: SendRequest, now: number, parent: number | undefined): Asked {
  const isTcp = request.protocol === undefined || request.protocol === "TCP";
  return {
    from: request.from,
    target: request.target ?? `${request.host}:${request.port}`,
    purpose: request.purpose ?? "request",
    protocol: request.protocol === "TCP" ? undefined : request.protocol,
    asked:
      request.purpose === "dns" || !isTcp ? undefined : { method: request.method ?? "GET", path: request.path ?? "/" },
    startedAt: now,
    parent,
  };
}

function outcomeOf(what: Return): Outcome {
  if (what.kind === "closed") return { kind: "reset", reason: what.reason, closed: true };
  if (what.kind !== "reply") return { kind: what.kind, reason: what.reason };
  const { reply, server } = what;
  const outcome: Outcome = {
    kind: "answered",
    status: reply.status,
    headers: reply.headers ?? NO_HEADERS,
    body: reply.body,
    servedBy: server.place,
    endpoint: server.endpoint,
    clientSeen: server.clientSeen,
  };
  if (server.tls === undefined && reply.certificate === undefined) return outcome;
  return {
    ...outcome,
    ...(server.tls === undefined ? {} : { tls: server.tls }),
    ...(reply.certificate === undefined ? {} : { certificate: reply.certificate }),
  };
}

/** One stretch of a tunnel and the header that the connection has there. */
export interface Leg {
  readonly from: Place;
  readonly to: Place;
  readonly header: Header;
}

/** A packet's way through a port-forward. */
export interface Tunnel {
  readonly forward: PortForward;
  readonly forwarded: Forwarded;
  /** All legs, and which of them is next. */
  readonly legs: readonly Leg[];
  at: number;
}

/** A packet under way. */
export interface PacketInFlight {
  readonly id: number;
  readonly kind: Packet["kind"];
  readonly call: Call;
  /** What is written down of it, from the moment that it sets off. */
  record?: PacketRecord | undefined;
  header: Header;
  hops: number;
  /** What a reply carries. */
  readonly reply?: Reply | undefined;
  readonly server?: Server | undefined;
  /** Why a packet was refused, for the sender. */
  readonly reason?: string | undefined;
  /** A reset of an open connection: its program ended, rather than never having been there. */
  readonly cut?: boolean | undefined;
  /** In an ICMP error: the header of the packet it is about, as that packet stood where the error was made. */
  about?: Header | undefined;
  /** How often it was sent before, when links had lost it. */
  readonly attempt?: number | undefined;
  /** Set while a port-forward carries the packet. */
  tunnel?: Tunnel | undefined;
  /** The hop that it is on, or was on last, and what it meets there. */
  leg?: Hop | undefined;
  way?: Way | undefined;
  /** Ends that hop; the same function for all of them. */
  arrive?: (() => void) | undefined;
}
