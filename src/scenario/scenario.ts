// What is saved of a run: where it began and what people did, nothing else.
import {
  type ClusterSettings,
  type Fault,
  faultId,
  type NodePlan,
  type Place,
  type Protocol,
} from "../cluster/index.ts";

/** One thing a person did. Times and results are not part of it: performing it again gives them again. */
export type Action =
  /** The editor's text, valid as a whole: applied, and what it no longer holds is deleted (apply with prune). */
  | { readonly kind: "apply"; readonly text: string }
  | { readonly kind: "shell"; readonly line: string }
  /** Ctrl+C: stops the command that runs in the shell. */
  | { readonly kind: "interrupt" }
  /** Saves the text that a command of the shell opened, as `kubectl edit` does; null closes it without saving. */
  | { readonly kind: "edit"; readonly text: string | null }
  | {
      readonly kind: "send";
      readonly from: Place;
      readonly host: string;
      readonly port: number;
      readonly protocol?: Protocol;
      readonly path?: string;
      /** The Host that an HTTP request names, when it is another than where it goes. */
      readonly hostHeader?: string;
    }
  | {
      readonly kind: "start-traffic";
      readonly from: Place;
      readonly host: string;
      readonly port: number;
      /** Requests per virtual second. */
      readonly rate: number;
      readonly path?: string;
      readonly protocol?: Protocol;
      /** As for one request. */
      readonly hostHeader?: string;
      /** All over one connection or socket. */
      readonly keepAlive?: boolean;
    }
  /** Ends all traffic, or that from one place, whoever started it. */
  | { readonly kind: "stop-traffic"; readonly from?: Place }
  | { readonly kind: "kill-pod"; readonly namespace: string; readonly name: string }
  | { readonly kind: "crash-container"; readonly namespace: string; readonly name: string }
  | { readonly kind: "scale"; readonly namespace: string; readonly name: string; readonly replicas: number }
  /** Breaks something until it is restored; a fault at the same place gets these amounts. */
  | { readonly kind: "fail"; readonly fault: Fault }
  /** Undoes the fault of this id, as `cluster.faults.list()` gives it. */
  | { readonly kind: "restore"; readonly id: string }
  | { readonly kind: "configure"; readonly settings: Partial<SharedSettings> };

/** An action and the virtual millisecond at which it was done. */
export interface TimedAction {
  readonly at: number;
  readonly action: Action;
}

/** The settings that a scenario may carry. */
export type SharedSettings = Readonly<Record<"nodes", readonly SharedNode[]>> &
  Pick<
    ClusterSettings,
    | "hopLatency"
    | "proxyLag"
    | "controllerLag"
    | "imagePull"
    | "containerStart"
    | "processExit"
    | "programTime"
    | "requestCpu"
    | "probes"
    | "cloud"
    | "balancer"
    | "ingress"
    | "gateway"
    | "coredns"
    | "internet"
    | "hostPorts"
    | "networkPolicies"
    | "metricsServer"
  >;

/** A machine as people ask for it; its addresses follow from its place among the others. */
export type SharedNode = Omit<NodePlan, "address" | "podCIDR" | "declared">;

/** What someone wrote about a moment. */
export interface Note {
  /** Virtual milliseconds. */
  readonly at: number;
  readonly text: string;
}

/** Another future of a scenario: it does the same at first, then something else. */
export interface OtherBranch {
  readonly name: string;
  /** How many actions of the scenario's own log it begins with. */
  readonly shares: number;
  /** What was done after those. */
  readonly log: readonly TimedAction[];
  /** How far it has been played, in virtual milliseconds. */
  readonly until: number;
  readonly notes?: readonly Note[];
}

/** All that is ever saved. Equal scenarios give equal runs, byte for byte. */
export interface Scenario {
  readonly version: 1;
  readonly title?: string;
  readonly seed: string;
  readonly settings: Partial<SharedSettings>;
  /** The manifest at virtual time 0; `apply` actions change it later. */
  readonly text: string;
  readonly log: readonly TimedAction[];
  readonly notes?: readonly Note[];
  /** Moments to be shown one after the other, in this order, with what is said to them. */
  readonly deck?: readonly Note[];
  /** The futures beside this one. A scenario that has some opens with all of them played to their ends. */
  readonly branches?: Branches;
  /** The file of a lesson that opens with it; room lessons reads it. */
  readonly lesson?: string;
}

/** The futures of a scenario beside its own log. */
export interface Branches {
  /** The name of the future that the scenario's own log is. */
  readonly name: string;
  /** How far that one has been played, in virtual milliseconds. */
  readonly until: number;
  readonly others: readonly OtherBranch[];
}

/** The action that breaks something, or restores it. */
export function switchFault(fault: Fault, broken: boolean): Action {
  return broken ? { kind: "fail", fault } : { kind: "restore", id: faultId(fault) };
}

/** A scenario in which nothing has been done yet. */
export function newScenario(text: string, seed = "podpath"): Scenario {
  return { version: 1, seed, settings: {}, text, log: [] };
}
