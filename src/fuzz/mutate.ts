// Small changes of a text, as someone who types, pastes or attacks makes them.
import fc from "fast-check";
import { WORDS } from "./words.ts";

type Change = (text: string) => string;

const word = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...WORDS) }, { weight: 1, arbitrary: fc.string() });
const place = fc.nat({ max: 10_000 });

/** One change: words put in, characters taken out, a line left out, doubled, moved in or out, a value or a key exchanged. */
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(place, word).map(([at, text]) => splice(at, 0, text)),
  fc.tuple(place, fc.nat({ max: 5 })).map(([at, count]) => splice(at, count, "")),
  place.map((at) => byLine(at, () => [])),
  place.map((at) => byLine(at, (line) => [line, line])),
  place.map((at) => byLine(at, (line) => [`  ${line}`])),
  place.map((at) => byLine(at, (line) => [line.replace(/^ {2}/, "")])),
  fc.tuple(place, word).map(([at, text]) => byLine(at, (line) => [line.replace(/: .*$/, () => `: ${text}`)])),
  fc.tuple(place, word).map(([at, text]) => byLine(at, (line) => [line.replace(/\S+:/, () => `${text}:`)])),
);

function splice(at: number, count: number, text: string): Change {
  return (whole) => {
    const from = at % (whole.length + 1);
    return whole.slice(0, from) + text + whole.slice(from + count);
  };
}

function byLine(at: number, change: (line: string) => readonly string[]): Change {
  return (whole) => {
    const lines = whole.split("\n");
    const chosen = at % lines.length;
    return lines.flatMap((line, index) => (index === chosen ? change(line) : [line])).join("\n");
  };
}

/** One of the texts, with a few changes. */
export function mutated(texts: readonly string[], most = 3): fc.Arbitrary<{ whole: string; broken: string }> {
  return fc
    .tuple(fc.constantFrom(...texts), fc.array(change, { minLength: 1, maxLength: most }))
    .map(([whole, changes]) => ({ whole, broken: changes.reduce((text, each) => each(text), whole) }));
}

/** Values that a field of the right place and the wrong content may hold; many pass a schema. */
const VALUES: readonly unknown[] = [
  {},
  [],
  [{}],
  [null],
  null,
  "",
  "x",
  "0",
  "-1",
  "1e9Ki",
  -1,
  0,
  65_536,
  2 ** 31,
  true,
  { x: "y" },
];

/** The same objects with a few values inside replaced or taken out, as JSON that `kubectl apply` reads. */
export function restructured(objects: readonly unknown[]): fc.Arbitrary<{ whole: string; broken: string }> {
  const step = fc.tuple(
    fc.array(fc.nat(50), { minLength: 1, maxLength: 9 }),
    fc.option(fc.constantFrom(...VALUES), { nil: undefined }),
  );
  return fc
    .tuple(fc.constantFrom(...objects), fc.array(step, { minLength: 1, maxLength: 3 }))
    .map(([object, steps]) => ({
      whole: JSON.stringify(object),
      broken: JSON.stringify(steps.reduce<unknown>((whole, [at, value]) => replaceAt(whole, at, value), object)),
    }));
}

/** The value with another one at a place: each number of `at` chooses a field or an item; undefined takes it out. */
export function replaceAt(whole: unknown, at: readonly number[], value: unknown): unknown {
  const [first, ...rest] = at;
  if (first === undefined || typeof whole !== "object" || whole === null) return value;
  const entries = Object.entries(whole);
  const chosen = first % Math.max(1, entries.length);
  const changed = entries.flatMap(([key, each], index): [string, unknown][] => {
    if (index !== chosen) return [[key, each]];
    const next = replaceAt(each, rest, value);
    return next === undefined ? [] : [[key, next]];
  });
  return Array.isArray(whole) ? changed.map(([, each]) => each) : Object.fromEntries(changed);
}
