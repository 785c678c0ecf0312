// The store: frozen objects by resource and key, one resourceVersion, watchers.
import { type KubeObject, keyOf, type ObjectKey } from "../api/objects.ts";
import type { ResourceName } from "../api/scheme.ts";
import type { Mishaps } from "../sim/mishaps.ts";
import { deepFreeze } from "../sim/values.ts";

/** One change of one object, as a watch tells it. */
export interface WatchEvent {
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly resource: ResourceName;
  readonly object: KubeObject;
  /** The state before; absent for ADDED. */
  readonly old?: KubeObject;
  readonly resourceVersion: number;
}

/** Called synchronously for each change. It may remember and enqueue; it must not write to the API in the same call. */
export type WatchHandler = (event: WatchEvent) => void;

/** Keeps objects and tells watchers; knows nothing of defaults or validation. */
// Models etcd3 storage: one revision counter for all resources.
export class Store {
  #revision = 0;
  readonly #objects = new Map<ResourceName, Map<ObjectKey, KubeObject>>();
  readonly #watchers = new Map<ResourceName | "*", Set<WatchHandler>>();

  readonly #mishaps: Mishaps;

  /** @param mishaps - called with what watchers throw; a write is done whatever they do. */
  constructor(mishaps: Mishaps) {
    this.#mishaps = mishaps;
  }

  /** How many objects are stored. */
  get size(): number {
    let size = 0;
    for (const objects of this.#objects.values()) size += objects.size;
    return size;
  }

  /** The last resourceVersion given out. */
  get resourceVersion(): number {
    return this.#revision;
  }

  get(resource: ResourceName, key: ObjectKey): KubeObject | undefined {
    return this.#objects.get(resource)?.get(key);
  }

  /** All objects of a resource, unordered: callers that show them sort them. */
  all(resource: ResourceName): Iterable<KubeObject> {
    return this.#objects.get(resource)?.values() ?? [];
  }

  count(resource: ResourceName): number {
    return this.#objects.get(resource)?.size ?? 0;
  }

  /** Stores a new or changed object under the next resourceVersion and returns it frozen. */
  put(resource: ResourceName, object: KubeObject): KubeObject {
    object.metadata.resourceVersion = String(++this.#revision);
    return this.#keep(resource, object);
  }

  /** Stores an object as another server has it, under that server's resourceVersion. */
  adopt(resource: ResourceName, object: KubeObject): void {
    this.#revision = Math.max(this.#revision, Number(object.metadata.resourceVersion) || 0);
    this.#keep(resource, object);
  }

  #keep(resource: ResourceName, object: KubeObject): KubeObject {
    const table = this.#table(resource);
    const key = keyOf(object);
    const old = table.get(key);
    const stored = deepFreeze(object);
    table.set(key, stored);
    this.#tell({
      type: old === undefined ? "ADDED" : "MODIFIED",
      resource,
      object: stored,
      ...(old === undefined ? {} : { old }),
      resourceVersion: this.#revision,
    });
    return stored;
  }

  remove(resource: ResourceName, key: ObjectKey): KubeObject | undefined {
    const table = this.#table(resource);
    const old = table.get(key);
    if (old === undefined) return undefined;
    table.delete(key);
    this.#tell({
      type: "DELETED",
      resource,
      object: old,
      old,
      resourceVersion: ++this.#revision,
    });
    return old;
  }

  /** Watches one resource, or all with "*"; returns how to stop. */
  watch(resource: ResourceName | "*", handler: WatchHandler): () => void {
    const handlers = this.#watchers.get(resource) ?? new Set();
    this.#watchers.set(resource, handlers);
    handlers.add(handler);
    return () => handlers.delete(handler);
  }

  #table(resource: ResourceName): Map<ObjectKey, KubeObject> {
    const table = this.#objects.get(resource) ?? new Map<ObjectKey, KubeObject>();
    this.#objects.set(resource, table);
    return table;
  }

  #tell(event: WatchEvent): void {
    // Those that are added meanwhile have seen the object in the list that they began with.
    for (const resource of [event.resource, "*"] as const)
      for (const handler of [...(this.#watchers.get(resource) ?? [])])
        this.#mishaps.guard("a watch", () => handler(event));
  }
}
