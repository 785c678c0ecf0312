// jq's functions on texts, regular expressions among them.
import { allMatches, compileRegex, type Regex } from "../regex.ts";
import { compare, JqError, kindOf, shown, type Value } from "./values.ts";

type JqFunction = (input: Value, args: readonly Value[]) => Value;

function text(value: Value, name: string): string {
  if (typeof value === "string") return value;
  throw new JqError(`${kindOf(value)} (${shown(value)}) ${name}, as it is not a string`);
}

/** An expression, its flags, and the names of its groups. */
function compiled(expression: Value, flags: Value): { regex: Regex; all: boolean; names: readonly (string | null)[] } {
  const [source, more] = Array.isArray(expression)
    ? [expression[0] ?? null, expression[1] ?? null]
    : [expression, flags];
  const given = text(source, "cannot be matched");
  const letters = more === null ? "" : text(more, "is not a string of flags");
  const wrong = [...letters].find((letter) => !"gimnpslx".includes(letter));
  if (wrong !== undefined) throw new JqError(`${letters} is not a valid modifier string`);
  const plain = letters.includes("x") ? given.replace(/\s/g, "") : given;
  const regex = compileRegex(plain.replace(/\(\?</g, "(?P<"), { syntax: "perl", ignoreCase: letters.includes("i") });
  if (typeof regex === "string") throw new JqError(`${given} (at offset 0) is not a valid regex: ${regex}`);
  return { regex, all: letters.includes("g"), names: namesOf(plain) };
}

function namesOf(source: string): (string | null)[] {
  const names: (string | null)[] = [];
  for (const found of source.matchAll(/\\[\s\S]|\[\^?\]?[^\]]*\]|\((?:\?(?:P?<([A-Za-z_]\w*)>|[:=!]))?/g)) {
    if (!found[0].startsWith("(")) continue;
    if (found[1] !== undefined) names.push(found[1]);
    else if (found[0] === "(") names.push(null);
  }
  return names;
}

function matchesOf(input: Value, expression: Value, flags: Value): Value[] {
  const { regex, all, names } = compiled(expression, flags);
  const given = text(input, "cannot be matched");
  const results: Value[] = [];
  const isPlain = !/[\ud800-\udfff]/.test(given); // then a character is one unit, and nothing needs to be counted
  const offset = (index: number) => (isPlain ? index : Array.from(given.slice(0, index)).length);
  for (const { index, end, groups } of allMatches(regex, given)) {
    const captures = groups.slice(1).map((group, at): Value => {
      const inside = group === undefined ? -1 : offset(index + Math.max(0, given.slice(index, end).indexOf(group)));
      return new Map<string, Value>([
        ["offset", inside],
        ["length", group === undefined ? 0 : Array.from(group).length],
        ["string", group ?? null],
        ["name", names[at] ?? null],
      ]);
    });
    results.push(
      new Map<string, Value>([
        ["offset", offset(index)],
        ["length", Array.from(given.slice(index, end)).length],
        ["string", given.slice(index, end)],
        ["captures", captures],
      ]),
    );
    if (!all) break;
  }
  return results;
}

function split(input: Value, by: Value): Value {
  if (typeof input !== "string" || typeof by !== "string")
    throw new JqError("split input and separator must be strings");
  return input === "" ? [] : by === "" ? Array.from(input) : input.split(by);
}

function splitBy(input: Value, expression: Value, flags: Value): Value {
  const { regex } = compiled(expression, flags);
  const given = text(input, "cannot be matched");
  const parts: Value[] = [];
  let from = 0;
  for (const { index, end } of allMatches(regex, given)) {
    parts.push(given.slice(from, index));
    from = end;
  }
  return [...parts, given.slice(from)];
}

function indices(input: Value, wanted: Value): Value {
  if (input === null) return null;
  if (typeof input === "string" && typeof wanted === "string") {
    if (wanted === "") return null;
    const found: number[] = [];
    for (let at = input.indexOf(wanted); at >= 0; at = input.indexOf(wanted, at + 1))
      found.push(Array.from(input.slice(0, at)).length);
    return found;
  }
  if (!Array.isArray(input)) throw new JqError(`Cannot determine indices of ${kindOf(wanted)} in ${kindOf(input)}`);
  const list = Array.isArray(wanted) ? wanted : [wanted];
  if (list.length === 0) return null;
  return input.flatMap((_, at) =>
    list.every((each, offset) => at + offset < input.length && compare(input[at + offset] ?? null, each) === 0)
      ? [at]
      : [],
  );
}

function trimmed(input: Value, end: "both" | "left" | "right"): Value {
  if (typeof input !== "string") throw new JqError(`${kindOf(input)} (${shown(input)}) cannot be trimmed`);
  return end === "both" ? input.trim() : end === "left" ? input.trimStart() : input.trimEnd();
}

function imploded(input: Value): Value {
  if (!Array.isArray(input)) throw new JqError("implode input must be an array");
  return input
    .map((code) =>
      String.fromCodePoint(typeof code === "number" && code >= 0 && code <= 0x10ffff ? Math.trunc(code) : 0xfffd),
    )
    .join("");
}

/** Functions by name and number of arguments. */
export const TEXT_FUNCTIONS: readonly (readonly [string, JqFunction])[] = [
  ["_matches/2", (input, [expression = null, flags = null]) => matchesOf(input, expression, flags)],
  [
    "test/2",
    (input, [expression = null, flags = null]) =>
      compiled(expression, flags).regex.test(text(input, "cannot be matched")),
  ],
  ["split/1", (input, [by = null]) => split(input, by)],
  ["split/2", (input, [expression = null, flags = null]) => splitBy(input, expression, flags)],
  ["indices/1", (input, [wanted = null]) => indices(input, wanted)],
  ["startswith/1", (input, [start = null]) => pair(input, start, "startswith", (one, two) => one.startsWith(two))],
  ["endswith/1", (input, [end = null]) => pair(input, end, "endswith", (one, two) => one.endsWith(two))],
  [
    "ltrimstr/1",
    (input, [start = null]) =>
      typeof input === "string" && typeof start === "string" && input.startsWith(start)
        ? input.slice(start.length)
        : input,
  ],
  [
    "rtrimstr/1",
    (input, [end = null]) =>
      typeof input === "string" && typeof end === "string" && end !== "" && input.endsWith(end)
        ? input.slice(0, -end.length)
        : input,
  ],
  ["trim/0", (input) => trimmed(input, "both")],
  ["ltrim/0", (input) => trimmed(input, "left")],
  ["rtrim/0", (input) => trimmed(input, "right")],
  ["ascii_downcase/0", (input) => text(input, "cannot be lowercased").replace(/[A-Z]/g, (sign) => sign.toLowerCase())],
  ["ascii_upcase/0", (input) => text(input, "cannot be uppercased").replace(/[a-z]/g, (sign) => sign.toUpperCase())],
  ["explode/0", (input) => Array.from(text(input, "cannot be exploded"), (sign) => sign.codePointAt(0) ?? 0)],
  ["implode/0", imploded],
];

function pair(input: Value, other: Value, name: string, holds: (one: string, two: string) => boolean): boolean {
  if (typeof input !== "string" || typeof other !== "string") throw new JqError(`${name}() requires string inputs`);
  return holds(input, other);
}
