// Pictures of packets, painted once and used again.
import type { Look } from "./flights.ts";
import type { Palette } from "./palette.ts";

/** A small picture and its size in CSS pixels. */
export interface Sprite {
  readonly image: HTMLCanvasElement;
  readonly width: number;
  readonly height: number;
}

/** Pictures kept; the oldest give way. */
const KEPT = 500;
const FONT = '600 11.5px "JetBrains Mono Variable", ui-monospace, monospace';

/** Sprites of one palette at one size and pixel ratio. */
export class Sprites {
  readonly #palette: Palette;
  readonly #scale: number;
  readonly #ratio: number;
  readonly #made = new Map<string, Sprite>();

  constructor(palette: Palette, scale: number, ratio: number) {
    this.#palette = palette;
    this.#scale = scale;
    this.#ratio = ratio;
  }

  /** A packet with the address it goes to: a round pill for a request, a tag with a point to the left for what comes back. */
  pill(look: Look, text: string, selected: boolean): Sprite {
    return this.#sprite(`${look} ${selected} ${text}`, (context, measure) => {
      const label = look === "request" ? `→ ${text}` : look === "reply" ? `← ${text}` : `✕ ${text}`;
      const [width, height] = measure === undefined ? [0, 0] : [measure(label) + 24, 22];
      return {
        width: width + 8,
        height: height + 8,
        paint: () => {
          context.translate(4, 4);
          context.beginPath();
          outline(context, look, width, height);
          if (selected) this.#ring(context, this.#palette[look], 7);
          this.#ring(context, this.#palette.surface, selected ? 4 : 2.5);
          context.fillStyle = this.#palette[look];
          context.fill();
          context.fillStyle = this.#palette.onPacket;
          context.font = FONT;
          context.textAlign = "center";
          context.textBaseline = "middle";
          context.fillText(label, width / 2, height / 2 + 0.5);
        },
      };
    });
  }

  #ring(context: CanvasRenderingContext2D, colour: string, width: number): void {
    context.lineWidth = width;
    context.lineJoin = "round";
    context.strokeStyle = colour;
    context.stroke();
  }

  /** A note beside a place: what a request came to. */
  note(text: string, colour: keyof Palette): Sprite {
    return this.#sprite(`note ${colour} ${text}`, (context, measure) => {
      const [width, height] = measure === undefined ? [0, 0] : [measure(text) + 18, 22];
      return {
        width: width + 4,
        height: height + 4,
        paint: () => {
          context.translate(2, 2);
          context.beginPath();
          context.roundRect(0, 0, width, height, 5);
          context.fillStyle = this.#palette.surface;
          context.fill();
          context.lineWidth = 1.5;
          context.strokeStyle = this.#palette[colour];
          context.stroke();
          context.fillStyle = this.#palette[colour];
          context.font = FONT;
          context.textAlign = "center";
          context.textBaseline = "middle";
          context.fillText(text, width / 2, height / 2 + 0.5);
        },
      };
    });
  }

  #sprite(
    key: string,
    make: (
      context: CanvasRenderingContext2D,
      measure?: (text: string) => number,
    ) => { width: number; height: number; paint: () => void },
  ): Sprite {
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const image = document.createElement("canvas");
    const context = image.getContext("2d");
    if (context === null) throw new Error("this browser paints no 2D canvas");
    context.font = FONT;
    const { width, height, paint } = make(context, (text) => context.measureText(text).width);
    const zoom = this.#scale * this.#ratio;
    image.width = Math.ceil(width * zoom);
    image.height = Math.ceil(height * zoom);
    context.scale(zoom, zoom);
    paint();
    const sprite = { image, width: width * this.#scale, height: height * this.#scale };
    if (this.#made.size >= KEPT) this.#made.delete(this.#made.keys().next().value ?? "");
    this.#made.set(key, sprite);
    return sprite;
  }
}

function outline(context: CanvasRenderingContext2D, look: Look, width: number, height: number): void {
  if (look === "request") {
    context.roundRect(0, 0, width, height, height / 2);
    return;
  }
  const notch = 9;
  context.moveTo(0, height / 2);
  context.lineTo(notch, 0);
  context.lineTo(width - 4, 0);
  context.quadraticCurveTo(width, 0, width, 4);
  context.lineTo(width, height - 4);
  context.quadraticCurveTo(width, height, width - 4, height);
  context.lineTo(notch, height);
  context.closePath();
}
