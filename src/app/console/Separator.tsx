// The handle above the console: drag it, or use the arrow keys.
import { useEffect, useRef, useState } from "react";
import { readSetting, writeSetting } from "../ui/storage.ts";

const NAME = "console-height";
const LEAST = 90;
const STEP = 24;

function most(): number {
  return Math.max(LEAST, Math.round(window.innerHeight * 0.7));
}

function clamp(height: number): number {
  return Math.round(Math.min(Math.max(height, LEAST), most()));
}

/** A few lines until somebody uses the console: before that the picture needs the room more. */
function usualHeight(used: boolean): number {
  return Math.min(260, window.innerHeight * (used ? 0.27 : 0.16));
}

/** Sets `--console-height` on the page; the layout reads it. What the visitor chose goes before what is usual. */
export function Separator({ used }: { readonly used: boolean }) {
  const [chosen, setChosen] = useState(() => Number(readSetting(NAME)));
  const height = clamp(chosen > 0 ? chosen : usualHeight(used));
  const setHeight = (next: number) => {
    setChosen(next);
    writeSetting(NAME, String(next));
  };
  const drag = useRef<{ readonly y: number; readonly height: number } | undefined>(undefined);
  useEffect(() => {
    document.documentElement.style.setProperty("--console-height", `${height}px`);
    return () => {
      document.documentElement.style.removeProperty("--console-height");
    };
  }, [height]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved is a widget; <hr> cannot be one
    <div
      className="console-separator"
      role="separator"
      tabIndex={0}
      aria-label="Height of the console"
      aria-orientation="horizontal"
      aria-valuenow={height}
      aria-valuemin={LEAST}
      aria-valuemax={most()}
      onKeyDown={(event) => {
        const by = { ArrowUp: STEP, ArrowDown: -STEP, PageUp: 5 * STEP, PageDown: -5 * STEP }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        setHeight(clamp(height + by));
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { y: event.clientY, height };
      }}
      onPointerMove={(event) => {
        const start = drag.current;
        if (start !== undefined) setHeight(clamp(start.height + start.y - event.clientY));
      }}
      onPointerUp={() => {
        drag.current = undefined;
      }}
      onPointerCancel={() => {
        drag.current = undefined;
      }}
    />
  );
}
