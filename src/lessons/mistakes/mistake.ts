// One way to break a world, with what must be said about it.
import type { Chance } from "./chance.ts";
import type { Ask, World } from "./world.ts";

/** What must be named as the cause. */
export interface Culprit {
  /** Any of these causes (`Explanation.cause`, `Finding.class`). */
  readonly causes: readonly string[];
  /** Words that title or explanation must hold: the values that are wrong. */
  readonly words: readonly string[];
}

/** A world that has been broken. */
export interface Planted extends Culprit {
  /** Lines typed once the world runs. */
  readonly lines?: readonly string[];
  /** The request that fails now; absent where nothing fails and the findings alone must tell. */
  readonly ask?: Ask;
  /** What must not be called a fault though it looks like one: nothing fails, and no finding may be worse than information. */
  readonly harmless?: true;
  /** Where no cure can be offered: the mistake is in something nobody can guess. */
  readonly incurable?: true;
  /** How often to ask until it fails, where only some requests do. */
  readonly tries?: number;
}

/** A known mistake. */
export interface Mistake {
  /** Short and lasting, such as `selector-typo`. */
  readonly name: string;
  /** Breaks the draft; undefined where this world has nothing to break in that way. */
  plant(draft: World, chance: Chance): Planted | undefined;
}
