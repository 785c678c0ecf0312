// A handle on the edge of a panel: drag it, click it, or use the arrow keys.
import { useEffect, useRef, useState } from "react";
import { own } from "../../cluster/index.ts";
import { language } from "../../words/index.ts";
import { readSetting, writeSetting } from "./storage.ts";
import "./separator.css";
import { W } from "../../words/en/ui-more.ts";

const STEP = 24;
/** A press that moves less is a click. */
const CLICK_PX = 4;

/** The edge of the panel on which the handle is. */
export type Edge = "top" | "left" | "right";

/** By how much an arrow key makes the panel larger. */
const KEYS: Readonly<Record<Edge, Readonly<Record<string, number>>>> = {
  top: { ArrowUp: STEP, ArrowDown: -STEP, PageUp: 5 * STEP, PageDown: -5 * STEP },
  left: { ArrowLeft: STEP, ArrowRight: -STEP, PageUp: 5 * STEP, PageDown: -5 * STEP },
  right: { ArrowRight: STEP, ArrowLeft: -STEP, PageUp: 5 * STEP, PageDown: -5 * STEP },
};

/** Panels change sides where the language runs from right to left. */
function edgeHere(edge: Edge): Edge {
  if (edge === "top" || language().dir === "ltr") return edge;
  return edge === "left" ? "right" : "left";
}

interface Props {
  /** Also the name under which the browser remembers the size, and of the CSS variable that the layout reads. */
  readonly name: string;
  readonly label: string;
  readonly edge: Edge;
  readonly least: number;
  /** The share of the window that the panel may take. */
  readonly most: number;
  /** In CSS pixels, until the visitor chooses another size. */
  readonly usual: number;
}

/** Sets `--NAME` on the page. The visitor's choice wins over the usual size. */
export function Separator({ name, label, edge: side, least, most, usual }: Props) {
  const edge = edgeHere(side);
  const [chosen, setChosen] = useState(() => Number(readSetting(name)));
  const whole = edge === "top" ? window.innerHeight : window.innerWidth;
  const limit = Math.max(least, Math.round(whole * most));
  const clamp = (size: number) => Math.round(Math.min(Math.max(size, least), limit));
  const size = clamp(chosen > 0 ? chosen : usual);
  const setSize = (next: number) => {
    const clamped = clamp(next);
    setChosen(clamped);
    writeSetting(name, String(clamped));
  };
  /** Without a drag: the next larger of three sizes, then the smallest. */
  const nextOf = (now: number) => [clamp(usual), limit].find((each) => each > now + CLICK_PX) ?? least;
  const drag = useRef<{ readonly from: number; readonly size: number } | undefined>(undefined);
  const position = ({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }) =>
    edge === "top" ? -clientY : edge === "left" ? -clientX : clientX;
  useEffect(() => {
    document.documentElement.style.setProperty(`--${name}`, `${size}px`);
    return () => {
      document.documentElement.style.removeProperty(`--${name}`);
    };
  }, [name, size]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved is a widget; <hr> cannot be one
    <div
      className="separator"
      data-edge={edge}
      role="separator"
      tabIndex={0}
      aria-label={label}
      title={W.drag(label)}
      aria-orientation={edge === "top" ? "horizontal" : "vertical"}
      aria-valuenow={size}
      aria-valuemin={least}
      aria-valuemax={limit}
      onKeyDown={(event) => {
        const by = own(KEYS[edge], event.key);
        if (by === undefined) return;
        event.preventDefault();
        setSize(size + by);
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { from: position(event), size };
      }}
      onPointerMove={(event) => {
        const start = drag.current;
        if (start !== undefined) setSize(start.size + position(event) - start.from);
      }}
      onPointerUp={(event) => {
        const start = drag.current;
        drag.current = undefined;
        if (start !== undefined && Math.abs(position(event) - start.from) < CLICK_PX) setSize(nextOf(start.size));
      }}
      onPointerCancel={() => {
        drag.current = undefined;
      }}
    />
  );
}
