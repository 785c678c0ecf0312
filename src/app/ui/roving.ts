// One tab stop for a list of many buttons: arrow keys lead from one to the next.
import { type KeyboardEvent, type RefObject, useLayoutEffect } from "react";

/** What each of the buttons has; the one that Tab reaches is chosen by `useRoving`. */
export const ROVING = { "data-roving": "", tabIndex: -1 } as const;

const BUTTONS = "[data-roving]";

/**
 * Lets Tab reach the last button of a list, or the one that had the focus last. Up and Down lead to the same place of another row
 * (`data-row`), Left and Right to the next button, Home and End to the ends.
 *
 * @param content - whatever the buttons are made of: looked at again when it is another.
 * @returns what listens to the keys of the list.
 */
export function useRoving(box: RefObject<HTMLElement | null>, content: unknown) {
  useLayoutEffect(() => {
    void content; // runs whenever there are other buttons
    const all = buttonsOf(box.current);
    const stops = all.filter(({ tabIndex }) => tabIndex === 0);
    const stop = stops.find((each) => each === document.activeElement) ?? all.at(-1);
    for (const each of stops) each.tabIndex = -1;
    if (stop !== undefined) stop.tabIndex = 0;
  }, [box, content]);
  return (event: KeyboardEvent<HTMLElement>) => {
    const { target, currentTarget } = event;
    if (!(target instanceof HTMLElement) || !target.matches(BUTTONS)) return;
    const next = nextOf(target, event.key, currentTarget);
    if (next === undefined) return;
    event.preventDefault();
    target.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  };
}

function buttonsOf(box: Element | null): HTMLElement[] {
  return [...(box?.querySelectorAll<HTMLElement>(BUTTONS) ?? [])];
}

function nextOf(target: HTMLElement, key: string, box: HTMLElement): HTMLElement | undefined {
  const all = buttonsOf(box);
  switch (key) {
    case "ArrowRight":
      return all[all.indexOf(target) + 1];
    case "ArrowLeft":
      return all[all.indexOf(target) - 1];
    case "ArrowDown":
      return inRow(target, box, 1);
    case "ArrowUp":
      return inRow(target, box, -1);
    case "Home":
      return all[0];
    case "End":
      return all.at(-1);
    default:
      return undefined;
  }
}

function inRow(target: HTMLElement, box: HTMLElement, by: number): HTMLElement | undefined {
  const rows = [...box.querySelectorAll("[data-row]")];
  const row = target.closest("[data-row]");
  if (row === null) return undefined;
  const next = buttonsOf(rows[rows.indexOf(row) + by] ?? null);
  return next[buttonsOf(row).indexOf(target)] ?? next.at(-1);
}
