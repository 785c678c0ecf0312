// When the rich editor takes the plain one's place: once someone turns to the text.
import { type RefObject, useEffect, useRef, useState } from "react";

/** A pointer that rests on the text this long, in milliseconds, turns to it; one that crosses it doesn't. */
const RESTS_MS = 120;

/** What was loaded, or that it did not come. */
export type Turned<T> = { readonly loaded: T } | "missing" | undefined;

interface Turning<T> {
  readonly rich: boolean;
  /** Nobody has typed for a moment. */
  readonly quiet: boolean;
  /** The plain editor can't hold the text. */
  readonly long: boolean;
  load(): Promise<T>;
}

/**
 * What `load` brings, once someone turned to the text with pointer or keyboard; nothing where a finger is the pointer.
 * It comes in a moment in which nobody types, selects or has a button down, unless the text is too long for the plain editor.
 */
export function useTurnedTo<T>(text: RefObject<HTMLElement | null>, turning: Turning<T>): Turned<T> {
  const { rich, quiet, long, load } = turning;
  const [came, setCame] = useState<Turned<T>>();
  const [shown, setShown] = useState(false);
  const held = useHeld(text, !shown);
  useEffect(() => {
    const box = text.current;
    if (box === null || !rich || came !== undefined || isTouch()) return;
    let [wanted, asked] = [true, false];
    const turn = () => {
      if (asked) return;
      asked = true;
      load().then(
        (loaded) => wanted && setCame({ loaded }),
        () => wanted && setCame("missing"), // the part says what did not come
      );
    };
    let resting: ReturnType<typeof setTimeout> | undefined;
    const rest = () => {
      resting = setTimeout(turn, RESTS_MS);
    };
    const cross = () => clearTimeout(resting);
    box.addEventListener("pointerenter", rest);
    box.addEventListener("pointerleave", cross);
    box.addEventListener("focusin", turn);
    if (box.contains(document.activeElement)) turn();
    return () => {
      wanted = false;
      cross();
      box.removeEventListener("pointerenter", rest);
      box.removeEventListener("pointerleave", cross);
      box.removeEventListener("focusin", turn);
    };
  }, [text, rich, load, came]);
  useEffect(() => {
    if (came !== undefined && !shown && (long || (quiet && !held))) setShown(true);
  }, [came, shown, long, quiet, held]);
  return rich && shown ? came : undefined;
}

function isTouch(): boolean {
  return matchMedia("(pointer: coarse)").matches || matchMedia("(max-width: 600px)").matches;
}

interface Held {
  readonly pressed: boolean;
  readonly composing: boolean;
}

/** Whether a button is down in the text, part of it is selected, or a character is being composed. */
function useHeld(text: RefObject<HTMLElement | null>, watching: boolean): boolean {
  const [held, setHeld] = useState(false);
  const now = useRef<Held>({ pressed: false, composing: false });
  useEffect(() => {
    const box = text.current;
    if (box === null || !watching) return;
    const ending = new AbortController();
    const { signal } = ending;
    const look = () => setHeld(now.current.pressed || now.current.composing || hasSelection(box));
    const on = (target: EventTarget, type: string, change: Partial<Held>) =>
      target.addEventListener(
        type,
        () => {
          now.current = { ...now.current, ...change };
          look();
        },
        { signal },
      );
    on(box, "pointerdown", { pressed: true });
    on(globalThis, "click", { pressed: false });
    on(globalThis, "pointercancel", { pressed: false });
    on(box, "compositionstart", { composing: true });
    on(box, "compositionend", { composing: false });
    on(box, "focusout", {});
    on(document, "selectionchange", {});
    return () => ending.abort();
  }, [text, watching]);
  return held;
}

function hasSelection(box: HTMLElement): boolean {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLTextAreaElement) || !box.contains(focused)) return false;
  return focused.selectionStart !== focused.selectionEnd;
}
