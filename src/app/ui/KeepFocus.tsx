// Keeps the focus where someone works when the control that has it goes away.
import { useEffect } from "react";

const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex], [contenteditable]";
/** Where a search for a neighbour ends: what is beyond is another matter. */
const REGION = "section, main, header, nav, dialog, form, [popover], [role='dialog']";
/** What opens over the page: when it goes, the focus goes back to where it came from. */
const OVERLAY = "dialog, [popover], [role='dialog'], [role='alert']";
const REMEMBERED = 12;

/** Keeps the focus as long as it is rendered; shows nothing. */
export function KeepFocus() {
  useEffect(keepFocus, []);
  return null;
}

/**
 * Follows the focus. When its element is removed, hidden or disabled, the nearest control takes it: the next or the previous one
 * of the same group, else the one that had the focus before. It never falls to the page's body.
 *
 * @returns how to stop.
 */
function keepFocus(): () => void {
  let last: Element | undefined;
  let before: Element[] = [];
  const look = (records: readonly MutationRecord[]) => {
    if (last === undefined || canHold(last) || !(isNowhere() || document.activeElement === last)) return;
    const lost = last;
    last = undefined;
    const [next] = heirs(lost, records, before);
    if (next instanceof HTMLElement) next.focus({ preventScroll: true });
  };
  const observer = new MutationObserver(look);
  const enter = ({ target }: FocusEvent) => {
    if (!(target instanceof Element) || target === last) return;
    if (last !== undefined) before = [last, ...before.filter((each) => each !== last)].slice(0, REMEMBERED);
    last = target;
  };
  const leave = () => {
    queueMicrotask(() => {
      const records = observer.takeRecords();
      if (last !== undefined && canHold(last) && isNowhere())
        last = undefined; // the visitor left it
      else look(records);
    });
  };
  document.addEventListener("focusin", enter);
  document.addEventListener("focusout", leave);
  observer.observe(document.body, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["disabled", "hidden", "inert"],
  });
  return () => {
    observer.disconnect();
    document.removeEventListener("focusin", enter);
    document.removeEventListener("focusout", leave);
  };
}

/** Whether no element has the focus. */
function isNowhere(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

/** Whether the Tab key would reach it now. */
function canTake(element: Element): element is HTMLElement {
  return element instanceof HTMLElement && element.tabIndex >= 0 && canHold(element);
}

/** Whether the focus may stay on it; in a group that arrow keys walk, the Tab key passes over all but one. */
function canHold(element: Element): boolean {
  if (!(element instanceof HTMLElement) || !element.isConnected) return false;
  const modal = document.querySelector("dialog:modal");
  if (modal !== null && !modal.contains(element)) return false;
  return !element.matches(":disabled, [inert] *") && element.checkVisibility({ visibilityProperty: true });
}

/** Who may take the focus, the best first. */
function* heirs(lost: Element, records: readonly MutationRecord[], before: readonly Element[]): Iterable<Element> {
  const removals = removalsOf(lost, records);
  const earlier = before.filter(canTake);
  if (lost.closest(OVERLAY)?.isConnected === false) yield* earlier;
  const removal = removals.at(-1);
  yield* neighbours(removal?.from ?? lost.parentElement, removal === undefined ? lost.nextSibling : removal.next);
  yield* earlier;
  yield* [...document.querySelectorAll("main button, button")].filter(canTake);
}

interface Removal {
  readonly from: Node;
  /** What stood behind it. */
  readonly next: Node | null;
}

/** How an element came to be removed: with a part of the page, and perhaps what was around that after it. */
function removalsOf(lost: Element, records: readonly MutationRecord[]): readonly Removal[] {
  const found: Removal[] = [];
  let gone: Node = lost;
  for (const { target, removedNodes, nextSibling } of records) {
    if (![...removedNodes].some((node) => node.contains(gone))) continue;
    found.push({ from: target, next: nextSibling });
    gone = target;
  }
  return found;
}

/** The controls around a place, within its region: what follows it, else what comes before. */
function* neighbours(parent: Node | null, next: Node | null): Iterable<Element> {
  let at = next;
  for (let box = parent; box instanceof Element && box !== document.body; box = box.parentNode) {
    const all = [...box.querySelectorAll(FOCUSABLE)].filter(canTake);
    const following = all.find((each) => at?.isConnected === true && isFrom(at, each));
    const found = following ?? all.at(-1);
    if (found !== undefined) yield found;
    if (box.matches(REGION)) return;
    at = box;
  }
}

/** Whether an element is, or is in, or comes after a node. */
function isFrom(node: Node, element: Element): boolean {
  return node.contains(element) || (node.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}
