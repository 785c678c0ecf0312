// The API server: the only way in and out of the store.
import { type KubeObject, keyOf, makeKey } from "../api/objects.ts";
import { structOfKind } from "../api/schema.ts";
import { groupVersion, type ResourceInfo, type ResourceName, resourceInfo } from "../api/scheme.ts";
import { alreadyExists, notFound, StatusError, statusError } from "../apimachinery/errors.ts";
import { throwInvalid } from "../apimachinery/field.ts";
import { matches } from "../apimachinery/labels.ts";
import { validateObjectMeta, validateObjectMetaUpdate } from "../apimachinery/metadata.ts";
import { dns1123Subdomain } from "../apimachinery/names.ts";
import { formatTime } from "../sim/time.ts";
import { deepCopy, deepEqual } from "../sim/values.ts";
import { decodeStrict } from "./decode.ts";
import { checkDeletion, isFinished, markDeleted } from "./deletion.ts";
import { fieldMatcher } from "./fieldselector.ts";
import { IPAllocator } from "./ipallocator.ts";
import type { Answer, DeleteOptions, ListOptions, ObjectOf, ServerParts, WriteOptions } from "./options.ts";
import { PortAllocator } from "./portallocator.ts";
import { strategyFor } from "./registry.ts";
import { Store, type WatchHandler } from "./store.ts";
import type { AnyStrategy, StrategyContext, Transaction } from "./strategy/strategy.ts";

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

const NAME_TRIES = 8;
const NOTHING: Transaction = { commit: () => {}, revert: () => {} };

/** One write under way: what is written, by which rules. */
interface Writing {
  readonly resource: ResourceName;
  readonly info: ResourceInfo;
  readonly strategy: AnyStrategy;
  readonly context: StrategyContext;
  readonly options: WriteOptions;
  readonly warnings: string[];
}

/**
 * Decodes, defaults, admits, allocates, validates and stores. Every method answers at once; mistakes of the client are thrown as
 * StatusError, with the warnings that came before. Objects that come out are frozen.
 */
export class ApiServer {
  readonly store = new Store();
  readonly #parts: ServerParts;
  readonly #clusterIPs: IPAllocator;
  readonly #nodePorts: PortAllocator;

  constructor(parts: ServerParts) {
    this.#parts = parts;
    this.#clusterIPs = new IPAllocator(parts.settings().serviceCIDR, parts.rng.fork("clusterips"));
    this.#nodePorts = new PortAllocator(() => parts.settings().nodePortRange, parts.rng.fork("nodeports"));
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
    const writing = this.#writing(resource, options);
    return this.#answering(writing, () => {
      const object = this.#decode(writing, input);
      this.#place(writing, object, namespace);
      this.#generateName(writing, object);
      if (!options.trusted) writing.strategy.setDefaults?.(object);
      writing.strategy.admit?.(object, undefined, writing.context);
      return this.#insert(writing, object);
    }) as Answer<ObjectOf<R>>;
  }

  /** Replaces an object; its resourceVersion, when given, must still be the stored one. @throws StatusError Conflict, NotFound, Invalid. */
  update<R extends ResourceName>(resource: R, input: unknown, options: WriteOptions = {}): Answer<ObjectOf<R>> {
    const writing = this.#writing(resource, options);
    return this.#answering(writing, () => {
      const object = this.#decode(writing, input);
      const { namespace, name = "" } = object.metadata;
      return this.#replace(writing, object, this.get(resource, namespace, name) as KubeObject);
    }) as Answer<ObjectOf<R>>;
  }

  /** Deletes at once, or marks for its end when there are finalizers or a grace period. Answers the object as it stood last. */
  delete<R extends ResourceName>(
    resource: R,
    namespace: string | undefined,
    name: string,
    options: DeleteOptions = {},
  ): Answer<ObjectOf<R>> {
    const writing = this.#writing(resource, options.dryRun ? { dryRun: true } : {});
    return this.#answering(writing, () => {
      const object = this.get(resource, namespace, name) as KubeObject;
      checkDeletion(resource, object, options);
      const marked = markDeleted(resource, object, options, this.#now());
      if (options.dryRun) return marked ?? object;
      if (marked === undefined) this.#remove(writing, object);
      else if (marked !== object) this.store.put(resource, marked);
      return marked ?? object;
    }) as Answer<ObjectOf<R>>;
  }

  /** Watches a resource, or all with "*". See WatchHandler for what a handler may do. */
  watch(resource: ResourceName | "*", handler: WatchHandler): () => void {
    return this.store.watch(resource, handler);
  }

  #now(): number {
    return this.#parts.settings().epoch + this.#parts.clock.now;
  }

  #writing(resource: ResourceName, options: WriteOptions): Writing {
    const info = resourceInfo(resource);
    const strategy = strategyFor(resource);
    const context: StrategyContext = {
      info,
      rng: this.#parts.rng,
      dryRun: options.dryRun ?? false,
      trusted: options.trusted ?? false,
      clusterIPs: this.#clusterIPs,
      nodePorts: this.#nodePorts,
      settings: () => this.#parts.settings(),
      find: (other, namespace, name) => this.find(other, namespace, name) as KubeObject | undefined,
    };
    return { resource, info, strategy, context, options, warnings: [...this.warningsOf(resource)] };
  }

  /** Answers with the warnings collected; an error takes them along. */
  #answering(writing: Writing, write: () => KubeObject): Answer {
    try {
      return { object: write(), warnings: writing.warnings };
    } catch (error) {
      if (!(error instanceof StatusError) || writing.warnings.length === 0) throw error;
      throw new StatusError(error.status, [...writing.warnings, ...error.warnings]);
    }
  }

  #decode({ info, options, warnings }: Writing, input: unknown): KubeObject {
    if (options.trusted) return ownMetadata(input as KubeObject, info); // its writer is part of the cluster
    const decoded = decodeStrict(input, info, options.duplicateFields ?? [], options.fieldValidation ?? "Strict");
    if ("error" in decoded) throw statusError("BadRequest", decoded.error);
    warnings.push(...decoded.warnings);
    return deepCopy(decoded.object) as KubeObject;
  }

  /** Puts a new object into its namespace. */
  #place({ info, resource, options }: Writing, object: KubeObject, namespace: string | undefined): void {
    const { metadata } = object;
    if (!info.namespaced) return;
    const own = metadata.namespace ?? "";
    if (namespace !== undefined && own !== "" && own !== namespace)
      throw statusError(
        "BadRequest",
        "the namespace of the provided object does not match the namespace sent on the request",
      );
    metadata.namespace = namespace ?? (own === "" ? "default" : own);
    if (options.trusted) return;
    const place = this.find("namespaces", undefined, metadata.namespace);
    if (place === undefined) throw notFound("namespaces", metadata.namespace);
    if (place.metadata.deletionTimestamp === undefined) return;
    const what = `${resource} ${JSON.stringify(metadata.name ?? "")} is forbidden`;
    const why = `unable to create new content in namespace ${metadata.namespace} because it is being terminated`;
    throw statusError("Forbidden", `${what}: ${why}`);
  }

  #generateName({ resource }: Writing, object: KubeObject): void {
    const { metadata } = object;
    if ((metadata.name ?? "") !== "" || (metadata.generateName ?? "") === "") return;
    for (let tries = 0; tries < NAME_TRIES; tries++) {
      metadata.name = `${(metadata.generateName ?? "").slice(0, 58)}${this.#parts.rng.suffix(5)}`;
      if (this.store.get(resource, keyOf(object)) === undefined) return;
    }
  }

  /** Allocates, prepares, validates and stores a new object; what fails leaves nothing behind. */
  // Models kubernetes/staging/src/k8s.io/apiserver/pkg/registry/generic/registry Store.Create
  #insert(writing: Writing, object: KubeObject): KubeObject {
    const { resource, info, strategy, context, options } = writing;
    this.#stamp(object, strategy);
    let transaction = NOTHING;
    try {
      transaction = strategy.begin?.(object, undefined, context) ?? NOTHING;
      if (!options.trusted && hasStatus(info)) delete (object as { status?: unknown }).status;
      strategy.prepareForCreate?.(object, context);
      if (!options.trusted) this.#validateNew(writing, object);
      if (this.store.get(resource, keyOf(object)) !== undefined)
        throw alreadyExists(resource, object.metadata.name ?? "");
    } catch (error) {
      transaction.revert();
      throw error;
    }
    transaction.commit();
    if (!options.dryRun) return this.store.put(resource, object);
    delete object.metadata.resourceVersion;
    return object;
  }

  #stamp({ metadata }: KubeObject, strategy: AnyStrategy): void {
    metadata.uid = this.#parts.rng.uuid();
    metadata.creationTimestamp = formatTime(this.#now());
    delete metadata.resourceVersion;
    delete metadata.deletionTimestamp;
    delete metadata.deletionGracePeriodSeconds;
    delete metadata.selfLink;
    delete metadata.managedFields;
    if (strategy.generation) metadata.generation = 1;
    else delete metadata.generation;
  }

  #validateNew({ info, strategy, context, warnings }: Writing, object: KubeObject): void {
    const errors = validateObjectMeta(object.metadata, info.namespaced, strategy.checkName ?? dns1123Subdomain);
    errors.push(...(strategy.validate?.(object, context) ?? []));
    throwInvalid(info, object.metadata.name ?? "", errors);
    warnings.push(...(strategy.warnings?.(object, undefined) ?? []));
  }

  // Models kubernetes/staging/src/k8s.io/apiserver/pkg/registry/generic/registry Store.Update
  #replace(writing: Writing, object: KubeObject, old: KubeObject): KubeObject {
    const { resource, strategy, context, options } = writing;
    this.#checkVersion(resource, object, old);
    keepSystemFields(object, old);
    const isWhole = options.subresource === undefined;
    if (isWhole && !options.trusted) strategy.setDefaults?.(object);
    if (isWhole) strategy.admit?.(object, old, context);
    const next = isWhole ? object : this.#partOf(writing, object, old);
    const transaction = (isWhole && strategy.begin?.(next, old, context)) || NOTHING;
    try {
      if (isWhole && !options.trusted) this.#prepareChange(writing, next, old);
      if (!options.trusted) this.#validateChange(writing, next, old);
    } catch (error) {
      transaction.revert();
      throw error;
    }
    transaction.commit();
    return this.#write(writing, next, old);
  }

  #prepareChange({ info, strategy, context }: Writing, object: KubeObject, old: KubeObject): void {
    if (hasStatus(info)) copyField(object, old, "status");
    strategy.prepareForUpdate?.(object, old, context);
  }

  #validateChange({ info, strategy, context, options, warnings }: Writing, object: KubeObject, old: KubeObject): void {
    const errors = validateObjectMetaUpdate(object.metadata, old.metadata);
    if (options.subresource === "status") errors.push(...(strategy.validateStatus?.(object, old) ?? []));
    else errors.push(...(strategy.validateUpdate?.(object, old, context) ?? []));
    throwInvalid(info, object.metadata.name ?? "", errors);
    if (options.subresource === undefined) warnings.push(...(strategy.warnings?.(object, old) ?? []));
  }

  /** The old object with the part of the new one that a subresource is for. */
  #partOf({ options, strategy }: Writing, object: KubeObject, old: KubeObject): KubeObject {
    if (options.subresource === "status") {
      const next = { ...old, metadata: { ...old.metadata } };
      copyField(next, object, "status");
      if (!options.trusted) strategy.setStatusDefaults?.(next);
      return next;
    }
    return strategy.takePart?.(options.subresource ?? "", object, old) ?? object;
  }

  #checkVersion(resource: ResourceName, object: KubeObject, old: KubeObject): void {
    const { resourceVersion = "", uid = "" } = object.metadata;
    const name = old.metadata.name ?? "";
    if (resourceVersion !== "" && resourceVersion !== old.metadata.resourceVersion)
      throw conflict(
        resource,
        name,
        "the object has been modified; please apply your changes to the latest version and try again",
      );
    if (uid !== "" && uid !== old.metadata.uid)
      throw conflict(
        resource,
        name,
        `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${old.metadata.uid}`,
      );
  }

  #write(writing: Writing, object: KubeObject, old: KubeObject): KubeObject {
    const { resource, strategy, options } = writing;
    object.metadata.resourceVersion = old.metadata.resourceVersion;
    if (isFinished(object)) {
      if (!options.dryRun) this.#remove(writing, old);
      return object;
    }
    if (strategy.generation && options.subresource !== "status" && isSpecChanged(strategy, object, old))
      object.metadata.generation = (old.metadata.generation ?? 0) + 1;
    if (deepEqual(object, old)) return old;
    return options.dryRun ? object : this.store.put(resource, object);
  }

  #remove({ resource, strategy, context }: Writing, object: KubeObject): void {
    this.store.remove(resource, keyOf(object));
    strategy.release?.(object, context);
  }
}

function conflict(resource: ResourceName, name: string, why: string): StatusError {
  return statusError("Conflict", `Operation cannot be fulfilled on ${resource} ${JSON.stringify(name)}: ${why}`);
}

/** A shallow copy whose metadata may be written to. */
function ownMetadata(object: KubeObject, info: ResourceInfo): KubeObject {
  return { ...object, apiVersion: groupVersion(info), kind: info.kind, metadata: { ...object.metadata } };
}

/** Metadata that no client writes. */
function keepSystemFields(object: KubeObject, old: KubeObject): void {
  const { metadata } = object;
  const before = old.metadata;
  for (const field of [
    "uid",
    "creationTimestamp",
    "generation",
    "deletionTimestamp",
    "deletionGracePeriodSeconds",
    "generateName",
  ] as const) {
    if (before[field] === undefined) delete metadata[field];
    else Object.assign(metadata, { [field]: before[field] });
  }
  delete metadata.selfLink;
  delete metadata.managedFields;
}

function copyField(to: KubeObject, from: KubeObject, field: "status"): void {
  const value = (from as { status?: unknown })[field];
  if (value === undefined) delete (to as { status?: unknown })[field];
  else Object.assign(to, { [field]: value });
}

const hasStatus = (info: ResourceInfo): boolean =>
  structOfKind(info.group, info.version, info.kind)?.fields.has("status") ?? false;

function isSpecChanged(strategy: AnyStrategy, object: KubeObject, old: KubeObject): boolean {
  const part = strategy.countedPart ?? ((each: { spec?: unknown }) => each.spec);
  return !deepEqual(part(object), part(old));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
