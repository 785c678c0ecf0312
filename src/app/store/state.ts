// What the panels know: the state of the page in one record.
import {
  type ActiveFault,
  makeKey,
  type ObjectKey,
  type Place,
  type ResourceName,
  type World,
} from "../../cluster/index.ts";
import type { Position } from "../../history/index.ts";
import type { LessonRun } from "../../lessons/index.ts";
import type { Note } from "../../scenario/index.ts";
import type { Counts, LogEntry } from "./journal.ts";
import type { AskedField, Lit } from "./lit.ts";
import type { Objects } from "./objects.ts";
import type { Opening } from "./open.ts";
import { AT_NOW, type PastState } from "./past-state.ts";
import type { Run, Target, Wanted } from "./run.ts";
import { type Beginning, FROM_PAGE, type KeptAside } from "./source.ts";

/** What the inspector shows. */
export type Selection =
  | { readonly kind: "object"; readonly resource: ResourceName; readonly key: ObjectKey }
  | { readonly kind: "client"; readonly name: string }
  /** `packet` is the one that was clicked, when one was. */
  | { readonly kind: "exchange"; readonly id: number; readonly packet?: number };

/** Continuous requests that someone started. */
export interface Traffic {
  readonly from: Place;
  readonly target: Target;
  /** Requests a virtual second. */
  readonly rate: number;
}

export type Theme = "auto" | "light" | "dark";

/** What of the cluster is wanted on the picture: a namespace, what a label selector matches, or one Service. */
export interface Shown {
  readonly namespace?: string | undefined;
  readonly selector?: string | undefined;
  /** Key of the Service in focus; then the others have no meaning. */
  readonly focus?: ObjectKey | undefined;
}

/** The same with what it means, which `only.ts` knows. */
export interface Only extends Shown {
  /** The objects that are shown: the same answer while nothing changed. */
  readonly among: (state: AppState) => Objects;
}

/** How the visitor wants to see things; none of it changes the run. */
export interface ViewOptions {
  readonly theme: Theme;
  /** `logical`: past the Service whose rules chose. `wire`: straight between machines, as the cables go. */
  readonly route: "logical" | "wire";
  /** Whether kube-system and the kubernetes Service are drawn. */
  readonly system: boolean;
  readonly probes: boolean;
  /** Whether the first request of a visitor is shown stop by stop, time pausing at each. */
  readonly narrated: boolean;
  /** Whether the tour of the front door runs, which narrates in the place of the strip. */
  readonly touring?: boolean;
  /** Whether it is asked where a packet goes before it moves, and how many of these predictions were right. */
  readonly predict?: boolean;
  readonly predicted?: { readonly right: number; readonly of: number };
  /** Large and without panels, to be read from the last row. */
  readonly presenting: boolean;
  /** What a load balancer is taken to cost, in dollars an hour. */
  readonly balancerPrice: number;
  /** Undefined: everything is shown. */
  readonly only?: Only | undefined;
  /** Where a long list of Services was moved to: the first that is shown, while `focus` is the Service in focus. */
  readonly services?: { readonly from: number; readonly focus: ObjectKey | undefined } | undefined;
  /** What a long list of Services is searched for. */
  readonly servicesSought?: string | undefined;
}

/** What "Send request" sends, as far as the visitor said it. `drafted` of `request.ts` completes it. */
export interface Draft {
  /** Undefined: someone who can reach the target. */
  readonly from: Place | undefined;
  /** Undefined: the first that makes sense. */
  readonly target: Wanted | undefined;
  readonly rate: number;
  /** Whether continuous traffic stays on one connection. */
  readonly keepAlive: boolean;
}

/** What someone is about to break. */
export type Breakable =
  | { readonly kind: "cluster" }
  | { readonly kind: "node" | "client"; readonly name: string }
  | { readonly kind: "pod"; readonly key: ObjectKey };

/** The menu of faults: for what, and beside what in the window. */
export interface Breaking {
  readonly what: Breakable;
  readonly beside: { readonly left: number; readonly bottom: number };
}

/** An object that someone is about to change. */
export interface Changing {
  readonly resource: ResourceName;
  readonly key: ObjectKey;
}

/** A button of a message. */
export interface Offer {
  readonly name: string;
  readonly act: () => void;
}

/** A short message to the visitor, such as the API server's refusal. */
export interface Notice {
  readonly id: number;
  readonly tone: "info" | "error";
  readonly text: string;
  /** What the visitor may do about it, by the name of its button. */
  readonly offer?: Offer;
}

/** How the learner comes through the lesson that is open, since it was opened. Each change is another object. */
export interface LessonShown {
  readonly course: LessonRun;
  /** Place of the step that is shown, from 0. */
  readonly at: number;
  /** Steps whose checks were met. */
  readonly met: ReadonlySet<number>;
  /** Steps with a prediction that is decided: whether it was right. */
  readonly answered: ReadonlyMap<number, boolean>;
  /** Hints that were asked for. */
  readonly hints: number;
  /** Steps of which the solution was shown. */
  readonly solved: ReadonlySet<number>;
  /** Real times, in milliseconds; undefined: it is not done yet. */
  readonly beganAt: number;
  readonly doneAt: number | undefined;
}

/** What of the classroom is open. */
export type ClassroomView = "result" | "moments" | "teach" | "code";

export interface AppState extends PastState {
  /** The run at the moment that is shown. */
  readonly run: Run;
  /** The cluster at that moment, to read. */
  readonly world: World;
  readonly beginning: Beginning;
  /** Where the run was when it came to the page: "Start over" returns to it. */
  readonly start: Position;
  /** The visitor's own work that made place for what is on the page. */
  readonly kept: KeptAside | undefined;
  readonly objects: Objects;
  readonly playing: boolean;
  /** Virtual milliseconds per real millisecond. */
  readonly speed: number;
  readonly selection: Selection | undefined;
  /** The exchange whose route stays on the picture, until the next one or Escape. */
  readonly route: number | undefined;
  readonly counts: Counts;
  readonly log: readonly LogEntry[];
  readonly traffic: readonly Traffic[];
  readonly view: ViewOptions;
  readonly draft: Draft;
  /** What is broken now, whoever broke it. */
  readonly faults: readonly ActiveFault[];
  /** Of these, nodes whose power is cut. */
  readonly poweredOff: ReadonlySet<string>;
  /** Of these, readiness that someone decided regardless of the probes. */
  readonly forcedReadiness: ReadonlyMap<ObjectKey, boolean>;
  /** The open menu of faults. */
  readonly breaking: Breaking | undefined;
  /** The object whose sheet is open. */
  readonly changing: Changing | undefined;
  readonly notice: Notice | undefined;
  /** The scenario that is on its way to its moment, to take the place of this one. */
  readonly opening: Opening | undefined;
  /** What the visitor points at just now. */
  readonly lit: Lit | undefined;
  /** The field last asked for, to be shown in the text. */
  readonly asked: AskedField | undefined;
  /** There while a lesson is open. */
  readonly lesson?: LessonShown | undefined;
  readonly classroom?: ClassroomView | undefined;
  /** Moments that a presenter kept, in their order, with captions. */
  readonly deck?: readonly Note[] | undefined;
}

/** Between what AWS (0.0225), Google and Azure (0.025) list for a basic load balancer in the United States, without traffic. */
const BALANCER_PRICE = 0.025;

export const LAPTOP: Place = { kind: "client", name: "laptop" };

/** The state before anything was done to `run`. */
export function initialState(run: Run, objects: Objects): AppState {
  return {
    ...AT_NOW,
    notes: run.origin.notes ?? [],
    deck: run.origin.deck,
    run,
    world: run.world,
    beginning: { ...FROM_PAGE, id: 0, text: run.text, original: run.text },
    start: { time: run.world.clock.now, actions: run.log.length },
    kept: undefined,
    objects,
    playing: true,
    speed: 1,
    selection: undefined,
    route: undefined,
    counts: new Map(),
    log: [],
    traffic: trafficOf(run.world),
    view: {
      theme: "auto",
      route: "logical",
      system: false,
      probes: false,
      narrated: false,
      presenting: false,
      balancerPrice: BALANCER_PRICE,
    },
    draft: { from: undefined, target: undefined, rate: 2, keepAlive: false },
    ...brokenIn(run.world),
    breaking: undefined,
    changing: undefined,
    notice: undefined,
    opening: undefined,
    lit: undefined,
    asked: undefined,
  };
}

/** What is broken in a run, whoever broke it. */
export function brokenIn({ faults: known }: World): Pick<AppState, "faults" | "poweredOff" | "forcedReadiness"> {
  const faults = known.list();
  const poweredOff = new Set<string>();
  const forcedReadiness = new Map<ObjectKey, boolean>();
  for (const { fault } of faults) {
    if (fault.kind === "node-power") poweredOff.add(fault.node);
    if (fault.kind === "readiness") forcedReadiness.set(makeKey(fault.namespace, fault.pod), fault.ready);
  }
  return { faults, poweredOff, forcedReadiness };
}

/** The continuous requests of a run, whoever started them. */
export function trafficOf(world: World): readonly Traffic[] {
  return world.listTraffic().map(({ request: { from, host, port, rate } }) => ({ from, target: { host, port }, rate }));
}
