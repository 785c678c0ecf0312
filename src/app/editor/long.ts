// Texts so long that the editor turns features off.
import { W } from "../../words/en/editor.ts";

/**
 * Longer texts, in characters, are read in slices and applied, but not coloured, completed, looked through or compared at each
 * keystroke: typing stays quick.
 */
export const LONG_TEXT = 500_000;

export function isLong(text: string): boolean {
  return text.length > LONG_TEXT;
}

const LIMIT = `${LONG_TEXT / 1_000_000} MB`;

/** What the visitor sees about a long text, in the rich editor or the plain one. */
export function longWords(rich: boolean): string {
  if (rich) return W.longRich(LIMIT);
  return W.longPlain(LIMIT);
}
