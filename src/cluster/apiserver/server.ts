// The API server: the only way in and out of the store.

import { type KubeObject, keyOf, makeKey } from "../api/objects.ts";
import { type ResourceName, resourceInfo } from "../api/scheme.ts";
import { notFound } from "../apimachinery/errors.ts";
import { matches } from "../apimachinery/labels.ts";
import { compareText } from "../sim/text.ts";
import { formatTime } from "../sim/time.ts";
import { deepCopy } from "../sim/values.ts";
import { applyConfiguration } from "./applying.ts";
import { checkDeletion, markDeleted } from "./deletion.ts";
import { asDisrupted, takeDisruption } from "./eviction.ts";
import { fieldMatcher } from "./fieldselector.ts";
import type { Answer, DeleteOptions, ListOptions, ObjectOf, Patch, ServerParts, WriteOptions } from "./options.ts";
import { patched } from "./patching.ts";
import { strategyFor } from "./registry.ts";
import { Store, type WatchHandler } from "./store.ts";
import { Writer } from "./writer.ts";

export type {
  Answer,
  DeleteOptions,
  ListOptions,
  ObjectOf,
  Patch,
  PatchType,
  ServerParts,
  WriteOptions,
} from "./options.ts";

/**
 * Decodes, defaults, admits, allocates, validates and stores. Every method answers at once; mistakes of the client are thrown as
 * StatusError, with the warnings that came before. Objects that come out are frozen.
 */
export class ApiServer {
  readonly store = new Store();
  readonly #writer: Writer;

  constructor(parts: ServerParts) {
    this.#writer = new Writer(parts, this.store);
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

  /** Objects sorted by namespace and name. @throws StatusError BadRequest for a field selector the kind does not know. */
  list<R extends ResourceName>(resource: R, options: ListOptions = {}): ObjectOf<R>[] {
    const fits =
      options.fieldSelector === undefined ? undefined : fieldMatcher(options.fieldSelector, strategyFor(resource));
    const found: KubeObject[] = [];
    for (const object of this.store.all(resource)) {
      if (options.namespace !== undefined && object.metadata.namespace !== options.namespace) continue;
      if (options.labelSelector !== undefined && !matches(options.labelSelector, object.metadata.labels)) continue;
      if (fits !== undefined && !fits(object)) continue;
      found.push(object);
    }
    found.sort((a, b) => compareText(keyOf(a), keyOf(b)));
    return found as ObjectOf<R>[]; // the store keeps each resource's own kind
  }

  /** What the server warns of whenever this resource is read or written, as for a kind that is deprecated. */
  warningsOf(resource: ResourceName): readonly string[] {
    const { deprecated } = strategyFor(resource);
    return deprecated === undefined ? [] : [deprecated];
  }

  /** Creates an object from decoded or raw JSON. @throws StatusError BadRequest, NotFound (namespace), Invalid, AlreadyExists, Forbidden. */
  create<R extends ResourceName>(
    resource: R,
    namespace: string | undefined,
    input: unknown,
    options: WriteOptions = {},
  ): Answer<ObjectOf<R>> {
    const writing = this.#writer.writing(resource, options);
    const create = () => this.#writer.create(writing, namespace, input);
    return this.#writer.answering(writing, create) as Answer<ObjectOf<R>>;
  }

  /** Replaces an object; its resourceVersion, when given, must still be the stored one. @throws StatusError Conflict, NotFound, Invalid. */
  update<R extends ResourceName>(resource: R, input: unknown, options: WriteOptions = {}): Answer<ObjectOf<R>> {
    const writing = this.#writer.writing(resource, options);
    return this.#writer.answering(writing, () => this.#writer.update(writing, input)) as Answer<ObjectOf<R>>;
  }

  /**
   * Changes an object by a patch; `apply` creates it when it is not there and needs `fieldManager`.
   *
   * @throws StatusError BadRequest, NotFound, Conflict, Invalid.
   */
  patch<R extends ResourceName>(
    resource: R,
    target: { readonly namespace?: string | undefined; readonly name: string },
    patch: Patch,
    options: WriteOptions = {},
  ): Answer<ObjectOf<R>> {
    const writing = this.#writer.writing(resource, options);
    return this.#writer.answering(writing, () => {
      if (patch.type === "apply") return applyConfiguration(this.#writer, writing, target, patch);
      const old = this.get(resource, target.namespace, target.name) as KubeObject;
      const { object, warnings } = patched(writing.info, old, patch, options);
      writing.warnings.push(...warnings);
      return this.#writer.replace(writing, deepCopy(object), old);
    }) as Answer<ObjectOf<R>>;
  }

  /** Deletes at once, or marks for its end when there are finalizers or a grace period. Answers the object as it stood last. */
  delete<R extends ResourceName>(
    resource: R,
    namespace: string | undefined,
    name: string,
    options: DeleteOptions = {},
  ): Answer<ObjectOf<R>> {
    const writing = this.#writer.writing(resource, options.dryRun ? { dryRun: true } : {});
    return this.#writer.answering(writing, () => {
      const object = this.get(resource, namespace, name) as KubeObject;
      checkDeletion(resource, object, options);
      const marked = markDeleted(resource, object, options, this.#writer.now());
      if (options.dryRun) return marked ?? object;
      if (marked === undefined) this.#writer.remove(writing, object);
      else if (marked !== object) this.store.put(resource, marked);
      return marked ?? object;
    }) as Answer<ObjectOf<R>>;
  }

  /** Deletes a pod unless its disruption budget forbids it. @throws StatusError TooManyRequests, and what `delete` throws. */
  evict(namespace: string | undefined, name: string, options: DeleteOptions = {}): Answer<ObjectOf<"pods">> {
    const pod = this.get("pods", namespace, name);
    const now = formatTime(this.#writer.now());
    const budgets = "poddisruptionbudgets.policy";
    const budget = takeDisruption(pod, this.list(budgets, namespace === undefined ? {} : { namespace }), now);
    const writing = { subresource: "status", trusted: true, dryRun: options.dryRun === true } as const;
    if (budget !== undefined) this.update(budgets, budget, writing);
    if (pod.metadata.deletionTimestamp === undefined) this.update("pods", asDisrupted(pod, now), writing);
    return this.delete("pods", namespace, name, options);
  }

  /** Watches a resource, or all with "*". See WatchHandler for what a handler may do. */
  watch(resource: ResourceName | "*", handler: WatchHandler): () => void {
    return this.store.watch(resource, handler);
  }
}
