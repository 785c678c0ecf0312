// Programs that compare and encode texts: diff, cmp, comm, base64, md5sum, sha256sum, expr.
import type { Program, ProgramIO } from "../machine.ts";
import type { Task } from "../task.ts";
import { md5, sha1, sha256 } from "./digests.ts";
import { badOptions, fileFault, linesOf, readOptions, textOf, textsOf } from "./options.ts";
import { bytesOf, textOfBytes } from "./utf8.ts";

/** A run of lines that are equal, only in the old text, or only in the new one. */
interface Change {
  readonly oldFrom: number;
  readonly oldTo: number;
  readonly newFrom: number;
  readonly newTo: number;
}

/** Lines that are compared at most: the work grows with their product. */
const MOST_LINES = 4_000;

/** Where two texts differ, by their longest common lines. */
function changesOf(a: readonly string[], b: readonly string[]): Change[] {
  let [start, endA, endB] = [0, a.length, b.length];
  while (start < endA && start < endB && a[start] === b[start]) start++;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  const [n, m] = [endA - start, endB - start];
  if (n === 0 && m === 0) return [];
  if (n * m > MOST_LINES * MOST_LINES) return [{ oldFrom: start, oldTo: endA, newFrom: start, newTo: endB }];
  const width = m + 1;
  const table = new Uint16Array((n + 1) * width);
  for (let i = n - 1; i >= 0; i--)
    for (let j = m - 1; j >= 0; j--)
      table[i * width + j] =
        a[start + i] === b[start + j]
          ? (table[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(table[(i + 1) * width + j] ?? 0, table[i * width + j + 1] ?? 0);
  const changes: Change[] = [];
  let [i, j] = [0, 0];
  while (i < n || j < m) {
    if (i < n && j < m && a[start + i] === b[start + j]) {
      i++;
      j++;
      continue;
    }
    const [oldFrom, newFrom] = [i, j];
    while ((i < n || j < m) && !(i < n && j < m && a[start + i] === b[start + j])) {
      if (i < n && (j >= m || (table[(i + 1) * width + j] ?? 0) >= (table[i * width + j + 1] ?? 0))) i++;
      else j++;
    }
    changes.push({ oldFrom: start + oldFrom, oldTo: start + i, newFrom: start + newFrom, newTo: start + j });
  }
  return changes;
}

function* diff(words: readonly string[], io: ProgramIO): Task<number> {
  const options = readOptions(words, {
    flags: "uqsbwiBrNa",
    valued: "U",
    long: {
      unified: "u",
      brief: "q",
      "report-identical-files": "s",
      color: "?",
      "ignore-all-space": "w",
      "ignore-case": "i",
    },
  });
  if (options.fault !== undefined) return badOptions("diff", options, io, 2);
  const [one, two] = options.rest;
  if (one === undefined || two === undefined) {
    io.err(
      `diff: missing operand${one === undefined ? "" : ` after '${one}'`}\ndiff: Try 'diff --help' for more information.\n`,
    );
    return 2;
  }
  const old = yield* textOf("diff", one, io);
  const now = yield* textOf("diff", two, io);
  if (old === undefined || now === undefined) return 2;
  const { flags } = options;
  const [a, b] = [linesOf(old), linesOf(now)];
  const plain = (line: string) => {
    const spaced = flags.has("w")
      ? line.replace(/\s/g, "")
      : flags.has("b")
        ? line.replace(/\s+/g, " ").trimEnd()
        : line;
    return flags.has("i") ? spaced.toLowerCase() : spaced;
  };
  const changes = changesOf(a.map(plain), b.map(plain));
  const same = changes.length === 0 && old.endsWith("\n") === now.endsWith("\n");
  if (same) {
    if (flags.has("s")) io.out(`Files ${one} and ${two} are identical\n`);
    return 0;
  }
  if (flags.has("q")) io.out(`Files ${one} and ${two} differ\n`);
  else if (flags.has("u") || options.values.has("U"))
    io.out(unified(changes, { a, b, one, two, context: Number(options.values.get("U") ?? 3) }));
  else io.out(changes.map((change) => normal(change, a, b)).join(""));
  return 1;
}

function normal({ oldFrom, oldTo, newFrom, newTo }: Change, a: readonly string[], b: readonly string[]): string {
  const range = (from: number, to: number) =>
    to - from <= 1 ? String(to === from ? from : from + 1) : `${from + 1},${to}`;
  const letter = oldFrom === oldTo ? "a" : newFrom === newTo ? "d" : "c";
  const lines = [`${range(oldFrom, oldTo)}${letter}${range(newFrom, newTo)}`];
  lines.push(...a.slice(oldFrom, oldTo).map((line) => `< ${line}`));
  if (letter === "c") lines.push("---");
  lines.push(...b.slice(newFrom, newTo).map((line) => `> ${line}`));
  return `${lines.join("\n")}\n`;
}

interface Unified {
  readonly a: readonly string[];
  readonly b: readonly string[];
  readonly one: string;
  readonly two: string;
  readonly context: number;
}

function unified(changes: readonly Change[], { a, b, one, two, context }: Unified): string {
  const lines = [`--- ${one}`, `+++ ${two}`];
  for (let at = 0; at < changes.length; ) {
    let last = at;
    while (
      changes[last + 1] !== undefined &&
      (changes[last + 1]?.oldFrom ?? 0) - (changes[last]?.oldTo ?? 0) <= 2 * context
    )
      last++;
    const group = changes.slice(at, last + 1);
    at = last + 1;
    const [first, end] = [group[0], group.at(-1)];
    if (first === undefined || end === undefined) break;
    const from = Math.max(0, first.oldFrom - context);
    const to = Math.min(a.length, end.oldTo + context);
    const newFrom = first.newFrom - (first.oldFrom - from);
    const newTo = end.newTo + (to - end.oldTo);
    const range = (begin: number, stop: number) =>
      stop - begin === 1 ? `${begin + 1}` : `${stop === begin ? begin : begin + 1},${stop - begin}`;
    lines.push(`@@ -${range(from, to)} +${range(newFrom, newTo)} @@`);
    let next = from;
    for (const change of group) {
      lines.push(...a.slice(next, change.oldFrom).map((line) => ` ${line}`));
      lines.push(...a.slice(change.oldFrom, change.oldTo).map((line) => `-${line}`));
      lines.push(...b.slice(change.newFrom, change.newTo).map((line) => `+${line}`));
      next = change.oldTo;
    }
    lines.push(...a.slice(next, to).map((line) => ` ${line}`));
  }
  return `${lines.join("\n")}\n`;
}

function* cmp(words: readonly string[], io: ProgramIO): Task<number> {
  const silent = words.includes("-s");
  const [one, two = "-"] = words.slice(1).filter((word) => word !== "-s");
  if (one === undefined) return 2;
  const a = yield* textOf("cmp", one, io);
  const b = a === undefined ? undefined : yield* textOf("cmp", two, io);
  if (a === undefined || b === undefined) return 2;
  if (a === b) return 0;
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at++;
  const line = a.slice(0, at).split("\n").length;
  if (!silent && (at >= a.length || at >= b.length))
    io.err(`cmp: EOF on ${at >= a.length ? one : two} after byte ${at}, in line ${line}\n`);
  else if (!silent) io.out(`${one} ${two} differ: char ${at + 1}, line ${line}\n`);
  return 1;
}

function* comm(words: readonly string[], io: ProgramIO): Task<number> {
  const options = readOptions(words, { flags: "123i", long: { "check-order": "?", "nocheck-order": "?" } });
  if (options.fault !== undefined) return badOptions("comm", options, io);
  const [one, two] = options.rest;
  if (one === undefined || two === undefined) {
    io.err(
      `comm: missing operand${one === undefined ? "" : ` after '${one}'`}\nTry 'comm --help' for more information.\n`,
    );
    return 1;
  }
  const left = yield* textOf("comm", one, io);
  const right = yield* textOf("comm", two, io);
  if (left === undefined || right === undefined) return 1;
  const [a, b] = [linesOf(left), linesOf(right)];
  const shows = (column: number) => !options.flags.has(String(column));
  const lead = (column: number) => "\t".repeat([1, 2].filter((each) => each < column && shows(each)).length);
  const lines: string[] = [];
  const put = (column: number, line: string) => {
    if (shows(column)) lines.push(`${lead(column)}${line}\n`);
  };
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const [x, y] = [a[i], b[j]];
    if (x !== undefined && x === y) {
      put(3, x);
      i++;
      j++;
    } else if (y === undefined || (x !== undefined && x < y)) {
      put(1, x ?? "");
      i++;
    } else {
      put(2, y);
      j++;
    }
  }
  io.out(lines.join(""));
  return 0;
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Bytes in base64. */
export function encode64(bytes: Uint8Array): string {
  let result = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = bytes.slice(at, at + 3);
    const word = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    const signs = [18, 12, 6, 0].map((shift) => ALPHABET[(word >> shift) & 63] ?? "");
    result += signs
      .slice(0, b === undefined ? 2 : c === undefined ? 3 : 4)
      .join("")
      .padEnd(4, "=");
  }
  return result;
}

/** A text that base64 holds; undefined, with what could be read, when it holds none. */
export function decode64(text: string): { text: string; valid: boolean } {
  const bytes: number[] = [];
  let [bits, count] = [0, 0];
  let valid = true;
  for (const sign of text) {
    if (sign === "\n" || sign === "\r") continue;
    if (sign === "=") break;
    const value = ALPHABET.indexOf(sign);
    if (value < 0) {
      valid = false;
      break;
    }
    bits = ((bits << 6) | value) & 0xffffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes.push((bits >> count) & 255);
    }
  }
  return { text: textOfBytes(bytes), valid };
}

function* base64(words: readonly string[], io: ProgramIO): Task<number> {
  const options = readOptions(words, {
    flags: "dDi",
    valued: "w",
    long: { decode: "d", wrap: "w", "ignore-garbage": "i" },
  });
  if (options.fault !== undefined) return badOptions("base64", options, io);
  const { text, complete } = yield* textsOf("base64", options.rest.slice(0, 1), io);
  if (!complete) return 1;
  if (options.flags.has("d") || options.flags.has("D")) {
    const decoded = decode64(text);
    io.out(decoded.text);
    if (!decoded.valid) io.err("base64: invalid input\n");
    return decoded.valid ? 0 : 1;
  }
  const width = Number(options.values.get("w") ?? 76);
  const encoded = encode64(bytesOf(text));
  if (width === 0) io.out(encoded);
  else for (let at = 0; at < encoded.length; at += width) io.out(`${encoded.slice(at, at + width)}\n`);
  return 0;
}

const digest = (name: string, of: (bytes: Uint8Array) => string): Program =>
  function* (words, io) {
    const paths = words.slice(1).filter((word) => word === "-" || !word.startsWith("-"));
    let status = 0;
    for (const path of paths.length === 0 ? ["-"] : paths) {
      const text = yield* textOf(name, path, io, fileFault);
      if (text === undefined) status = 1;
      else io.out(`${of(bytesOf(text))}  ${path}\n`);
    }
    return status;
  };

export const COMPARE_PROGRAMS: Readonly<Record<string, Program>> = {
  diff,
  cmp,
  comm,
  base64,
  md5sum: digest("md5sum", md5),
  sha1sum: digest("sha1sum", sha1),
  sha256sum: digest("sha256sum", sha256),
};
