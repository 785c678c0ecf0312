// A text as a QR code, made here: nobody else is asked.
import { encode } from "uqr";

/** A QR code: rows of squares, dark or not, with the quiet margin around them. */
export interface QrCode {
  /** Squares on each side, margin included. */
  readonly size: number;
  /** The dark squares as the path of an SVG, a square being one unit. */
  readonly path: string;
  /** Whether a camera reads it from the last row of a room, where it fills most of a projected picture. */
  readonly isFar: boolean;
}

/** Bytes that the largest code holds at its lowest correction. */
export const QR_LIMIT = 2_953;
/** Of a code that fills most of 768 pixels, a square then has six of them. */
const FAR_SIZE = 109;
const MARGIN = 4;

/** The code of a text; undefined when it is too long for one. Spec: [CODE-1]. */
export function qrOf(text: string): QrCode | undefined {
  const bytes = [...new TextEncoder().encode(text)];
  if (bytes.length > QR_LIMIT) return undefined;
  const { size, data } = encode(bytes, { ecc: "L", boostEcc: true, border: MARGIN });
  const rows = data.flatMap((row, y) => runsOf(row).map(([from, to]) => `M${from} ${y}h${to - from}v1H${from}z`));
  return { size, path: rows.join(""), isFar: size <= FAR_SIZE };
}

/** Where dark squares lie beside each other in a row: from, to. */
function runsOf(row: readonly boolean[]): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (const [x, isDark] of row.entries()) {
    const last = runs.at(-1);
    if (isDark && last?.[1] === x) last[1] = x + 1;
    else if (isDark) runs.push([x, x + 1]);
  }
  return runs;
}
