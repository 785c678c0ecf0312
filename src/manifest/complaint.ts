// The YAML parser's complaints in the words, and with the line, of the parser inside kubectl.
import { type Document, type ErrorCode, isMap, isSeq, type LineCounter } from "yaml";

/** What is wrong, with where to point at within the document. */
export interface Complaint {
  readonly message: string;
  readonly from: number;
  readonly to: number;
}

/** Where the first complaint is, and which codes are there. */
interface Spot {
  readonly source: string;
  readonly codes: readonly ErrorCode[];
  readonly at: number;
  /** Line of `at` in the document, from 1. */
  readonly line: number;
  readonly text: string;
}

/** The first complaint about a document, or undefined when it is sound. */
export function syntaxError(source: string, document: Document.Parsed, lines: LineCounter): Complaint | undefined {
  const [error] = document.errors;
  if (error === undefined) return undefined;
  const [from, to] = error.pos;
  if (endsBefore(document, from)) return undefined;
  const here = document.errors.filter(({ pos }) => pos[0] === from);
  const texts = here.map(({ message }) => message).join("\n");
  const spot = { source, codes: here.map(({ code }) => code), at: from, line: lines.linePos(from).line, text: texts };
  return { message: `yaml: ${wording(spot)}`, from, to };
}

/** A map or list in braces is a whole document: what follows it is not read. */
// Models sigs.k8s.io/yaml/goyaml.v2 Unmarshal, which takes the first document alone
function endsBefore({ contents }: Document.Parsed, at: number): boolean {
  return (isMap(contents) || isSeq(contents)) && contents.flow === true && contents.range[1] <= at;
}

/** The scanner tells the line on which it stopped. */
function scanner(line: number, problem: string): string {
  return line <= 1 ? problem : `line ${line}: ${problem}`;
}

/** The parser counts lines from 0, and tells none for the first. */
function parser(line: number, problem: string): string {
  return line <= 1 ? problem : `line ${line - 1}: ${problem}`;
}

// Models sigs.k8s.io/yaml/goyaml.v2 parser.fail, whose scanner errors count lines from 1 and whose parser errors from 0
function wording(spot: Spot): string {
  const { codes, source, at, line, text } = spot;
  const [code] = codes;
  if (/block-seq-ind/.test(text))
    return /on same line with key/.test(text) && startOfLine(source, at) !== at
      ? scanner(line, "block sequence entries are not allowed in this context")
      : parser(line, "did not find expected key");
  switch (code) {
    case "TAB_AS_INDENT":
      return scanner(line, tabProblem(source, line));
    case "BLOCK_AS_IMPLICIT_KEY":
      return scanner(lineOf(source, colonAfter(source, at)), "mapping values are not allowed in this context");
    case "MULTILINE_IMPLICIT_KEY":
      return scanner(nextLine(source, line), "could not find expected ':'");
    case "MISSING_CHAR":
      return /quote/.test(text)
        ? scanner(line, "found unexpected end of stream")
        : scanner(nextLine(source, line), "could not find expected ':'");
    case "BAD_SCALAR_START":
      return scanner(line, "found character that cannot start any token");
    case "BAD_DQ_ESCAPE":
      return scanner(line, "found unknown escape character");
    case "BAD_INDENT":
      return parser(line, indentProblem(spot));
    case "BLOCK_IN_FLOW":
      return parser(line, "did not find expected node content");
    case "UNEXPECTED_TOKEN":
      return parser(
        line,
        /flow-(?:seq|map)-end/.test(text) ? "did not find expected node content" : "did not find expected key",
      );
    default:
      return parser(line, "did not find expected key");
  }
}

function indentProblem({ source, line, text }: Spot): string {
  if (/end with a \]/.test(text)) return "did not find expected ',' or ']'";
  if (/end with a \}/.test(text)) return "did not find expected ',' or '}'";
  const lines = source.split("\n");
  const indent = indentOf(lines[line - 1] ?? "");
  const above = lines.slice(0, line - 1).findLast((each) => each.trim() !== "" && indentOf(each) <= indent) ?? "";
  const inList = indentOf(above) === indent && /^\s*-(?:\s|$)/.test(above);
  return inList ? "did not find expected '-' indicator" : "did not find expected key";
}

/** Behind an unquoted value a tab looks like its continuation. */
function tabProblem(source: string, line: number): string {
  const above =
    source
      .split("\n")
      .slice(0, line - 1)
      .findLast((each) => each.trim() !== "") ?? "";
  return /:\s+[^\s"'[{|>&*!][^:]*$/.test(above)
    ? "found a tab character that violates indentation"
    : "found character that cannot start any token";
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function startOfLine(source: string, at: number): number {
  const start = source.lastIndexOf("\n", at - 1) + 1;
  return start + indentOf(source.slice(start, at + 1));
}

function colonAfter(source: string, at: number): number {
  const found = /:(?=\s|$)/g;
  found.lastIndex = at;
  return found.exec(source)?.index ?? at;
}

function lineOf(source: string, at: number): number {
  return source.slice(0, at).split("\n").length;
}

/** The next line that holds anything but a comment; the one behind the last when there is none. */
function nextLine(source: string, line: number): number {
  const lines = source.split("\n");
  const next = lines.findIndex((each, at) => at >= line && !/^\s*(?:#.*)?$/.test(each));
  return next < 0 ? lines.length : next + 1;
}
