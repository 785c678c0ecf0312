// A language made from English: its letters have accents, its texts are longer, it runs from right to left.
import type { Language } from "./language.ts";

const PLAIN = "AaCcEeGgIiKkLlNnOoSsTtUuWwYyZz";
const MARKED = "ÁáÇçÉéĞğÍíĶķĻļÑñÓóŠšŢţÚúŴŵÝýŽž";
const MARKS = new Map(Array.from(PLAIN, (letter, at) => [letter, MARKED[at] ?? letter]));

/** A sentence with accents and brackets; what is between backticks is code and stays. */
function marked(text: string): string {
  if (!/\p{L}/u.test(text)) return text;
  const pieces = text.split(/(`[^`]*`)/).map((piece) => {
    if (piece.startsWith("`")) return piece;
    return Array.from(piece, (letter) => MARKS.get(letter) ?? letter).join("");
  });
  return `⟦${pieces.join("")}⟧`;
}

/** The same sentences in the pseudo-language, functions and lists included. */
export function pseudo(value: unknown): unknown {
  if (typeof value === "string") return marked(value);
  if (typeof value === "function") return (...values: unknown[]) => pseudo(value(...values));
  if (Array.isArray(value)) return value.map(pseudo);
  if (value instanceof RegExp) return value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, pseudo(each)]));
}

/** Reasons for lost packets are compared, with expressions for English ones. */
const COMPARED = new Set(["network", "reasons"]);

export const PSEUDO_LANGUAGE: Language = {
  tag: "ar-XB",
  dir: "rtl",
  locale: "en",
  part: (name, english) => (COMPARED.has(name) ? english : (pseudo(english) as typeof english)), // of the same shape
};
