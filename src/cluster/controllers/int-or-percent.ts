// Numbers that may be given as a percentage of another.

/** Resolves `25%` or `3` against `total`; a percentage is rounded up or down as requested, what is neither counts as 0. */
// Models kubernetes/staging/src/k8s.io/apimachinery/pkg/util/intstr GetScaledValueFromIntOrPercent
export function resolveIntOrPercent(
  value: number | string | undefined,
  total: number,
  rounding: "up" | "down",
): number {
  if (value === undefined) return 0;
  if (typeof value === "number") return value;
  const match = /^(\d+)%$/.exec(value);
  if (match === null) return 0;
  const exact = (Number(match[1]) * total) / 100;
  return rounding === "up" ? Math.ceil(exact) : Math.floor(exact);
}
