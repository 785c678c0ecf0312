// Kinds whose strategies and controllers are loaded late, and how their controllers start.
import { KINDS, LATE } from "../kinds/registry.ts";
import { addStructs, LATE_STRUCT_KINDS, type StructTables } from "./api/schema.ts";
import { RESOURCES, type ResourceName, resourceName } from "./api/scheme.ts";
import type { KindDefinition } from "./apiserver/kinds.ts";
import type { ApiServer } from "./apiserver/server.ts";
import type { Admission, AnyStrategy } from "./apiserver/strategy/strategy.ts";
import type { ComponentContext } from "./client-go/component.ts";

/**
 * The folders that a kind is loaded from, by its name as in `kind: StatefulSet`, in lower case too: its own, those of kinds that its
 * controllers make, and `schema` when its fields are loaded late. None when it is always there.
 */
export function lateKindsOf(kind: string): readonly string[] {
  return FOLDERS.get(kind.toLowerCase()) ?? [];
}

const FOLDERS: ReadonlyMap<string, readonly string[]> = foldersByKind();

function foldersByKind(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const add = (kind: string, folders: readonly string[]) => {
    for (const name of [kind.toLowerCase(), `${kind.toLowerCase()}list`])
      found.set(name, [...(found.get(name) ?? []), ...folders]);
  };
  for (const [name, { isLate, hasLatePart, makes = [], resources }] of Object.entries(KINDS)) {
    if (isLate === undefined && hasLatePart === undefined) continue;
    for (const info of RESOURCES) if (resources.includes(resourceName(info))) add(info.kind, [name, ...makes]);
  }
  for (const kind of LATE_STRUCT_KINDS) add(kind, ["schema"]);
  return found;
}

/** What the folder of a kind brings to the engine. */
export interface EngineKind {
  /** The fields of built-in kinds that are not always there. */
  readonly structs?: StructTables;
  /** How objects of built-in resources are written. */
  readonly strategies?: Readonly<Record<ResourceName, AnyStrategy>>;
  /** What its objects do to writes of others. */
  readonly admission?: Admission;
  /** Kinds that are not built in, whole: names, fields, columns and rules. */
  readonly definitions?: readonly KindDefinition[];
  /** Its controllers, by the name that their events carry. */
  readonly controllers?: ReadonlyArray<{
    readonly name: string;
    /** @param contextFor - for controllers that write events under another name too. */
    start(context: ComponentContext, contextFor: (name: string) => ComponentContext): void;
  }>;
}

/**
 * The late kinds of one cluster. The controllers of a kind start with the first of its objects, so that a run is the same
 * whenever and wherever their code was loaded.
 */
export class LateKinds {
  readonly #api: ApiServer;
  readonly #contextFor: (name: string) => ComponentContext;
  readonly #provided = new Map<ResourceName, EngineKind>();

  constructor(api: ApiServer, contextFor: (name: string) => ComponentContext) {
    this.#api = api;
    this.#contextFor = contextFor;
    for (const { resources } of LATE.values()) this.#startWithFirst(resources);
  }

  /** Takes a kind's parts, before anything of it is written. */
  provide(kind: EngineKind): void {
    const { structs, strategies = {}, admission, definitions = [] } = kind;
    if (structs !== undefined) addStructs(structs);
    this.#api.kinds.provide(strategies);
    if (admission !== undefined) this.#api.kinds.admission.push(admission);
    for (const definition of definitions) this.#api.kinds.define(definition);
    const defined = definitions.map(({ info }) => resourceName(info));
    for (const resource of [...Object.keys(strategies), ...defined]) this.#provided.set(resource, kind);
    if (defined.length > 0) this.#startWithFirst(defined);
  }

  #startWithFirst(resources: readonly ResourceName[]): void {
    const contextFor = this.#contextFor;
    const stops = resources.map((resource) =>
      this.#api.watch(resource, () => {
        for (const stop of stops) stop();
        for (const { name, start } of this.#provided.get(resource)?.controllers ?? [])
          start(contextFor(name), contextFor);
      }),
    );
  }
}
