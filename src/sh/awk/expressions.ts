// The expressions of awk's programs, by precedence from the loosest to the tightest.

import { compileRegex } from "../regex.ts";
import { AwkFault, type Expr } from "./ast.ts";
import type { Token } from "./lex.ts";
import { FUNCTIONS } from "./names.ts";

const DEEPEST = 150;
const COMPARISON = new Set(["<", "<=", "==", "!=", ">", ">="]);
const ASSIGN = new Set(["=", "+=", "-=", "*=", "/=", "%=", "^=", "**="]);

/** Reads expressions; statements are read above it. */
export abstract class ExpressionParser {
  readonly #tokens: readonly Token[];
  protected at = 0;
  protected reads = false;
  #depth = 0;
  /** Where `>` writes to a file and `in` belongs to a loop. */
  #noGreater = false;
  #noIn = false;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  protected get token(): Token {
    return this.tokenAt(0);
  }

  protected tokenAt(offset: number): Token {
    return this.#tokens[this.at + offset] ?? { kind: "end", text: "", line: this.#tokens.at(-1)?.line ?? 1 };
  }

  protected deeper<T>(read: () => T): T {
    if (++this.#depth > DEEPEST) throw new AwkFault("program is nested too deeply");
    try {
      return read();
    } finally {
      this.#depth--;
    }
  }

  protected fault(): AwkFault {
    const { line, text, kind } = this.token;
    return new AwkFault(
      `line ${line}: syntax error at or near ${kind === "end" ? "end of file" : kind === "newline" ? "end of line" : text}`,
    );
  }

  protected isSign(text: string): boolean {
    return this.token.kind === "sign" && this.token.text === text;
  }

  protected isName(text: string): boolean {
    return (this.token.kind === "name" || this.token.kind === "call") && this.token.text === text;
  }

  protected takes(text: string): boolean {
    if (!this.isSign(text)) return false;
    this.at++;
    return true;
  }

  protected expect(text: string): void {
    if (!this.takes(text)) throw this.fault();
  }

  protected name(): string {
    const { kind, text } = this.token;
    if (kind !== "name") throw this.fault();
    this.at++;
    return text;
  }

  protected newlines(): void {
    while (this.token.kind === "newline") this.at++;
  }

  /** New lines and semicolons. */
  protected skip(): void {
    while (this.token.kind === "newline" || this.isSign(";")) this.at++;
  }

  protected ends(): boolean {
    return this.token.kind === "newline" || this.token.kind === "end" || this.isSign(";") || this.isSign("}");
  }

  protected expression(): Expr {
    return this.deeper(() => this.#choice());
  }

  /** The expressions of `print`: with `>` for a file, and perhaps all in brackets. */
  protected printed(): Expr[] {
    const before = this.#noGreater;
    if (this.isSign("(")) {
      const from = this.at;
      this.at++;
      this.#noGreater = false;
      const inside = this.#list();
      this.#noGreater = before;
      if (this.takes(")") && (this.ends() || this.isSign(">") || this.isSign(">>") || this.isSign("|"))) return inside;
      this.at = from;
    }
    this.#noGreater = true;
    const list = this.#list();
    this.#noGreater = before;
    return list;
  }

  #list(): Expr[] {
    const list = [this.expression()];
    while (this.takes(",")) {
      this.newlines();
      list.push(this.expression());
    }
    return list;
  }

  /** Where output goes to: one word, or words put together. */
  protected target(): Expr {
    return this.#concatenation();
  }

  protected keys(): Expr[] {
    this.expect("[");
    const keys = this.#list();
    this.expect("]");
    return keys;
  }

  #choice(): Expr {
    const condition = this.#or();
    if (this.token.kind === "sign" && ASSIGN.has(this.token.text) && isTarget(condition)) {
      const operator = this.token.text;
      this.at++;
      this.newlines();
      return { kind: "assign", target: condition, operator, value: this.expression() };
    }
    if (!this.takes("?")) return condition;
    this.newlines();
    const yes = this.expression();
    this.newlines();
    this.expect(":");
    this.newlines();
    return { kind: "choice", condition, yes, no: this.expression() };
  }

  #or(): Expr {
    let left = this.#and();
    while (this.takes("||")) {
      this.newlines();
      left = { kind: "or", left, right: this.#and() };
    }
    return left;
  }

  #and(): Expr {
    let left = this.#in();
    while (this.takes("&&")) {
      this.newlines();
      left = { kind: "and", left, right: this.#in() };
    }
    return left;
  }

  #in(): Expr {
    let left = this.#match();
    while (!this.#noIn && this.isName("in")) {
      this.at++;
      left = { kind: "in", keys: left.kind === "group" ? [left.inner] : [left], array: this.name() };
    }
    return left;
  }

  #match(): Expr {
    let left = this.#comparison();
    while (this.isSign("~") || (this.isSign("!") && this.tokenAt(1).text === "~")) {
      const negated = this.isSign("!");
      this.at += negated ? 2 : 1;
      left = { kind: "match", negated, left, right: this.#comparison() };
    }
    return left;
  }

  #comparison(): Expr {
    const left = this.#piped(this.#concatenation());
    const { kind, text } = this.token;
    if (kind !== "sign" || !COMPARISON.has(text) || (text === ">" && this.#noGreater)) return left;
    this.at++;
    return this.#piped({ kind: "binary", operator: text, left, right: this.#concatenation() });
  }

  /** `command | getline`. */
  #piped(left: Expr): Expr {
    let result = left;
    while (this.isSign("|") && this.tokenAt(1).text === "getline") {
      this.at += 2;
      const target = this.#lvalue();
      result = { kind: "getline", command: result, ...(target === undefined ? {} : { target }) };
    }
    return result;
  }

  #concatenation(): Expr {
    let left = this.#additive();
    while (this.#beginsOperand()) left = { kind: "binary", operator: " ", left, right: this.#additive() };
    return left;
  }

  #beginsOperand(): boolean {
    const { kind, text } = this.token;
    if (kind === "number" || kind === "string" || kind === "regex" || kind === "call")
      return kind !== "call" || text !== "in";
    if (kind === "name") return text !== "in" && text !== "getline";
    if (kind !== "sign") return false;
    return text === "$" || text === "(" || text === "++" || text === "--";
  }

  #additive(): Expr {
    let left = this.#multiplicative();
    while (this.isSign("+") || this.isSign("-")) {
      const operator = this.token.text;
      this.at++;
      left = { kind: "binary", operator, left, right: this.#multiplicative() };
    }
    return left;
  }

  #multiplicative(): Expr {
    let left = this.#unary();
    while (this.isSign("*") || this.isSign("/") || this.isSign("%")) {
      const operator = this.token.text;
      this.at++;
      left = { kind: "binary", operator, left, right: this.#unary() };
    }
    return left;
  }

  #unary(): Expr {
    for (const operator of ["!", "-", "+"] as const)
      if (this.takes(operator)) return { kind: "unary", operator, inner: this.deeper(() => this.#unary()) };
    return this.#power();
  }

  #power(): Expr {
    const left = this.#postfix();
    if (!this.isSign("^") && !this.isSign("**")) return left;
    this.at++;
    const right = this.deeper(() =>
      this.isSign("-") || this.isSign("+") || this.isSign("!") ? this.#unary() : this.#power(),
    );
    return { kind: "binary", operator: "^", left, right };
  }

  #postfix(): Expr {
    const target = this.#primary();
    if (!isTarget(target)) return target;
    if (this.takes("++")) return { kind: "step", target, by: 1, before: false };
    if (this.takes("--")) return { kind: "step", target, by: -1, before: false };
    return target;
  }

  #primary(): Expr {
    const { kind, text } = this.token;
    switch (kind) {
      case "number":
        this.at++;
        return { kind: "number", value: Number(text) };
      case "string":
        this.at++;
        return { kind: "string", value: text };
      case "regex":
        return this.#regex();
      case "call":
      case "name":
        return this.#named(kind);
    }
    if (this.takes("$")) {
      for (const [sign, by] of [
        ["++", 1],
        ["--", -1],
      ] as const)
        if (this.takes(sign))
          return {
            kind: "field",
            index: { kind: "step", target: this.deeper(() => this.#primary()), by, before: true },
          };
      const index = this.deeper(() =>
        this.isSign("-") || this.isSign("+") || this.isSign("!") ? this.#unary() : this.#primary(),
      );
      return { kind: "field", index };
    }
    for (const [sign, by] of [
      ["++", 1],
      ["--", -1],
    ] as const)
      if (this.takes(sign)) return { kind: "step", target: this.deeper(() => this.#primary()), by, before: true };
    if (this.takes("(")) return this.#grouped();
    throw this.fault();
  }

  #regex(): Expr {
    const { text, line } = this.token;
    const compiled = compileRegex(text, { syntax: "awk" });
    if (typeof compiled === "string") {
      const reason = compiled.startsWith("Unmatched (") ? "missing ')'" : compiled;
      throw new AwkFault(`line ${line}: regular expression compile failed (${reason})\n${text}`);
    }
    this.at++;
    return { kind: "regex", source: text };
  }

  #grouped(): Expr {
    const [noGreater, noIn] = [this.#noGreater, this.#noIn];
    this.#noGreater = false;
    this.#noIn = false;
    const list = this.#list();
    this.#noGreater = noGreater;
    this.#noIn = noIn;
    this.expect(")");
    if (list.length > 1) {
      if (!this.isName("in")) throw this.fault();
      this.at++;
      return { kind: "in", keys: list, array: this.name() };
    }
    const [inner] = list;
    if (inner === undefined) throw this.fault();
    return { kind: "group", inner };
  }

  #named(kind: "call" | "name"): Expr {
    const { text } = this.token;
    this.at++;
    if (text === "getline") return this.#getline();
    if (FUNCTIONS.has(text)) {
      if (text === "length" && !this.isSign("(")) return { kind: "call", name: text, args: [], own: false };
      return { kind: "call", name: text, args: this.#arguments(), own: false };
    }
    if (kind === "call") return { kind: "call", name: text, args: this.#arguments(), own: true };
    if (this.isSign("[")) return { kind: "element", name: text, keys: this.keys() };
    return { kind: "variable", name: text };
  }

  #arguments(): Expr[] {
    this.expect("(");
    const [noGreater, noIn] = [this.#noGreater, this.#noIn];
    this.#noGreater = false;
    this.#noIn = false;
    this.newlines();
    const args = this.isSign(")") ? [] : this.#list();
    this.newlines();
    this.#noGreater = noGreater;
    this.#noIn = noIn;
    this.expect(")");
    return args;
  }

  #lvalue(): Expr | undefined {
    if (this.token.kind !== "name" && !this.isSign("$")) return undefined;
    if (this.isName("in")) return undefined;
    return this.#primary();
  }

  #getline(): Expr {
    const target = this.#lvalue();
    const head = target === undefined ? {} : { target };
    if (this.takes("<")) return { kind: "getline", ...head, file: this.#primary() };
    this.reads = true;
    return { kind: "getline", ...head };
  }
}

function isTarget({ kind }: Expr): boolean {
  return kind === "variable" || kind === "field" || kind === "element";
}
