// What the editor needs of the page around it: somewhere to apply a text, and news of the cluster.
import type { FieldPath, KubeObject } from "../../cluster/index.ts";
import type { FieldAt, Lit } from "../store/lit.ts";
import type { Lister, Problem } from "./language/index.ts";

/** An object that applying a text touched. */
export interface TouchedObject {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
}

/** The outcome of a text. */
export interface ApplyReport {
  readonly created: readonly TouchedObject[];
  readonly configured: readonly TouchedObject[];
  readonly deleted: readonly TouchedObject[];
  /** Documents that are in the cluster as written, touched or not. */
  readonly applied: number;
  /** Documents that were refused. */
  readonly failed: number;
  /** Errors and warnings at their places. */
  readonly problems: readonly Problem[];
}

/** Who set a field last. */
export interface FieldWriter {
  /** As in metadata.managedFields: `kubectl-patch`, `kube-controller-manager`. */
  readonly manager: string;
  readonly operation: string;
  /** `""` for a write of the whole object. */
  readonly subresource: string;
  /** Virtual milliseconds since the cluster was made; to the second. */
  readonly at: number;
}

/** A text that the cluster already runs, with its outcome. */
export interface Running {
  readonly text: string;
  /** Undefined when it was applied by an action of the log, not at the beginning. */
  readonly report: ApplyReport | undefined;
}

/** The page around the editor. */
export interface EditorHost {
  /** Whether an earlier moment than now is shown: applying there begins a branch, so nothing is applied that nobody typed. */
  isPast(): boolean;
  /** Applies a text as `kubectl apply --prune` would; what was refused is reported, not thrown. */
  apply(text: string): ApplyReport;
  /** The current objects of the cluster. */
  readonly lister: Lister;
  /** Calls the listener after objects changed; returns how to stop. */
  onObjects(listener: () => void): () => void;
  /** What the cluster runs before the editor applied anything. */
  running(): Running;
  /** Calls the listener when the page began another run, as a link or a lesson does; returns how to stop. */
  onRun(listener: () => void): () => void;
  /** Lights an object in the page. */
  select(object: KubeObject): void;
  /** Calls the listener with what the visitor selected elsewhere: the object and its owners, nearest first. */
  onSelected(listener: (objects: readonly KubeObject[]) => void): () => void;
  /** Says which field the caret or the pointer is at; undefined: at none. */
  point(field: FieldAt | undefined): void;
  /** Calls the listener with what the visitor points at elsewhere; returns how to stop. */
  onLit(listener: (lit: Lit | undefined) => void): () => void;
  /** Calls the listener with a field to show in the text; it answers whether the text has it. */
  onAsked(listener: (field: FieldAt) => boolean): () => void;
  /** Who set a field of a live object last, by the object's managed fields; undefined where nobody did. */
  writerOf(object: KubeObject, path: FieldPath): FieldWriter | undefined;
}
