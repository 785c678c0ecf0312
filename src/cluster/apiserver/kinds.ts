// The kinds that one API server serves: the built-in ones, and those that were defined while it ran.
import { RESOURCES, type ResourceInfo, type ResourceName, resourceForKind, resourceName } from "../api/scheme.ts";
import { builtInStrategy, isLate } from "./registry.ts";
import type { Admission, AnyStrategy } from "./strategy/strategy.ts";

/** A kind as it is registered: its versions, and the rules by which its objects are written. */
export interface KindDefinition {
  /** The version in which objects are stored. */
  readonly info: ResourceInfo;
  /** Every version that is served, the preferred one first. */
  readonly versions: readonly ResourceInfo[];
  readonly strategy: AnyStrategy;
}

const BUILT_IN: ReadonlyMap<ResourceName, ResourceInfo> = new Map(RESOURCES.map((info) => [resourceName(info), info]));

/** The one door by which a kind comes to an API server: what is defined here is served, discovered, printed and explained. */
export class Kinds {
  /** Asked for every write, in this order. */
  readonly admission: Admission[] = [];
  readonly #defined = new Map<ResourceName, KindDefinition>();
  readonly #provided = new Map<ResourceName, AnyStrategy>();
  #all: readonly ResourceInfo[] = RESOURCES;

  /** Every served resource in its preferred version: built-in ones first, then defined ones by when they came. */
  get all(): readonly ResourceInfo[] {
    return this.#all;
  }

  /** Serves a kind from now on, or in another form than before. A built-in kind keeps its name: such a definition is not served. */
  define(definition: KindDefinition): void {
    const name = resourceName(definition.info);
    if (BUILT_IN.has(name)) return;
    this.#defined.set(name, definition);
    this.#list();
  }

  /** Serves the kind no longer. Its stored objects stay. */
  remove(name: ResourceName): void {
    if (this.#defined.delete(name)) this.#list();
  }

  #list(): void {
    this.#all = [...RESOURCES, ...[...this.#defined.values()].flatMap(({ versions }) => versions.slice(0, 1))];
  }

  /** The resource in the version in which it is stored; undefined when it is not served. */
  find(name: ResourceName): ResourceInfo | undefined {
    return BUILT_IN.get(name) ?? this.#defined.get(name)?.info;
  }

  /** The resource in the version in which it is stored. @throws Error when it is not served: only code names one directly. */
  info(name: ResourceName): ResourceInfo {
    const info = this.find(name);
    if (info === undefined) throw new Error(`kinds: no resource "${name}"`);
    return info;
  }

  /** Every version of a resource that is served, the preferred one first. */
  versionsOf(name: ResourceName): readonly ResourceInfo[] {
    const info = BUILT_IN.get(name);
    return info === undefined ? (this.#defined.get(name)?.versions ?? []) : [info];
  }

  /** Every served version of every resource. */
  versions(): readonly ResourceInfo[] {
    return [...RESOURCES, ...[...this.#defined.values()].flatMap(({ versions }) => versions)];
  }

  /** The resource that serves this apiVersion and kind, in that version. */
  forKind(apiVersion: string, kind: string): ResourceInfo | undefined {
    const builtIn = resourceForKind(apiVersion, kind);
    if (builtIn !== undefined) return builtIn;
    for (const { versions } of this.#defined.values())
      for (const info of versions)
        if (info.kind === kind && `${info.group}/${info.version}` === apiVersion) return info;
    return undefined;
  }

  /** Adds the rules of built-in resources that are loaded late. */
  provide(strategies: Readonly<Record<ResourceName, AnyStrategy>>): void {
    for (const [name, strategy] of Object.entries(strategies)) this.#provided.set(name, strategy);
  }

  /**
   * The rules by which objects of a resource are written.
   *
   * @throws Error for a late kind that wasn't provided: the kinds that a text names are loaded first.
   */
  strategyOf(name: ResourceName): AnyStrategy {
    const strategy = this.#defined.get(name)?.strategy ?? this.#provided.get(name);
    if (strategy !== undefined) return strategy;
    if (isLate(name)) throw new Error(`kinds: ${name} was not loaded`);
    return builtInStrategy(name);
  }
}
