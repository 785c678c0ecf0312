// The owners of fields of all objects: what metadata.managedFields is made of.
import type { KubeObject } from "../api/objects.ts";
import type { Struct } from "../api/schema.ts";
import { groupVersion, type ResourceInfo, structOfResource } from "../api/scheme.ts";
import type { ManagedFieldsEntry } from "../api/types.gen.ts";
import { LastAppliedConfigAnnotation } from "../api/well-known.ts";
import { statusError } from "../apimachinery/errors.ts";
import { isJsonObject, type Json } from "../apimachinery/patch/shape.ts";
import { own } from "../sim/values.ts";
import { Comparer, type Comparison, resolved } from "./managedfields/compare.ts";
import { FieldSets, pathsOf } from "./managedfields/fieldset.ts";
import {
  abandoned,
  afterApply,
  afterUpdate,
  conflictMessage,
  conflictsOf,
  entriesOf,
  isReset,
  type Owner,
  ownersFrom,
  upgraded,
} from "./managedfields/managers.ts";
import type { WriteOptions } from "./options.ts";
import { hasStatus, specOf } from "./parts.ts";
import { mergeApplied } from "./serversideapply.ts";

/** What is known of one write. */
export interface ManagedWrite {
  readonly info: ResourceInfo;
  readonly options: WriteOptions;
  /** The writer; `""` is none, as when the API server changes an object by itself. */
  readonly manager: string;
  /** The date, as objects carry it. */
  readonly date: string;
}

/** The owners of an object's fields, oldest first. */
export type Owners = readonly Owner[];

/** What server-side apply makes of an object. */
export interface Applied {
  readonly object: Json;
  readonly owners: Owners;
}

const NOBODY: Owners = [];
const MOST_REMEMBERED = 200;
/** kubectl's name when it applies server-side: the one manager that takes over from client-side apply. */
const KUBECTL = "kubectl";

/** Remembers by the object's uid. Spec: [MANAGED-2]. */
// Unlike upstream: owners are kept beside the objects, which stay small, and metadata.managedFields is made of them when someone asks.
export class FieldManagers {
  readonly #sets = new FieldSets();
  readonly #comparer = new Comparer(this.#sets);
  readonly #byUid = new Map<string, Owners>();
  /** What updates made of owners in the second of the last one. */
  #latest = { time: "", made: new Map<Owners, Map<string, Owners>>() };

  /** The owners after a write that is no server-side apply; `next` is what was sent, with the defaults, before admission. Spec: [MANAGED-3]. */
  // Models managedfields/internal FieldManager.Update
  afterWrite(write: ManagedWrite, old: KubeObject | undefined, next: KubeObject): Owners {
    const { info, manager, options, date } = write;
    const owners = this.#before(write, old, next);
    const comparison = manager === "" ? undefined : this.#comparison(write, old, next);
    if (comparison === undefined) return owners;
    const { subresource = "" } = options;
    const writer = { manager, operation: "Update", apiVersion: groupVersion(info), subresource, time: date } as const;
    return this.#shared(owners, writer, comparison);
  }

  /** What an update makes of owners: objects that are written alike in one second share it, as the pods of a set do. */
  #shared(owners: Owners, writer: Omit<Owner, "fields">, comparison: Comparison): Owners {
    const { manager, apiVersion, subresource, time } = writer;
    if (this.#latest.time !== time || this.#latest.made.size > MOST_REMEMBERED)
      this.#latest = { time, made: new Map() };
    const { made } = this.#latest;
    const ways = made.get(owners) ?? new Map<string, Owners>();
    made.set(owners, ways);
    const way = `${comparison.changed.id} ${comparison.removed.id} ${manager} ${subresource} ${apiVersion}`;
    const known = ways.get(way);
    if (known !== undefined) return known;
    const after = afterUpdate(this.#sets, owners, writer, comparison);
    if (ways.size < MOST_REMEMBERED) ways.set(way, after);
    return after;
  }

  #before({ options }: ManagedWrite, old: KubeObject | undefined, next: KubeObject): Owners {
    const before = old === undefined ? NOBODY : this.#of(old);
    if (options.trusted || options.subresource !== undefined) return before;
    const { managedFields } = next.metadata;
    if (isReset(managedFields)) return NOBODY;
    return ownersFrom(this.#sets, managedFields) ?? before;
  }

  /** What a write changes of the part that it is for; undefined where no owners are kept. */
  // Models the GetResetFields of the strategies, and managedfields/scalehandler.go
  #comparison({ info, options }: ManagedWrite, old: KubeObject | undefined, next: KubeObject): Comparison | undefined {
    const struct = structOf(info);
    const before = old === undefined ? {} : asJson(old);
    switch (options.subresource) {
      case undefined: {
        const isApart = !options.trusted && hasStatus(info);
        return this.#comparer.compare(struct, before, asJson(next), !isApart);
      }
      case "status":
        return this.#comparer.compare(struct, statusPart(before, options), statusPart(asJson(next), options));
      case "scale":
        return this.#comparer.compare(struct, old === undefined ? {} : scaleOf(old), scaleOf(next));
      default:
        return undefined;
    }
  }

  /** The live object with the configuration applied, and its owners then. @throws StatusError Conflict. Spec: [PATCH-5]. */
  merge(write: ManagedWrite, live: KubeObject | undefined, applied: Json): Applied {
    const { info, options, manager, date } = write;
    const struct = structOf(info);
    const { subresource = "" } = options;
    const applier = { manager, operation: "Apply", apiVersion: groupVersion(info), subresource, time: date } as const;
    const owners = live === undefined ? NOBODY : this.#of(live);
    const fields = this.#comparer.fieldsOf(struct, applied);
    const before = live === undefined ? {} : asJson(live);
    const object = mergeApplied(before, applied, struct, abandoned(this.#sets, owners, applier, fields));
    const applying = { applier, fields, comparison: this.#comparer.compare(struct, before, object) };
    const conflicts = conflictsOf(this.#sets, owners, applying);
    const allowed = conflicts.length > 0 && manager === KUBECTL ? this.#lastApplied(live, struct) : undefined;
    const left = conflicts.filter(({ path }) => allowed?.has(path) !== true);
    if (left.length > 0 && !options.force) throw statusError("Conflict", conflictMessage(left));
    return {
      object: manager === KUBECTL ? withLastApplied(object, applied) : object,
      owners: afterApply(this.#sets, owners, applying),
    };
  }

  /** What client-side apply set last and unchanged since: kubectl's server-side apply may change it without a conflict. */
  // Models managedfields/internal lastAppliedManager
  #lastApplied(live: KubeObject | undefined, struct: Struct | undefined): ReadonlySet<string> {
    const value =
      live === undefined ? undefined : parsed(own(live.metadata.annotations, LastAppliedConfigAnnotation) ?? "{}");
    if (live === undefined || !isJsonObject(value)) return new Set();
    const { changed, removed } = this.#comparer.compare(struct, value, asJson(live));
    const other = this.#sets.union(changed, removed);
    return new Set(pathsOf(this.#sets.difference(this.#comparer.fieldsOf(struct, value), other)));
  }

  /** Hands what client-side apply owns to a manager of server-side apply. */
  upgrade(object: KubeObject, applier: string): void {
    this.keep(object, upgraded(this.#sets, this.#of(object), applier));
  }

  /** `metadata.managedFields` of the object. */
  entriesOf(object: KubeObject): ManagedFieldsEntry[] {
    const whole = ({ fields }: Owner) => resolved(this.#sets, fields, object);
    return entriesOf(this.#of(object).map((owner) => ({ ...owner, fields: whole(owner) })));
  }

  /** Whether these would be other owners of the object than now, whenever they took their fields. */
  // Models kubernetes/staging/src/k8s.io/apiserver/pkg/endpoints/handlers/fieldmanager IgnoreManagedFieldsTimestampsTransformer
  areNew(object: KubeObject, owners: Owners): boolean {
    const before = this.#of(object);
    if (owners === before) return false;
    return owners.length !== before.length || owners.some((owner, at) => owner.fields.id !== before[at]?.fields.id);
  }

  keep(object: KubeObject, owners: Owners): void {
    if (owners.length === 0 && this.#of(object) === NOBODY) return;
    this.#byUid.set(object.metadata.uid ?? "", owners);
  }

  forget(object: KubeObject): void {
    this.#byUid.delete(object.metadata.uid ?? "");
  }

  #of(object: KubeObject): Owners {
    return this.#byUid.get(object.metadata.uid ?? "") ?? NOBODY;
  }
}

/** Lists of custom resources belong to their managers as a whole. */
const structOf = (info: ResourceInfo) => (info.custom === undefined ? structOfResource(info) : undefined);

/** What a write of the status changes: a component may note something in the annotations with it. */
function statusPart({ metadata, status }: Json, { trusted }: WriteOptions): Json {
  if (!trusted || !isJsonObject(metadata)) return { status };
  return { metadata: { annotations: metadata.annotations }, status };
}

const scaleOf = (object: KubeObject): Json => ({ spec: { replicas: specOf(object).replicas } });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The annotation of client-side apply, where there is one, with what kubectl applies now. */
// Models managedfields/internal lastAppliedUpdater
function withLastApplied(merged: Json, applied: Json): Json {
  const metadata = isJsonObject(merged.metadata) ? merged.metadata : {};
  const annotations = isJsonObject(metadata.annotations) ? metadata.annotations : {};
  if (own(annotations, LastAppliedConfigAnnotation) === undefined) return merged;
  const text = `${goJsonText(applied)}\n`;
  return { ...merged, metadata: { ...metadata, annotations: { ...annotations, [LastAppliedConfigAnnotation]: text } } };
}

/** JSON in one line with sorted keys. */
function goJsonText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goJsonText).join(",")}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${goJsonText(own(value, key))}`).join(",")}}`;
}

function asJson(object: KubeObject): Json {
  return object as unknown as Json; // an API object is JSON
}
