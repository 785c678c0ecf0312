// What a route consists of: stops, each a place at a time.
import type { Exchange, Hop, ObjectKey, Outcome, Place } from "../../../cluster/index.ts";
import type { Term } from "./words.ts";

/** Where on the path of a hop a stop is: at its start, at the Service's card, where the card is left, behind it, at its end. */
export type Phase = "start" | "service" | "drawn" | "source" | "end";

/** How a route ends, or a packet of it. */
export type End = Exclude<Outcome["kind"], "pending"> | "dropped" | "lost";

/** An address before and after a rewrite. */
export interface Change {
  readonly what: "to" | "from";
  readonly before: string;
  readonly after: string;
}

/** One stop of a route. */
export interface Stop {
  /** Counts from 1. */
  readonly number: number;
  /** Virtual milliseconds at which the packet is there. */
  readonly at: number;
  /** The hop on whose path it is; undefined at the sender, before or after everything. */
  readonly hop: Hop | undefined;
  readonly phase: Phase;
  readonly place: Place;
  readonly back: boolean;
  /** At most 90 characters. */
  readonly sentence: string;
  readonly changes: readonly Change[];
  /** The Service whose rules are gone through here, and the address that they are for. */
  readonly service: { readonly key: ObjectKey; readonly address: string } | undefined;
  /** Terms that the route uses here for the first time. */
  readonly terms: readonly Term[];
  readonly end: End | undefined;
}

/** A route: its stops in the order of time, and the hops that they are on. */
export interface Story {
  readonly exchange: Exchange;
  readonly stops: readonly Stop[];
  readonly hops: readonly Hop[];
}

/** A stop before it is numbered. */
export type Draft = Omit<Stop, "number" | "terms" | "at"> & { readonly at: number };
