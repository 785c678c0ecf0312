// How deeply a text nests lists and maps, found in one pass without recursion, so that no parser overflows the stack.

/** Where a document nests deeper than is read; its parser recurses, and a program out of stack cannot answer. */
export interface TooDeep {
  /** UTF-16 units from the beginning. */
  readonly at: number;
  /** Line of `at`, from 1. */
  readonly line: number;
}

/** Levels of lists and maps that are read; no Kubernetes object comes near. */
// Unlike upstream: go-yaml reads 10000 levels, because here the parser's stack ends long before.
export const MAX_DEPTH = 250;

/** The first place that lies deeper than `limit` levels, or undefined. */
export function tooDeep(text: string, limit = MAX_DEPTH): TooDeep | undefined {
  const indents: number[] = [];
  let flow = 0;
  let line = 0;
  /** Lines indented further are text of a block scalar. */
  let literal = Number.POSITIVE_INFINITY;
  for (let start = 0, end = 0; start <= text.length; start = end + 1) {
    line += 1;
    end = lineEnd(text, start);
    const begin = flow > 0 ? start : firstOf(text, start, end);
    if (begin === undefined || (flow === 0 && begin - start > literal)) continue;
    if (flow === 0) {
      const at = enterLine(text, begin, start, indents);
      literal = isBlockScalar(text, at, end) ? (indents.at(/[|>]/.test(text[at] ?? "") ? -2 : -1) ?? -1) : Infinity;
      if (indents.length > limit) return { at, line };
    }
    const reached = flowDepth(text, begin, { end, flow, room: limit - indents.length });
    if (reached.at !== undefined) return { at: reached.at, line };
    flow = reached.flow;
  }
  return undefined;
}

function lineEnd(text: string, start: number): number {
  const next = text.indexOf("\n", start);
  return next < 0 ? text.length : next;
}

/** Where the text of a line begins; nothing for a line that holds none. */
function firstOf(text: string, start: number, end: number): number | undefined {
  let at = start;
  while (at < end && text[at] === " ") at += 1;
  return at === end || text[at] === "#" ? undefined : at;
}

function isBlockScalar(text: string, at: number, end: number): boolean {
  return end - at < 4_000 && /(?:^|\s)[|>][-+0-9]{0,2}\s*(?:#.*)?$/.test(text.slice(at, end));
}

/** Notes the indents a line opens, its dashes and question marks too; gives where its text begins behind them. */
function enterLine(text: string, begin: number, start: number, indents: number[]): number {
  let at = begin;
  while ((indents.at(-1) ?? -1) >= at - start) indents.pop();
  indents.push(at - start);
  while ((text[at] === "-" || text[at] === "?") && (text[at + 1] === " " || text[at + 1] === "\t")) {
    at += 2;
    while (text[at] === " " || text[at] === "\t") at += 1;
    indents.push(at - start);
  }
  return at;
}

interface Flow {
  readonly end: number;
  /** Brackets open at the beginning. */
  readonly flow: number;
  /** Brackets that may be open at once. */
  readonly room: number;
}

/** Counts the brackets of one line; those within plain text and quotes do not open anything. */
function flowDepth(text: string, begin: number, { end, flow, room }: Flow): { flow: number; at?: number } {
  let depth = flow;
  let mayOpen = true;
  for (let at = begin; at < end; at++) {
    const char = text[at];
    if (char === '"' || char === "'") {
      if (mayOpen) at = closingQuote(text, at, end);
      mayOpen = false;
    } else if (char === "[" || char === "{") {
      if (!mayOpen && depth === 0) continue;
      depth += 1;
      if (depth > room) return { flow: depth, at };
    } else if (char === "]" || char === "}") depth = Math.max(0, depth - 1);
    else if (char === "#" && (at === begin || text[at - 1] === " ")) break;
    else if (char !== " " && char !== "\t") mayOpen = depth > 0 || char === ":" || char === "," || isProperty(text, at);
  }
  return { flow: depth };
}

/** Whether the word around this place is a tag or an anchor, which a value may follow. */
function isProperty(text: string, at: number): boolean {
  let from = at;
  while (from > 0 && !/\s/.test(text[from - 1] ?? "") && at - from < 80) from -= 1;
  return text[from] === "!" || text[from] === "&";
}

function closingQuote(text: string, at: number, end: number): number {
  for (let next = at + 1; next < end; next++) {
    if (text[next] === "\\" && text[at] === '"') next += 1;
    else if (text[next] === text[at]) return next;
  }
  return end;
}
