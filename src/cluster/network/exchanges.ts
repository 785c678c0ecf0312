// The senders' side: starts exchanges, gives up after their time, records what came of them.
import type { Call, Return } from "./call.ts";
import type { Network } from "./network.ts";
import type { Exchange, Outcome, Place, SendRequest } from "./packet.ts";
import { resolve } from "./resolver.ts";
import { Walker, type WalkListener } from "./walk.ts";

/** How long the kernel goes on trying to connect: six SYN retries. SEMANTICS 6.4. */
const DEFAULT_TIMEOUT_MS = 130_000;
/** How long a machine looks for a neighbour that does not answer before it says "no route to host". */
const NEIGHBOUR_TIMEOUT_MS = 3_000;
/** First and number of the ports that a kernel gives to outgoing connections. */
// Models linux net.ipv4.ip_local_port_range
const EPHEMERAL = { from: 32_768, count: 28_232 } as const;

/** Makes and ends exchanges. */
export class Exchanges implements WalkListener {
  readonly walker: Walker;
  readonly #network: Network;
  #port = 0;

  constructor(network: Network) {
    this.#network = network;
    this.walker = new Walker(network, this);
  }

  /** Sends a request and returns the exchange's id; `done` is called once with what came of it, and the address it was sent to. */
  send(request: SendRequest, done?: Call["done"], parent?: Call): number {
    const { trace, clock } = this.#network.parts;
    const asked = request.parent ?? parent?.record.id;
    const record: Exchange = {
      id: trace.newExchangeId(),
      from: request.from,
      target: request.target ?? `${request.host}:${request.port}`,
      purpose: request.purpose ?? "request",
      protocol: request.protocol === "TCP" ? undefined : request.protocol,
      asked:
        request.purpose === "dns" || (request.protocol ?? "TCP") !== "TCP"
          ? undefined
          : { method: request.method ?? "GET", path: request.path ?? "/" },
      startedAt: clock.now,
      endedAt: undefined,
      outcome: PENDING,
      packets: [],
      parent: asked,
    };
    const limit = clock.now + (request.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    const call: Call = {
      record,
      request,
      deadline: Math.min(limit, clock.now + (request.connectTimeoutMs ?? Number.POSITIVE_INFINITY)),
      limit,
      addresses: [],
      because: request.because,
      header: undefined,
      timer: undefined,
      trouble: undefined,
      flows: [],
      done,
      parent,
    };
    trace.startExchange(record);
    this.#resolve(call);
    return record.id;
  }

  #resolve(call: Call): void {
    const { request } = call;
    const ask = (question: SendRequest, done: (outcome: Outcome) => void) => {
      if (isPending(call)) this.send(question, done, call);
    };
    resolve({ network: this.#network, ask }, request.from, request.host, (result) => {
      if (!isPending(call)) return;
      if ("unresolved" in result) {
        this.#conclude(call, { kind: "unresolved", reason: result.unresolved });
        return;
      }
      call.addresses = result.addresses;
      call.because ??= result.because;
      this.#attempt(call);
    });
  }

  #attempt(call: Call): void {
    const { request } = call;
    const { trace } = this.#network.parts;
    const destination = call.addresses[0] ?? "";
    const source = this.#network.addressOf(request.from);
    if (source === undefined) {
      this.#conclude(call, { kind: "unreachable", reason: `${nameOf(request.from)} is not on the network` });
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
    this.walker.depart({ id: trace.newPacketId(), kind: "request", call, header, hops: 0 }, request.from);
  }

  /** A port of the sender's that no other connection uses now. */
  newPort(): number {
    this.#port = (this.#port + 1) % EPHEMERAL.count;
    return EPHEMERAL.from + this.#port;
  }

  returned(call: Call, what: Return): void {
    if (!isPending(call)) return;
    if (what.kind === "reply") {
      const { reply, server } = what;
      this.#conclude(call, {
        kind: "answered",
        status: reply.status,
        headers: reply.headers ?? {},
        body: reply.body,
        servedBy: server.place,
        endpoint: server.endpoint,
        clientSeen: server.clientSeen,
        ...(reply.certificate === undefined ? {} : { certificate: reply.certificate }),
      });
      return;
    }
    if (what.kind === "closed") {
      this.#conclude(call, { kind: "reset", reason: what.reason, closed: true });
      return;
    }
    if (what.kind === "refused" && call.addresses.length > 1) {
      // A client that got several addresses goes on to the next.
      call.addresses = call.addresses.slice(1);
      call.because = "was refused, went on to the next address that DNS gave";
      this.#attempt(call);
      return;
    }
    this.#conclude(call, { kind: what.kind, reason: what.reason });
  }

  lost(call: Call, reason: string): void {
    if (!isPending(call)) return;
    call.trouble = reason;
    this.#arm(call);
    if (call.parent !== undefined) this.busyUntil(call.parent, call.deadline);
  }

  noRoute(call: Call, reason: string): void {
    if (!isPending(call)) return;
    const { clock } = this.#network.parts;
    const at = clock.now + NEIGHBOUR_TIMEOUT_MS;
    if (at > call.deadline) {
      this.lost(call, reason);
      return;
    }
    clock.schedule(NEIGHBOUR_TIMEOUT_MS, () => this.#conclude(call, { kind: "unreachable", reason }));
  }

  connected(call: Call): void {
    if (call.deadline === call.limit) return;
    call.deadline = call.limit;
    if (call.timer === undefined) return;
    call.timer.cancel();
    call.timer = undefined;
    this.#arm(call);
  }

  // Timers are set only when something takes longer than the sender waits: most exchanges never need one.
  busyUntil(call: Call, at: number): void {
    if (at > call.deadline) this.#arm(call);
    if (call.parent !== undefined) this.busyUntil(call.parent, at);
  }

  #arm(call: Call): void {
    if (call.timer !== undefined || !isPending(call)) return;
    const { clock } = this.#network.parts;
    call.timer = clock.schedule(Math.max(0, call.deadline - clock.now), () => {
      const reason = call.trouble ?? "the answer was still on its way when the sender gave up";
      this.#conclude(call, { kind: "timeout", reason });
    });
  }

  #conclude(call: Call, outcome: Outcome): void {
    if (!isPending(call)) return;
    const { trace, clock } = this.#network.parts;
    call.timer?.cancel();
    if (call.request.sourcePort === undefined) for (const { conntrack, flow } of call.flows) conntrack.remove(flow);
    const known = trace.exchange(call.record.id) ?? call.record;
    call.record = {
      id: known.id,
      from: known.from,
      target: known.target,
      purpose: known.purpose,
      protocol: known.protocol,
      asked: known.asked,
      startedAt: known.startedAt,
      endedAt: clock.now,
      outcome,
      packets: known.packets,
      parent: known.parent,
    };
    trace.endExchange(call.record);
    call.done?.(outcome, call.header?.destination);
  }
}

const PENDING: Outcome = { kind: "pending" };

function isPending(call: Call): boolean {
  return call.record.outcome.kind === "pending";
}

function nameOf(place: Place): string {
  return place.kind === "pod" ? `pod ${place.namespace}/${place.name}` : place.name;
}
