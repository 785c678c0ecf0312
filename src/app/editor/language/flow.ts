// Flow collections on one line, `{app: web}` and `[{port: 80}]`: what is in them, and what is being typed in one.
import type { FieldPath } from "../../../cluster/index.ts";
import { type Span, unquote } from "./spans.ts";

/** One key or item of a flow collection. */
export interface FlowPiece {
  readonly path: FieldPath;
  readonly key: (Span & { readonly name: string }) | undefined;
  /** A scalar as it is written, or a whole collection. */
  readonly value: (Span & { readonly raw: string }) | undefined;
}

/** What is being typed where the reading stopped inside a collection. */
export interface OpenFlow {
  readonly mode: "key" | "value";
  /** Of the mapping around a key; of the field or item whose value is typed. */
  readonly path: FieldPath;
  /** Where the typed word begins. */
  readonly from: number;
}

interface Frame {
  readonly list: boolean;
  readonly path: FieldPath;
  readonly from: number;
  /** What this collection is the value of, so far without its end. */
  readonly owner: { readonly key: FlowPiece["key"]; readonly at: number };
  index: number;
  key: FlowPiece["key"];
}

const SCALAR =
  /"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?|(?:[^\s,[\]{}:#]|:(?=[^\s,[\]{}])|(?<=\S)#|[ \t]+(?=[^\s,[\]{}:#]))+/y;

/** Reads the collection whose bracket is at `from`, up to its end, the end of the line or `until`. */
export function readFlow(
  text: string,
  place: { readonly line: number; readonly from: number; readonly path: FieldPath },
  until = text.length,
): { readonly pieces: readonly FlowPiece[]; readonly open: OpenFlow | undefined } {
  const reader = new FlowReader(text, place.line, place.path);
  let at = place.from;
  do at = reader.step(at, until);
  while (at < until && reader.isOpen);
  return { pieces: reader.pieces.filter((piece) => piece !== undefined), open: reader.openAt(until) };
}

class FlowReader {
  readonly pieces: (FlowPiece | undefined)[] = [];
  readonly #text: string;
  readonly #line: number;
  readonly #root: FieldPath;
  readonly #frames: Frame[] = [];
  /** The word read last, and whether it is a key that no colon follows yet. */
  #word: { readonly from: number; readonly to: number; readonly isKey: boolean } | undefined;

  constructor(text: string, line: number, root: FieldPath) {
    this.#text = text;
    this.#line = line;
    this.#root = root;
  }

  get isOpen(): boolean {
    return this.#frames.length > 0;
  }

  /** Reads one sign or word; returns where the next begins. */
  step(at: number, until: number): number {
    const sign = this.#text[at] ?? "";
    if (/\s/.test(sign)) return at + 1;
    if (sign === "{" || sign === "[") this.#enter(sign === "[", at);
    else if (sign === "}" || sign === "]") this.#leave(at);
    else if (sign === "," || sign === ":") this.#next(sign);
    else return this.#scalar(at, until);
    return at + 1;
  }

  /** What is being typed at `until`; undefined outside of every collection and behind a finished word. */
  openAt(until: number): OpenFlow | undefined {
    const frame = this.#frames.at(-1);
    if (frame === undefined) return undefined;
    const word = this.#word;
    const typed = word !== undefined && word.to >= until ? word : undefined;
    if (word !== undefined && typed === undefined) return undefined;
    const from = typed?.from ?? until;
    if (!frame.list && (frame.key === undefined || typed?.isKey === true))
      return { mode: "key", path: frame.path, from };
    return { mode: "value", path: this.#here(frame), from };
  }

  #here(frame: Frame | undefined): FieldPath {
    if (frame === undefined) return this.#root;
    if (frame.list) return [...frame.path, frame.index];
    return frame.key === undefined ? frame.path : [...frame.path, frame.key.name];
  }

  #enter(list: boolean, at: number): void {
    const around = this.#frames.at(-1);
    const path = this.#here(around);
    const owner = { key: around?.key, at: this.pieces.length };
    // Its place in the order is before what is in it; the outermost is known by its line.
    if (around !== undefined) this.pieces.push(undefined);
    this.#frames.push({ list, path, from: at, owner, index: 0, key: undefined });
    this.#word = undefined;
  }

  #leave(at: number): void {
    const frame = this.#frames.pop();
    if (frame === undefined) return;
    this.#word = { from: frame.from, to: at, isKey: false };
    if (this.#frames.length === 0) return;
    const raw = this.#text.slice(frame.from, at + 1);
    const value = { line: this.#line, from: frame.from, to: at + 1, raw };
    this.pieces[frame.owner.at] = { path: frame.path, key: frame.owner.key, value };
  }

  #next(sign: string): void {
    const frame = this.#frames.at(-1);
    this.#word = undefined;
    if (frame === undefined || sign === ":") return;
    frame.index += 1;
    frame.key = undefined;
  }

  #scalar(at: number, until: number): number {
    SCALAR.lastIndex = at;
    const raw = SCALAR.exec(this.#text)?.[0];
    const frame = this.#frames.at(-1);
    if (raw === undefined || frame === undefined) return until;
    const to = at + raw.length;
    const isKey = !frame.list && frame.key === undefined;
    this.#word = { from: at, to, isKey };
    const span = { line: this.#line, from: at, to };
    if (isKey) {
      frame.key = { ...span, name: unquote(raw) };
      const followed = /^\s*:/.test(this.#text.slice(to));
      if (!followed) this.pieces.push({ path: this.#here(frame), key: frame.key, value: undefined });
    } else this.pieces.push({ path: this.#here(frame), key: frame.key, value: { ...span, raw } });
    return to;
  }
}
