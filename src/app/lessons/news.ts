// What became of checks, in words to be listened to.
import type { CheckState } from "../../lessons/index.ts";
import { W } from "../../words/en/lessons.ts";

/** What changed between two looks at the same checks; "" when only their sentences did. */
export function newsOf(before: readonly CheckState[], now: readonly CheckState[]): string {
  const changed = now.filter(({ isMet }, at) => isMet !== (before[at]?.isMet ?? false));
  const said = changed.map(({ isMet, observed, missing }) =>
    isMet ? W.metNow(observed ?? "") : W.unmet(missing ?? ""),
  );
  const areAllMet = changed.length > 0 && now.length > 1 && now.every(({ isMet }) => isMet);
  return [...said, ...(areAllMet ? [W.allMet] : [])].join(" ");
}
