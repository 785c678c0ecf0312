// The API server: the only way in and out of the store.
import { type KubeObject, keyOf, makeKey } from "../api/objects.ts";
import type { ResourceTypes } from "../api/resources.ts";
import { groupVersion, type ResourceName, resourceInfo } from "../api/scheme.ts";
import { alreadyExists, notFound, statusError } from "../apimachinery/errors.ts";
import { matches, type Selector } from "../apimachinery/labels.ts";
import type { Clock } from "../sim/clock.ts";
import type { Rng } from "../sim/rng.ts";
import type { ClusterSettings } from "../sim/settings.ts";
import { formatTime } from "../sim/time.ts";
import { deepCopy, deepEqual } from "../sim/values.ts";
import { Store, type WatchHandler } from "./store.ts";

/** How a write is to be taken. */
export interface WriteOptions {
  readonly dryRun?: boolean;
  readonly fieldManager?: string;
  readonly fieldValidation?: "Strict" | "Warn" | "Ignore";
  readonly subresource?: "status" | "scale";
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

/** An object as it now stands (or, for a dry run, as it would), with the server's warnings. */
export interface Answer<T = KubeObject> {
  readonly object: T;
  readonly warnings: readonly string[];
}

export type PatchType = "merge" | "strategic" | "json" | "apply";

/** The object type of a resource: precise for the kinds the engine works with. */
export type ObjectOf<R extends ResourceName> = R extends keyof ResourceTypes ? ResourceTypes[R] : KubeObject;

/** What the server is made of. */
export interface ServerParts {
  readonly clock: Clock;
  readonly rng: Rng;
  settings(): ClusterSettings;
}

/**
 * Decodes, defaults, admits, validates and stores. Every method answers at once; mistakes of the client are thrown as StatusError.
 * Objects that come out are frozen.
 */
export class ApiServer {
  readonly store = new Store();
  readonly #parts: ServerParts;

  constructor(parts: ServerParts) {
    this.#parts = parts;
  }

  /** The object, or undefined. */
  find<R extends ResourceName>(resource: R, namespace: string | undefined, name: string): ObjectOf<R> | undefined {
    const key = resourceInfo(resource).namespaced ? makeKey(namespace, name) : name;
    return this.store.get(resource, key) as ObjectOf<R> | undefined; // the store keeps each resource's own kind
  }

  /** The object. @throws StatusError NotFound. */
  get<R extends ResourceName>(resource: R, namespace: string | undefined, name: string): ObjectOf<R> {
    const object = this.find(resource, namespace, name);
    if (object === undefined) throw notFound(resource, name);
    return object;
  }

  /** Objects sorted by namespace and name. */
  list<R extends ResourceName>(resource: R, options: ListOptions = {}): ObjectOf<R>[] {
    const found: KubeObject[] = [];
    for (const object of this.store.all(resource)) {
      if (options.namespace !== undefined && object.metadata.namespace !== options.namespace) continue;
      if (options.labelSelector !== undefined && !matches(options.labelSelector, object.metadata.labels)) continue;
      found.push(object);
    }
    found.sort((a, b) => compareText(keyOf(a), keyOf(b)));
    return found as ObjectOf<R>[]; // the store keeps each resource's own kind
  }

  /** Creates an object from decoded or raw JSON. */
  create<R extends ResourceName>(
    resource: R,
    namespace: string | undefined,
    input: unknown,
    options: WriteOptions = {},
  ): Answer<ObjectOf<R>> {
    const object = deepCopy(input) as KubeObject; // TEMPORARY until decoding stands before this line
    const info = resourceInfo(resource);
    const { clock, rng } = this.#parts;
    object.apiVersion = groupVersion(info);
    object.kind = info.kind;
    if (info.namespaced) object.metadata.namespace = namespace ?? object.metadata.namespace ?? "default";
    if (object.metadata.name === undefined && object.metadata.generateName !== undefined)
      object.metadata.name = object.metadata.generateName + rng.suffix(5);
    if (this.store.get(resource, keyOf(object)) !== undefined)
      throw alreadyExists(resource, object.metadata.name ?? "");
    object.metadata.uid = rng.uuid();
    object.metadata.generation = 1;
    object.metadata.creationTimestamp = formatTime(this.#parts.settings().epoch + clock.now);
    const stored = options.dryRun ? object : this.store.put(resource, object);
    return { object: stored as ObjectOf<R>, warnings: [] };
  }

  /** Replaces an object; its resourceVersion, when given, must still be the stored one. @throws StatusError Conflict, NotFound, Invalid. */
  update<R extends ResourceName>(resource: R, input: unknown, options: WriteOptions = {}): Answer<ObjectOf<R>> {
    const object = deepCopy(input) as KubeObject; // TEMPORARY until decoding stands before this line
    const old = this.get(resource, object.metadata.namespace, object.metadata.name ?? "") as KubeObject;
    const asked = object.metadata.resourceVersion;
    if (asked !== undefined && asked !== old.metadata.resourceVersion) {
      throw statusError(
        "Conflict",
        `Operation cannot be fulfilled on ${resource} "${old.metadata.name}": the object has been modified; please apply your changes to the latest version and try again`,
      );
    }
    object.metadata.resourceVersion = old.metadata.resourceVersion ?? "";
    if (deepEqual(object, old)) return { object: old as ObjectOf<R>, warnings: [] };
    const stored = options.dryRun ? object : this.store.put(resource, object);
    return { object: stored as ObjectOf<R>, warnings: [] };
  }

  /** Deletes at once, or marks for graceful deletion where the kind knows it. Answers the object as it stood last. */
  delete<R extends ResourceName>(
    resource: R,
    namespace: string | undefined,
    name: string,
    options: DeleteOptions = {},
  ): Answer<ObjectOf<R>> {
    const object = this.get(resource, namespace, name);
    if (!options.dryRun) this.store.remove(resource, keyOf(object as KubeObject));
    return { object, warnings: [] };
  }

  /** Watches a resource, or all with "*". See WatchHandler for what a handler may do. */
  watch(resource: ResourceName | "*", handler: WatchHandler): () => void {
    return this.store.watch(resource, handler);
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
