// Patterns of file names, `case` and `${x#…}`: `*`, `?`, `[…]`. Matching takes time in proportion to text times pattern.

/** One character of a pattern. */
type Element =
  | { readonly kind: "sign"; readonly sign: string }
  | { readonly kind: "any" }
  | { readonly kind: "star" }
  | { readonly kind: "set"; has(sign: string): boolean };

/** A character of a pattern's text, and whether it was quoted and stands for itself. */
export interface PatternSign {
  readonly sign: string;
  readonly quoted: boolean;
}

export type Pattern = readonly Element[];

const CLASSES: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
    alnum: /[0-9A-Za-z]/,
    alpha: /[A-Za-z]/,
    ascii: /[\0-\x7f]/,
    blank: /[ \t]/,
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the control characters
    cntrl: /[\0-\x1f\x7f]/,
    digit: /[0-9]/,
    graph: /[!-~]/,
    lower: /[a-z]/,
    print: /[ -~]/,
    punct: /[!-/:-@[-`{-~]/,
    space: /[ \t\n\v\f\r]/,
    upper: /[A-Z]/,
    word: /\w/,
    xdigit: /[0-9A-Fa-f]/,
  }),
);

/** Whether a character is of a class, as `alpha`; undefined when there is no such class. */
export function inClass(name: string, sign: string): boolean | undefined {
  return CLASSES.get(name)?.test(sign);
}

/** A pattern of unquoted text; backslashes quote. */
export function patternOf(text: string): Pattern {
  const signs: PatternSign[] = [];
  const all = Array.from(text);
  for (let at = 0; at < all.length; at++) {
    const quoted = all[at] === "\\" && at + 1 < all.length;
    if (quoted) at++;
    signs.push({ sign: all[at] ?? "", quoted });
  }
  return compilePattern(signs);
}

/** Reads a pattern. */
export function compilePattern(signs: readonly PatternSign[]): Pattern {
  const elements: Element[] = [];
  // Without an end a bracket is a character like any other: thousands of them need not look for one each.
  const lastEnd = signs.findLastIndex(({ sign, quoted }) => sign === "]" && !quoted);
  for (let at = 0; at < signs.length; at++) {
    const { sign = "", quoted = true } = signs[at] ?? {};
    if (quoted) elements.push({ kind: "sign", sign });
    else if (sign === "*") {
      if (elements.at(-1)?.kind !== "star") elements.push({ kind: "star" });
    } else if (sign === "?") elements.push({ kind: "any" });
    else if (sign === "[") {
      const set = at < lastEnd ? setAt(signs, at) : undefined;
      if (set === undefined) elements.push({ kind: "sign", sign });
      else {
        elements.push(set.element);
        at = set.end;
      }
    } else elements.push({ kind: "sign", sign });
  }
  return elements;
}

/** `[…]` at a place, and where it ends. */
function setAt(signs: readonly PatternSign[], open: number): { element: Element; end: number } | undefined {
  let at = open + 1;
  const first = signs[at];
  const negated = first !== undefined && !first.quoted && (first.sign === "!" || first.sign === "^");
  if (negated) at++;
  const tests: Array<(sign: string) => boolean> = [];
  for (let begun = false; ; begun = true) {
    const each = signs[at];
    if (each === undefined) return undefined;
    if (each.sign === "]" && !each.quoted && begun) break;
    const named = each.sign === "[" && !each.quoted ? classAt(signs, at) : undefined;
    if (named !== undefined) {
      tests.push((sign) => inClass(named.name, sign) ?? false);
      at = named.end + 1;
      continue;
    }
    const upper = signs[at + 2];
    const isRange =
      signs[at + 1]?.sign === "-" &&
      signs[at + 1]?.quoted === false &&
      upper !== undefined &&
      (upper.sign !== "]" || upper.quoted);
    const [from, to] = [each.sign, isRange ? upper.sign : each.sign];
    tests.push((sign) => sign >= from && sign <= to);
    at += isRange ? 3 : 1;
  }
  return { element: { kind: "set", has: (sign) => tests.some((test) => test(sign)) !== negated }, end: at };
}

/** `[:name:]` at a place. */
function classAt(signs: readonly PatternSign[], at: number): { name: string; end: number } | undefined {
  if (signs[at + 1]?.sign !== ":") return undefined;
  let name = "";
  for (let end = at + 2; end < signs.length && name.length < 12; end++) {
    const { sign = "" } = signs[end] ?? {};
    if (sign === ":" && signs[end + 1]?.sign === "]") return { name, end: end + 1 };
    name += sign;
  }
  return undefined;
}

/** Whether the pattern means the whole text. */
export function matches(pattern: Pattern, text: string): boolean {
  const signs = Array.from(text);
  let [at, place] = [0, 0];
  let back: { at: number; place: number } | undefined;
  while (at < signs.length) {
    const element = pattern[place];
    if (element?.kind === "star") {
      back = { at, place };
      place++;
    } else if (element !== undefined && fits(element, signs[at] ?? "")) {
      at++;
      place++;
    } else if (back !== undefined) {
      // Only the last star has to be tried again.
      back.at++;
      at = back.at;
      place = back.place + 1;
    } else return false;
  }
  while (pattern[place]?.kind === "star") place++;
  return place === pattern.length;
}

function fits(element: Element, sign: string): boolean {
  if (element.kind === "sign") return element.sign === sign;
  return element.kind === "any" || (element.kind === "set" && element.has(sign));
}

/** Steps that one search through a text may take. */
const MOST_STEPS = 5_000_000;

/** How a text is searched for a pattern; counts its steps. */
export class Search {
  readonly #pattern: Pattern;
  readonly #signs: readonly string[];
  #steps = 0;

  constructor(pattern: Pattern, signs: readonly string[]) {
    this.#pattern = pattern;
    this.#signs = signs;
  }

  /** Whether the work became too much; what was found until then is not all. */
  get exhausted(): boolean {
    return this.#steps > MOST_STEPS;
  }

  /** Where a match that begins at a place ends: the longest, or the shortest; undefined when there is none. */
  endFrom(start: number, longest: boolean): number | undefined {
    const pattern = this.#pattern;
    let places = this.#closed([0]);
    let found: number | undefined;
    for (let at = start; places.length > 0; at++) {
      if (places.at(-1) === pattern.length) {
        found = at;
        if (!longest) return found;
      }
      const sign = this.#signs[at];
      this.#steps += places.length;
      if (sign === undefined || this.exhausted) return found;
      const next: number[] = [];
      for (const place of places) {
        const element = pattern[place];
        if (element?.kind === "star") next.push(place);
        else if (element !== undefined && fits(element, sign)) next.push(place + 1);
      }
      places = this.#closed(next);
    }
    return found;
  }

  /** Places that can be reached without a character, sorted. */
  #closed(places: readonly number[]): number[] {
    const result: number[] = [];
    for (const place of places) {
      for (let at = place; ; at++) {
        if ((result.at(-1) ?? -1) >= at) break;
        result.push(at);
        if (this.#pattern[at]?.kind !== "star") break;
      }
    }
    return result;
  }
}

/** Removes what matches at the beginning. */
export function withoutPrefix(text: string, pattern: Pattern, longest: boolean): string {
  const signs = Array.from(text);
  const end = new Search(pattern, signs).endFrom(0, longest);
  return end === undefined ? text : signs.slice(end).join("");
}

/** Removes what matches at the end. */
export function withoutSuffix(text: string, pattern: Pattern, longest: boolean): string {
  const signs = Array.from(text).reverse();
  const end = new Search([...pattern].reverse(), signs).endFrom(0, longest);
  return end === undefined ? text : signs.slice(end).reverse().join("");
}

/** Where a replacement looks: the first match, all of them, only at the beginning, only at the end. */
export type Where = "first" | "all" | "prefix" | "suffix";

/** Replaces matches, the longest at each place; undefined when that is too much work. */
export function replaced(text: string, pattern: Pattern, by: string, where: Where): string | undefined {
  const signs = Array.from(text);
  if (where === "suffix") {
    const reversed = [...signs].reverse();
    const length = new Search([...pattern].reverse(), reversed).endFrom(0, true);
    return length === undefined ? text : signs.slice(0, signs.length - length).join("") + by;
  }
  const search = new Search(pattern, signs);
  const result: string[] = [];
  let at = 0;
  while (at < signs.length) {
    const end = search.endFrom(at, true);
    if (search.exhausted) return undefined;
    if (end !== undefined && end > at) {
      result.push(by);
      at = end;
      if (where !== "all") break;
    } else if (where === "prefix" || pattern[0]?.kind === "star")
      break; // a star that finds no end here finds none further on
    else result.push(signs[at++] ?? "");
  }
  return result.join("") + signs.slice(at).join("");
}
