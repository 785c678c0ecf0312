// Presenting: what a speaker needs beside the picture, the keys, a spot that follows the mouse, and the way out.
import { X } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import { useApp, usePlayground } from "../store/react.ts";
import { startOver } from "../store/start-over.ts";
import { useShortcut } from "../ui/shortcuts.ts";
import { mainSender, sendRequest } from "./send.ts";
import "./presenting.css";
import { W } from "../../words/en/picture-more.ts";
import { Marked } from "../ui/Marked.tsx";

/** How long the keys are named where a request is shown from the beginning. */
const KEYS_MS = 8_000;

export function Presenting() {
  const playground = usePlayground();
  const told = useApp((state) => state.route !== undefined);
  const toldAtFirst = useRef(told);
  const keys = useFor(KEYS_MS) && toldAtFirst.current;
  const leave = useCallback(() => playground.setView({ presenting: false }), [playground]);
  const send = useCallback(() => sendRequest(playground, mainSender(playground.store.getState())), [playground]);
  const again = useCallback(() => void startOver(playground), [playground]);
  useShortcut("leave", leave);
  useShortcut("send", send);
  useShortcut("startOver", again);
  useShortcut("nextStop", told ? undefined : send);
  useFocusKept();
  return (
    <>
      <Spot />
      <button type="button" className="button present-leave" aria-label={W.leave} onClick={leave}>
        <X size={20} aria-hidden="true" />
      </button>
      {told ? (
        keys && (
          <p className="present-keys">
            <Keys />
          </p>
        )
      ) : (
        <section className="present-strip" aria-label={W.narration}>
          <p className="present-first">{W.nothingSent}</p>
          <p>
            <Keys />
          </p>
        </section>
      )}
    </>
  );
}

function Keys() {
  return <Marked as="kbd" text={W.keys} />;
}

/** True for this many milliseconds. */
function useFor(ms: number): boolean {
  const [on, setOn] = useState(true);
  useEffect(() => {
    const timer = window.setTimeout(() => setOn(false), ms);
    return () => window.clearTimeout(timer);
  }, [ms]);
  return on;
}

/** What had the focus is gone with its panel: the picture takes it, and gives it back to the button in the end. */
function useFocusKept(): void {
  useEffect(() => {
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement && !activeElement.checkVisibility()) activeElement.blur();
    return () => {
      if (document.activeElement === document.body || document.activeElement?.closest(".canvas") != null)
        requestAnimationFrame(() => document.querySelector<HTMLElement>(".present-button")?.focus());
    };
  }, []);
}

/** A large spot where the mouse is. Who points with the Tab key sees as large a frame. */
function Spot() {
  const spot = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const move = ({ clientX, clientY, pointerType }: PointerEvent) => {
      const element = spot.current;
      if (element === null || pointerType === "touch") return;
      element.hidden = false;
      element.style.transform = `translate(${clientX}px, ${clientY}px)`;
    };
    const hide = () => {
      if (spot.current !== null) spot.current.hidden = true;
    };
    window.addEventListener("pointermove", move);
    document.documentElement.addEventListener("pointerleave", hide);
    return () => {
      window.removeEventListener("pointermove", move);
      document.documentElement.removeEventListener("pointerleave", hide);
    };
  }, []);
  return <div ref={spot} className="present-spot" aria-hidden="true" hidden />;
}
