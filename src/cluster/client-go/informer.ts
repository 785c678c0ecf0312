// A live view of one resource: by key, by index, and handlers called for each change.

import { type KubeObject, keyOf, type ObjectKey } from "../api/objects.ts";
import type { ResourceName } from "../api/scheme.ts";
import type { ApiServer, ObjectOf } from "../apiserver/server.ts";
import type { Mishaps } from "../sim/mishaps.ts";

/** Called for one change; `old` is absent when the object is new, `object` when it is gone. Handlers only enqueue keys. */
export type ChangeHandler<T> = (object: T | undefined, old: T | undefined) => void;

/** Gives the index values under which an object is filed, for example its node's name. */
export type IndexFunction<T> = (object: T) => readonly string[];

interface Index<T> {
  readonly keys: IndexFunction<T>;
  /** Whether two states of an object are filed alike; saves asking for their keys. */
  readonly same: (object: T, old: T) => boolean;
  readonly filed: Map<string, Set<ObjectKey>>;
}

/** The objects of one resource, always as the API server has them (a watch here is synchronous). */
export class Informer<T extends KubeObject> {
  readonly #objects = new Map<ObjectKey, T>();
  readonly #indexes = new Map<string, Index<T>>();
  #handlers: ChangeHandler<T>[] = [];
  readonly #mishaps: Mishaps;

  /** @param mishaps - called with what a handler throws; the others are called anyway. */
  constructor(mishaps: Mishaps) {
    this.#mishaps = mishaps;
  }

  get(key: ObjectKey): T | undefined {
    return this.#objects.get(key);
  }

  /** All objects, in the order in which they were first seen. */
  list(): Iterable<T> {
    return this.#objects.values();
  }

  get size(): number {
    return this.#objects.size;
  }

  /**
   * Files objects under the values that `keys` gives; call before the informer is filled or any time later.
   * `same` may tell quickly that a change did not touch what `keys` looks at.
   */
  addIndex(name: string, keys: IndexFunction<T>, same: (object: T, old: T) => boolean = () => false): void {
    if (this.#indexes.has(name)) return;
    const index: Index<T> = { keys, same, filed: new Map() };
    this.#indexes.set(name, index);
    for (const [key, object] of this.#objects) for (const value of keys(object)) bucket(index.filed, value).add(key);
  }

  /** The objects filed under `value`, in the order in which they were filed. */
  byIndex(name: string, value: string): T[] {
    const found: T[] = [];
    for (const key of this.#bucket(name, value) ?? []) {
      const object = this.#objects.get(key);
      if (object !== undefined) found.push(object);
    }
    return found;
  }

  /** How many objects are filed under `value`. */
  countByIndex(name: string, value: string): number {
    return this.#bucket(name, value)?.size ?? 0;
  }

  /** Adds a handler and at once tells it of every object there is; returns what removes it. */
  onChange(handler: ChangeHandler<T>): () => void {
    this.#handlers = [...this.#handlers, handler];
    for (const object of this.#objects.values()) handler(object, undefined);
    return () => {
      this.#handlers = this.#handlers.filter((each) => each !== handler);
    };
  }

  /** Takes one change in; called by the informer's watch only. */
  apply(object: T | undefined, old: T | undefined): void {
    const key = keyOf((object ?? old) as T); // one of both is always there
    for (const index of this.#indexes.values()) refile(index, key, object, old);
    if (object === undefined) this.#objects.delete(key);
    else this.#objects.set(key, object);
    for (const handler of this.#handlers) this.#mishaps.guard("an informer", () => handler(object, old));
  }

  #bucket(name: string, value: string): Set<ObjectKey> | undefined {
    const index = this.#indexes.get(name);
    if (index === undefined) throw new Error(`informer: no index "${name}"`);
    return index.filed.get(value);
  }
}

function bucket(filed: Map<string, Set<ObjectKey>>, value: string): Set<ObjectKey> {
  const found = filed.get(value) ?? new Set<ObjectKey>();
  filed.set(value, found);
  return found;
}

function refile<T>(index: Index<T>, key: ObjectKey, object: T | undefined, old: T | undefined): void {
  if (object !== undefined && old !== undefined && index.same(object, old)) return;
  const now = object === undefined ? [] : index.keys(object);
  for (const value of old === undefined ? [] : index.keys(old)) {
    if (now.includes(value)) continue;
    const filed = index.filed.get(value);
    filed?.delete(key);
    if (filed?.size === 0) index.filed.delete(value);
  }
  if (object !== undefined) for (const value of now) bucket(index.filed, value).add(key);
}

/** One informer per resource, shared by all components of a cluster. */
// Models kubernetes/staging/src/k8s.io/client-go/informers SharedInformerFactory
export class Informers {
  readonly #api: ApiServer;
  readonly #mishaps: Mishaps;
  readonly #informers = new Map<ResourceName, Informer<KubeObject>>();

  constructor(api: ApiServer, mishaps: Mishaps) {
    this.#api = api;
    this.#mishaps = mishaps;
  }

  /** The informer of a resource, made and filled at the first call. */
  of<R extends ResourceName>(resource: R): Informer<ObjectOf<R> & KubeObject> {
    let informer = this.#informers.get(resource);
    if (informer === undefined) {
      informer = this.#start(resource);
      this.#informers.set(resource, informer);
    }
    return informer as unknown as Informer<ObjectOf<R> & KubeObject>; // filled from this resource only
  }

  #start(resource: ResourceName): Informer<KubeObject> {
    const informer = new Informer<KubeObject>(this.#mishaps);
    for (const object of this.#api.list(resource)) informer.apply(object as KubeObject, undefined);
    this.#api.watch(resource, (event) =>
      informer.apply(event.type === "DELETED" ? undefined : event.object, event.old),
    );
    return informer;
  }
}
