// Names of places in few words, for tables and titles.
import type { Place } from "../../cluster/index.ts";

/** `laptop`, `node-2`, `pod web-x2k9q`. */
export function placeName(place: Place): string {
  return place.kind === "pod" ? `pod ${place.name}` : place.name;
}
