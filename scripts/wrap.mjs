// Wraps prose at 100 columns: Markdown files, and the comments of TypeScript and JavaScript files.
// `npm run wrap -- FILE …` rewrites the files. Only paragraphs with a line that is too long are
// touched; code, tables, fences and headings stay as they are.
import { readFileSync, writeFileSync } from "node:fs";

const WIDTH = 100;

/** Words that would begin a list, a heading or a table if they came first on a line. */
const MARKER = /^([-+*]|\d+[.)]|#+|>|\|)$/;

/** Splits text at blanks, but keeps code spans and what must not begin a line with the word before. */
const wordsOf = (text) => {
  const words = [];
  let code = false;
  for (const part of text.trim().split(/\s+/)) {
    if (code || (words.length > 0 && MARKER.test(part))) words[words.length - 1] += ` ${part}`;
    else words.push(part);
    if ((part.split("`").length - 1) % 2 === 1) code = !code;
  }
  return words.flatMap((word) => (word.length > 70 ? word.split(" ") : [word]));
};

const fill = (text, first, rest) => {
  const lines = [];
  let line = first;
  let empty = true;
  for (const word of wordsOf(text)) {
    if (!empty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = rest;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
};

/** A paragraph or list item: its lines, and the width of the marker before its text. */
const wrapBlock = (block) => {
  if (block.every((line) => line.length <= WIDTH)) return block;
  const [, indent = "", marker = ""] = /^(\s*)((?:[-*+]|\d+\.)\s+)?/.exec(block[0]) ?? [];
  const text = block
    .map((line) => line.trim())
    .join(" ")
    .slice(marker.length);
  return fill(text, indent + marker, indent + " ".repeat(marker.length));
};

const VERBATIM = /^\s*(\||#{1,6} |<|>|$)/;
const ITEM = /^\s*([-*+]|\d+\.)\s/;

export const wrapMarkdown = (text) => {
  const out = [];
  let block = [];
  let fence = false;
  const flush = () => {
    if (block.length > 0) out.push(...wrapBlock(block));
    block = [];
  };
  for (const line of text.split("\n")) {
    const edge = /^\s*```/.test(line);
    if (edge || fence || VERBATIM.test(line)) {
      flush();
      out.push(line);
      if (edge) fence = !fence;
    } else {
      if (ITEM.test(line)) flush();
      block.push(line);
    }
  }
  flush();
  return out.join("\n");
};

/** The lines of one comment, each without its mark; paragraphs with a long line are filled again. */
const wrapComment = (lines, prefix) => {
  const out = [];
  let paragraph = [];
  const flush = () => {
    if (paragraph.some((line) => prefix.length + line.length > WIDTH)) {
      const marker = /^(- )?/.exec(paragraph[0])[0];
      const text = paragraph
        .map((line) => line.trim())
        .join(" ")
        .slice(marker.length);
      out.push(...fill(text, prefix + marker, prefix + " ".repeat(marker.length)));
    } else out.push(...paragraph.map((line) => (prefix + line).trimEnd()));
    paragraph = [];
  };
  for (const line of lines) {
    const kept = line === "" || /^\s{2,}|^[-=]{3,}|biome-ignore|@ts-|^[/#]/.test(line);
    if (kept || /^(@|- )/.test(line)) flush();
    if (kept) out.push((prefix + line).trimEnd());
    else paragraph.push(line);
  }
  flush();
  return out;
};

export const wrapCode = (text) => {
  const lines = text.split("\n");
  const out = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at];
    const [, indent = ""] = /^(\s*)/.exec(line);
    if (/^\s*\/\/( |$)/.test(line)) {
      const group = [];
      while (at < lines.length && lines[at].startsWith(`${indent}//`) && /^\s*\/\/( |$)/.test(lines[at]))
        group.push(
          lines[at++]
            .slice(indent.length + 2)
            .replace(/^ /, "")
            .trimEnd(),
        );
      at -= 1;
      out.push(...wrapComment(group, `${indent}// `));
    } else if (/^\s*\/\*\* .*\*\/$/.test(line) && line.length > WIDTH) {
      const body = line.trim().slice(3, -2).trim();
      const parts = body.split(/ (?=@(?:throws|param|returns)\b)/);
      out.push(`${indent}/**`, ...wrapComment(parts, `${indent} * `), `${indent} */`);
    } else if (/^\s*\/\*\*(?!.*\*\/)/.test(line)) {
      const group = [line];
      while (!lines[at].includes("*/")) group.push(lines[++at]);
      if (
        group.every((each) => each.length <= WIDTH) ||
        group.slice(1).some((each) => !/^\s*\*/.test(each)) ||
        !/^\s*\*\/$/.test(lines[at])
      )
        out.push(...group);
      else {
        const head = line.trim().slice(3).trim();
        const body = group.slice(1, -1).map((each) => each.trim().slice(1).replace(/^ /, ""));
        out.push(`${indent}/**`, ...wrapComment(head === "" ? body : [head, ...body], `${indent} * `), `${indent} */`);
      }
    } else out.push(line);
  }
  return out.join("\n");
};

for (const file of process.argv.slice(2)) {
  const before = readFileSync(file, "utf8");
  const after = file.endsWith(".md") ? wrapMarkdown(before) : wrapCode(before);
  if (after !== before) writeFileSync(file, after);
}
