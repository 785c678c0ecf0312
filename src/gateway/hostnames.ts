// Hosts that may begin with a wildcard: which fit, which overlap, and which is the more specific.

/** Whether a host fits a name: `*.` stands for one label or more in front; no name takes every host. Spec: [GW-6]. */
export function fits(name: string | undefined, host: string): boolean {
  if (name === undefined || name === "") return true;
  if (!name.startsWith("*.")) return name === host;
  return host.endsWith(name.slice(1)) && host.length > name.length - 1;
}

/** The hosts that both names take, as the narrower of them; undefined when there are none. */
export function intersection(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || a === "") return b ?? "";
  if (b === undefined || b === "") return a;
  if (a === b) return a;
  const [wild, other] = a.startsWith("*.") && (!b.startsWith("*.") || a.length < b.length) ? [a, b] : [b, a];
  if (!wild.startsWith("*.")) return undefined;
  return other.startsWith("*.")
    ? other.endsWith(wild.slice(1))
      ? other
      : undefined
    : fits(wild, other)
      ? other
      : undefined;
}

/** Orders names from the most specific on: without a wildcard first, then the longer, then those that take every host. Spec: [GW-6]. */
export function moreSpecific(a: string | undefined, b: string | undefined): number {
  return rank(b) - rank(a);
}

/** Longer than any name may be. */
const PRECISE = 1_000;

function rank(name: string | undefined): number {
  if (name === undefined || name === "") return 0;
  return name.length + (name.startsWith("*.") ? 0 : PRECISE);
}
