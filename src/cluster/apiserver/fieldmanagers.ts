// The owners of fields of all objects, and server-side apply's decisions about them.
import type { KubeObject } from "../api/objects.ts";
import { structOfKind } from "../api/schema.ts";
import { groupVersion, type ResourceInfo } from "../api/scheme.ts";
import { statusError } from "../apimachinery/errors.ts";
import type { Json } from "../apimachinery/patch/shape.ts";
import { afterApply, afterUpdate, conflictMessage, conflictsOf, leavesOf, type Manager } from "./managers.ts";
import type { WriteOptions } from "./options.ts";
import { mergeApplied } from "./serversideapply.ts";

/** What is known of one write. */
interface Write {
  readonly info: ResourceInfo;
  readonly options: WriteOptions;
}

const DEFAULT_MANAGER = "kubectl";

/** Remembers by the object's uid; objects that only components wrote have no managers here. */
// Unlike upstream: managers stand beside the objects, not in metadata.managedFields, because kubectl hides that field anyway.
export class FieldManagers {
  readonly #byUid = new Map<string, readonly Manager[]>();

  /** After an ordinary write by a client. */
  wrote({ info, options }: Write, old: KubeObject | undefined, next: KubeObject): void {
    const uid = next.metadata.uid ?? "";
    const struct = structOfKind(info.group, info.version, info.kind);
    const writer = { name: options.fieldManager ?? DEFAULT_MANAGER, apiVersion: groupVersion(info) };
    const before = old === undefined ? new Map<string, unknown>() : leavesOf(asJson(old), struct);
    this.#byUid.set(uid, afterUpdate(this.#of(uid), writer, before, leavesOf(asJson(next), struct)));
  }

  /** The live object with the configuration applied. @throws StatusError Conflict */
  merge({ info, options }: Write, live: KubeObject, applied: Json): Json {
    const struct = structOfKind(info.group, info.version, info.kind);
    const applier = options.fieldManager ?? DEFAULT_MANAGER;
    const managers = this.#of(live.metadata.uid ?? "");
    const fields = leavesOf(applied, struct);
    const conflicts = conflictsOf(managers, applier, leavesOf(asJson(live), struct), fields);
    if (conflicts.length > 0 && !options.force) throw statusError("Conflict", conflictMessage(conflicts));
    return mergeApplied(asJson(live), applied, struct, this.#abandoned(managers, applier, fields));
  }

  /** After a configuration was applied and stored. */
  applied({ info, options }: Write, object: KubeObject, configuration: Json, live: KubeObject | undefined): void {
    const struct = structOfKind(info.group, info.version, info.kind);
    const uid = object.metadata.uid ?? "";
    const fields = leavesOf(configuration, struct);
    const before = live === undefined ? new Map<string, unknown>() : leavesOf(asJson(live), struct);
    const applier = { name: options.fieldManager ?? DEFAULT_MANAGER, apiVersion: groupVersion(info) };
    const managers = live === undefined ? [] : this.#of(uid);
    const taken = new Set(conflictsOf(managers, applier.name, before, fields).map(({ path }) => path));
    this.#byUid.set(uid, afterApply(managers, applier, fields, taken));
  }

  forget(object: KubeObject): void {
    this.#byUid.delete(object.metadata.uid ?? "");
  }

  #of(uid: string): readonly Manager[] {
    return this.#byUid.get(uid) ?? [];
  }

  #abandoned(managers: readonly Manager[], applier: string, fields: ReadonlyMap<string, unknown>): Set<string> {
    const isOwn = (manager: Manager) => manager.name === applier && manager.operation === "Apply";
    const own = managers.find(isOwn)?.fields ?? [];
    const others = managers.filter((manager) => !isOwn(manager));
    return new Set([...own].filter((path) => !fields.has(path) && !others.some((each) => each.fields.has(path))));
  }
}

function asJson(object: KubeObject): Json {
  return object as unknown as Json; // an API object is JSON
}
