// Writes: from what a client sent to what is stored, all or nothing.
import { type KubeObject, keyOf, makeKey } from "../api/objects.ts";
import type { ResourceInfo, ResourceName } from "../api/scheme.ts";
import { alreadyExists, forbiddenObject, notFound, StatusError, statusError } from "../apimachinery/errors.ts";
import { throwInvalid } from "../apimachinery/field.ts";
import { validateObjectMeta, validateObjectMetaUpdate } from "../apimachinery/metadata.ts";
import { dns1123Subdomain } from "../apimachinery/names.ts";
import { timestamps } from "../sim/time.ts";
import { deepCopy, deepEqual } from "../sim/values.ts";
import { decodeStrict } from "./decode.ts";
import { isFinished } from "./deletion.ts";
import { FieldManagers, type Owners } from "./fieldmanagers.ts";
import { IPAddresses } from "./ipaddresses.ts";
import { IPAllocator } from "./ipallocator.ts";
import type { Kinds } from "./kinds.ts";
import type { Answer, ServerParts, WriteOptions } from "./options.ts";
import {
  checkKind,
  copyField,
  hasStatus,
  isSame,
  isSpecChanged,
  keepSystemFields,
  ownMetadata,
  specOf,
} from "./parts.ts";
import { PortAllocator } from "./portallocator.ts";
import type { Store } from "./store.ts";
import { answered } from "./strategy/review.ts";
import type { Admission, AnyStrategy, StrategyContext, Transaction } from "./strategy/strategy.ts";

const NAME_TRIES = 8;
/** How many objects of one resource the whole cluster takes. Not a limit of Kubernetes: what a page's memory and patience bear. */
const MOST = 20_000;
/** Workloads of 20,000, and room for the system's own. */
const MOST_PODS = 21_000;
const NOTHING: Transaction = { commit: () => {}, revert: () => {} };

/** One write under way: what is written, by which rules. */
export interface Writing {
  readonly resource: ResourceName;
  readonly info: ResourceInfo;
  readonly strategy: AnyStrategy;
  readonly context: StrategyContext;
  readonly options: WriteOptions;
  readonly warnings: string[];
  /** When it happens, as objects carry it. */
  readonly date: string;
  /** Who writes, as metadata.managedFields names it; `""` is none. */
  readonly manager: string;
  /** Who owns which field afterwards, where server-side apply said so already. */
  readonly owners?: Owners;
}

/** Objects that change with another one. */
type Others = ReturnType<NonNullable<Admission["review"]>>;

/** What is known of a change before it is stored. */
interface Change {
  /** Stored even if the server took back what was changed. */
  readonly isMeant: boolean;
  readonly owners: Owners;
}

/** Takes writes through decoding, defaults, admission, allocation and validation into the store. */
export class Writer {
  /** Who owns which fields. */
  readonly managers = new FieldManagers();
  readonly #parts: ServerParts;
  readonly #store: Store;
  readonly #kinds: Kinds;
  readonly #clusterIPs: IPAllocator;
  readonly #nodePorts: PortAllocator;
  readonly #addresses: IPAddresses;
  readonly #date = timestamps(() => this.now());

  constructor(parts: ServerParts, store: Store, kinds: Kinds) {
    this.#parts = parts;
    this.#store = store;
    this.#kinds = kinds;
    this.#clusterIPs = new IPAllocator(parts.settings().serviceCIDR, parts.rng.fork("clusterips"));
    this.#addresses = new IPAddresses(store, parts.rng.fork("ipaddresses"));
    this.#nodePorts = new PortAllocator(() => parts.settings().nodePortRange, parts.rng.fork("nodeports"));
  }

  /** Creates from what was sent; the answer is stored and frozen unless it was a dry run. */
  create(writing: Writing, namespace: string | undefined, input: unknown): KubeObject {
    const object = this.#decode(writing, input);
    if (writing.info.isReview) return answered(object, this.#date());
    this.#place(writing, object, namespace);
    this.#generateName(writing, object);
    if (!writing.options.trusted) writing.strategy.setDefaults?.(object);
    const owners = writing.owners ?? this.managers.afterWrite(writing, undefined, object); // what admission adds has no owner
    for (const each of this.#kinds.admission) each.complete?.({ ...writing, object });
    writing.strategy.admit?.(object, undefined, writing.context);
    return this.#insert(writing, object, owners);
  }

  /** Replaces what is stored under the name that was sent. */
  update(writing: Writing, input: unknown): KubeObject {
    const object = this.#decode(writing, input);
    const { namespace, name = "" } = object.metadata;
    const old = this.find(writing.resource, namespace, name);
    if (old === undefined) throw notFound(writing.resource, name);
    return this.replace(writing, object, old);
  }

  find(resource: ResourceName, namespace: string | undefined, name: string): KubeObject | undefined {
    return this.#store.get(resource, this.#kinds.info(resource).namespaced ? makeKey(namespace, name) : name);
  }

  now(): number {
    return this.#parts.settings().epoch + this.#parts.clock.now;
  }

  /** @param agent - who asks, unless the options name a field manager */
  writing(resource: ResourceName, options: WriteOptions, agent = ""): Writing {
    const info = this.#kinds.info(resource);
    const strategy = this.#kinds.strategyOf(resource);
    const date = this.#date();
    const context: StrategyContext = {
      info,
      date,
      rng: this.#parts.rng,
      dryRun: options.dryRun ?? false,
      trusted: options.trusted ?? false,
      clusterIPs: this.#clusterIPs,
      nodePorts: this.#nodePorts,
      settings: () => this.#parts.settings(),
      find: (other, namespace, name) => this.find(other, namespace, name),
      all: (other) => [...this.#store.all(other)],
    };
    return {
      resource,
      info,
      strategy,
      context,
      options,
      manager: options.fieldManager || agent,
      date,
      warnings: strategy.deprecated === undefined ? [] : [strategy.deprecated],
    };
  }

  /** Answers with the warnings collected; an error takes them along. */
  answering(writing: Writing, write: () => KubeObject): Answer {
    try {
      return { object: write(), warnings: writing.warnings };
    } catch (error) {
      if (!(error instanceof StatusError) || writing.warnings.length === 0) throw error;
      throw new StatusError(error.status, [...writing.warnings, ...error.warnings]);
    }
  }

  #decode({ info, options, warnings }: Writing, input: unknown): KubeObject {
    if (options.trusted) return ownMetadata(input as KubeObject, info); // its writer is part of the cluster
    checkKind(info, input);
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
    const why = `unable to create new content in namespace ${metadata.namespace} because it is being terminated`;
    throw forbiddenObject(resource, metadata, why);
  }

  #generateName({ resource }: Writing, object: KubeObject): void {
    const { metadata } = object;
    if ((metadata.name ?? "") !== "" || (metadata.generateName ?? "") === "") return;
    for (let tries = 0; tries < NAME_TRIES; tries++) {
      metadata.name = `${(metadata.generateName ?? "").slice(0, 58)}${this.#parts.rng.suffix(5)}`;
      if (this.#store.get(resource, keyOf(object)) === undefined) return;
    }
  }

  /** Allocates, prepares, validates and stores a new object; what fails leaves nothing behind. */
  // Models kubernetes/staging/src/k8s.io/apiserver/pkg/registry/generic/registry Store.Create
  #insert(writing: Writing, object: KubeObject, owners: Owners): KubeObject {
    const { resource, info, strategy, context, options } = writing;
    this.#stamp(object, strategy);
    let transaction = NOTHING;
    let others: Others = [];
    try {
      transaction = strategy.begin?.(object, undefined, context) ?? NOTHING;
      if (!options.trusted && hasStatus(info) && strategy.keepsStatus !== true)
        delete (object as { status?: unknown }).status;
      strategy.prepareForCreate?.(object, context);
      if (!options.trusted) this.#validateNew(writing, object);
      others = this.#review(writing, object, undefined);
      if (this.#store.get(resource, keyOf(object)) !== undefined)
        throw alreadyExists(resource, object.metadata.name ?? "");
      this.#checkRoom(writing, object);
    } catch (error) {
      transaction.revert();
      throw error;
    }
    transaction.commit();
    if (options.dryRun) return object;
    for (const other of others) this.#put(...other, undefined);
    this.managers.keep(object, owners);
    return this.#put(resource, object, undefined);
  }

  #review(writing: Writing, object: KubeObject, old: KubeObject | undefined): Others {
    return this.#kinds.admission.flatMap((each) => each.review?.({ ...writing, object, old }) ?? []);
  }

  /** Refuses more than the simulation bears, in the words of a quota named after it. */
  #checkRoom({ resource, options }: Writing, { metadata }: KubeObject): void {
    const [most, what] = resource === "pods" ? [MOST_PODS, resource] : [MOST, `count/${resource}`];
    const used = this.#store.count(resource);
    if (used < most || (options.trusted && resource !== "pods")) return;
    const why = `exceeded quota: podpath-simulation, requested: ${what}=1, used: ${what}=${used}, limited: ${what}=${most}`;
    throw forbiddenObject(resource, metadata, why);
  }

  #stamp({ metadata }: KubeObject, strategy: AnyStrategy): void {
    metadata.uid = this.#parts.rng.uuid();
    metadata.creationTimestamp = this.#date();
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

  /** Replaces what is stored. A change that is undone on its way (an allocated value taken away) is stored as a change anyway. */
  // Models kubernetes/staging/src/k8s.io/apiserver/pkg/registry/generic/registry Store.Update
  replace(writing: Writing, object: KubeObject, old: KubeObject): KubeObject {
    const { resource, strategy, context, options } = writing;
    this.#checkVersion(resource, object, old);
    const isWhole = options.subresource === undefined;
    if (isWhole && !options.trusted) strategy.setDefaults?.(object);
    const owners = writing.owners ?? this.managers.afterWrite(writing, old, object);
    keepSystemFields(object, old);
    if (isWhole || options.subresource === "binding") strategy.admit?.(object, old, context);
    const next = isWhole ? object : this.#partOf(writing, object, old);
    const isMeant = isWhole && !options.trusted && !isSame(next, old);
    const transaction = (isWhole && strategy.begin?.(next, old, context)) || NOTHING;
    let others: Others = [];
    try {
      if (isWhole && !options.trusted) this.#prepareChange(writing, next, old);
      if (!options.trusted) this.#validateChange(writing, next, old);
      if (isWhole) others = this.#review(writing, next, old);
    } catch (error) {
      transaction.revert();
      throw error;
    }
    transaction.commit();
    if (!options.dryRun) for (const other of others) this.#put(...other, undefined);
    return this.#write(writing, next, old, { isMeant, owners });
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
    const next = { ...old, metadata: { ...old.metadata } };
    switch (options.subresource) {
      case "status":
        copyField(next, object, "status");
        // A component may note something about the object with its status, as the deployment controller does the revision.
        if (options.trusted && object.metadata.annotations !== undefined)
          next.metadata.annotations = object.metadata.annotations;
        if (!options.trusted) strategy.setStatusDefaults?.(next);
        return next;
      case "scale":
        return Object.assign(next, { spec: { ...specOf(old), replicas: specOf(object).replicas } });
      default:
        return strategy.takePart?.(options.subresource ?? "", object, old) ?? object;
    }
  }

  #checkVersion(resource: ResourceName, object: KubeObject, old: KubeObject): void {
    const { resourceVersion = "", uid = "" } = object.metadata;
    const name = old.metadata.name ?? "";
    // "0" is any version, as none is.
    if (!["", "0"].includes(resourceVersion) && resourceVersion !== old.metadata.resourceVersion)
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

  #write(writing: Writing, object: KubeObject, old: KubeObject, { isMeant, owners }: Change): KubeObject {
    const { resource, strategy, options } = writing;
    object.metadata.resourceVersion = old.metadata.resourceVersion;
    if (isFinished(object)) {
      if (!options.dryRun) this.remove(writing, old);
      return object;
    }
    if (strategy.generation && options.subresource !== "status" && isSpecChanged(strategy, object, old))
      object.metadata.generation = (old.metadata.generation ?? 0) + 1;
    if (!isMeant && deepEqual(object, old) && !this.managers.areNew(old, owners)) return old;
    if (options.dryRun) return object;
    this.managers.keep(old, owners);
    return this.#put(resource, object, old);
  }

  #put(resource: ResourceName, object: KubeObject, old: KubeObject | undefined): KubeObject {
    if (resource === "services") this.#addresses.follow(old, object, this.now());
    return this.#store.put(resource, object);
  }

  remove({ resource, strategy, context }: Writing, object: KubeObject): void {
    this.#store.remove(resource, keyOf(object));
    if (resource === "services") this.#addresses.follow(object, undefined, this.now());
    this.managers.forget(object);
    strategy.release?.(object, context);
  }
}

function conflict(resource: ResourceName, name: string, why: string): StatusError {
  return statusError("Conflict", `Operation cannot be fulfilled on ${resource} ${JSON.stringify(name)}: ${why}`);
}
