// Regular expressions of POSIX tools, on a matcher that takes linear time whatever is typed.
import { RE2JS } from "re2js";
import { type RegexOptions, translate } from "./regex-syntax.ts";

/** A match: where it is, and what its groups hold, the whole match first. */
export interface Match {
  readonly index: number;
  readonly end: number;
  readonly groups: ReadonlyArray<string | undefined>;
}

/** A compiled expression. */
export interface Regex {
  /** How many groups it has. */
  readonly groups: number;
  test(text: string): boolean;
  /** The first match at or behind a place: the longest there. */
  exec(text: string, from: number): Match | undefined;
}

/** Signs that an expression may have. */
const LONGEST_SOURCE = 20_000;

/** Compiles an expression; a message in GNU's words when it cannot be read. */
export function compileRegex(source: string, options: RegexOptions): Regex | string {
  if (source.length > LONGEST_SOURCE) return "Regular expression too big";
  const translated = translate(source, options.syntax);
  if ("fault" in translated) return translated.fault;
  const { ignoreCase = false, multiline = false, whole } = options;
  let text = translated.text;
  if (whole === "line") text = `^(?:${text})$`;
  let flags = RE2JS.DOTALL | RE2JS.LOOKBEHINDS;
  if (options.syntax !== "perl") flags |= RE2JS.LONGEST_MATCH;
  if (ignoreCase) flags |= RE2JS.CASE_INSENSITIVE;
  if (multiline) flags |= RE2JS.MULTILINE;
  try {
    return new Compiled(RE2JS.compile(text, flags), whole === "word");
  } catch (error) {
    if (error instanceof Error && error.name.startsWith("RE2JS")) return faultOf(error.message);
    throw error;
  }
}

function faultOf(message: string): string {
  if (/invalid repeat count|expression too large/.test(message)) return "Regular expression too big";
  if (/missing closing \)/.test(message)) return "Unmatched ( or \\(";
  if (/unexpected \)/.test(message)) return "Unmatched ) or \\)";
  if (/missing closing \]/.test(message)) return "Unmatched [, [^, [:, [., or [=";
  if (/invalid character class range/.test(message)) return "Invalid range end";
  if (/nesting/.test(message)) return "Regular expression too big";
  return "Invalid regular expression";
}

const WORD = /\w/;

class Compiled implements Regex {
  readonly #regex: RE2JS;
  readonly #word: boolean;
  readonly groups: number;

  constructor(regex: RE2JS, word: boolean) {
    this.#regex = regex;
    this.#word = word;
    this.groups = regex.groupCount();
  }

  test(text: string): boolean {
    return this.#word ? this.exec(text, 0) !== undefined : this.#regex.test(text);
  }

  exec(text: string, from: number): Match | undefined {
    const matcher = this.#regex.matcher(text);
    for (let at = from; at <= text.length; ) {
      if (!matcher.find(at)) return undefined;
      const [index, end] = [matcher.start(), matcher.end()];
      if (!this.#word || isWord(text, index, end)) {
        const groups = Array.from({ length: this.groups + 1 }, (_, group) => matcher.group(group) ?? undefined);
        return { index, end, groups };
      }
      at = index + 1;
    }
    return undefined;
  }
}

/** Whether no word character is at either side. */
function isWord(text: string, index: number, end: number): boolean {
  return !(index > 0 && WORD.test(text[index - 1] ?? "")) && !(end < text.length && WORD.test(text[end] ?? ""));
}

/** All matches in a text, from left to right; after an empty one the search continues one character later. */
export function* allMatches(regex: Regex, text: string): Generator<Match> {
  let at = 0;
  let last = -1;
  while (at <= text.length) {
    const found = regex.exec(text, at);
    if (found === undefined) return;
    const isEmpty = found.end === found.index;
    // An empty match right behind another one is none.
    if (!(isEmpty && found.index === last)) yield found;
    last = found.end;
    at = isEmpty ? found.end + 1 : found.end;
  }
}
