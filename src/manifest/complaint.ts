// The YAML parser's complaints in the words, and with the line, of the parser inside kubectl.
import type { Document, LineCounter, YAMLError } from "yaml";

/** What is wrong, with where to point at within the document. */
export interface Complaint {
  readonly message: string;
  readonly from: number;
  readonly to: number;
}

/** The first complaint about a document, or undefined when it is sound. */
export function syntaxError(source: string, document: Document.Parsed, lines: LineCounter): Complaint | undefined {
  const [error] = document.errors;
  if (error === undefined) return undefined;
  const [from, to] = error.pos;
  const { line } = lines.linePos(from);
  return { message: wording(error, source, line), from, to };
}

function wording(error: YAMLError, source: string, line: number): string {
  switch (error.code) {
    case "TAB_AS_INDENT":
      return `yaml: line ${line}: found character that cannot start any token`;
    case "MISSING_CHAR":
    case "BLOCK_AS_IMPLICIT_KEY":
    case "MULTILINE_IMPLICIT_KEY":
      return `yaml: line ${line + 1}: could not find expected ':'`;
    case "BAD_INDENT":
    case "UNEXPECTED_TOKEN":
      return `yaml: line ${Math.max(1, line - 1)}: did not find expected key`;
    default:
      return `yaml: line ${line}: ${source === "" ? "" : error.message}`;
  }
}
