// The keys of the whole page, and the one rule about when they are someone else's.
import { useLayoutEffect } from "react";
import { readSetting, writeSetting } from "./storage.ts";

/** Keys that work wherever nothing with the focus wants them, as the browser names them. The help says what they do. */
export const SHORTCUTS = {
  play: { key: " " },
  step: { key: "." },
  stepBack: { key: "," },
  undo: { key: "z", ctrl: true },
  redo: { key: "y", ctrl: true },
  clear: { key: "Escape" },
  help: { key: "?" },
  present: { key: "p" },
  find: { key: "/" },
  focus: { key: "f" },
  leave: { key: "Escape" },
  nextStop: { key: "PageDown", also: "ArrowRight" },
  previousStop: { key: "PageUp", also: "ArrowLeft" },
  send: { key: "s" },
  startOver: { key: "r" },
  code: { key: "q" },
  nextSlide: { key: "PageDown", first: true },
  previousSlide: { key: "PageUp", first: true },
} as const satisfies Record<string, Shortcut>;

interface Shortcut {
  readonly key: string;
  /** Another key that does the same. */
  readonly also?: string;
  /** With Ctrl, or Command on a Mac. */
  readonly ctrl?: boolean;
  /** Asked before the others that mean this key. */
  readonly first?: boolean;
}

/** What an element means by Space itself. */
const PRESSED = "button, a, summary, audio, video, [role='button'], [role='tab'], [role='option'], [role='menuitem']";
/** Fields, and what stands for one. A checkbox and a slider have keys of their own too. */
const FIELDS = "input, textarea, select, [role='textbox'], [role='searchbox'], [role='combobox'], [role='spinbutton']";

/**
 * Whether what is typed belongs to the element that has the focus: a field, an editable element, or one with an EditContext,
 * also when it is in a shadow tree.
 */
export function takesText(event: Event): boolean {
  return event.composedPath().some((each) => each instanceof Element && isField(each));
}

function isField(element: Element): boolean {
  if (element.matches(FIELDS)) return true;
  if (element instanceof HTMLElement && element.isContentEditable) return true;
  return "editContext" in element && element.editContext !== null && element.editContext !== undefined;
}

function isTaken(event: KeyboardEvent, { ctrl = false }: Shortcut): boolean {
  if (!ctrl && /^\S$/.test(event.key) && !singleKeys.on()) return true;
  if (event.defaultPrevented || event.isComposing || event.altKey || (event.ctrlKey || event.metaKey) !== ctrl)
    return true;
  if (takesText(event) || document.querySelector("dialog:modal") !== null) return true;
  if (event.key === "Escape" && document.querySelector(":popover-open") !== null) return true;
  return event.key === " " && event.composedPath().some((each) => each instanceof Element && each.matches(PRESSED));
}

/** Whether keys that are a letter or a sign act; whoever speaks to the computer may turn them off. */
export const singleKeys = {
  on: (): boolean => readSetting("keys") !== "off",
  set: (on: boolean): void => void writeSetting("keys", on ? undefined : "off"),
};

/** Whether it is one of the keys; with caps lock a letter is the same. */
function isKey({ key }: KeyboardEvent, { key: first, also }: Shortcut): boolean {
  return key.toLowerCase() === first.toLowerCase() || key === also;
}

/**
 * Calls `run` when the key is pressed and nothing else wants it; a held key counts once. The only such listener.
 *
 * @param run - undefined while the key has no meaning; false says that it is left to the next that means it.
 */
export function useShortcut(name: keyof typeof SHORTCUTS, run: (() => unknown) | undefined): void {
  useLayoutEffect(() => {
    // a key works as soon as what it does can be seen
    if (run === undefined) return;
    const shortcut: Shortcut = SHORTCUTS[name];
    const keyDown = (event: KeyboardEvent) => {
      if (!isKey(event, shortcut) || isTaken(event, shortcut)) return;
      if (event.repeat || run() !== false) event.preventDefault();
    };
    document.addEventListener("keydown", keyDown, shortcut.first);
    return () => document.removeEventListener("keydown", keyDown, shortcut.first);
  }, [name, run]);
}
