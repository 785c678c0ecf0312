// The words the language service speaks: problems, suggestions, hovers, fixes. Independent of any editor.
import type { FieldPath } from "../../../cluster/index.ts";
import type { Span } from "./outline.ts";

export type Severity = "error" | "warning" | "info";

/** Something to tell about a place in the text. */
export interface Problem extends Span {
  readonly severity: Severity;
  readonly message: string;
  /** The field in question, where it is known. */
  readonly path?: FieldPath;
  /** Where the problem was found: it decides which problems survive an edit. */
  readonly source: "yaml" | "server" | "advice" | "live";
  /** What the cluster has there instead, where it has something. */
  readonly live?: string;
}

/** A replacement of a piece of the text; lines from 1, columns count characters before them. `to` may be on a later line. */
export interface Edit {
  readonly line: number;
  readonly from: number;
  readonly endLine: number;
  readonly to: number;
  readonly text: string;
}

/** A fix for a problem. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** Something that could be typed here. */
export interface Suggestion {
  readonly label: string;
  readonly kind: "field" | "value" | "object" | "name";
  /** A snippet: `$1`, `${2:default}` and `$0` are places to go to. Lines carry their own indentation. */
  readonly insert: string;
  readonly replace: Span;
  /** A few words beside the label. */
  readonly detail: string;
  readonly about: string | undefined;
  /** Whether more suggestions follow at once, as behind a key. */
  readonly more: boolean;
}

/** What is known of the place under the pointer: short paragraphs, the first a title. */
export interface Hover {
  readonly span: Span;
  readonly paragraphs: readonly string[];
}

/** First sentences about fields, per struct; under "" about the struct. */
export type Descriptions = Readonly<Record<string, Readonly<Record<string, string>>>>;
