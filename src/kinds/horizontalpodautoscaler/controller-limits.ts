// How fast a HorizontalPodAutoscaler may follow what its metrics ask for: stabilisation, policies, bounds.
import type { HorizontalPodAutoscalerSpec, HPAScalingRules } from "../../cluster/api/types.gen.ts";

/** How long the highest recommendation counts before pods go, unless the object says otherwise. */
const DOWNSCALE_WINDOW_S = 300;
const PERIOD_S = 15;

/** What is remembered of one autoscaler; times are virtual milliseconds. */
export class Memory {
  recommendations: { readonly at: number; readonly replicas: number }[] = [];
  changes: { readonly at: number; readonly by: number }[] = [];

  /** How many more pods there are than so many seconds ago. */
  changed(now: number, seconds: number): number {
    return this.changes.filter(({ at }) => at > now - seconds * 1_000).reduce((sum, { by }) => sum + by, 0);
  }
}

/** The number of pods to have, and what the conditions say about it. */
export interface Limited {
  readonly replicas: number;
  readonly able: readonly [reason: string, message: string];
  readonly limited: readonly [status: "True" | "False", reason: string, message: string];
}

interface Asked {
  readonly spec: HorizontalPodAutoscalerSpec;
  readonly memory: Memory;
  readonly now: number;
  readonly current: number;
  readonly wanted: number;
}

const HIGHEST = "recent recommendations were higher than current one, applying the highest recent recommendation";
const LOWEST = "recent recommendations were lower than current one, applying the lowest recent recommendation";
const TOO_FAST_UP = "the desired replica count is increasing faster than the maximum scale rate";
const TOO_FAST_DOWN = "the desired replica count is decreasing faster than the maximum scale rate";
const TOO_MANY = "the desired replica count is more than the maximum replica count";
const TOO_FEW = "the desired replica count is less than the minimum replica count";
const MOST_AT_ONCE = { factor: 2, least: 4 };

// Models kubernetes/pkg/controller/podautoscaler/horizontal.go normalizeDesiredReplicas, normalizeDesiredReplicasWithBehaviors
export function limit(asked: Asked): Limited {
  const { wanted, spec, current } = asked;
  const isDown = spec.behavior === undefined || wanted < current;
  const stable = stabilized(asked, isDown);
  const able: Limited["able"] =
    stable === wanted
      ? ["ReadyForNewScale", "recommended size matches current size"]
      : [isDown ? "ScaleDownStabilized" : "ScaleUpStabilized", isDown ? HIGHEST : LOWEST];
  const [replicas, reason, message] = bounded({ ...asked, wanted: stable });
  return { replicas, able, limited: [replicas === stable ? "False" : "True", reason, message] };
}

/** The highest (lowest) recommendation of the window, with this one. */
function stabilized({ spec, memory, now, wanted }: Asked, isDown: boolean): number {
  const down = spec.behavior?.scaleDown?.stabilizationWindowSeconds ?? DOWNSCALE_WINDOW_S;
  const up = spec.behavior?.scaleUp?.stabilizationWindowSeconds ?? 0;
  const cutoff = now - (isDown ? down : up) * 1_000;
  const recent = memory.recommendations.filter(({ at }) => at > cutoff).map(({ replicas }) => replicas);
  const oldest = now - Math.max(up, down) * 1_000;
  memory.recommendations = [...memory.recommendations.filter(({ at }) => at > oldest), { at: now, replicas: wanted }];
  return isDown ? Math.max(wanted, ...recent) : Math.min(wanted, ...recent);
}

type Bounded = readonly [replicas: number, reason: string, message: string];

function bounded(asked: Asked): Bounded {
  const { wanted, current, spec } = asked;
  const { minReplicas = 1, maxReplicas, behavior } = spec;
  if (behavior === undefined || wanted > current) {
    const fast =
      behavior === undefined
        ? Math.max(MOST_AT_ONCE.factor * current, MOST_AT_ONCE.least)
        : Math.max(current, fastest(behavior.scaleUp, asked, 1));
    const most = Math.min(maxReplicas, fast);
    if (wanted > most)
      return maxReplicas > fast ? [most, "ScaleUpLimit", TOO_FAST_UP] : [most, "TooManyReplicas", TOO_MANY];
  }
  if (wanted < (behavior === undefined ? Number.POSITIVE_INFINITY : current)) {
    const slow = behavior === undefined ? 0 : Math.min(current, fastest(behavior.scaleDown, asked, -1));
    const least = Math.max(minReplicas, slow);
    if (wanted < least)
      return minReplicas < slow ? [least, "ScaleDownLimit", TOO_FAST_DOWN] : [least, "TooFewReplicas", TOO_FEW];
  }
  return [wanted, "DesiredWithinRange", "the desired count is within the acceptable range"];
}

const UP_POLICIES = [
  { type: "Pods", value: 4, periodSeconds: PERIOD_S },
  { type: "Percent", value: 100, periodSeconds: PERIOD_S },
];
const DOWN_POLICIES = [{ type: "Percent", value: 100, periodSeconds: PERIOD_S }];

/** How far the policies let it go in one direction. */
// Models kubernetes/pkg/controller/podautoscaler/horizontal.go calculateScaleUpLimitWithScalingRules, calculateScaleDownLimitWithBehaviors
function fastest(rules: HPAScalingRules | undefined, { memory, now, current }: Asked, direction: 1 | -1): number {
  if (rules?.selectPolicy === "Disabled") return current;
  const policies = rules?.policies ?? (direction === 1 ? UP_POLICIES : DOWN_POLICIES);
  const limits = policies.map(({ type, value, periodSeconds }) => {
    const before = current - memory.changed(now, periodSeconds);
    if (type === "Pods") return before + direction * value;
    const exact = (before * (100 + direction * value)) / 100;
    return direction === 1 ? Math.ceil(exact) : Math.trunc(exact);
  });
  const takesHighest = (rules?.selectPolicy === "Min") !== (direction === 1);
  return takesHighest ? Math.max(...limits) : Math.min(...limits);
}
