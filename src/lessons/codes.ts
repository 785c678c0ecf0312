// Many results from one pasted text, and the table of them as a file for spreadsheets.
import { CODE_LIMIT, CODE_START, type CodedResult, lessonsIn, readCode } from "./code.ts";

/** A code that was found, with the line it begins in, from 1. */
export interface FoundResult {
  readonly line: number;
  readonly result: CodedResult;
}

/** A line with a code that cannot be used, and why. */
export interface BadLine {
  readonly line: number;
  readonly text: string;
  readonly reason: string;
}

/** What a text held. */
export interface Found {
  readonly results: readonly FoundResult[];
  readonly bad: readonly BadLine[];
  /** Lines with something else in them. */
  readonly others: number;
}

/** Longest text that is read, and most codes in it. */
export const PASTED_LIMIT = 200_000;
const MOST_CODES = 2_000;
/** Most bad lines that are listed. */
const MOST_BAD = 100;

/** Finds the codes in a text, whatever is around them. Takes time linear in the text. Spec: [RESULT-3]. */
export function findResults(pasted: string): Found {
  const text = pasted.slice(0, PASTED_LIMIT);
  const starts = Array.from(text.matchAll(CODE_START), ({ index }) => index).slice(0, MOST_CODES + 1);
  const results: FoundResult[] = [];
  const bad: BadLine[] = [];
  const say = (line: number, told: string, reason: string) => {
    if (bad.length < MOST_BAD) bad.push({ line, text: told.slice(0, 80), reason });
  };
  const known = new Map<string, number>();
  const taken = new Set<number>();
  const lineAt = lineCounter(text);
  for (const [at, start] of starts.slice(0, MOST_CODES).entries()) {
    const piece = text.slice(start, Math.min(starts[at + 1] ?? Infinity, start + CODE_LIMIT));
    const line = lineAt(start);
    const read = readCode(piece);
    const lines = "result" in read ? linesOf(piece) : 1;
    for (let each = 0; each < lines; each++) taken.add(line + each);
    if ("problem" in read) {
      say(line, piece.split("\n", 1)[0] ?? "", read.problem);
      continue;
    }
    const key = JSON.stringify(read.result);
    const before = known.get(key);
    if (before !== undefined) say(line, piece.split("\n", 1)[0] ?? "", `is the same code as in line ${before}`);
    else results.push({ line, result: read.result });
    known.set(key, before ?? line);
  }
  let others = 0;
  for (const [at, each] of text.split("\n").entries()) {
    if (taken.has(at + 1) || each.trim() === "") continue;
    if (isLikeCode(each)) say(at + 1, each, "looks like a code, but does not begin with PODPATH1;");
    else others++;
  }
  if (starts.length > MOST_CODES)
    say(lineAt(starts[MOST_CODES] ?? 0), "", `only the first ${MOST_CODES} codes are read`);
  if (pasted.length > PASTED_LIMIT)
    say(lineAt(text.length), "", `the text is longer than ${PASTED_LIMIT} characters; the rest is not read`);
  return { results, bad: bad.sort((a, b) => a.line - b.line), others };
}

/** Lines that the fields of a code go over. */
function linesOf(piece: string): number {
  const fields = piece.split(";", 9);
  const last = /^\s*[A-Za-z0-9]+/.exec(piece.slice(fields.join(";").length + 1))?.[0] ?? "";
  return `${fields.join(";")}${last}`.split("\n").length;
}

const isLikeCode = (line: string) =>
  line.slice(0, CODE_LIMIT).split(";").length > 5 && /\bsteps \d+\//i.test(line.slice(0, CODE_LIMIT));

/** The line of a place, for places that grow. */
function lineCounter(text: string): (at: number) => number {
  let [line, from] = [1, 0];
  return (at) => {
    for (let next = text.indexOf("\n", from); next >= 0 && next < at; next = text.indexOf("\n", from)) {
      line++;
      from = next + 1;
    }
    return line;
  };
}

/** The columns of the table. */
export const COLUMNS = [
  "Name",
  "Lesson",
  "When",
  "Steps done",
  "Steps",
  "Predictions right",
  "Predictions",
  "Hints",
  "Solutions shown",
  "Minutes",
] as const;

/** A result as the cells of its row. */
export function rowOf({
  name,
  what,
  when,
  steps,
  right,
  hints,
  shown,
  minutes,
}: CodedResult): readonly (string | number)[] {
  const titles = lessonsIn(what) ?? [];
  const lesson = /^(?:course|broken) /.test(what) ? what : (titles[0] ?? "No lesson");
  return [name, lesson, when, steps.count, steps.of, right.count, right.of, hints, shown, minutes];
}

/** The rows in the order of a column; equal ones stay as they were. */
export function sorted(rows: readonly (readonly (string | number)[])[], column: number, down: boolean) {
  const sign = down ? -1 : 1;
  return rows.toSorted((a, b) => sign * compared(a[column] ?? "", b[column] ?? ""));
}

function compared(a: string | number, b: string | number): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  const [left, right] = [String(a).toLowerCase(), String(b).toLowerCase()];
  return left === right ? 0 : left < right ? -1 : 1;
}

/** What a spreadsheet takes for the beginning of a formula. */
const FORMULA = /^[\s']*[=+\-@\t\r＝＋－＠]/;

/** A table as CSV: every cell quoted, and none that a spreadsheet would take for a formula. Spec: [RESULT-4]. */
export function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  const cell = (value: string | number) => {
    const text = typeof value === "string" && FORMULA.test(value) ? `'${value}` : String(value);
    return `"${text.replaceAll('"', '""')}"`;
  };
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}
