// Which moments are worth a parked run.

/** A moment at which a parked run would serve. */
export interface Wanted {
  /** Virtual ms. */
  readonly time: number;
  /** How far before it a run may be and still serve: the further from the point of interest, the less it matters. */
  readonly slack: number;
}

/** The nearest distance behind a point of interest, in virtual ms; each further one is so many times as far. */
const NEAREST_MS = 1_000;
const FACTOR = 4;
/** The shortest stretch between two runs that are spread over all of time. */
const SHORTEST_SPREAD_MS = 4_000;

/**
 * The times at which parked runs serve best, latest first. Half of them are spread evenly over the past, at times that stay as
 * the head advances; the others lie behind the playhead and behind the head, close ones dense and far ones sparse.
 *
 * @param most - how many runs may be parked.
 */
export function wantedTimes(head: number, playhead: number, most: number): readonly Wanted[] {
  const wanted = new Map<number, Wanted>();
  const add = (time: number, slack: number) => {
    if (time > 0 && wanted.size < most && !wanted.has(time)) wanted.set(time, { time, slack });
  };
  const spread = Math.floor(most / 2);
  let stretch = SHORTEST_SPREAD_MS;
  while (stretch * (spread + 1) < head) stretch *= 2;
  for (let time = stretch; time < head && spread > 0; time += stretch) add(time, stretch / 4);
  for (let distance = NEAREST_MS; distance < head && wanted.size < most; distance *= FACTOR) {
    add(playhead - distance, distance);
    add(head - 2 * distance, 2 * distance);
  }
  return [...wanted.values()].sort((a, b) => b.time - a.time);
}

/** Whether a run parked at `time` serves: not behind what is wanted, and near enough. */
export function serves(time: number, { time: wanted, slack }: Wanted): boolean {
  return time <= wanted && wanted - time <= slack;
}

/** What a run is taken to occupy, in bytes: measured at 2.8 MB for three pods after a minute of traffic, and 10 to 20 kB a pod. */
export function estimatedBytes(objects: number, exchanges: number): number {
  return 2_500_000 + objects * 12_000 + exchanges * 1_500;
}
