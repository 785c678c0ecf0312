// Every kind that is loaded late, for surroundings that may meet any of them: the shell, and tests.
import type { Addon } from "../cluster/index.ts";

/** To be attached to a cluster before anything of these kinds is written. */
export const ALL_KINDS: readonly Addon[] = Object.values(
  import.meta.glob<Addon>("./*/index.ts", { eager: true, import: "kind" }),
);
