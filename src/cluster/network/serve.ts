// The far end: a process takes a request and answers it, or a machine answers an echo.
import type { Call, Server, Traveller } from "./call.ts";
import { textOf } from "./hops.ts";
import { incoming } from "./incoming.ts";
import type { Network, PodAttachment, Reply, Socket } from "./network.ts";
import type { Packet, Place } from "./packet.ts";

/** What goes back to the sender. */
export type Back = { readonly kind: Exclude<Packet["kind"], "request">; readonly from: Place } & Pick<
  Traveller,
  "reason" | "reply" | "server" | "cut"
>;

/** The process that a request met. */
interface Process {
  readonly place: Place;
  readonly socket: Socket;
  readonly pod: PodAttachment | undefined;
}

/** Told of what becomes of requests. */
interface ServeListener {
  connected(call: Call): void;
  lost(call: Call, reason: string): void;
  busyUntil(call: Call, at: number): void;
}

const ECHO: Reply = { status: 0, body: "" };

/** Hands requests to processes, and their answers to `sendBack`. */
export class Servers {
  readonly #network: Network;
  readonly #listener: ServeListener;
  readonly #sendBack: (traveller: Traveller, back: Back) => void;

  constructor(network: Network, listener: ServeListener, sendBack: (traveller: Traveller, back: Back) => void) {
    this.#network = network;
    this.#listener = listener;
    this.#sendBack = sendBack;
  }

  /** A machine answers an echo request itself: no process takes part. Spec: [WALK-17]. */
  echo(traveller: Traveller, place: Place): void {
    const { header } = traveller;
    const server: Server = { place, endpoint: header.destination, clientSeen: header.source };
    this.#sendBack(traveller, { kind: "reply", from: place, reply: ECHO, server });
  }

  /** A process takes the request; it may answer at once, later or never. */
  serve(traveller: Traveller, process: Process): void {
    const { header, call } = traveller;
    const { socket } = process;
    const { clock } = this.#network.parts;
    this.#listener.connected(call);
    let answered = false;
    const respond = (reply: Reply) => {
      if (answered) return;
      answered = true;
      if (reply.delay === undefined || reply.delay === 0) this.#reply(traveller, process, reply);
      else {
        this.#listener.busyUntil(call, clock.now + reply.delay);
        clock.schedule(reply.delay, () => this.#reply(traveller, process, reply));
      }
    };
    const reply = socket.handler(incoming(traveller, socket.protocol, placeOf(process)), respond);
    if (reply !== undefined) respond(reply);
    else if (!answered) this.#listener.lost(call, `the program at ${textOf(header)} accepted it and has not answered`);
  }

  /** The process answers, unless it ended meanwhile. */
  #reply(traveller: Traveller, process: Process, reply: Reply): void {
    const { header, call } = traveller;
    const network = this.#network;
    const { pod } = process;
    if (pod !== undefined && network.podOf(pod.uid) === undefined) {
      this.#listener.lost(call, `pod ${pod.namespace}/${pod.name} ended before it answered`);
      return;
    }
    const owner = pod === undefined || pod.hostNetwork ? undefined : ({ kind: "pod", uid: pod.uid } as const);
    const open = owner === undefined || network.socketOf(owner, process.socket.protocol, process.socket.port);
    if (open === undefined) {
      const reason = `the program at ${textOf(header)} ended before it answered`;
      this.#sendBack(traveller, { kind: "reset", from: process.place, reason, cut: true });
      return;
    }
    const server: Server = { place: placeOf(process), endpoint: textOf(header), clientSeen: header.source };
    this.#sendBack(traveller, { kind: "reply", from: process.place, reply, server });
  }
}

/** A server's own place: on a node's network it may be a pod. */
function placeOf({ place, pod }: Process): Place {
  return pod === undefined ? place : { kind: "pod", namespace: pod.namespace, name: pod.name };
}
