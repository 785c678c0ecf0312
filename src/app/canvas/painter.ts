// Paints packets on one canvas: a function of what flies, the clock and the view.
import type { Exchange, Hop, Place, Trace } from "../../cluster/index.ts";
import { W } from "../../words/en/canvas.ts";
import {
  BAR,
  ENDING_MS,
  type Ending,
  type Endings,
  type Look,
  labelOf,
  lookOf,
  notePlace,
  progressOf,
} from "./flights.ts";
import { type ToldLoss, toldLoss } from "./lost.ts";
import type { Box } from "./metrics.ts";
import type { Palette } from "./palette.ts";
import { type HopPath, type Point, pathOf, pointAt, type Surroundings } from "./paths.ts";
import { Sprites } from "./sprites.ts";

/** What one frame is painted from. */
export interface View {
  readonly trace: Trace;
  readonly now: number;
  readonly endings: Endings;
  readonly around: Surroundings;
  /** React Flow's viewport: x, y and zoom. */
  readonly transform: readonly [number, number, number];
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
  /** The exchange whose route is shown. */
  readonly selected: number | undefined;
  readonly probes: boolean;
  /** Virtual milliseconds per real one. */
  readonly speed: number;
  /** Packets stop halfway instead of flying; the route shows their order. */
  readonly still: boolean;
  /** Packets grow with the picture, for a projector. */
  readonly large: boolean;
}

/** Where a packet was lost, in CSS pixels, with what is written beside it. */
export type Lost = Point & ToldLoss;

/** Above this many packets, or when zoomed far out, packets are dots without addresses. */
const MOST_PILLS = 60;
const PILL_ZOOM = 0.42;
/** From about so many packets a real second on one path on, those of traffic have no addresses. */
const CROWDED = 4;
const MOST_TRAILS = 120;
const HIT_PX = 16;

/** Owns the sprites, the measured routes and where each packet was painted last. */
export class Painter {
  readonly #context: CanvasRenderingContext2D;
  #palette: Palette;
  #sprites: Sprites | undefined;
  #spriteKey = "";
  #paths = new WeakMap<Hop, HopPath>();
  #around: Surroundings | undefined;
  #hits: { x: number; y: number; half: number; packet: number }[] = [];
  #blank = false;

  constructor(context: CanvasRenderingContext2D, palette: Palette) {
    this.#context = context;
    this.#palette = palette;
  }

  setPalette(palette: Palette): void {
    this.#palette = palette;
    this.#spriteKey = "";
  }

  /** Paints one frame; returns what is to be written beside it. */
  paint(view: View): Lost | undefined {
    const context = this.#context;
    if (view.around !== this.#around) this.#paths = new WeakMap();
    this.#around = view.around;
    this.#prepareSprites(view);
    this.#hits = [];
    const flying = [...view.trace.inFlight()].filter((hop) => view.probes || purposeOf(hop, view.trace) !== "probe");
    const waiting = view.endings.waiting(view.now);
    const [ends, outcomes] = [view.endings.hops(view.now), view.endings.exchanges(view.now)];
    const nothing = flying.length + waiting.length + ends.length + outcomes.length === 0;
    if (nothing && this.#blank) return undefined; // a canvas that is touched is composed again, all of it
    this.#blank = nothing;
    context.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
    context.clearRect(0, 0, view.width, view.height);
    const pills = flying.length <= MOST_PILLS && view.transform[2] >= PILL_ZOOM;
    const [crowd, single] = pills ? this.#crowded(flying, view) : [flying, []];
    if (flying.length <= MOST_TRAILS) for (const hop of flying) this.#trail(hop, view);
    this.#dots(crowd, view);
    this.#pills(single, view);
    for (const ending of ends) this.#ending(ending, view);
    if (pills) this.#outcomes([...outcomes, ...waiting.filter(isAsked)], view);
    return this.#lost(toldLoss(waiting, view.trace, view), view);
  }

  /** A ring that stays where a packet was lost for as long as its sender waits. */
  #lost(told: ToldLoss | undefined, view: View): Lost | undefined {
    const path = told && this.#pathOf(told.hop, view);
    if (told === undefined || path === undefined) return undefined;
    const point = place(path, 1, view.transform);
    const context = this.#context;
    context.strokeStyle = this.#palette.dropped;
    context.lineWidth = 2;
    context.setLineDash([4, 4]);
    context.beginPath();
    context.arc(point.x, point.y, 9, 0, 2 * Math.PI);
    context.stroke();
    context.setLineDash([]);
    return { ...told, ...point };
  }

  /** The packet painted at a point in CSS pixels, the topmost first. */
  hit(x: number, y: number): number | undefined {
    for (let at = this.#hits.length - 1; at >= 0; at--) {
      const each = this.#hits[at];
      if (each !== undefined && Math.abs(each.y - y) <= HIT_PX && Math.abs(each.x - x) <= each.half) return each.packet;
    }
    return undefined;
  }

  #prepareSprites(view: View): void {
    const scale = Math.min(view.large ? 2 : 1.25, Math.max(0.8, Math.round(view.transform[2] * 10) / 10));
    const key = `${scale} ${view.ratio}`;
    if (key === this.#spriteKey) return;
    this.#spriteKey = key;
    this.#sprites = new Sprites(this.#palette, scale, view.ratio);
  }

  /** Packets of traffic on paths that take several a second, and the rest. */
  #crowded(flying: readonly Hop[], view: View): readonly [readonly Hop[], readonly Hop[]] {
    const rates = new Map<HopPath | undefined, number>();
    for (const hop of flying) {
      const path = this.#pathOf(hop, view);
      const seconds = (hop.arrivesAt - hop.sentAt) / 1_000 / view.speed;
      rates.set(path, (rates.get(path) ?? 0) + (seconds > 0 ? 1 / seconds : 0));
    }
    const isCrowded = (hop: Hop) =>
      purposeOf(hop, view.trace) === "traffic" && (rates.get(this.#pathOf(hop, view)) ?? 0) >= CROWDED;
    return [flying.filter(isCrowded), flying.filter((hop) => !isCrowded(hop))];
  }

  #pathOf(hop: Hop, view: View): HopPath | undefined {
    const known = this.#paths.get(hop);
    if (known !== undefined) return known;
    const path = pathOf(hop, view.trace.packet(hop.packet), view.around);
    if (path !== undefined) this.#paths.set(hop, path);
    return path;
  }

  #pills(flying: readonly Hop[], view: View): void {
    for (const hop of flying) {
      const path = this.#pathOf(hop, view);
      if (path === undefined || this.#sprites === undefined) continue;
      const packet = view.trace.packet(hop.packet);
      const part = view.still ? 0.5 : progressOf(hop, view.now);
      const chosen = packet?.exchange === view.selected;
      const sprite = this.#sprites.pill(lookOf(packet), labelOf(hop, part, path.turn), chosen);
      const here = place(path, part, view.transform);
      const y = chosen ? risen(hop, { part, y: here.y, half: sprite.height / 2 }, view) : here.y;
      if (y !== here.y) this.#dot(here, lookOf(packet));
      const at = within({ x: here.x, y }, sprite.width / 2, view.width);
      this.#context.drawImage(
        sprite.image,
        at.x - sprite.width / 2,
        at.y - sprite.height / 2,
        sprite.width,
        sprite.height,
      );
      this.#hits.push({ ...at, half: sprite.width / 2, packet: hop.packet });
    }
  }

  #dot({ x, y }: Point, look: Look): void {
    this.#context.fillStyle = this.#palette[look];
    this.#context.beginPath();
    this.#context.arc(x, y, 5, 0, 2 * Math.PI);
    this.#context.fill();
  }

  /** Many packets: circles for requests and squares for what comes back, each filled by itself, which is quicker than one large path. */
  #dots(flying: readonly Hop[], view: View): void {
    const context = this.#context;
    const radius = Math.max(2.5, Math.min(5, 6 * view.transform[2]));
    const point = { x: 0, y: 0 };
    const [left, top, zoom] = view.transform;
    let colour: Look | undefined;
    for (const hop of flying) {
      const path = this.#pathOf(hop, view);
      if (path === undefined) continue;
      pointAt(path, view.still ? 0.5 : progressOf(hop, view.now), point);
      const [x, y] = [point.x * zoom + left, point.y * zoom + top];
      const packet = view.trace.packet(hop.packet);
      const look = lookOf(packet);
      if (look !== colour) context.fillStyle = this.#palette[look];
      colour = look;
      if (look === "request") {
        context.beginPath();
        context.arc(x, y, radius, 0, 2 * Math.PI);
        context.fill();
      } else context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
      this.#hits.push({ x, y, half: HIT_PX, packet: hop.packet });
    }
  }

  /** The way just travelled, fading; for the selected packet also the way ahead, dotted. */
  #trail(hop: Hop, view: View): void {
    const path = this.#pathOf(hop, view);
    if (path === undefined || view.still) return;
    const context = this.#context;
    const packet = view.trace.packet(hop.packet);
    const part = progressOf(hop, view.now);
    context.strokeStyle = this.#palette[lookOf(packet)];
    context.lineCap = "round";
    if (packet?.exchange === view.selected) {
      context.globalAlpha = 0.75;
      context.lineWidth = 2;
      context.setLineDash([0.1, 6]);
      strokePart(context, path, [0, 1], view.transform);
      context.setLineDash([]);
    }
    const reach = Math.min(part, path.length === 0 ? 0 : 120 / path.length);
    for (let step = 0; step < 4; step++) {
      context.globalAlpha = 0.12 + step * 0.12;
      context.lineWidth = 3;
      strokePart(context, path, [part - reach * (1 - step / 4), part - reach * (1 - (step + 1) / 4)], view.transform);
    }
    context.globalAlpha = 1;
  }

  /** Refused: a cross that springs back. Anything else that ends: a ring that breaks up. */
  #ending({ hop, at }: Ending, view: View): void {
    const path = this.#pathOf(hop, view);
    if (path === undefined) return;
    const context = this.#context;
    const age = Math.max(0, view.now - at) / ENDING_MS;
    const refused = hop.verdict === "refused";
    const back =
      refused && !view.still
        ? Math.min(0.16, 26 / Math.max(1, path.length)) * Math.sin(Math.min(1, age * 4) * Math.PI * 0.5)
        : 0;
    const point = place(path, 1 - back, view.transform);
    context.globalAlpha = Math.max(0, 1 - age * age);
    context.strokeStyle = this.#palette[refused ? "refused" : "dropped"];
    context.lineWidth = 3;
    context.beginPath();
    if (refused) {
      context.moveTo(point.x - 7, point.y - 7);
      context.lineTo(point.x + 7, point.y + 7);
      context.moveTo(point.x + 7, point.y - 7);
      context.lineTo(point.x - 7, point.y + 7);
    } else {
      context.setLineDash([4, 4]);
      context.arc(point.x, point.y, 9 + (view.still ? 0 : age * 10), 0, 2 * Math.PI);
    }
    context.stroke();
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  /** What requests came to, beside who asked. */
  #outcomes(exchanges: readonly Exchange[], view: View): void {
    const stacked = new Map<string, number>();
    for (const exchange of exchanges.slice(-12)) {
      if (exchange.purpose === "dns" && exchange.outcome.kind === "answered") continue;
      if (exchange.id === view.selected) continue; // its route shows its end
      const box = senderBox(exchange, view.around);
      const said = outcomeNote(exchange);
      if (box === undefined || said === undefined || this.#sprites === undefined) continue;
      const who = JSON.stringify(exchange.from);
      const row = stacked.get(who) ?? 0;
      stacked.set(who, row + 1);
      if (row > 3) continue;
      const sprite = this.#sprites.note(said.text, said.colour);
      const age = Math.max(0, view.now - (exchange.endedAt ?? view.now)) / ENDING_MS;
      this.#context.globalAlpha = Math.max(0, Math.min(1, 3 - 3 * age));
      const place = notePlace(box, row, sprite, view.transform);
      if (place !== undefined) this.#context.drawImage(sprite.image, place.x, place.y, sprite.width, sprite.height);
    }
    this.#context.globalAlpha = 1;
  }
}

/** A point moved sideways so far that what is painted around it stays in sight. */
function within(point: Point, half: number, width: number): Point {
  return { x: Math.min(Math.max(point.x, half + 2), Math.max(half + 2, width - half - 2)), y: point.y };
}

function purposeOf(hop: Hop, trace: Trace): string | undefined {
  const packet = trace.packet(hop.packet);
  return packet === undefined ? undefined : trace.exchange(packet.exchange)?.purpose;
}

function senderBox({ from }: Exchange, around: Surroundings): Box | undefined {
  return from.kind === "node" ? around.scene.boxes.get(`gate:${from.name}`) : cardOf(from, around);
}

function cardOf(place: Place, { scene }: Surroundings): Box | undefined {
  if (place.kind === "client") return scene.boxes.get(`client:${place.name}`);
  return place.kind === "pod" ? scene.pods.get(`${place.namespace}/${place.name}`) : undefined;
}

/** The part of its way over which a packet's address comes down from above a card, or rises there. */
const RISE = 0.2;

/** The height of a packet's address: above the card that it leaves or comes to, so that it does not cover whose that is. */
function risen(hop: Hop, at: { part: number; y: number; half: number }, { around, transform }: View): number {
  const { part, y, half } = at;
  const near = 1 - Math.min(part, 1 - part) / RISE;
  const box = near > 0 ? cardOf(part < 0.5 ? hop.from : hop.to, around) : undefined;
  if (box === undefined) return y;
  const [, top, zoom] = transform;
  const above = box.y * zoom + top - half - 3;
  return above < BAR + half ? y : y + (above - y) * Math.min(1, 2 * near);
}

function outcomeNote({ outcome }: Exchange): { text: string; colour: keyof Palette } | undefined {
  switch (outcome.kind) {
    case "pending":
      return { text: W.noAnswer, colour: "timeout" };
    case "answered":
      return {
        text: `✓ ${outcome.status === 0 ? W.answered : outcome.status}`,
        colour: outcome.status >= 400 ? "timeout" : "ready",
      };
    case "refused":
    case "reset":
      return { text: `✕ ${outcome.kind === "refused" ? W.refusedIt : W.reset}`, colour: "refused" };
    case "timeout":
      return { text: W.timedOut, colour: "timeout" };
    case "unreachable":
      return { text: W.unreachable, colour: "dropped" };
    case "unresolved":
      return { text: W.noSuchName, colour: "dropped" };
  }
}

/** Whether someone waits for it by name: the look-up behind a request is reported with the request. */
function isAsked({ purpose, parent }: Exchange): boolean {
  return purpose === "request" || parent === undefined;
}

function place(path: HopPath, part: number, [left, top, zoom]: readonly [number, number, number]): Point {
  const point = { x: 0, y: 0 };
  pointAt(path, Math.min(1, Math.max(0, part)), point);
  return { x: point.x * zoom + left, y: point.y * zoom + top };
}

function strokePart(
  context: CanvasRenderingContext2D,
  path: HopPath,
  [from, to]: readonly [number, number],
  transform: readonly [number, number, number],
): void {
  const pieces = Math.max(2, Math.ceil(((to - from) * path.length) / 8));
  context.beginPath();
  for (let i = 0; i <= pieces; i++) {
    const point = place(path, from + ((to - from) * i) / pieces, transform);
    if (i === 0) context.moveTo(point.x, point.y);
    else context.lineTo(point.x, point.y);
  }
  context.stroke();
}
