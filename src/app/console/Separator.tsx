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

/** Sets `--console-height` on the page; the layout reads it. */
export function Separator() {
  const [height, setHeight] = useState(() => {
    const stored = Number(readSetting(NAME));
    return clamp(stored > 0 ? stored : Math.min(260, window.innerHeight * 0.27));
  });
  const drag = useRef<{ readonly y: number; readonly height: number } | undefined>(undefined);
  useEffect(() => {
    document.documentElement.style.setProperty("--console-height", `${height}px`);
    writeSetting(NAME, String(height));
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
