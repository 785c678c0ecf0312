// How panels ask for less than everything to be shown; what it means is loaded with the first such wish.

import { W } from "../../words/en/store.ts";
import { loadPart } from "./parts.ts";
import type { Playground } from "./playground.ts";
import type { Only, Shown } from "./state.ts";

const load = () => loadPart(W.only, () => import("./only.ts"));

/** Shows what is wanted, or everything. */
export function showOnly(playground: Playground, wanted: Shown | undefined): void {
  if (wanted === undefined) playground.setView({ only: undefined });
  else void playground.attempt(async () => playground.setView({ only: (await load()).onlyOf(wanted) }));
}

/** Puts the selected Service in focus, or shows everything again when it is; undefined when no Service is selected. */
export function focusSelected(playground: Playground): void {
  const { selection, view } = playground.store.getState();
  if (selection?.kind !== "object" || selection.resource !== "services") return;
  const { key } = selection;
  showOnly(playground, view.only?.focus === key ? undefined : { focus: key });
}

/** The words of an address that say what is shown. */
export const SHOWN = ["namespace", "selector", "focus"] as const;

/** What an address asks to be shown, with what of it can't be used. */
export async function onlyOfAddress(
  search: string,
): Promise<{ readonly only?: Only; readonly problems: readonly string[] }> {
  const query = new URLSearchParams(search);
  return SHOWN.some((name) => query.has(name)) ? (await load()).onlyFrom(query) : { problems: [] };
}

/** Writes into a query what is shown, or takes it out. */
export function setOnly(query: URLSearchParams, only: Shown | undefined): URLSearchParams {
  for (const name of SHOWN) {
    const value = only?.[name];
    if (value === undefined) query.delete(name);
    else query.set(name, value);
  }
  return query;
}
