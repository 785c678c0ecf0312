// What is asked of the API server and what it answers, as types.
import type { KubeObject } from "../api/objects.ts";
import type { ResourceTypes } from "../api/resources.ts";
import type { ResourceName } from "../api/scheme.ts";
import type { Selector } from "../apimachinery/labels.ts";
import type { Clock } from "../sim/clock.ts";
import type { Rng } from "../sim/rng.ts";
import type { ClusterSettings } from "../sim/settings.ts";

/** How a write is to be taken. */
export interface WriteOptions {
  readonly dryRun?: boolean;
  /** Who owns the fields that this write sets, as `kubectl-client-side-apply`; needed for conflicts of server-side apply. */
  readonly fieldManager?: string;
  /** What happens to unknown and duplicate fields; Strict, but Warn for patches. */
  readonly fieldValidation?: "Strict" | "Warn" | "Ignore";
  /** Server-side apply: take fields over that others own. */
  readonly force?: boolean;
  /** Which part is written; the server takes that part from the input and keeps the rest. `binding` sets a pod's node, `finalize` a namespace's finalizers. */
  readonly subresource?: "status" | "scale" | "binding" | "finalize";
  /**
   * Written by a component of the cluster (controller, scheduler, kubelet): the object is complete and valid, so decoding and
   * validation are skipped and it is taken over without a copy; its parts may be shared with stored objects.
   */
  readonly trusted?: boolean;
  /** Keys that stood twice in the text, as paths (`spec.ports[0].port`), found by the YAML parser. */
  readonly duplicateFields?: readonly string[];
}

/** How an object is to be deleted. */
export interface DeleteOptions {
  readonly dryRun?: boolean;
  readonly gracePeriodSeconds?: number;
  readonly propagationPolicy?: "Background" | "Foreground" | "Orphan";
  readonly preconditions?: {
    readonly uid?: string;
    readonly resourceVersion?: string;
  };
}

/** What is asked of a list. Absent namespace means all namespaces. */
export interface ListOptions {
  readonly namespace?: string;
  readonly labelSelector?: Selector;
  /** Terms as in `--field-selector`, already taken apart. */
  readonly fieldSelector?: ReadonlyArray<{
    readonly path: string;
    readonly operator: "=" | "!=";
    readonly value: string;
  }>;
}

/** An object as it is now (or, for a dry run, as it would), with the server's warnings. */
export interface Answer<T = KubeObject> {
  readonly object: T;
  readonly warnings: readonly string[];
}

/** `apply` is server-side apply. */
export type PatchType = "merge" | "strategic" | "json" | "apply";

/** A change of an object: the patch as JSON value, or as the text that was sent. */
export interface Patch {
  readonly type: PatchType;
  readonly body: unknown;
}

/** The object type of a resource: precise for the kinds the engine works with. */
export type ObjectOf<R extends ResourceName> = R extends keyof ResourceTypes ? ResourceTypes[R] : KubeObject;

/** What the server is made of. */
export interface ServerParts {
  readonly clock: Clock;
  readonly rng: Rng;
  settings(): ClusterSettings;
}
