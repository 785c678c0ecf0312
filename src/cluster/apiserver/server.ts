// The API server: the only way in and out of the store.

import { type KubeObject, keyOf, makeKey } from "../api/objects.ts";
import type { ResourceName } from "../api/scheme.ts";
import type { ManagedFieldsEntry } from "../api/types.gen.ts";
import { notFound, statusError } from "../apimachinery/errors.ts";
import { matches } from "../apimachinery/labels.ts";
import { compareText } from "../sim/text.ts";
import { formatTime } from "../sim/time.ts";
import { deepCopy } from "../sim/values.ts";
import { applyConfiguration } from "./applying.ts";
import { checkDeletion, markDeleted } from "./deletion.ts";
import { asDisrupted, takeDisruption } from "./eviction.ts";
import { fieldMatcher } from "./fieldselector.ts";
import { Kinds } from "./kinds.ts";
import type { Answer, DeleteOptions, ListOptions, ObjectOf, Patch, ServerParts, WriteOptions } from "./options.ts";
import { patched } from "./patching.ts";
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

/** A server that is there already, for another client. */
interface Shared {
  readonly store: Store;
  readonly kinds: Kinds;
  readonly writer: Writer;
  readonly agent: string;
}

/** The default client. */
const KUBECTL = "kubectl";

/**
 * Decodes, defaults, admits, allocates, validates and stores. Every method answers at once; mistakes of the client are thrown as
 * StatusError, with the warnings that came before. Objects that come out are frozen.
 */
export class ApiServer {
  readonly store: Store;
  /** What is served: looked up by name or kind, and where a kind is registered. */
  readonly kinds: Kinds;
  readonly #writer: Writer;
  readonly #agent: string;

  constructor(parts: ServerParts | Shared) {
    const isShared = "writer" in parts;
    this.store = isShared ? parts.store : new Store(parts.clock.mishaps);
    this.kinds = isShared ? parts.kinds : new Kinds();
    this.#writer = isShared ? parts.writer : new Writer(parts, this.store, this.kinds);
    this.#agent = isShared ? parts.agent : KUBECTL;
  }

  /**
   * The same server as another client meets it: what it writes is that client's in metadata.managedFields, unless a write names
   * a field manager of its own. An empty name means no owner.
   *
   * @param agent - the program, as its user agent begins: `kube-controller-manager`
   */
  // Models kubernetes/staging/src/k8s.io/apiserver/pkg/endpoints/handlers managerOrUserAgent
  as(agent: string): ApiServer {
    return new ApiServer({ store: this.store, kinds: this.kinds, writer: this.#writer, agent });
  }

  /** The object, or undefined. */
  find<R extends ResourceName>(resource: R, namespace: string | undefined, name: string): ObjectOf<R> | undefined {
    const key = this.kinds.info(resource).namespaced ? makeKey(namespace, name) : name;
    return this.store.get(resource, key) as ObjectOf<R> | undefined; // the store keeps each resource's own kind
  }

  /** The object. @throws StatusError NotFound. */
  get<R extends ResourceName>(resource: R, namespace: string | undefined, name: string): ObjectOf<R> {
    this.#refuseReviews(resource);
    const object = this.find(resource, namespace, name);
    if (object === undefined) throw notFound(resource, name);
    return object;
  }

  /** Objects sorted by namespace and name. @throws StatusError BadRequest for a field selector the kind does not know. */
  list<R extends ResourceName>(resource: R, options: ListOptions = {}): ObjectOf<R>[] {
    const fits =
      options.fieldSelector === undefined
        ? undefined
        : fieldMatcher(options.fieldSelector, this.kinds.info(resource), this.kinds.strategyOf(resource));
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
    const { deprecated } = this.kinds.strategyOf(resource);
    return deprecated === undefined ? [] : [deprecated];
  }

  /** Creates an object from decoded or raw JSON. @throws StatusError BadRequest, NotFound (namespace), Invalid, AlreadyExists, Forbidden. */
  create<R extends ResourceName>(
    resource: R,
    namespace: string | undefined,
    input: unknown,
    options: WriteOptions = {},
  ): Answer<ObjectOf<R>> {
    const writing = this.#writer.writing(resource, options, this.#agent);
    const create = () => this.#writer.create(writing, namespace, input);
    return this.#writer.answering(writing, create) as Answer<ObjectOf<R>>;
  }

  /** Replaces an object; its resourceVersion, when given, must still be the stored one. @throws StatusError Conflict, NotFound, Invalid. */
  update<R extends ResourceName>(resource: R, input: unknown, options: WriteOptions = {}): Answer<ObjectOf<R>> {
    const writing = this.#writer.writing(resource, options, this.#agent);
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
    const writing = this.#writer.writing(resource, options, this.#agent);
    return this.#writer.answering(writing, () => {
      if (patch.type === "apply") return applyConfiguration(this.#writer, writing, target, patch);
      const old = this.get(resource, target.namespace, target.name) as KubeObject;
      const { object, warnings } = patched(writing.info, this.#asPatched(old, patch), patch, options);
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
      const found = this.get(resource, namespace, name) as KubeObject;
      checkDeletion(resource, found, options);
      const isFirst = found.metadata.deletionTimestamp === undefined;
      const object = (isFirst && writing.strategy.beginDeletion?.(found, writing.date)) || found;
      const marked = markDeleted(resource, object, options, this.#writer.now());
      if (options.dryRun) return marked ?? object;
      if (marked === undefined) this.#writer.remove(writing, found);
      else if (marked !== found) this.store.put(resource, marked);
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
    const itself = this.as("");
    if (budget !== undefined) itself.update(budgets, budget, writing);
    if (pod.metadata.deletionTimestamp === undefined) itself.update("pods", asDisrupted(pod, now), writing);
    return this.delete("pods", namespace, name, options);
  }

  /** `metadata.managedFields` of an object: who set which of its fields, and when. Spec: [MANAGED-2]. */
  managedFieldsOf(object: KubeObject): ManagedFieldsEntry[] {
    return this.#writer.managers.entriesOf(object);
  }

  /** An object as a patch meets it: with its managed fields, if that is what the patch is about. */
  #asPatched(object: KubeObject, { body }: Patch): KubeObject {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    if (!text.includes("managedFields")) return object;
    return { ...object, metadata: { ...object.metadata, managedFields: this.managedFieldsOf(object) } };
  }

  /** Hands what `kubectl apply` of old owns of an object to a manager of server-side apply. */
  upgradeManagers(object: KubeObject, applier: string): void {
    this.#writer.managers.upgrade(object, applier);
  }

  /** Watches a resource, or all with "*". See WatchHandler for what a handler may do. */
  watch(resource: ResourceName | "*", handler: WatchHandler): () => void {
    return this.store.watch(resource, handler);
  }

  /** Questions are only ever created. @throws StatusError MethodNotAllowed */
  #refuseReviews(resource: ResourceName): void {
    if (this.kinds.info(resource).isReview)
      throw statusError("MethodNotAllowed", "the server does not allow this method on the requested resource");
  }
}
