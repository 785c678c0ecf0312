// Every kind that is loaded late, for surroundings that may meet any of them: the shell, and tests.
import { type Addon, addStructs } from "../cluster/index.ts";

/** To be attached to a cluster before anything of these kinds is written. */
export const ALL_KINDS: readonly Addon[] = Object.values(
  import.meta.glob<Addon>("./*/index.ts", { eager: true, import: "kind" }),
);

/** Adds the fields of every built-in kind, for what reads them of kinds that no cluster was given yet: the editor, and tests. */
export function knowAllStructs(): void {
  for (const { kinds = [] } of ALL_KINDS)
    for (const { structs } of kinds) if (structs !== undefined) addStructs(structs);
}
