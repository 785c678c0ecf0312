// Brace expansion: `{a,b}` and `{1..3}` make several words of one, before anything else is done to it.
import type { Piece, Word } from "./ast.ts";
import { SyntaxFault } from "./ast.ts";

/** Words that one word may become. */
const MOST_WORDS = 10_000;

/** A character that may be a brace, a comma or a dot, or a piece that is none. */
type Unit = string | Piece;

/** The words that braces in a word make of it; itself when there are none. */
export function expandBraces(word: Word): readonly Word[] {
  if (!word.some((piece) => piece.kind === "text" && !piece.quoted && piece.text.includes("{"))) return [word];
  const units = word.flatMap((piece): Unit[] =>
    piece.kind === "text" && !piece.quoted ? Array.from(piece.text) : [piece],
  );
  return expand(units, 0).map(join);
}

function join(units: readonly Unit[]): Word {
  const pieces: Piece[] = [];
  let plain = "";
  for (const unit of units) {
    if (typeof unit === "string") plain += unit;
    else {
      if (plain !== "") pieces.push({ kind: "text", text: plain, quoted: false });
      plain = "";
      pieces.push(unit);
    }
  }
  return plain === "" ? pieces : [...pieces, { kind: "text", text: plain, quoted: false }];
}

function expand(units: readonly Unit[], depth: number): Unit[][] {
  if (depth > 50) throw new SyntaxFault("brace expansion: nested too deeply");
  for (let open = units.indexOf("{"); open >= 0; open = units.indexOf("{", open + 1)) {
    const found = alternatives(units, open);
    if (found === undefined) continue;
    const before = units.slice(0, open);
    const heads = found.parts.flatMap((part) => expand(part, depth + 1));
    const tails = expand(units.slice(found.end + 1), depth + 1);
    if (heads.length * tails.length > MOST_WORDS)
      throw new SyntaxFault(`brace expansion: more than ${MOST_WORDS} words are not made here`);
    return heads.flatMap((head) => tails.map((tail) => [...before, ...head, ...tail]));
  }
  return [[...units]];
}

/** What is between a brace and its partner, taken apart; undefined when it is no expansion. */
function alternatives(units: readonly Unit[], open: number): { parts: Unit[][]; end: number } | undefined {
  const parts: Unit[][] = [[]];
  let depth = 0;
  for (let at = open + 1; at < units.length; at++) {
    const unit = units[at] ?? "";
    if (unit === "}" && depth === 0) {
      if (parts.length > 1) return { parts, end: at };
      const range = rangeOf(parts[0] ?? []);
      return range === undefined ? undefined : { parts: range, end: at };
    }
    if (unit === "," && depth === 0) parts.push([]);
    else {
      if (unit === "{") depth++;
      if (unit === "}") depth--;
      parts.at(-1)?.push(unit);
    }
  }
  return undefined;
}

/** `1..9`, `1..9..2`, `a..e`. */
function rangeOf(units: readonly Unit[]): Unit[][] | undefined {
  if (units.some((unit) => typeof unit !== "string")) return undefined;
  const text = units.join("");
  const match = /^(?:(-?\d{1,15})\.\.(-?\d{1,15})|([A-Za-z])\.\.([A-Za-z]))(?:\.\.(-?\d{1,15}))?$/.exec(text);
  if (match === null) return undefined;
  const letters = match[3] !== undefined;
  const from = letters ? (match[3] ?? "").charCodeAt(0) : Number(match[1]);
  const to = letters ? (match[4] ?? "").charCodeAt(0) : Number(match[2]);
  const step = Math.abs(Number(match[5] ?? 1)) || 1;
  const count = Math.floor(Math.abs(to - from) / step) + 1;
  if (count > MOST_WORDS) throw new SyntaxFault(`brace expansion: more than ${MOST_WORDS} words are not made here`);
  const padded = [match[1], match[2]].some((each) => /^-?0\d/.test(each ?? ""));
  const width = padded ? Math.max(match[1]?.length ?? 0, match[2]?.length ?? 0) : 0;
  return Array.from({ length: count }, (_, at) => {
    const value = from + (to >= from ? at : -at) * step;
    const shown = letters ? String.fromCharCode(value) : pad(value, width);
    return Array.from(shown);
  });
}

function pad(value: number, width: number): string {
  return value < 0 ? `-${String(-value).padStart(width - 1, "0")}` : String(value).padStart(width, "0");
}
