// The order in which text is sorted wherever order can be seen.

/** Text order by code unit, the order of Go's sort.Strings for what Kubernetes names allow. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
