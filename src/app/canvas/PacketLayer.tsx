// The canvas above the picture on which packets fly; it follows React Flow's viewport and asks the painter for each frame.
import { useEffect, useRef } from "react";
import { useOnViewportChange, useStoreApi } from "reactflow";
import { useApp, usePlayground } from "../store/react.ts";
import { Endings } from "./flights.ts";
import { type Chosen, Painter } from "./painter.ts";
import { readPalette } from "./palette.ts";
import type { Surroundings } from "./roads.ts";
import type { Scene } from "./scene.ts";
import { gateAddresses } from "./sceneInput.ts";
import { useMedia } from "./useMedia.ts";

export function PacketLayer({ scene }: { scene: Scene }) {
  const playground = usePlayground();
  const flow = useStoreApi();
  const canvas = useRef<HTMLCanvasElement>(null);
  const around = useRef<Surroundings | undefined>(undefined);
  const still = useRef(false);
  still.current = useMedia("(prefers-reduced-motion: reduce)");
  const session = useApp((state) => state.session);
  const wire = useApp((state) => state.view.road === "wire");
  const theme = useApp((state) => state.view.theme);
  const dark = useMedia("(prefers-color-scheme: dark)");
  const painter = useRef<Painter | undefined>(undefined);
  const label = useRef<HTMLDivElement>(null);

  useEffect(() => {
    around.current = { scene, wire, measured: new Map(), ...gateAddresses(playground.store.getState()) };
    playground.frames.request();
  }, [scene, wire, playground]);

  useEffect(() => {
    void [theme, dark]; // the colours are read again when these change
    if (canvas.current !== null) painter.current?.setPalette(readPalette(canvas.current));
    playground.frames.request();
  }, [theme, dark, playground]);

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    const pane = element?.closest<HTMLElement>(".react-flow");
    if (!element || !context || !pane) return;
    const endings = new Endings();
    const unfollow = endings.follow(session.cluster.trace);
    const mine = new Painter(context, readPalette(element));
    painter.current = mine;
    const draw = () => {
      const { width, height, transform } = flow.getState();
      if (around.current === undefined || width === 0) return;
      const ratio = resize(element, width, height);
      const { selection, view } = playground.store.getState();
      const { trace, clock } = session.cluster;
      const chosen = mine.paint({
        trace,
        now: clock.now,
        endings,
        around: around.current,
        transform,
        width,
        height,
        ratio,
        selected: selection?.kind === "exchange" ? selection.id : undefined,
        probes: view.probes,
        still: still.current,
      });
      if (label.current !== null) showLabel(label.current, chosen);
    };
    const stop = playground.frames.on(draw);
    const unlisten = listen(pane, mine, (packet) => {
      const exchange = session.cluster.trace.packet(packet)?.exchange;
      if (exchange !== undefined) playground.select({ kind: "exchange", id: exchange, packet });
    });
    playground.frames.request();
    return () => {
      unlisten();
      stop();
      unfollow();
    };
  }, [playground, flow, session]);

  useOnViewportChange({ onChange: () => playground.frames.request() });
  return (
    <div aria-hidden="true">
      <canvas ref={canvas} className="packets" />
      <div ref={label} className="packet-label mono" hidden />
    </div>
  );
}

/** Puts beside the selected packet what its address was before it was rewritten. */
function showLabel(element: HTMLElement, chosen: Chosen | undefined): void {
  const text = chosen?.was === undefined ? "" : `was ${chosen.was}`;
  element.hidden = text === "";
  if (chosen === undefined || text === "") return;
  if (element.textContent !== text) element.textContent = text;
  element.style.transform = `translate(${chosen.x}px, ${chosen.y + 16}px) translateX(-50%)`;
}

/** Gives the canvas as many pixels as the screen has; returns how many make one CSS pixel. */
function resize(element: HTMLCanvasElement, width: number, height: number): number {
  const ratio = Math.min(3, window.devicePixelRatio);
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (element.width !== wide || element.height !== high) {
    element.width = wide;
    element.height = high;
  }
  return ratio;
}

/** Whether a click is meant for a control, even when a packet flies over it. */
function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(".floating, button:not(.hit)") !== null;
}

/** Packets can be pointed at though the canvas lets every event through. */
function listen(pane: HTMLElement, painter: Painter, pick: (packet: number) => void): () => void {
  const hit = (event: PointerEvent | MouseEvent) => {
    const rect = pane.getBoundingClientRect();
    return painter.hit(event.clientX - rect.left, event.clientY - rect.top);
  };
  const move = (event: PointerEvent) => {
    pane.toggleAttribute("data-on-packet", event.pointerType === "mouse" && hit(event) !== undefined);
  };
  const click = (event: MouseEvent) => {
    const packet = hit(event);
    if (packet === undefined || isControl(event.target)) return;
    event.stopPropagation();
    event.preventDefault();
    pick(packet);
  };
  pane.addEventListener("pointermove", move);
  pane.addEventListener("click", click, true);
  return () => {
    pane.removeEventListener("pointermove", move);
    pane.removeEventListener("click", click, true);
  };
}
