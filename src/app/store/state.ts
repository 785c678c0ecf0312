// What the panels know: the state of the page in one record.
import {
  type ActiveFault,
  type Exchange,
  makeKey,
  type ObjectKey,
  type Place,
  type ResourceName,
} from "../../cluster/index.ts";
import type { AskedField, Lit } from "./lit.ts";
import type { Objects } from "./objects.ts";
import type { Run, Target } from "./run.ts";

/** What the inspector shows. */
export type Selection =
  | { readonly kind: "object"; readonly resource: ResourceName; readonly key: ObjectKey }
  | { readonly kind: "client"; readonly name: string }
  /** `packet` is the one that was clicked, when one was. */
  | { readonly kind: "exchange"; readonly id: number; readonly packet?: number };

/** One sentence about what a packet did or came to. */
export interface LogEntry {
  readonly id: number;
  /** Virtual milliseconds. */
  readonly at: number;
  readonly exchange: number;
  readonly purpose: Exchange["purpose"];
  /** `hop` moves on; the others end the story. */
  readonly kind: "hop" | "answered" | "failed";
  readonly text: string;
}

/** How often each endpoint was drawn: Service (`namespace/name`) to endpoint (`ip:port`) to number. */
export type Counts = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Continuous requests that somebody started. */
export interface Traffic {
  readonly from: Place;
  readonly target: Target;
  /** Requests a virtual second. */
  readonly rate: number;
}

export type Theme = "auto" | "light" | "dark";

/** How the visitor wants to see things; none of it changes the run. */
export interface ViewOptions {
  readonly theme: Theme;
  /** `logical`: past the Service whose rules chose. `wire`: straight between machines, as the cables go. */
  readonly road: "logical" | "wire";
  /** Whether kube-system and the kubernetes Service are drawn. */
  readonly system: boolean;
  readonly probes: boolean;
  /** What a load balancer is taken to cost, in dollars an hour. */
  readonly balancerPrice: number;
}

/** What "Send request" sends; without a target the first sensible one is used. */
export interface Draft {
  readonly from: Place;
  readonly target: Target | undefined;
  readonly rate: number;
  /** Whether continuous traffic stays on one connection. */
  readonly keepAlive: boolean;
}

/** What somebody is about to break. */
export type Breakable =
  | { readonly kind: "cluster" }
  | { readonly kind: "node" | "client"; readonly name: string }
  | { readonly kind: "pod"; readonly key: ObjectKey };

/** The menu of faults: for what, and beside what in the window. */
export interface Breaking {
  readonly what: Breakable;
  readonly beside: { readonly left: number; readonly bottom: number };
}

/** A short message to the visitor, such as the API server's refusal. */
export interface Notice {
  readonly id: number;
  readonly tone: "info" | "error";
  readonly text: string;
}

export interface AppState {
  readonly session: Run;
  readonly objects: Objects;
  readonly playing: boolean;
  /** Virtual milliseconds per real millisecond. */
  readonly speed: number;
  readonly selection: Selection | undefined;
  readonly counts: Counts;
  readonly log: readonly LogEntry[];
  readonly traffic: readonly Traffic[];
  readonly view: ViewOptions;
  readonly draft: Draft;
  /** What is broken now, whoever broke it. */
  readonly faults: readonly ActiveFault[];
  /** Of these, nodes whose power is cut. */
  readonly poweredOff: ReadonlySet<string>;
  /** Of these, readiness that somebody decided over the head of the probes. */
  readonly forcedReadiness: ReadonlyMap<ObjectKey, boolean>;
  /** The open menu of faults. */
  readonly breaking: Breaking | undefined;
  readonly notice: Notice | undefined;
  /** What the visitor points at just now. */
  readonly lit: Lit | undefined;
  /** The field last asked for, to be shown in the text. */
  readonly asked: AskedField | undefined;
}

/** Between what AWS (0.0225), Google and Azure (0.025) list for a basic load balancer in the United States, without traffic. */
const BALANCER_PRICE = 0.025;

export const LAPTOP: Place = { kind: "client", name: "laptop" };

/** The state before anything was done to `session`. */
export function initialState(session: Run, objects: Objects): AppState {
  return {
    session,
    objects,
    playing: true,
    speed: 1,
    selection: undefined,
    counts: new Map(),
    log: [],
    traffic: trafficOf(session),
    view: { theme: "auto", road: "logical", system: false, probes: false, balancerPrice: BALANCER_PRICE },
    draft: { from: LAPTOP, target: undefined, rate: 2, keepAlive: false },
    ...brokenIn(session),
    breaking: undefined,
    notice: undefined,
    lit: undefined,
    asked: undefined,
  };
}

/** What is broken in a run, whoever broke it. */
export function brokenIn({ cluster }: Run): Pick<AppState, "faults" | "poweredOff" | "forcedReadiness"> {
  const faults = cluster.faults.list();
  const poweredOff = new Set<string>();
  const forcedReadiness = new Map<ObjectKey, boolean>();
  for (const { fault } of faults) {
    if (fault.kind === "node-power") poweredOff.add(fault.node);
    if (fault.kind === "readiness") forcedReadiness.set(makeKey(fault.namespace, fault.pod), fault.ready);
  }
  return { faults, poweredOff, forcedReadiness };
}

/** The continuous requests of a run, whoever started them. */
export function trafficOf({ cluster }: Run): readonly Traffic[] {
  return cluster
    .listTraffic()
    .map(({ request: { from, host, port, rate } }) => ({ from, target: { host, port }, rate }));
}
