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

/** The checks to show, each with its place: several that miss the same thing say it once, unless that is hidden. */
export function listed(states: readonly CheckState[], isHidden: boolean) {
  const saysFirst = ({ isMet, missing }: CheckState, at: number) =>
    isMet || isHidden || states.findIndex((each) => !each.isMet && each.missing === missing) === at;
  return states.map((state, at) => ({ state, at })).filter(({ state, at }) => saysFirst(state, at));
}
