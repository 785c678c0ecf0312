// Conditions as the Gateway API writes them: of which generation, and since when.
import type { Condition } from "./api.ts";

/** What is to be said; time and generation are added when it is written. */
export type Said = Pick<Condition, "type" | "status" | "reason" | "message">;

export function yes(type: string, message: string, reason = type): Said {
  return { type, status: "True", reason, message };
}

export function no(type: string, reason: string, message: string): Said {
  return { type, status: "False", reason, message };
}

/** The conditions with their generation; the time of one changes with its status only. Spec: [GW-3]. */
export function dated(
  said: readonly Said[],
  {
    generation = 0,
    before = [],
    now,
  }: { generation?: number | undefined; before?: readonly Condition[] | undefined; now: string },
): Condition[] {
  return said.map(({ type, status, reason, message }) => {
    const old = before.find((each) => each.type === type);
    const since = old?.status === status ? (old.lastTransitionTime ?? now) : now;
    return { lastTransitionTime: since, message, observedGeneration: generation, reason, status, type };
  });
}
