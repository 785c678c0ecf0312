// The address of this page and links to it.
import type { Run } from "../store/run.ts";

/** The address of the playground, wherever it is served, without query and fragment. */
export function pageAddress(): string {
  return location.href.replace(/[?#].*$/s, "");
}

/** Whether this page is in a frame of another. */
export function isInFrame(): boolean {
  return typeof window !== "undefined" && window.self !== window.top;
}

/** A link to this page with a query and a fragment. */
export function linkTo(query: URLSearchParams, fragment: string): string {
  return `${pageAddress()}${query.size === 0 ? "" : `?${query}`}#${fragment}`;
}

/** The moment that a run is at, as the address of the page asks for it. */
export function momentOf({ world: { clock }, log, pending }: Run): URLSearchParams {
  const moment = new URLSearchParams({ at: String(clock.now) });
  if (pending[0] !== undefined && pending[0].at <= clock.now) moment.set("step", String(log.length)); // it is between two actions of one instant
  return moment;
}

/** What of the query names a scenario or a moment of it; in a frame the query is the page's around it. */
const NAMING = ["scenario", "step", "at"];

/** Whether the address names what a visit opens. */
export function namesScenario(): boolean {
  const query = new URLSearchParams(location.search);
  return location.hash !== "" || (!query.has("embed") && NAMING.some((name) => query.has(name)));
}

/** Takes the scenario out of the address, so that a reload doesn't open it again. */
export function forgetLink(): void {
  const query = new URLSearchParams(location.search);
  if (!query.has("embed")) for (const name of NAMING) query.delete(name);
  const rest = query.size === 0 ? "" : `?${query}`;
  history.replaceState(null, "", location.pathname + (query.has("embed") ? location.search : rest));
}
