// What the editor needs of the page around it: somewhere to apply a text, and news of the cluster.
import type { KubeObject } from "../../cluster/index.ts";
import type { FieldAt, Lit } from "../store/lit.ts";
import type { Problem, World } from "./language/index.ts";

/** An object that applying a text touched. */
export interface TouchedObject {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
}

/** What became of a text. */
export interface ApplyReport {
  readonly created: readonly TouchedObject[];
  readonly configured: readonly TouchedObject[];
  readonly deleted: readonly TouchedObject[];
  /** Documents that stand in the cluster as they are written, touched or not. */
  readonly applied: number;
  /** Documents that were refused. */
  readonly failed: number;
  /** Errors and warnings at their places. */
  readonly problems: readonly Problem[];
}

/** Something a person did to the cluster outside the editor. */
export type OutsideChange =
  | { readonly kind: "scaled"; readonly namespace: string; readonly name: string; readonly replicas: number }
  /** A line of the console. */
  | { readonly kind: "console"; readonly line: string };

/** A text that the cluster already runs, with what became of it. */
export interface Running {
  readonly text: string;
  /** Undefined when it was applied by an action of the log, not at the beginning. */
  readonly report: ApplyReport | undefined;
}

/** The page around the editor. */
export interface EditorHost {
  /** Applies a text as `kubectl apply --prune` would; what was refused is told, not thrown. */
  apply(text: string): ApplyReport;
  /** The objects of the cluster as they stand. */
  readonly world: World;
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
  /** What was done outside the editor since the text was applied last, oldest first. */
  outsideChanges(): readonly OutsideChange[];
}
