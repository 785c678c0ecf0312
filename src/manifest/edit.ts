// Changes of single fields in a text: everything else in it, comments included, stays as it was written.

import { type Document, isMap, isScalar, isSeq, type Node, parseAllDocuments, type YAMLMap, type YAMLSeq } from "yaml";
import type { FieldPath } from "../cluster/index.ts";
import { toYaml } from "./emit.ts";
import type { Range } from "./parse.ts";

/** A field by its steps: keys and list indexes. An index equal to a list's length appends to it. */
export type FieldChange =
  | { readonly op: "set"; readonly path: FieldPath; readonly value: unknown }
  | { readonly op: "remove"; readonly path: FieldPath };

/**
 * The text after the changes of one document, which is at `range`; undefined when a field is where it cannot be changed
 * by itself: behind an alias, or in a document that cannot be read. Spec: [MANIFEST-9].
 */
export function editFields(text: string, range: Range, changes: readonly FieldChange[]): string | undefined {
  let source = text.slice(range.from, range.to);
  for (const change of changes) {
    const next = changed(source, change);
    if (next === undefined) return undefined;
    source = next;
  }
  return text.slice(0, range.from) + source + text.slice(range.to);
}

/** The text with one more document after the others. */
export function addDocument(text: string, value: unknown): string {
  const before = text.trimEnd();
  return `${before}${before === "" ? "" : "\n---\n"}${toYaml(value)}`;
}

/** A replacement of a piece of the source. */
interface Cut extends Range {
  readonly text: string;
}

function changed(source: string, change: FieldChange): string | undefined {
  const [document] = parseAllDocuments(source.replaceAll("\r\n", " \n"), {
    prettyErrors: false, // their pretty form is not part of the built page
    version: "1.1",
    schema: "failsafe",
    logLevel: "silent",
  }) as Document.Parsed[]; // one document without separators
  if (document?.contents === undefined || document.errors.length > 0) return undefined;
  const scene = { source, root: document.contents as Node };
  const cut = change.op === "set" ? setting(scene, change.path, change.value) : removing(scene, change.path);
  if (cut === undefined) return undefined;
  return cut === "unchanged" ? source : source.slice(0, cut.from) + cut.text + source.slice(cut.to);
}

interface Scene {
  readonly source: string;
  readonly root: Node;
}

function setting(scene: Scene, path: FieldPath, value: unknown): Cut | undefined {
  let node: unknown = scene.root;
  let key: unknown;
  for (const [at, step] of path.entries()) {
    const rest = nested(path.slice(at + 1), value);
    if (isMap(node)) {
      const pair = pairOf(node, step);
      if (pair === undefined) return withKey(scene, node, { key: String(step), value: rest });
      key = pair.key;
      node = pair.value;
    } else if (isSeq(node)) {
      if (typeof step !== "number" || step > node.items.length) return undefined;
      if (step === node.items.length) return withItem(scene, node, rest);
      key = undefined;
      node = node.items[step];
    } else if (isEmpty(node)) return replaced(scene, { key, node, value: nested(path.slice(at), value) });
    else return undefined;
  }
  return replaced(scene, { key, node, value });
}

/** What is at a key of which only the last steps are new. */
function nested(path: FieldPath, value: unknown): unknown {
  return path.reduceRight<unknown>((inner, step) => (typeof step === "number" ? [inner] : { [step]: inner }), value);
}

function removing(scene: Scene, path: FieldPath): Cut | "unchanged" | undefined {
  const parent = path.slice(0, -1);
  const last = path.at(-1);
  const node = nodeAt(scene.root, parent);
  if (last === undefined || node === undefined) return last === undefined ? undefined : "unchanged";
  if (isMap(node)) {
    const pair = pairOf(node, last);
    if (pair === undefined) return "unchanged";
    if (node.items.length > 1) return withoutPair(scene, node, node.items.indexOf(pair));
    return emptied(scene, parent);
  }
  if (!isSeq(node) || typeof last !== "number") return undefined;
  if (last >= node.items.length) return "unchanged";
  return node.items.length > 1 ? withoutItem(scene, node, last) : emptied(scene, parent);
}

/** A map or list whose last entry goes leaves with its key; at the root or in a list it stays, empty. */
function emptied(scene: Scene, path: FieldPath): Cut | "unchanged" | undefined {
  if (path.length > 0 && typeof path.at(-1) === "string") return removing(scene, path);
  const node = nodeAt(scene.root, path);
  const range = node === undefined ? undefined : rangeOf(node);
  return range && { from: range.from, to: trimmed(scene, range), text: isMap(node) ? "{}" : "[]" };
}

function nodeAt(root: unknown, path: FieldPath): unknown {
  let node = root;
  for (const step of path) {
    if (isMap(node)) node = pairOf(node, step)?.value;
    else if (isSeq(node) && typeof step === "number") node = node.items[step];
    else return undefined;
  }
  return node ?? undefined;
}

function pairOf(map: YAMLMap, step: string | number) {
  return map.items.findLast(({ key }) => isScalar(key) && String(key.value) === String(step));
}

const isEmpty = (node: unknown) =>
  node === null || node === undefined || (isScalar(node) && (node.source ?? "") === "");

function replaced(
  scene: Scene,
  { key, node, value }: { key: unknown; node: unknown; value: unknown },
): Cut | undefined {
  const { source } = scene;
  const range = rangeOf(node);
  const keyRange = rangeOf(key);
  if (isEmpty(node) || range === undefined) {
    if (keyRange === undefined) return undefined;
    const colon = source.indexOf(":", keyRange.to) + 1;
    return { from: colon, to: colon, text: behindKey(value, columnOf(source, keyRange.from) + 2) };
  }
  const to = trimmed(scene, range);
  const isBlock = (isMap(node) || isSeq(node)) && node.flow !== true;
  if (isBlock && isCollection(value)) {
    const column = columnOf(source, range.from);
    return { from: range.from, to, text: blockText(value, column).trimStart() };
  }
  if (isCollection(value) && keyRange !== undefined && !isFlow(scene, range.from)) {
    const from = source.indexOf(":", keyRange.to) + 1;
    return { from, to, text: behindKey(value, columnOf(source, keyRange.from) + 2) };
  }
  return {
    from: range.from,
    to,
    text: isCollection(value) ? flowText(value) : scalarText(value, source.slice(range.from, to)),
  };
}

/** A new key, after the others of its map. */
function withKey(
  { source, root }: Scene,
  map: YAMLMap,
  { key, value }: { key: string; value: unknown },
): Cut | undefined {
  const range = rangeOf(map);
  if (range === undefined) return undefined;
  if (map.flow === true) return intoFlow({ source, root }, map, `${keyText(key)}: ${flowText(value)}`);
  const first = rangeOf(map.items[0]?.key);
  if (first === undefined) return undefined;
  const column = columnOf(source, first.from);
  const at = endOfLine(source, trimmed({ source, root }, range));
  return { from: at, to: at, text: `\n${" ".repeat(column)}${keyText(key)}:${behindKey(value, column + 2)}` };
}

/** A new item, after the others of its list. */
function withItem(scene: Scene, list: YAMLSeq, value: unknown): Cut | undefined {
  const range = rangeOf(list);
  if (range === undefined) return undefined;
  if (list.flow === true) return intoFlow(scene, list, flowText(value));
  const column = columnOf(scene.source, range.from);
  const at = endOfLine(scene.source, trimmed(scene, range));
  const text = isCollection(value) ? blockText(value, column + 2).trimStart() : scalarText(value);
  return { from: at, to: at, text: `\n${" ".repeat(column)}- ${text}` };
}

/** Before the closing bracket of a flow map or list. */
function intoFlow(scene: Scene, node: YAMLMap | YAMLSeq, text: string): Cut | undefined {
  const range = rangeOf(node);
  if (range === undefined) return undefined;
  const close = scene.source.lastIndexOf(isMap(node) ? "}" : "]", range.to - 1);
  let at = close;
  while (/\s/.test(scene.source[at - 1] ?? "")) at -= 1;
  const padded = at < close || !isMap(node) ? "" : " ";
  if (node.items.length > 0) return { from: at, to: at, text: `${scene.source[at - 1] === "," ? " " : ", "}${text}` };
  return { from: at, to: close, text: `${isMap(node) ? " " : ""}${text}${isMap(node) ? " " : padded}` };
}

function withoutPair(scene: Scene, map: YAMLMap, index: number): Cut | undefined {
  const key = rangeOf(map.items[index]?.key);
  const value = rangeOf(map.items[index]?.value);
  if (key === undefined) return undefined;
  const to = value === undefined || value.to <= key.to ? scene.source.indexOf(":", key.to) + 1 : trimmed(scene, value);
  const next = rangeOf(map.items[index + 1]?.key);
  if (map.flow === true) return outOfFlow(scene, { from: key.from, to }, next);
  const startOfLine = scene.source.lastIndexOf("\n", key.from - 1) + 1;
  const shares = /\S/.test(scene.source.slice(startOfLine, key.from));
  if (shares && next !== undefined) return { from: key.from, to: next.from, text: "" };
  return wholeLines(scene.source, startOfLine, to);
}

function withoutItem(scene: Scene, list: YAMLSeq, index: number): Cut | undefined {
  const item = rangeOf(list.items[index]);
  if (item === undefined) return undefined;
  const to = trimmed(scene, item);
  if (list.flow === true) return outOfFlow(scene, { from: item.from, to }, rangeOf(list.items[index + 1]));
  return wholeLines(scene.source, scene.source.lastIndexOf("\n", item.from - 1) + 1, to);
}

function outOfFlow({ source }: Scene, range: Range, next: Range | undefined): Cut {
  if (next !== undefined) return { from: range.from, to: next.from, text: "" };
  const comma = source.lastIndexOf(",", range.from);
  return { from: comma < 0 ? range.from : comma, to: range.to, text: "" };
}

function wholeLines(source: string, from: number, to: number): Cut {
  const end = endOfLine(source, to);
  if (end === source.length) return { from: Math.max(0, from - 1), to: end, text: "" };
  return { from, to: end + (source[end] === "\r" ? 2 : 1), text: "" };
}

function endOfLine(source: string, at: number): number {
  const end = source.indexOf("\n", at);
  if (end < 0) return source.length;
  return source[end - 1] === "\r" ? end - 1 : end;
}

/** The end of what a node holds, without the blank lines and comments behind it that the parser counts in. */
function trimmed({ source }: Scene, { from, to }: Range): number {
  let end = to;
  while (end > from && /\s/.test(source[end - 1] ?? "")) end -= 1;
  return end;
}

function rangeOf(node: unknown): Range | undefined {
  const range = (node as Node | null | undefined)?.range; // a node of the document or nothing
  return range === undefined || range === null ? undefined : { from: range[0], to: range[1] };
}

const columnOf = (source: string, at: number) => at - (source.lastIndexOf("\n", at - 1) + 1);

/** Whether a place lies within brackets: there only flow style is allowed. */
function isFlow({ root }: Scene, at: number): boolean {
  let node: unknown = root;
  for (;;) {
    if (!isMap(node) && !isSeq(node)) return false;
    if (node.flow === true) return true;
    const children: readonly unknown[] = isMap(node) ? node.items.map(({ value }) => value) : node.items;
    node = children.find((child) => {
      const range = rangeOf(child);
      return range !== undefined && range.from <= at && at < range.to;
    });
  }
}

const isCollection = (value: unknown): value is object => typeof value === "object" && value !== null;

/** A value as it follows `key:`. */
function behindKey(value: unknown, indent: number): string {
  if (!isCollection(value) || Object.keys(value).length === 0) return ` ${flowText(value)}`;
  return `\n${blockText(value, indent)}`;
}

function blockText(value: unknown, indent: number): string {
  const pad = " ".repeat(indent);
  return toYaml(value)
    .trimEnd()
    .split("\n")
    .map((line) => pad + line)
    .join("\n");
}

function flowText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flowText).join(", ")}]`;
  if (!isCollection(value)) return scalarText(value);
  const fields = Object.entries(value).map(([key, each]) => `${keyText(key)}: ${flowText(each)}`);
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

const keyText = (key: string) => toYaml({ [key]: 0 }).replace(/: 0\n$/, "");

/** A scalar in the quotes that the old one had, where the new one is a text. */
function scalarText(value: unknown, old = ""): string {
  if (typeof value === "string" && old.startsWith('"')) return JSON.stringify(value);
  if (typeof value === "string" && old.startsWith("'")) return `'${value.replaceAll("'", "''")}'`;
  const plain = toYaml(value).trimEnd();
  return plain.includes("\n") || /^[[{]|[,[\]{}]/.test(plain) ? JSON.stringify(value) : plain;
}
