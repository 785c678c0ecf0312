// Text → documents as JSON values, with where each field is and what is wrong in kubectl's words.
import {
  type Alias,
  Composer,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  type ParsedNode,
  Parser,
  Scalar,
} from "yaml";
import { deepFreeze } from "../cluster/index.ts";
import { type Complaint, syntaxError } from "./complaint.ts";
import { MAX_DEPTH, tooDeep } from "./depth.ts";
import { jsonObjects, jsonProblem } from "./json-stream.ts";
import { Memo } from "./memo.ts";
import { Places } from "./places.ts";
import { resolvePlain } from "./resolve.ts";

/** A stretch of the text, in UTF-16 units from its beginning. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What is wrong with a document's text. */
export interface ManifestError extends Range {
  /** As go-yaml says it, for example `yaml: line 4: did not find expected key`. */
  readonly message: string;
  /** Line and column in the whole text, from 1. */
  readonly line: number;
  readonly column: number;
}

/** One document of a manifest. */
export interface ManifestDocument {
  /** The document as JSON; undefined when it is empty or broken. */
  readonly value: unknown;
  /** Paths of keys that appear twice in one map; the last one counts. */
  readonly duplicateFields: readonly string[];
  /** The document's own text, separators left out. */
  readonly range: Range;
  /** Where a field is: the value, or its key where the value is empty; undefined when there is no such field. */
  rangeOf(path: string): Range | undefined;
  readonly error?: ManifestError;
}

/** Longer texts, in characters, are refused unread. */
export const LONGEST_MANIFEST = 8_000_000;
/** Nodes one document may have once its aliases are written out, however few of them come from aliases. */
const MAX_NODES = 1_000_000;

/** Takes a text apart into its documents, whose values are frozen. Empty documents are left out. Never throws for what the text holds. */
export function parseManifest(text: string): ManifestDocument[] {
  const places = new Places(text);
  if (text.length > LONGEST_MANIFEST) {
    const error = failed(`the text is too large: ${text.length} characters, at most ${LONGEST_MANIFEST} are read`);
    return [placed(error, places, { from: 0, to: text.length })];
  }
  return chunksOf(text).flatMap((range, at) => {
    const own = text.slice(range.from, range.to);
    const read = KNOWN.get(own, parseChunk);
    const chunk = at === 0 && read.error !== undefined ? asBrokenJson(read, text) : read;
    return chunk.value === null ? [] : [placed(chunk, places, range)];
  });
}

/**
 * Reads a text in steps of about a millisecond, for a page that must not freeze; afterwards `parseManifest` answers at once.
 * Only what makes one document's values of its tokens is done in one step: 60 ms for a megabyte.
 *
 * @returns after each step the share of the text that is read, from 0 to 1.
 */
export function* readInSteps(text: string): Generator<number, void> {
  if (text.length > LONGEST_MANIFEST) return;
  for (const { from, to } of chunksOf(text)) {
    const own = ` ${text.slice(from, to)}`.slice(1); // not a slice of the whole text, which would be kept with it
    if (KNOWN.has(own)) continue;
    const steps = readChunk(own);
    let step = steps.next();
    for (; step.done !== true; step = steps.next()) yield (from + step.value) / text.length;
    const chunk = step.value;
    KNOWN.get(own, () => chunk);
    yield to / text.length;
  }
}

/** A first document that begins like JSON and is neither JSON nor YAML is called broken JSON. */
function asBrokenJson(read: Chunk, text: string): Chunk {
  const problem = /^\s*\{/.test(text) && jsonObjects(text).length === 0 ? jsonProblem(text) : undefined;
  if (problem === undefined || read.error === undefined) return read;
  return { ...read, error: { ...read.error, message: `json: offset ${problem.offset}: ${problem.message}` } };
}

/** What a document's text alone tells, with places counted from its own beginning. */
interface Chunk {
  /** Null when it is empty. */
  readonly value: unknown;
  /** What it weighs: nodes, aliases written out, or characters, whatever is more. */
  readonly size: number;
  readonly duplicateFields: readonly string[];
  rangeOf(path: string): Range | undefined;
  readonly error?: Complaint;
}

/** Shared by all callers, as each keystroke is read by several and changes one document: unobservable except in timing. One longest text is kept whole. */
const KNOWN = new Memo<Chunk>(LONGEST_MANIFEST);

/** A document where it is in the text. */
function placed({ value, duplicateFields, rangeOf, error }: Chunk, places: Places, range: Range): ManifestDocument {
  const document = { value, duplicateFields, range, rangeOf: (path: string) => shift(rangeOf(path), range.from) };
  if (error === undefined) return document;
  const from = range.from + error.from;
  const to = Math.max(from + 1, range.from + error.to);
  return { ...document, error: { message: error.message, from, to, ...places.of(from) } };
}

/** JSON objects follow one another; other documents end at lines that hold nothing but `---`. */
// Models kubernetes/staging/src/k8s.io/apimachinery/pkg/util/yaml YAMLOrJSONDecoder, YAMLReader
function chunksOf(text: string): Range[] {
  const chunks: Range[] = jsonObjects(text);
  const begin = chunks.at(-1)?.to ?? 0;
  let from = begin;
  for (const match of text.matchAll(/^---[^\S\n]*(?:\n|$)/gm)) {
    if (match.index < begin) continue;
    chunks.push({ from, to: match.index });
    from = match.index + match[0].length;
  }
  chunks.push({ from, to: text.length });
  return chunks.filter((chunk) => text.slice(chunk.from, chunk.to).trim() !== "");
}

function parseChunk(text: string): Chunk {
  const steps = readChunk(text);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Tokens that are read in one step. */
const TOKENS_A_STEP = 4_000;

/** Reads one document; each step gives how many characters are read. */
function* readChunk(text: string): Generator<number, Chunk> {
  const source = text.replaceAll("\r\n", " \n");
  const unread = refusedUnread(source);
  if (unread !== undefined) return broken(unread);
  const lines = new LineCounter();
  try {
    const document = yield* composed(source, lines);
    if (document === undefined) return EMPTY;
    const complaint = syntaxError(source, document, lines);
    return complaint === undefined ? readDocument(document) : broken(complaint);
  } catch (error) {
    if (error instanceof RangeError) return failed("yaml: exceeded max depth"); // only the parser's own depth runs out here
    if (error instanceof BadKey) return broken({ message: error.message, from: error.from, to: error.to });
    return failed(error instanceof BadAlias ? error.message : `internal error: ${String(error)}`);
  }
}

/** What the parser makes of a text, as `parseAllDocuments` of the package does it in one go. */
function* composed(source: string, lines: LineCounter): Generator<number, Document.Parsed | undefined> {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  const tokens = [];
  let read = 0;
  let count = 0;
  for (const lexeme of new Lexer().lex(source)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    read += lexeme.length;
    if (++count % TOKENS_A_STEP === 0) yield Math.min(read, source.length);
  }
  for (const token of parser.end()) tokens.push(token);
  const [first] = new Composer<ParsedNode, true>(YAML_OPTIONS).compose(tokens);
  return first;
}

/** What the reader inside kubectl refuses before it looks at the grammar, and what would send the parser here too deep. */
// Models sigs.k8s.io/yaml/goyaml.v2 readerc.go yaml_parser_update_buffer, scannerc.go yaml_parser_increase_flow_level
function refusedUnread(source: string): Complaint | undefined {
  const control = CONTROL.exec(source);
  if (control !== null)
    return { message: "yaml: control characters are not allowed", from: control.index, to: control.index + 1 };
  const deep = tooDeep(source);
  if (deep === undefined) return undefined;
  const problem = `exceeded max depth of ${MAX_DEPTH}`;
  return { message: `yaml: ${deep.line === 1 ? "" : `line ${deep.line}: `}${problem}`, from: deep.at, to: deep.at + 1 };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]/;

const EMPTY: Chunk = { value: null, size: 0, duplicateFields: [], rangeOf: () => undefined };

const YAML_OPTIONS = {
  version: "1.1",
  schema: "failsafe",
  uniqueKeys: false,
  merge: false,
  prettyErrors: false,
  logLevel: "silent",
  stringKeys: false,
} as const;

function readDocument(document: Document.Parsed): Chunk {
  const reader = new Reader(document);
  const value = document.contents === null ? null : deepFreeze(reader.value(document.contents, ""));
  const size = Math.max(reader.nodes, document.range[2]);
  return { value, size, duplicateFields: reader.duplicates, rangeOf: (path) => find(document, path) };
}

class BadAlias extends Error {
  override name = "BadAlias";
}

/** A key that is a map or a list, as those of a template that nobody filled in. */
class BadKey extends Error {
  override name = "BadKey";
  readonly from: number;
  readonly to: number;

  constructor(key: unknown, value: unknown) {
    super(`yaml: invalid map key: ${goValue(value)}`);
    const range = rangeOfNode(key);
    this.from = range?.from ?? 0;
    this.to = range?.to ?? 1;
  }
}

/** A value as Go's `%#v` shows what goyaml.v2 makes of it. */
function goValue(value: unknown): string {
  if (value === null || value === undefined) return "interface {}(nil)";
  if (Array.isArray(value)) return `[]interface {}{${value.map(goValue).join(", ")}}`;
  if (typeof value === "object") {
    const entries = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}:${goValue(each)}`);
    return `map[interface {}]interface {}{${entries.sort().join(", ")}}`;
  }
  return JSON.stringify(value);
}

/** Turns nodes into JSON values and notes keys that appear twice. */
class Reader {
  readonly duplicates: string[] = [];
  readonly #document: Document.Parsed;
  readonly #targets = new Map<Alias, Node | undefined>();
  nodes = 0;
  #fromAliases = 0;
  #aliasDepth = 0;

  constructor(document: Document.Parsed) {
    this.#document = document;
  }

  value(node: unknown, path: string): unknown {
    this.#count();
    if (isAlias(node)) {
      const target = this.#target(node);
      if (target === undefined) throw new BadAlias(`yaml: unknown anchor '${node.source}' referenced`);
      this.#aliasDepth += 1;
      const value = this.value(target, path);
      this.#aliasDepth -= 1;
      return value;
    }
    if (isMap(node)) return this.#map(node, path);
    if (isSeq(node)) return node.items.map((item, at) => this.value(item, `${path}[${at}]`));
    return isScalar(node) ? scalarValue(node) : null;
  }

  /** @throws BadAlias as soon as too large a part of the nodes comes from aliases. */
  // Models go-yaml decode.go unmarshal and allowedAliasRatio
  #count(): void {
    this.nodes += 1;
    if (this.#aliasDepth > 0) this.#fromAliases += 1;
    const isExcessive =
      this.#fromAliases > 100 && this.nodes > 1000 && this.#fromAliases / this.nodes > allowedAliasRatio(this.nodes);
    if (isExcessive || this.nodes > MAX_NODES) throw new BadAlias("yaml: document contains excessive aliasing");
  }

  /** What an alias stands for. Looking it up reads the whole document, so that is done once per alias. */
  #target(alias: Alias): Node | undefined {
    if (!this.#targets.has(alias)) this.#targets.set(alias, targetOf(alias, this.#document.contents));
    return this.#targets.get(alias);
  }

  #map(
    node: { readonly items: ReadonlyArray<{ readonly key: unknown; readonly value: unknown }> },
    path: string,
  ): unknown {
    const merged = new Map<string, unknown>();
    const own = new Map<string, unknown>();
    for (const { key, value } of node.items) {
      if (isMap(key) || isSeq(key)) throw new BadKey(key, this.value(key, path));
      const name = keyText(key);
      if (name === "<<" && isScalar(key) && key.type === Scalar.PLAIN) {
        for (const each of [this.value(value, path)].flat().reverse())
          if (each !== null && typeof each === "object")
            for (const [name, merge] of Object.entries(each)) merged.set(name, merge);
        continue;
      }
      const at = joinPath(path, name);
      if (own.has(name)) this.duplicates.push(at);
      own.set(name, this.value(value, at));
    }
    return Object.fromEntries([...merged, ...own]);
  }
}

/** `spec.ports`, or `metadata.labels[app.kubernetes.io/name]` where the key itself holds a dot. */
function joinPath(path: string, name: string): string {
  if (/[.[\]]/.test(name)) return `${path}[${name}]`;
  return path === "" ? name : `${path}.${name}`;
}

function keyText(key: unknown): string {
  if (!isScalar(key)) return String(key);
  const value = scalarValue(key);
  return value === null ? "null" : String(value);
}

function scalarValue(node: Scalar): unknown {
  const text = node.source ?? String(node.value ?? "");
  const tag = node.tag?.replace("tag:yaml.org,2002:", "!!");
  if (tag === "!!str" || tag === "!" || tag === "!!binary") return String(node.value ?? "");
  if (node.type !== Scalar.PLAIN && tag === undefined) return String(node.value ?? "");
  const resolved = resolvePlain(node.type === Scalar.PLAIN ? String(node.value ?? "") : text);
  return tag === "!!float" && typeof resolved === "number" ? resolved : resolved;
}

function broken(error: Complaint): Chunk {
  return { value: undefined, size: 0, duplicateFields: [], rangeOf: () => undefined, error };
}

/** A document that is refused as a whole. */
function failed(message: string): Chunk {
  return broken({ message, from: 0, to: 1 });
}

function shift(range: Range | undefined, by: number): Range | undefined {
  return range === undefined ? undefined : { from: range.from + by, to: range.to + by };
}

function find(document: Document.Parsed, path: string): Range | undefined {
  let node: unknown = document.contents;
  let found: Range | undefined = rangeOfNode(document.contents);
  for (const part of pathParts(path)) {
    const target = isAlias(node) ? targetOf(node, document.contents) : node;
    const next = stepInto(target, part);
    if (next === undefined) return undefined;
    found = next.range;
    node = next.value;
  }
  return found;
}

/** What an alias stands for: of the nodes before it the last one that has its anchor. */
function targetOf(alias: Alias, root: unknown): Node | undefined {
  let found: Node | undefined;
  const reaches = (node: unknown): boolean => {
    if (node === alias) return true;
    if ((isScalar(node) || isMap(node) || isSeq(node)) && node.anchor === alias.source) found = node;
    if (isMap(node)) return node.items.some(({ key, value }) => reaches(key) || reaches(value));
    return isSeq(node) && node.items.some(reaches);
  };
  return reaches(root) ? found : undefined;
}

function stepInto(node: unknown, part: string): { value: unknown; range: Range | undefined } | undefined {
  if (isSeq(node)) {
    const item = /^\d+$/.test(part) ? node.items[Number(part)] : undefined;
    return item === undefined ? undefined : { value: item, range: rangeOfNode(item) };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.findLast((each) => keyText(each.key) === part);
  if (pair === undefined) return undefined;
  const range = rangeOfNode(pair.value);
  return { value: pair.value, range: range === undefined || range.to <= range.from ? rangeOfNode(pair.key) : range };
}

function rangeOfNode(node: unknown): Range | undefined {
  const range = (node as Node | null | undefined)?.range; // a node of the document or nothing
  return range === undefined || range === null ? undefined : { from: range[0], to: range[1] };
}

/** The steps of a path: `spec.ports[0].nodePort` → spec, ports, 0, nodePort; brackets may hold a key with dots. */
export function pathParts(path: string): string[] {
  return Array.from(path.matchAll(/\[([^\]]*)\]|[^.[\]]+/g), (match) => match[1] ?? match[0]);
}

/** Small documents may be nearly all aliases, large ones hardly. */
function allowedAliasRatio(nodes: number): number {
  const [low, high] = [400_000, 4_000_000];
  if (nodes <= low) return 0.99;
  return nodes >= high ? 0.1 : 0.99 - 0.89 * ((nodes - low) / (high - low));
}
