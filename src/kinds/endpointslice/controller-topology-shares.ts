// How many endpoints each zone is to have, and who gives to whom. Pure.

/** How many endpoints a zone is to have. */
export interface Allocation {
  readonly minimum: number;
  readonly maximum: number;
  readonly desired: number;
}

/** How much more than its part an endpoint may have to bear. */
// Models kubernetes/staging/src/k8s.io/endpointslice/topologycache overloadThreshold
export const OVERLOAD = 0.2;

/** The endpoints of each zone, or why they can't be shared out. Spec: [EPS-12]. */
// Models topologycache getAllocations
export function share(
  ratios: ReadonlyMap<string, number> | undefined,
  endpoints: number,
): ReadonlyMap<string, Allocation> | string {
  if (ratios === undefined)
    return "Insufficient Node information: allocatable CPU or zone not specified on one or more nodes";
  const amounts = `(${endpoints} endpoints, ${ratios.size} zones)`;
  if (ratios.size > endpoints) return `Insufficient number of endpoints ${amounts}`;
  const wanted = [...ratios].map(([zone, ratio]) => {
    const minimum = Math.ceil(ratio * endpoints * (1 / (1 + OVERLOAD)));
    return { zone, minimum, desired: Math.max(ratio * endpoints, minimum) };
  });
  const least = wanted.reduce((sum, { minimum }) => sum + minimum, 0);
  if (least > endpoints)
    return `Unable to allocate minimum required endpoints to each zone without exceeding overload threshold ${amounts}`;
  return new Map(
    wanted.map(({ zone, minimum, desired }) => [zone, { minimum, desired, maximum: minimum + endpoints - least }]),
  );
}

/** How many endpoints each zone gives away and gets, given how many it has. */
// Models topologycache getGivingAndReceivingZones
export function donations(
  allocations: ReadonlyMap<string, Allocation>,
  have: ReadonlyMap<string, number>,
): { readonly giving: Map<string, number>; readonly receiving: Map<string, number> } {
  const tooMany = new Map<string, number>();
  const tooFew = new Map<string, number>();
  for (const [zone, { desired }] of allocations) {
    const number = have.get(zone) ?? 0;
    if (number > desired) tooMany.set(zone, number - desired);
    else if (number < desired) tooFew.set(zone, desired - number);
  }
  const giving = new Map<string, number>();
  const receiving = new Map<string, number>();
  for (;;) {
    const [from, give] = most(tooMany);
    const [to, take] = most(tooFew);
    if (from === "" || to === "" || (give < 1 && take < 1) || give < 0.5 || take < 0.5) return { giving, receiving };
    giving.set(from, (giving.get(from) ?? 0) + 1);
    tooMany.set(from, give - 1);
    receiving.set(to, (receiving.get(to) ?? 0) + 1);
    tooFew.set(to, take - 1);
  }
}

function most(zones: ReadonlyMap<string, number>): readonly [string, number] {
  let best: readonly [string, number] = ["", 0];
  for (const entry of zones) if (entry[1] > best[1]) best = entry;
  return best;
}
