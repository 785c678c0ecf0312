// Goes through the words of a filter.
import { JqSyntax } from "./ast.ts";
import type { Token } from "./lex.ts";

const DEEPEST = 120;
export const KEYWORDS = new Set(
  "def if then elif else end as reduce foreach try catch label import include and or __loc__".split(" "),
);

/** Looks at words and takes them; the grammar is above it. */
export abstract class TokenReader {
  protected readonly tokens: readonly Token[];
  protected at = 0;
  protected depth = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  protected ended(): boolean {
    return this.token.kind === "end";
  }

  protected get token(): Token {
    return this.tokens[this.at] ?? { kind: "end", text: "" };
  }

  protected fault(): JqSyntax {
    const { kind, text } = this.token;
    const what =
      kind === "end"
        ? "end of file"
        : kind === "sign"
          ? `'${text}'`
          : kind === "name"
            ? KEYWORDS.has(text)
              ? text
              : "IDENT"
            : kind === "field"
              ? "FIELD"
              : kind === "number"
                ? "LITERAL"
                : kind === "text"
                  ? "QQSTRING_START"
                  : text;
    return new JqSyntax(`syntax error, unexpected ${what}`);
  }

  protected isSign(text: string): boolean {
    return this.token.kind === "sign" && this.token.text === text;
  }

  protected isName(text: string): boolean {
    return this.token.kind === "name" && this.token.text === text;
  }

  protected takes(text: string): boolean {
    if (!this.isSign(text) && !this.isName(text)) return false;
    this.at++;
    return true;
  }

  protected expect(text: string): void {
    if (!this.takes(text)) throw this.fault();
  }

  protected deeper<T>(read: () => T): T {
    if (++this.depth > DEEPEST) throw new JqSyntax("the filter is nested too deeply");
    const result = read();
    this.depth--;
    return result;
  }

  protected name(): string {
    const { kind, text } = this.token;
    if (kind !== "name") throw this.fault();
    this.at++;
    return text;
  }

  protected isVariable(): boolean {
    return this.token.kind === "variable";
  }

  protected variable(): string {
    const { kind, text } = this.token;
    if (kind !== "variable") throw this.fault();
    this.at++;
    return text;
  }
}
