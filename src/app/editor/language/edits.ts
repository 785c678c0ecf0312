// Edits done to a text, for the plain editor and the tests; Monaco does its own.
import type { Edit } from "./types.ts";

/** The text after all edits, which must not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const starts = lineStarts(text);
  const ranges = edits.map((edit) => ({
    from: offsetAt(starts, text, edit.line, edit.from),
    to: offsetAt(starts, text, edit.endLine, edit.to),
    text: edit.text,
  }));
  ranges.sort((a, b) => b.from - a.from);
  return ranges.reduce((result, range) => result.slice(0, range.from) + range.text + result.slice(range.to), text);
}

function lineStarts(text: string): readonly number[] {
  return [0, ...Array.from(text.matchAll(/\r\n|\n|\r/g), (match) => match.index + match[0].length)];
}

function offsetAt(starts: readonly number[], text: string, line: number, column: number): number {
  return Math.min(text.length, (starts[line - 1] ?? text.length) + column);
}

/** The offset of a line (from 1) and the characters before the place in it. */
export function toOffset(text: string, line: number, column: number): number {
  return offsetAt(lineStarts(text), text, line, column);
}

/** Line (from 1) and characters before, of an offset. */
export function toPosition(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  const lines = before.split(/\r\n|\n|\r/);
  return { line: lines.length, column: lines.at(-1)?.length ?? 0 };
}

/** The one piece in which two texts differ, as an edit; undefined when they are the same. */
export function difference(before: string, after: string): Edit | undefined {
  if (before === after) return undefined;
  let from = 0;
  while (from < before.length && from < after.length && before[from] === after[from]) from++;
  let end = 0;
  const most = Math.min(before.length, after.length) - from;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const [start, stop] = [toPosition(before, from), toPosition(before, before.length - end)];
  const text = after.slice(from, after.length - end);
  return { line: start.line, from: start.column, endLine: stop.line, to: stop.column, text };
}
