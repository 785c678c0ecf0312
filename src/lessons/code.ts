// A result as one line that a person can read, copy and type: who, what, when and how, with a checksum. It proves nothing.
import { LESSONS } from "./catalogue.ts";
import { isMade, madeName } from "./made-names.ts";

/** A part of something: of steps, or of predictions. */
export interface Share {
  readonly of: number;
  readonly count: number;
}

/** How someone came through a lesson, or through all of them. */
export interface CodedResult {
  /** As typed; "" when nobody said. */
  readonly name: string;
  /** The name of a lesson, or the numbers of those that are done, as `course 1-5,7 broken 1`. */
  readonly what: string;
  /** Local time in minutes, as 2026-11-30 10:52. */
  readonly when: string;
  /** Steps of the lesson that are done; of all lessons, lessons. */
  readonly steps: Share;
  /** Predictions that turned out right, of those that were made. */
  readonly right: Share;
  /** Hints that were asked for. */
  readonly hints: number;
  /** Solutions that were shown. */
  readonly shown: number;
  readonly minutes: number;
}

/** A code that was read, or why it cannot be. */
export type ReadResult = { readonly result: CodedResult } | { readonly problem: string };

/** The word every code begins with, and its version. */
const MARK = "PODPATH";
const VERSION = 1;
/** Longest name in characters, and longest list of lessons. */
export const NAME_LIMIT = 60;
const WHAT_LIMIT = 120;
const MOST = 99_999;

/** Codes may come from days that are still to come here. */
const LAST_DAY = "9999-12-31";

/** Without letters that look like digits. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHECK_LENGTH = 6;

/** A name as a code holds it: what separates fields, and what cannot be seen, is left out. */
export function cleanName(name: string): string {
  const clean = tidied(name.slice(0, 10 * NAME_LIMIT))
    .replaceAll(/[;<\p{C}\s]+/gu, " ")
    .trim();
  return [...clean].slice(0, NAME_LIMIT).join("").trim();
}

/** The code of a result: `PODPATH1; Ada; four-ports; 2026-11-30 10:52; steps 3/3; right 1/2; hints 2; shown 0; 7 min; K7QM3X`. Spec: [RESULT-1]. */
export function codeOf(result: CodedResult): string {
  const fields = fieldsOf(result);
  return [...fields, checkOf(fields)].join("; ");
}

function fieldsOf({ name, what, when, steps, right, hints, shown, minutes }: CodedResult): readonly string[] {
  return [
    `${MARK}${VERSION}`,
    cleanName(name) || "-",
    what,
    when,
    `steps ${steps.count}/${steps.of}`,
    `right ${right.count}/${right.of}`,
    `hints ${number(hints)}`,
    `shown ${number(shown)}`,
    `${number(minutes)} min`,
  ];
}

function number(value: number): number {
  return Math.min(Math.max(Math.round(value), 0), MOST);
}

/** Where codes may begin in a text, with the version that each names. */
export const CODE_START = /podpath(\d{1,4})[ \t\u00A0]*;/gi;
/** No code is longer. */
export const CODE_LIMIT = 600;

/** Reads a code at the beginning of a text; what follows it is left alone. Spec: [RESULT-2]. */
export function readCode(text: string): ReadResult {
  const [first = "", ...rest] = text
    .slice(0, CODE_LIMIT)
    .split(";", FIELDS + 1)
    .map(tidied);
  const version = Number(/^podpath(\d{1,4})$/i.exec(first)?.[1]);
  if (!Number.isInteger(version)) return { problem: `does not begin with ${MARK}${VERSION};` };
  if (version !== VERSION)
    return { problem: `is a code of version ${version}, and this page reads version ${VERSION}` };
  if (rest.length < FIELDS) return { problem: `is cut off: ${rest.length} of ${FIELDS} fields are there` };
  const result = resultOf(rest);
  if ("problem" in result) return result;
  const given = checkIn(rest[FIELDS - 1] ?? "");
  const expected = checkOf(fieldsOf(result.result));
  return given === expected ? result : { problem: "has a wrong character somewhere: the checksum does not match" };
}

/** Fields behind the mark, the checksum among them. */
const FIELDS = 9;

/** Line breaks of mail programs, their quotes, and the dashes and spaces that word processors put in are undone. */
function tidied(field: string): string {
  return field
    .normalize("NFC")
    .replaceAll(/[‐-―−]/g, "-")
    .replaceAll(/[‘’]/g, "'")
    .replaceAll(/[“”]/g, '"')
    .replaceAll(/[\s>]+/g, " ")
    .replaceAll(/[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g, "")
    .trim();
}

function resultOf(fields: readonly string[]): ReadResult {
  const [name = "", what = "", when = "", ...counted] = fields;
  const wrong = (field: string, expected: string): ReadResult => ({
    problem: `says “${field.slice(0, 40)}” where it should have ${expected}`,
  });
  if (name !== (cleanName(name) || "-")) return wrong(name, `a name of at most ${NAME_LIMIT} characters`);
  if (lessonsIn(what) === undefined) return wrong(what, "the name of a lesson, or numbers such as course 1-5");
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(when) || Number.isNaN(Date.parse(when.replace(" ", "T"))))
    return wrong(when, "a date and a time, such as 2026-11-30 10:52");
  const [steps = "", right = "", hints = "", shown = "", minutes = ""] = counted;
  const shares = [shareIn("steps", steps), shareIn("right", right)] as const;
  const counts = [countIn(/^hints (\d{1,5})$/i, hints), countIn(/^shown (\d{1,5})$/i, shown)] as const;
  const time = countIn(/^(\d{1,5}) min$/i, minutes);
  if (shares[0] === undefined) return wrong(steps, "steps 3/3");
  if (shares[1] === undefined) return wrong(right, "right 1/2");
  if (counts[0] === undefined) return wrong(hints, "hints 2");
  if (counts[1] === undefined) return wrong(shown, "shown 0");
  if (time === undefined) return wrong(minutes, "7 min");
  const shared = { steps: shares[0], right: shares[1], hints: counts[0], shown: counts[1], minutes: time };
  return { result: { name: name === "-" ? "" : name, what: what.toLowerCase(), when, ...shared } };
}

function shareIn(word: string, field: string): Share | undefined {
  const found = new RegExp(`^${word} (\\d{1,4}) ?/ ?(\\d{1,4})$`, "i").exec(field);
  const [count, of] = [Number(found?.[1]), Number(found?.[2])];
  return count <= of ? { count, of } : undefined;
}

function countIn(pattern: RegExp, field: string): number | undefined {
  const found = pattern.exec(field)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** The first word of the last field; letters that are taken for digits count as these. */
function checkIn(field: string): string {
  const word = /^[A-Za-z0-9]*/.exec(field)?.[0] ?? "";
  return word.toUpperCase().replaceAll("O", "0").replaceAll(/[IL]/g, "1");
}

function checkOf(fields: readonly string[]): string {
  const bits = crc32(new TextEncoder().encode(fields.join(";").toUpperCase()));
  return Array.from({ length: CHECK_LENGTH }, (_, at) => ALPHABET[(bits >>> (5 * at)) & 31]).join("");
}

/** The checksum that zip files use, too. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** The titles of the lessons that a code is about; undefined when there are none of that name. */
export function lessonsIn(what: string): readonly string[] | undefined {
  if (what.length > WHAT_LIMIT) return undefined;
  const alone = LESSONS.find(({ id }) => id === what.toLowerCase());
  if (alone !== undefined) return [alone.title];
  const made = isMade(what.toLowerCase()) ? madeName(what.toLowerCase(), LAST_DAY) : undefined;
  if (made !== undefined) return typeof made === "string" ? undefined : [made.title];
  if (!/^(?:none|(?:course [\d,-]+)?(?: ?broken [\d,-]+)?)$/i.test(what) || what === "") return undefined;
  const parts = Array.from(what.matchAll(/(course|broken) ([\d,-]+)/gi));
  const titles = parts.map(([, course = "", numbers = ""]) => titlesOf(course.toLowerCase(), numbers));
  return titles.some((each) => each === undefined) ? undefined : titles.flatMap((each) => each ?? []);
}

function titlesOf(course: string, numbers: string): readonly string[] | undefined {
  const all = LESSONS.filter((each) => each.course === course);
  const titles = numbers.split(",").map((range) => {
    const [, from = "", to = from] = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(range) ?? [];
    const found = all.slice(Number(from) - 1, Number(to));
    return from === "" || Number(from) < 1 || Number(to) > all.length || found.length === 0 ? undefined : found;
  });
  return titles.some((each) => each === undefined)
    ? undefined
    : titles.flatMap((each) => each?.map(({ title }) => title) ?? []);
}

/** What is done of all lessons, in numbers as the list of lessons shows them: `course 1-5,7 broken 1`. */
export function doneInNumbers(done: ReadonlySet<string>): string {
  const parts = (["course", "broken"] as const).flatMap((course) => {
    const numbers = LESSONS.filter((each) => each.course === course).flatMap(({ id }, at) =>
      done.has(id) ? [at + 1] : [],
    );
    return numbers.length === 0 ? [] : [`${course} ${ranges(numbers)}`];
  });
  return parts.length === 0 ? "none" : parts.join(" ");
}

function ranges(numbers: readonly number[]): string {
  const found: [number, number][] = [];
  for (const each of numbers) {
    const last = found.at(-1);
    if (last !== undefined && last[1] === each - 1) last[1] = each;
    else found.push([each, each]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(",");
}
