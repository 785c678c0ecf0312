// Lists that are cut after the third entry, as those of Endpoints and EndpointSlices.

const SHOWN = 3;

/** The first three, and how many more there are. */
export function cut(list: readonly string[]): string {
  const shown = list.slice(0, SHOWN).join(",");
  return list.length > SHOWN ? `${shown} + ${list.length - SHOWN} more...` : shown;
}
