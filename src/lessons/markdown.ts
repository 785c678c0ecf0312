// A small part of Markdown as a tree: paragraphs, lists, code, emphasis, and links to the page's own things. No HTML.
import { type LessonLink, linkOf } from "./link.ts";

/** A piece of running text. */
export type Inline =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "em" | "strong"; readonly children: readonly Inline[] }
  | { readonly kind: "link"; readonly to: LessonLink; readonly children: readonly Inline[] };

/** A block of a text. */
export type Block =
  | { readonly kind: "paragraph"; readonly children: readonly Inline[] }
  | { readonly kind: "list"; readonly ordered: boolean; readonly items: ReadonlyArray<readonly Inline[]> }
  | { readonly kind: "code"; readonly language: string; readonly text: string };

/** Longer texts are cut off: nobody writes a step of this length. */
const LONGEST = 20_000;
const ITEM = /^\s{0,3}(?:[-*]|(\d{1,3})\.)\s+(.*)$/;

/** Reads a text. Whatever is none of the known forms is text as it is. Takes time linear in the text. Spec: [LESSON-6]. */
export function parseMarkdown(source: string): readonly Block[] {
  const lines = source.slice(0, LONGEST).split(/\r?\n/);
  const blocks: Block[] = [];
  let open: string[] = [];
  const close = () => {
    if (open.length > 0) blocks.push({ kind: "paragraph", children: parseInline(open.join(" ")) });
    open = [];
  };
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    const fence = /^\s{0,3}```([\w-]*)\s*$/.exec(line);
    if (fence !== null) {
      close();
      const end = lines.findIndex((each, index) => index > at && /^\s{0,3}```\s*$/.test(each));
      const until = end < 0 ? lines.length : end;
      blocks.push({ kind: "code", language: fence[1] ?? "", text: lines.slice(at + 1, until).join("\n") });
      at = until;
    } else if (line.trim() === "") close();
    else if (open.length === 0 && ITEM.test(line)) at = readList(lines, at, blocks);
    else open.push(line.trim());
  }
  close();
  return blocks;
}

/** Reads a list from a line on; gives its last line. */
function readList(lines: readonly string[], from: number, blocks: Block[]): number {
  const ordered = ITEM.exec(lines[from] ?? "")?.[1] !== undefined;
  const items: string[][] = [];
  let at = from;
  for (; at < lines.length; at++) {
    const line = lines[at] ?? "";
    const item = ITEM.exec(line);
    if (item !== null && (item[1] !== undefined) === ordered) items.push([item[2] ?? ""]);
    else if (/^\s{2,}\S/.test(line)) items.at(-1)?.push(line.trim());
    else break;
  }
  blocks.push({ kind: "list", ordered, items: items.map((item) => parseInline(item.join(" "))) });
  return at - 1;
}

/** Emphasis in emphasis in emphasis; deeper marks are text. */
const MAX_DEPTH = 3;

/** Reads one line of text. */
export function parseInline(text: string, depth = 0): readonly Inline[] {
  return new Line(text, depth).read();
}

class Line {
  readonly #text: string;
  readonly #depth: number;
  readonly #parts: Inline[] = [];
  /** Marks that are nowhere further on: each is searched for in vain once. */
  readonly #absent = new Set<string>();
  #plain = "";

  constructor(text: string, depth: number) {
    this.#text = text;
    this.#depth = depth;
  }

  read(): readonly Inline[] {
    let at = 0;
    while (at < this.#text.length) {
      const next = this.#special(at);
      if (next !== undefined) at = next;
      else this.#plain += this.#text[at++] ?? "";
    }
    this.#flush();
    return this.#parts;
  }

  /** What begins here and is more than text: where it ends. */
  #special(at: number): number | undefined {
    const char = this.#text[at];
    if (char === "\\" && /[\\`*[\]]/.test(this.#text[at + 1] ?? "")) {
      this.#plain += this.#text[at + 1] ?? "";
      return at + 2;
    }
    if (char === "`") return this.#code(at);
    if (char === "[") return this.#link(at);
    if (char !== "*" || this.#depth >= MAX_DEPTH) return undefined;
    return this.#text.startsWith("**", at) ? this.#emphasis(at, "**") : this.#emphasis(at, "*");
  }

  #code(at: number): number | undefined {
    const end = this.#find("`", at + 1);
    if (end === undefined) return undefined;
    this.#push({ kind: "code", text: this.#text.slice(at + 1, end) });
    return end + 1;
  }

  #emphasis(at: number, mark: "*" | "**"): number | undefined {
    const from = at + mark.length;
    const end = this.#find(mark, from);
    if (end === undefined || end === from || /\s/.test(this.#text[from] ?? " ")) return undefined;
    const children = parseInline(this.#text.slice(from, end), this.#depth + 1);
    this.#push({ kind: mark === "*" ? "em" : "strong", children });
    return end + mark.length;
  }

  /** `[words](where)`: the words hold no bracket, so that what is searched here is not searched again. */
  #link(at: number): number | undefined {
    let end = at + 1;
    while (end < this.#text.length && this.#text[end] !== "[" && this.#text[end] !== "]") end++;
    if (!this.#text.startsWith("](", end)) return undefined;
    const where = /^[^()]{1,200}\)/.exec(this.#text.slice(end + 2, end + 203));
    const to = where === null ? undefined : linkOf(where[0].slice(0, -1));
    if (where === null || to === undefined) return undefined;
    this.#push({ kind: "link", to, children: parseInline(this.#text.slice(at + 1, end), MAX_DEPTH) });
    return end + 2 + where[0].length;
  }

  #find(mark: string, from: number): number | undefined {
    if (this.#absent.has(mark)) return undefined;
    const found = this.#text.indexOf(mark, from);
    if (found < 0) this.#absent.add(mark);
    return found < 0 ? undefined : found;
  }

  #push(part: Inline): void {
    this.#flush();
    this.#parts.push(part);
  }

  #flush(): void {
    if (this.#plain !== "") this.#parts.push({ kind: "text", text: this.#plain });
    this.#plain = "";
  }
}

/** The words of a text without their form. */
export function plainText(parts: readonly Inline[]): string {
  return parts.map((part) => ("text" in part ? part.text : plainText(part.children))).join("");
}
