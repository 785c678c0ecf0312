// One request as its sender sees it: its record, its deadline, and what its packets left behind on the way.
import type { Timer } from "../sim/clock.ts";
import type { Conntrack, Flow } from "./conntrack.ts";
import type { PortForward, Reply } from "./network.ts";
import type { Exchange, Header, Outcome, Packet, Place, SendRequest } from "./packet.ts";

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
}

/** An exchange under way. */
export interface Call {
  record: Exchange;
  readonly request: SendRequest;
  /** When the sender gives up, as things stand. */
  deadline: number;
  /** When it gives up though a process has taken the request. */
  readonly limit: number;
  /** Addresses still to be tried, the present one first. */
  addresses: readonly string[];
  /** Why the sender chose this address. */
  because: string | undefined;
  /** The header as the sender wrote it; undefined while its name is being resolved. */
  header: Header | undefined;
  timer: Timer | undefined;
  /** What is known to have gone wrong, for the moment when the sender gives up. */
  trouble: string | undefined;
  readonly flows: { readonly conntrack: Conntrack; readonly flow: Flow }[];
  readonly done: ((outcome: Outcome, address: string | undefined) => void) | undefined;
  /** The call that waits for this one: a request whose name is being resolved. */
  readonly parent: Call | undefined;
}

/** One stretch of a tunnel and the header that the connection has there. */
export interface Leg {
  readonly from: Place;
  readonly to: Place;
  readonly header: Header;
}

/** A connection that is being carried. */
export interface Tunnel {
  readonly forward: PortForward;
  readonly legs: readonly Leg[];
}

/** A packet under way. */
export interface Traveller {
  readonly id: number;
  readonly kind: Packet["kind"];
  readonly call: Call;
  header: Header;
  hops: number;
  /** What a reply carries. */
  readonly reply?: Reply;
  readonly server?: Server;
  /** Why a packet was refused, told to the sender. */
  readonly reason?: string;
  /** A reset of a connection that stood: the program ended, rather than never having been there. */
  readonly cut?: boolean;
  /** In an ICMP error: the header of the packet it is about, as that packet stood where the error was made. */
  about?: Header;
  /** How often it was sent before, when links had lost it. */
  readonly attempt?: number;
  /** Set while a port-forward carries the packet. */
  tunnel?: Tunnel;
}
