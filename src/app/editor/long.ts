// Texts so long that the editor turns features off.

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
  if (rich) return `Over ${LIMIT}: applied 1.5 s after the last keystroke, without colours, completion or comparison.`;
  return `The first ${LIMIT} of a longer text. All of it is applied; it can't be edited here.`;
}
