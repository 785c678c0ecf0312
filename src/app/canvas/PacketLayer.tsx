// The canvas above the picture on which packets fly; it follows React Flow's viewport and asks the painter for each frame.
import { useEffect, useRef } from "react";
import { useOnViewportChange, useStoreApi } from "reactflow";
import { useApp, useFailing, usePlayground } from "../store/react.ts";
import { useMedia } from "../ui/useMedia.ts";
import { Endings } from "./flights.ts";
import { type Lost, Painter } from "./painter.ts";
import { readPalette } from "./palette.ts";
import type { Surroundings } from "./paths.ts";
import type { Scene } from "./scene.ts";
import { gateAddresses } from "./sceneInput.ts";
import "./lost.css";

export function PacketLayer({ scene }: { scene: Scene }) {
  const playground = usePlayground();
  const flow = useStoreApi();
  const canvas = useRef<HTMLCanvasElement>(null);
  const around = useRef<Surroundings | undefined>(undefined);
  const still = useRef(false);
  still.current = useMedia("(prefers-reduced-motion: reduce)");
  const world = useApp((state) => state.world);
  const wire = useApp((state) => state.view.route === "wire");
  const theme = useApp((state) => state.view.theme);
  const dark = useMedia("(prefers-color-scheme: dark)");
  const forced = useMedia("(forced-colors: active)");
  const painter = useRef<Painter | undefined>(undefined);
  const fail = useFailing();
  const note = useRef<HTMLDivElement>(null);

  useEffect(() => {
    around.current = { scene, wire, measured: new Map(), ...gateAddresses(playground.store.getState()) };
    playground.frames.request();
  }, [scene, wire, playground]);

  useEffect(() => {
    void [theme, dark, forced]; // the colours are read again when these change
    if (canvas.current !== null) painter.current?.setPalette(readPalette(canvas.current));
    playground.frames.request();
  }, [theme, dark, forced, playground]);

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    const pane = element?.closest<HTMLElement>(".react-flow");
    if (!element || !context || !pane) return;
    const endings = new Endings();
    const unfollow = endings.follow(world.trace, world.clock.now);
    const mine = new Painter(context, readPalette(element));
    painter.current = mine;
    const draw = () => {
      const { width, height, transform } = flow.getState();
      if (around.current === undefined || width === 0) return;
      const ratio = resize(element, width, height);
      const { route, view, speed } = playground.store.getState();
      const { trace, clock } = world;
      const lost = mine.paint({
        trace,
        now: clock.now,
        endings,
        around: around.current,
        transform,
        width,
        height,
        ratio,
        selected: route,
        probes: view.probes,
        speed,
        still: still.current,
        large: view.presenting,
      });
      if (note.current !== null) showLoss(note.current, lost, { width, height });
    };
    const stop = playground.frames.on(draw, fail);
    const unlisten = listen(pane, mine, (packet) => {
      const exchange = world.trace.packet(packet)?.exchange;
      if (exchange !== undefined) playground.select({ kind: "exchange", id: exchange, packet });
    });
    playground.frames.request();
    return () => {
      unlisten();
      stop();
      unfollow();
    };
  }, [playground, flow, world, fail]);

  useOnViewportChange({ onChange: () => playground.frames.request() });
  return (
    <div aria-hidden="true">
      <canvas ref={canvas} className="packets" />
      <div ref={note} className="loss-note" hidden>
        <b />
        <span />
      </div>
    </div>
  );
}

/** Writes beside the place where a packet was lost why it was, and what its sender does not know yet. */
function showLoss(element: HTMLElement, lost: Lost | undefined, within: { width: number; height: number }): void {
  if (element.hidden !== (lost === undefined)) element.hidden = lost === undefined;
  if (lost === undefined) return;
  const [reason, waits] = element.children;
  if (reason !== undefined && reason.textContent !== lost.text) reason.textContent = lost.text;
  if (waits !== undefined && waits.textContent !== lost.waits) waits.textContent = lost.waits;
  const { offsetWidth, offsetHeight } = element;
  const x = Math.min(Math.max(lost.x - 14, 6), Math.max(6, within.width - offsetWidth - 6));
  const below = lost.y + 16;
  const y = below + offsetHeight > within.height ? Math.max(6, lost.y - 16 - offsetHeight) : below;
  element.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
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

/** Whether a click is meant for a control or an object, even when a packet flies over it. */
function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(".floating, button") !== null;
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
