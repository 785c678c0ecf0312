// The API server: the only way in and out of the store.
import { type KubeObject, keyOf, makeKey } from "../api/objects.ts";
import type { ResourceTypes } from "../api/resources.ts";
import { groupVersion, type ResourceName, resourceInfo } from "../api/scheme.ts";
import type { Namespace, Pod } from "../api/types.gen.ts";
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
    const object = (options.trusted ? ownMetadata(input as KubeObject) : deepCopy(input)) as KubeObject; // TEMPORARY until decoding stands before this line
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
    const object = (options.trusted ? ownMetadata(input as KubeObject) : deepCopy(input)) as KubeObject; // TEMPORARY until decoding stands before this line
    const old = this.get(resource, object.metadata.namespace, object.metadata.name ?? "") as KubeObject;
    const asked = object.metadata.resourceVersion;
    if (asked !== undefined && asked !== old.metadata.resourceVersion) {
      throw statusError(
        "Conflict",
        `Operation cannot be fulfilled on ${resource} "${old.metadata.name}": the object has been modified; please apply your changes to the latest version and try again`,
      );
    }
    object.metadata.resourceVersion = old.metadata.resourceVersion ?? "";
    if (isFinished(object)) {
      if (!options.dryRun) this.store.remove(resource, keyOf(old));
      return { object: object as ObjectOf<R>, warnings: [] };
    }
    if (options.subresource === undefined && specChanged(object, old))
      object.metadata.generation = (old.metadata.generation ?? 0) + 1;
    if (!options.trusted && deepEqual(object, old)) return { object: old as ObjectOf<R>, warnings: [] };
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
    const object = this.get(resource, namespace, name) as KubeObject;
    const uid = options.preconditions?.uid;
    if (uid !== undefined && uid !== object.metadata.uid)
      throw statusError(
        "Conflict",
        `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${object.metadata.uid}`,
      );
    const marked = this.#mark(resource, object, options);
    if (options.dryRun) return { object: (marked ?? object) as ObjectOf<R>, warnings: [] };
    if (marked === undefined) this.store.remove(resource, keyOf(object));
    else if (marked !== object) this.store.put(resource, marked);
    return { object: (marked ?? object) as ObjectOf<R>, warnings: [] };
  }

  /** The object as it waits for its end (the same object when it already does), or undefined when it goes at once. */
  // Models kubernetes/staging/src/k8s.io/apiserver/pkg/registry/rest BeforeDelete
  #mark(resource: ResourceName, object: KubeObject, options: DeleteOptions): KubeObject | undefined {
    const grace = gracePeriod(resource, object, options);
    const finalizers = finalizersFor(object, options);
    if (finalizers.length === 0 && namespaceFinalizers(object) === 0 && grace === 0) return undefined;
    const { metadata } = object;
    const shorter = grace < (metadata.deletionGracePeriodSeconds ?? Number.POSITIVE_INFINITY);
    if (metadata.deletionTimestamp !== undefined && !shorter) return object;
    const now = this.#parts.settings().epoch + this.#parts.clock.now;
    return {
      ...object,
      metadata: {
        ...metadata,
        ...(finalizers.length === 0 ? {} : { finalizers }),
        deletionTimestamp: formatTime(now + grace * 1000),
        deletionGracePeriodSeconds: grace,
        generation: (metadata.generation ?? 0) + 1,
      },
      ...(resource === "namespaces" ? { status: { phase: "Terminating" } } : {}),
    } as KubeObject;
  }

  /** Watches a resource, or all with "*". See WatchHandler for what a handler may do. */
  watch(resource: ResourceName | "*", handler: WatchHandler): () => void {
    return this.store.watch(resource, handler);
  }
}

/** A shallow copy whose metadata may be written to. */
function ownMetadata(object: KubeObject): KubeObject {
  return { ...object, metadata: { ...object.metadata } };
}

/** Whether an object that is being deleted has nothing left to wait for. */
function isFinished(object: KubeObject): boolean {
  const { deletionTimestamp, finalizers, deletionGracePeriodSeconds } = object.metadata;
  if (deletionTimestamp === undefined || (finalizers?.length ?? 0) > 0 || (deletionGracePeriodSeconds ?? 0) > 0)
    return false;
  return namespaceFinalizers(object) === 0;
}

function namespaceFinalizers(object: KubeObject): number {
  return object.kind === "Namespace" ? ((object as Namespace).spec?.finalizers?.length ?? 0) : 0;
}

function specChanged(a: KubeObject, b: KubeObject): boolean {
  return !deepEqual((a as { spec?: unknown }).spec, (b as { spec?: unknown }).spec);
}

/** Seconds an object gets to end. Pods that no kubelet runs, or that have ended, get none. */
// Models kubernetes/pkg/registry/core/pod/strategy.go CheckGracefulDelete
function gracePeriod(resource: ResourceName, object: KubeObject, options: DeleteOptions): number {
  if (resource !== "pods") return 0;
  const pod = object as Pod;
  const phase = pod.status?.phase;
  if (pod.spec?.nodeName === undefined || phase === "Succeeded" || phase === "Failed") return 0;
  return options.gracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 30;
}

function finalizersFor(object: KubeObject, options: DeleteOptions): string[] {
  const finalizers = new Set(object.metadata.finalizers ?? []);
  finalizers.delete("orphan");
  finalizers.delete("foregroundDeletion");
  if (options.propagationPolicy === "Orphan") finalizers.add("orphan");
  if (options.propagationPolicy === "Foreground") finalizers.add("foregroundDeletion");
  if (options.propagationPolicy === undefined)
    for (const each of object.metadata.finalizers ?? []) finalizers.add(each);
  return [...finalizers];
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
