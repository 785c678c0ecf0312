// The shape of half-typed YAML, read line by line: which key is where and under which path.
import { type FieldPath, samePath } from "../../../cluster/index.ts";
import { readFlow } from "./flow.ts";
import { type Span, unquote } from "./spans.ts";

export { type Span, unquote } from "./spans.ts";

/** One line with content. */
export interface Entry {
  readonly line: number;
  /** From the document's root to what this line holds; ends in the key when there is one. */
  readonly path: FieldPath;
  /** Column of the innermost content: behind all dashes. */
  readonly column: number;
  /** Columns of the dashes before it. */
  readonly dashes: readonly number[];
  readonly key: (Span & { readonly name: string }) | undefined;
  /** The scalar as it is written, without comment; undefined when the line ends before one. */
  readonly value: (Span & { readonly raw: string }) | undefined;
  /** Whether it is inside a flow collection, `{…}` or `[…]`, of its line; what holds the collection comes before it. */
  readonly flow?: boolean;
}

/** One document of a text, between two `---`. */
export interface Section {
  /** First and last line, from 1. */
  readonly first: number;
  readonly last: number;
  readonly entries: readonly Entry[];
  readonly apiVersion: string | undefined;
  readonly kind: string | undefined;
  readonly name: string | undefined;
  readonly namespace: string | undefined;
}

interface Frame {
  readonly column: number;
  readonly step: FieldPath[number];
}

const KEY =
  /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|(?:[^\s"'#{}[\],&*!|>%@`-]|-(?=\S))(?:[^:#]|:(?=\S)|(?<=\S)#)*?)\s*:(?=\s|$)/;
const BLOCK = /^(?:[!&]\S+\s+)*[|>][+-]?\d?[+-]?\s*(?:#.*)?$/;

/** All documents of a text, in order. Never fails: what is not understood has no key. */
export function outline(text: string): readonly Section[] {
  const lines = text.split(/\r\n|\n|\r/);
  const sections: Section[] = [];
  let first = 0;
  for (let at = 0; at <= lines.length; at++) {
    if (at < lines.length && !/^---(?:\s|$)/.test(lines[at] ?? "")) continue;
    sections.push(section(lines, first, at));
    first = at + 1;
  }
  return sections;
}

/** The document that contains a line; a `---` belongs to the one it ends. */
export function sectionAt(sections: readonly Section[], line: number): Section | undefined {
  return sections.find((each) => line <= Math.max(each.last, each.first)) ?? sections.at(-1);
}

function section(lines: readonly string[], from: number, to: number): Section {
  const entries = read(lines, from, to);
  const scalar = (...path: string[]) => {
    const raw = entries.find((entry) => samePath(entry.path, path))?.value?.raw;
    return raw === undefined ? undefined : unquote(raw);
  };
  return {
    first: from + 1,
    last: to,
    entries,
    apiVersion: scalar("apiVersion"),
    kind: scalar("kind"),
    name: scalar("metadata", "name"),
    namespace: scalar("metadata", "namespace"),
  };
}

function read(lines: readonly string[], from: number, to: number): Entry[] {
  const stack: Frame[] = [];
  const entries: Entry[] = [];
  let blockColumn: number | undefined;
  for (let at = from; at < to; at++) {
    const text = lines[at] ?? "";
    const indent = text.search(/\S/);
    if (indent < 0) continue;
    if (blockColumn !== undefined && indent > blockColumn) continue;
    blockColumn = undefined;
    if (text[indent] === "#") continue;
    const entry = readLine(text, at + 1, stack);
    entries.push(entry, ...flowEntries(text, entry));
    if (entry.value !== undefined && BLOCK.test(entry.value.raw))
      blockColumn = entry.key === undefined ? (entry.dashes.at(-1) ?? 0) : entry.column;
  }
  return entries;
}

/** What stands in the flow collection that a line holds, as far as it stands on this line. */
function flowEntries(text: string, { line, path, value }: Entry): Entry[] {
  if (value === undefined || !/^[{[]/.test(value.raw)) return [];
  const { pieces } = readFlow(text, { line, from: value.from, path });
  return pieces.map((piece) => ({
    ...piece,
    line,
    column: (piece.key ?? piece.value)?.from ?? value.from,
    dashes: [],
    flow: true,
  }));
}

function readLine(text: string, line: number, stack: Frame[]): Entry {
  const dashes: number[] = [];
  let column = text.search(/\S/);
  while (/^-(?:\s|$)/.test(text.slice(column))) {
    dashes.push(column);
    pushItem(stack, column);
    const next = text.slice(column + 1).search(/\S/);
    column = next < 0 ? text.length : column + 1 + next;
  }
  const match = KEY.exec(text.slice(column));
  const written = match?.[1];
  if (match === null || written === undefined) {
    while (dashes.length === 0 && (stack.at(-1)?.column ?? -1) >= column) stack.pop();
    return { line, path: steps(stack), column, dashes, key: undefined, value: valueAt(text, line, column) };
  }
  const name = unquote(written);
  popTo(stack, column);
  stack.push({ column, step: name });
  return {
    line,
    path: steps(stack),
    column,
    dashes,
    key: { line, from: column, to: column + written.length, name },
    value: valueAt(text, line, column + match[0].length),
  };
}

const steps = (stack: readonly Frame[]): FieldPath => stack.map((frame) => frame.step);

function popTo(stack: Frame[], column: number): void {
  while ((stack.at(-1)?.column ?? -1) >= column) stack.pop();
}

/** Makes the list item whose dash is at `column` the innermost frame. A dash may be below its key, at the key's own column. */
function pushItem(stack: Frame[], column: number): void {
  let index = 0;
  for (let top = stack.at(-1); top !== undefined && top.column >= column; top = stack.at(-1)) {
    if (top.column === column && typeof top.step === "string") break;
    if (top.column === column && typeof top.step === "number") index = top.step + 1;
    stack.pop();
  }
  stack.push({ column, step: index });
}

/** The scalar from `start` on, without the comment after it. */
function valueAt(text: string, line: number, start: number): Entry["value"] {
  const offset = text.slice(start).search(/\S/);
  if (offset < 0) return undefined;
  const from = start + offset;
  const rest = text.slice(from);
  const quoted = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')/.exec(rest)?.[0];
  const raw = quoted ?? rest.replace(/(?:^|\s+)#.*$/, "").trimEnd();
  return raw === "" ? undefined : { line, from, to: from + raw.length, raw };
}

/** The innermost key or keyed value at a position. */
export function entryAt(section: Section, line: number, column: number): { entry: Entry; span: Span } | undefined {
  const holds = (span: Span | undefined) => span !== undefined && column >= span.from && column <= span.to;
  for (const entry of section.entries.toReversed()) {
    if (entry.line !== line || entry.key === undefined) continue;
    const span = [entry.key, entry.value].find(holds);
    if (span !== undefined) return { entry, span };
  }
  return undefined;
}

/** Where a key or item typed at this line and column would belong, after the dashes at these columns: the path of what is around it. */
export function parentAt(section: Section, line: number, column: number, dashes: readonly number[] = []): FieldPath {
  const stack: Frame[] = [];
  for (const entry of section.entries) {
    if (entry.line >= line) break;
    if (entry.flow === true) continue;
    rebuild(stack, entry);
  }
  for (const dash of dashes) pushItem(stack, dash);
  popTo(stack, column);
  return steps(stack);
}

function rebuild(stack: Frame[], entry: Entry): void {
  for (const dash of entry.dashes) pushItem(stack, dash);
  if (entry.key === undefined) return;
  popTo(stack, entry.column);
  stack.push({ column: entry.column, step: entry.key.name });
}
