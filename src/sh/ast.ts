// What the sh language's texts are read into.

/** A piece of a word. Quoted pieces are neither split nor matched against file names. */
export type Piece =
  | { readonly kind: "text"; readonly text: string; readonly quoted: boolean }
  | Parameter
  | { readonly kind: "command"; readonly body: Script; readonly quoted: boolean }
  | { readonly kind: "arithmetic"; readonly expression: Word; readonly quoted: boolean };

/** `$name`, or `${name…}` with what is done to the value. */
export interface Parameter {
  readonly kind: "parameter";
  readonly name: string;
  /** `-`, `=`, `+`, `?` (with `:` before them when empty counts as unset), `#`, `##`, `%`, `%%`, `/`, `//`, `/#`, `/%`, `:` (a part), `^`, `^^`, `,`, `,,`, `length`, `!` (the variable it names). */
  readonly operator?: string;
  readonly word?: Word;
  readonly second?: Word;
  /** Which element of an array: an expression, `@` or `*`. */
  readonly index?: Word;
  readonly quoted: boolean;
  /** As typed, for bash's error messages. */
  readonly source: string;
}

export type Word = readonly Piece[];

export interface HereDocument {
  readonly terminator: string;
  readonly quoted: boolean;
  readonly stripTabs: boolean;
  /** Filled in when its text was read. */
  body: Word;
}

export interface Redirect {
  /** The stream that is redirected; undefined means the operator's own. */
  readonly stream?: number;
  /** `>`, `>>`, `>|`, `<`, `<>`, `>&`, `<&`, `&>`, `&>>`, `<<`, `<<<`. */
  readonly operator: string;
  readonly target: Word;
  readonly here?: HereDocument;
}

export interface Assignment {
  readonly name: string;
  /** `+=` adds to what is there. */
  readonly append: boolean;
  readonly value: Word;
  /** Set for `name=(…)`. */
  readonly elements?: readonly Word[];
  readonly index?: Word;
}

export interface SimpleCommand {
  readonly kind: "simple";
  readonly assignments: readonly Assignment[];
  readonly words: readonly Word[];
  readonly line: number;
}

/** A condition of `[[ … ]]`. */
export type Condition =
  | { readonly kind: "not"; readonly inner: Condition }
  | { readonly kind: "and" | "or"; readonly left: Condition; readonly right: Condition }
  | { readonly kind: "unary"; readonly operator: string; readonly word: Word }
  | { readonly kind: "binary"; readonly operator: string; readonly left: Word; readonly right: Word };

export type Compound =
  | { readonly kind: "for"; readonly name: string; readonly words?: readonly Word[]; readonly body: List }
  | { readonly kind: "for-arithmetic"; readonly parts: readonly [Word, Word, Word]; readonly body: List }
  | { readonly kind: "while"; readonly until: boolean; readonly condition: List; readonly body: List }
  | {
      readonly kind: "if";
      readonly arms: ReadonlyArray<{ readonly condition: List; readonly body: List }>;
      readonly otherwise?: List;
    }
  | { readonly kind: "case"; readonly word: Word; readonly arms: readonly CaseArm[] }
  | { readonly kind: "group" | "subshell"; readonly body: List }
  | { readonly kind: "arithmetic"; readonly expression: Word }
  | { readonly kind: "condition"; readonly condition: Condition }
  | { readonly kind: "function"; readonly name: string; readonly body: Command };

export interface CaseArm {
  readonly patterns: readonly Word[];
  readonly body: List;
  /** `;;` ends, `;&` continues with the next arm, `;;&` keeps looking. */
  readonly end: ";;" | ";&" | ";;&";
}

export interface Command {
  readonly node: SimpleCommand | Compound;
  readonly redirects: readonly Redirect[];
}

export interface Pipeline {
  readonly negated: boolean;
  readonly timed: boolean;
  readonly stages: readonly Command[];
}

/** Pipelines joined by `&&` and `||`; each records what comes before it. */
export interface AndOr {
  readonly items: ReadonlyArray<{ readonly after: "" | "&&" | "||"; readonly pipeline: Pipeline }>;
  /** Set when `&` follows it. */
  readonly background: boolean;
  /** As it was typed. */
  readonly source: string;
}

export type List = readonly AndOr[];

/** A whole text to be run, as that of `$(…)`. */
export type Script = List;

/** The text ends in the middle of something: more lines are needed. */
export class Incomplete extends Error {
  override name = "Incomplete";
  /** The character that was looked for, as `"` or `)`; empty when a command is not over. */
  readonly wanted: string;

  constructor(wanted = "") {
    super("unexpected end of file");
    this.wanted = wanted;
  }
}

/** The text cannot be read; the message is bash's, without its name. */
export class SyntaxFault extends Error {
  override name = "SyntaxFault";
  readonly line: number;

  constructor(message: string, line = 1) {
    super(message);
    this.line = line;
  }
}

/** A piece of text that stands for itself. */
export const literal = (text: string): Piece => ({ kind: "text", text, quoted: true });

/** The text of a word that is plain and unquoted; undefined for any other. */
export function plainText(word: Word | undefined): string | undefined {
  const [piece, ...rest] = word ?? [];
  return piece?.kind === "text" && !piece.quoted && rest.length === 0 ? piece.text : undefined;
}
