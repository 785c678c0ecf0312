// What a diagnosis is made of: findings and explanations as data that a page, a console or a test can show.
import type { FieldPath, ObjectRef, Place, Protocol } from "../cluster/index.ts";
import { W } from "../words/en/diagnosis.ts";
import type { Claim } from "./claims.ts";

/** The field that is to blame: where someone must look, and where a cure changes something. */
export interface Responsible {
  readonly object: ObjectRef;
  readonly path: FieldPath;
}

/** One change of an object's field. An index equal to a list's length appends to the list. */
export type FieldChange =
  | { readonly op: "set"; readonly path: FieldPath; readonly value: unknown }
  | { readonly op: "remove"; readonly path: FieldPath };

/** The changes of one object. */
export interface ObjectEdit {
  readonly object: ObjectRef;
  readonly changes: readonly FieldChange[];
}

/** Something a person does to the cluster rather than to an object; shaped as the actions of a scenario. */
export type WorldAction =
  | {
      readonly kind: "configure";
      readonly settings: { readonly cloud: true } | { readonly ingress: true } | { readonly gateway: true };
    }
  /** Undoes a fault. */
  | { readonly kind: "restore"; readonly id: string };

/** A request to send in place of the one that failed. */
export interface SendInstead {
  readonly from: Place;
  readonly host: string;
  readonly port: number;
  readonly protocol?: Protocol;
  readonly path?: string;
  /** The Host header, where it is not `host`. */
  readonly hostHeader?: string;
}

/** How a cure is done. */
export type Remedy =
  /** Changes fields of objects that exist, and may add objects. */
  | {
      readonly kind: "edit";
      readonly edits: readonly ObjectEdit[];
      readonly create?: readonly object[];
      /** Lines for the console, once the objects are changed. */
      readonly afterwards?: readonly string[];
    }
  | { readonly kind: "action"; readonly action: WorldAction; readonly command: string }
  /** A line for the console. */
  | { readonly kind: "command"; readonly command: string }
  | { readonly kind: "send"; readonly send: SendInstead };

/** A change that mends what is wrong. */
export interface Cure {
  /** What it does, in the imperative: `Set spec.selector.app to web`. */
  readonly label: string;
  readonly remedy: Remedy;
  /** Does what it says and is not all: something only its reader knows is missing still. */
  readonly unfinished?: true;
}

/** What a person would type to see it, and what that shows. */
export interface Evidence {
  readonly command: string;
  readonly shows: string;
  /** Parts of what is printed, letter by letter. */
  readonly prints: readonly string[];
  /** What is not printed. */
  readonly lacks?: readonly string[];
}

/** Two sets of pairs side by side: what a selector wants and what a pod has. */
export interface Comparison {
  readonly wanted: string;
  readonly found: string;
  readonly rows: readonly { readonly key: string; readonly wanted?: string; readonly found?: string }[];
}

/** How bad it is: `error`, nothing arrives; `warning`, some of it fails or will; `info`, it works and surprises people. */
export type Severity = "error" | "warning" | "info";

/** What a sender sees when its request fails. */
export type FailureClass = "unresolved" | "refused" | "timeout" | "unreachable" | "reset" | "tls" | "http" | "answered";

/** The questions in the order in which they are asked. */
export const STEPS = [
  W.stepName,
  W.stepService,
  W.stepPort,
  W.stepEndpoints,
  W.stepPod,
  W.stepPolicy,
  W.stepNode,
  W.stepOutside,
] as const;

/** One of `STEPS`, from 0. */
export type Step = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** Something that is wrong, or will surprise, in the cluster as it is. */
export interface Finding {
  /** The same for as long as the same thing is wrong. */
  readonly id: string;
  /** What kind of mistake it is, such as `selector-matches-nothing`. */
  readonly class: string;
  readonly severity: Severity;
  readonly step: Step;
  /** The object it is about: a Service, or what is in front of one. */
  readonly service: ObjectRef;
  readonly title: string;
  /** Sentences made from the objects: they name the values that are wrong. */
  readonly explanation: string;
  /** All that title and explanation say of this cluster, to be held against it. */
  readonly claims: readonly Claim[];
  readonly comparison?: Comparison;
  readonly evidence: readonly Evidence[];
  readonly responsible: Responsible;
  readonly cures: readonly Cure[];
  /** What requests come to because of it. */
  readonly symptoms: readonly FailureClass[];
  /** Narrower than the Service: the finding is about these pods, addresses, nodes or ports only. */
  readonly only?: { readonly pods?: readonly string[]; readonly nodes?: readonly string[]; readonly port?: number };
}
