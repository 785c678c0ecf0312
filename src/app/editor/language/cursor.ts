// What is being typed at the caret: a key, a value or an item, and where it belongs.
import { type FieldPath, setOwn } from "../../../cluster/index.ts";
import { readFlow } from "./flow.ts";
import { outline, parentAt, type Section, type Span, sectionAt, unquote } from "./outline.ts";

/** The caret's surroundings. */
export interface Cursor {
  readonly section: Section;
  readonly mode: "key" | "value";
  /** FieldPath of the mapping or list around a key; path of the field whose value is typed. */
  readonly path: FieldPath;
  /** Column at which the key begins. */
  readonly column: number;
  /** Whether a dash comes before it on this line. */
  readonly inItem: boolean;
  /** What is where a suggestion would go. */
  readonly replace: Span;
  /** Whether a colon already follows the key. */
  readonly keyComplete: boolean;
  readonly lineIsBlank: boolean;
  /** Whether it is inside `{…}` or `[…]`. */
  readonly inFlow: boolean;
}

/** Looks at one position; undefined where nothing can be suggested (comments, blocks of text). */
export function cursorAt(text: string, line: number, column: number): Cursor | undefined {
  const lineText = text.split(/\r\n|\n|\r/)[line - 1] ?? "";
  const section = sectionAt(outline(text), line);
  if (section === undefined) return undefined;
  const before = lineText.slice(0, column);
  const blank = lineText.trim() === "";
  if (/^\s*#|\s#/.test(before) || /^---/.test(lineText)) return undefined;
  const entry = section.entries.find((each) => each.line === line);
  if (!blank && entry === undefined) return undefined;
  const head = /^(\s*)((?:-\s+)*)(.*)$/.exec(before);
  const typed = head?.[3] ?? "";
  const start = before.length - typed.length;
  const dashes = [...(head?.[2] ?? "").matchAll(/-/g)].map((match) => (head?.[1] ?? "").length + match.index);
  const shared = { section, column: start, inItem: dashes.length > 0, lineIsBlank: blank, inFlow: false };
  const flow = /^(?:(.+?)\s*:\s+)?(?=[{[])/.exec(typed);
  if (flow !== null) {
    const around = parentAt(section, line, start, dashes);
    const path = flow[1] === undefined ? around : [...around, unquote(flow[1])];
    return flowCursor({ section, line, column, lineText }, start + flow[0].length, path);
  }
  const key = /^(.+?)\s*:\s+(.*)$/.exec(`${typed}`);
  if (key?.[1] === undefined) {
    const end = entry?.key !== undefined && entry.key.from === start ? entry.key.to : (entry?.value?.to ?? column);
    const path = parentAt(section, line, start, dashes);
    const keyComplete = entry?.key !== undefined && entry.key.to >= column;
    const replace = { line, from: start, to: Math.max(end, column) };
    return { ...shared, mode: "key", path, replace, keyComplete };
  }
  const value = key[2] ?? "";
  const replace = { line, from: column - value.length, to: Math.max(column, entry?.value?.to ?? column) };
  const path = [...parentAt(section, line, start, dashes), unquote(key[1])];
  return { ...shared, mode: "value", path, replace, keyComplete: true };
}

/** The caret inside a flow collection that begins at `from`; undefined after its end. */
function flowCursor(
  { section, line, column, lineText }: { section: Section; line: number; column: number; lineText: string },
  from: number,
  path: FieldPath,
): Cursor | undefined {
  const { open } = readFlow(lineText, { line, from, path }, column);
  if (open === undefined) return undefined;
  const rest = /^[^\s,[\]{}:"']*/.exec(lineText.slice(column))?.[0] ?? "";
  const end = column + rest.length;
  const inItem = open.mode === "value" && typeof open.path.at(-1) === "number";
  return {
    section,
    mode: inItem ? "key" : open.mode,
    path: open.path,
    column: open.from,
    inItem,
    replace: { line, from: open.from, to: end },
    keyComplete: /^\s*:/.test(lineText.slice(end)),
    lineIsBlank: false,
    inFlow: true,
  };
}

/** The map at a path, as far as it is plain scalars: a selector, labels. */
export function mapAt(section: Section, path: FieldPath): Readonly<Record<string, string>> {
  const map: Record<string, string> = {};
  for (const entry of section.entries) {
    const last = entry.path.at(-1);
    if (entry.key === undefined || entry.value === undefined || typeof last !== "string") continue;
    if (entry.path.length !== path.length + 1 || !path.every((step, index) => entry.path[index] === step)) continue;
    setOwn(map, last, unquote(entry.value.raw));
  }
  return map;
}
