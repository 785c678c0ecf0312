// URL globbing of `curl`: `[1-10]`, `[a-f]`, `{one,two}` make several URLs of one.

/** URLs that one pattern may stand for at most. */
const MOST = 100_000;

/** The URLs of a pattern, the last part changing fastest; what curl says when it is none. */
export function expandUrl(pattern: string): readonly string[] | { readonly wrong: string } {
  let made: readonly string[] = [""];
  let rest = pattern;
  while (rest !== "") {
    const at = rest.search(/[[{]/);
    const plain = at < 0 ? rest : rest.slice(0, at);
    made = made.map((each) => each + plain);
    if (at < 0) break;
    const end = rest.indexOf(rest[at] === "[" ? "]" : "}", at);
    const parts = end < 0 ? undefined : partsOf(rest.slice(at + 1, end), rest[at] === "[");
    if (parts === undefined)
      return { wrong: `bad range in URL position ${pattern.length - rest.length + at + 2}:\n${pattern}` };
    if (made.length * parts.length > MOST) return { wrong: "range overflow" };
    made = made.flatMap((each) => parts.map((part) => each + part));
    rest = rest.slice(end + 1);
  }
  return made;
}

function partsOf(text: string, isRange: boolean): readonly string[] | undefined {
  if (!isRange) return text.split(",");
  const numbers = /^(\d+)-(\d+)(?::(\d+))?$/.exec(text);
  if (numbers !== null) {
    const [, from = "", to = "", step = "1"] = numbers;
    const width = /^0\d/.test(from) ? from.length : 0;
    return range(Number(from), Number(to), Number(step))?.map((each) => String(each).padStart(width, "0"));
  }
  const letters = /^([a-zA-Z])-([a-zA-Z])(?::(\d+))?$/.exec(text);
  if (letters === null) return undefined;
  const [, from = "", to = "", step = "1"] = letters;
  return range(from.charCodeAt(0), to.charCodeAt(0), Number(step))?.map((each) => String.fromCharCode(each));
}

function range(from: number, to: number, step: number): readonly number[] | undefined {
  if (step < 1 || to < from || (to - from) / step > MOST) return undefined;
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);
}
