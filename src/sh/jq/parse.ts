// The grammar of jq's filters.
import type { Definition, Filter, Pattern } from "./ast.ts";
import { tokensOf } from "./lex.ts";
import { KEYWORDS, TokenReader } from "./reader.ts";

/** Reads a filter. @throws JqSyntax */
export function parseJq(text: string): Filter {
  return new Parser(tokensOf(text)).whole();
}

/** Reads definitions, one after another. */
export function parseDefinitions(text: string): Definition[] {
  return new Parser(tokensOf(text)).definitions();
}

const UPDATE = new Set(["=", "|=", "+=", "-=", "*=", "/=", "%=", "//="]);
const COMPARISON = new Set(["==", "!=", "<", "<=", ">", ">="]);

class Parser extends TokenReader {
  whole(): Filter {
    if (this.ended()) return { kind: "identity" };
    const filter = this.#pipe();
    if (!this.ended()) throw this.fault();
    return filter;
  }

  definitions(): Definition[] {
    const found: Definition[] = [];
    while (this.isName("def")) found.push(this.#definition());
    return found;
  }

  #pipe(): Filter {
    return this.deeper(() => {
      if (this.isName("def")) {
        const definition = this.#definition();
        return { kind: "def", definition, body: this.#pipe() };
      }
      if (this.isName("label")) {
        this.at++;
        const name = this.variable();
        this.expect("|");
        return { kind: "label", name, body: this.#pipe() };
      }
      const left = this.#comma();
      if (this.isName("as")) throw this.fault();
      return this.takes("|") ? { kind: "pipe", left, right: this.#pipe() } : left;
    });
  }

  #definition(): Definition {
    this.expect("def");
    const name = this.name();
    const parameters: string[] = [];
    if (this.takes("(")) {
      do {
        if (this.isVariable()) parameters.push(`$${this.variable()}`);
        else parameters.push(this.name());
      } while (this.takes(";"));
      this.expect(")");
    }
    this.expect(":");
    const body = this.#pipe();
    this.expect(";");
    return { name, parameters, body };
  }

  #comma(): Filter {
    let left = this.#alternative();
    while (this.takes(",")) left = { kind: "comma", left, right: this.#alternative() };
    return left;
  }

  #alternative(): Filter {
    const left = this.#update();
    return this.takes("//") ? { kind: "alternative", left, right: this.deeper(() => this.#alternative()) } : left;
  }

  #update(): Filter {
    const left = this.#or();
    const { kind, text } = this.token;
    if (kind !== "sign" || !UPDATE.has(text)) return left;
    this.at++;
    return { kind: "update", operator: text, left, right: this.deeper(() => this.#alternative()) };
  }

  #or(): Filter {
    let left = this.#and();
    while (this.takes("or")) left = { kind: "or", left, right: this.#and() };
    return left;
  }

  #and(): Filter {
    let left = this.#comparison();
    while (this.takes("and")) left = { kind: "and", left, right: this.#comparison() };
    return left;
  }

  #comparison(): Filter {
    const left = this.#sum();
    const { kind, text } = this.token;
    if (kind !== "sign" || !COMPARISON.has(text)) return left;
    this.at++;
    return { kind: "binary", operator: text, left, right: this.#sum() };
  }

  #sum(): Filter {
    let left = this.#product();
    while (this.isSign("+") || this.isSign("-")) {
      const operator = this.token.text;
      this.at++;
      left = { kind: "binary", operator, left, right: this.#product() };
    }
    return left;
  }

  #product(): Filter {
    let left = this.#unary();
    while (this.isSign("*") || this.isSign("/") || this.isSign("%")) {
      const operator = this.token.text;
      this.at++;
      left = { kind: "binary", operator, left, right: this.#unary() };
    }
    return left;
  }

  #unary(): Filter {
    if (this.takes("-")) return { kind: "negate", inner: this.deeper(() => this.#unary()) };
    const term = this.#postfix();
    if (!this.isName("as")) return term;
    this.at++;
    const patterns = [this.#pattern()];
    while (this.takes("?//")) patterns.push(this.#pattern());
    this.expect("|");
    return { kind: "as", source: term, patterns, body: this.#pipe() };
  }

  #pattern(): Pattern {
    return this.deeper(() => {
      if (this.isVariable()) return { kind: "variable", name: this.variable() };
      if (this.takes("[")) {
        const items = [this.#pattern()];
        while (this.takes(",")) items.push(this.#pattern());
        this.expect("]");
        return { kind: "array", items };
      }
      this.expect("{");
      const entries: Extract<Pattern, { kind: "object" }>["entries"][number][] = [];
      do {
        const variable = this.isVariable() ? this.variable() : undefined;
        const key = variable === undefined ? this.#key() : ({ kind: "literal", value: variable } as const);
        const value = this.takes(":") ? this.#pattern() : undefined;
        entries.push({
          key,
          ...(variable === undefined ? {} : { variable }),
          ...(value === undefined ? {} : { value }),
        });
      } while (this.takes(","));
      this.expect("}");
      return { kind: "object", entries };
    });
  }

  #postfix(): Filter {
    let term = this.#term();
    for (;;) {
      const { kind, text } = this.token;
      if (kind === "field") {
        this.at++;
        term = { kind: "index", target: term, key: { kind: "literal", value: text } };
      } else if (this.isSign(".") && this.tokens[this.at + 1]?.kind === "text") {
        this.at++;
        term = { kind: "index", target: term, key: this.#text(undefined) };
      } else if (this.isSign(".") && this.tokens[this.at + 1]?.text === "[") {
        this.at++;
        term = this.#bracket(term);
      } else if (this.isSign("[")) term = this.#bracket(term);
      else if (this.takes("?")) term = { kind: "try", body: term };
      else return term;
    }
  }

  /** `[]`, `[key]`, `[from:to]` behind a term. */
  #bracket(target: Filter): Filter {
    this.expect("[");
    if (this.takes("]")) return { kind: "iterate", target };
    if (this.takes(":")) {
      const to = this.#pipe();
      this.expect("]");
      return { kind: "slice", target, to };
    }
    const key = this.#pipe();
    if (this.takes("]")) return { kind: "index", target, key };
    this.expect(":");
    if (this.takes("]")) return { kind: "slice", target, from: key };
    const to = this.#pipe();
    this.expect("]");
    return { kind: "slice", target, from: key, to };
  }

  #text(format: string | undefined): Filter {
    const { parts = [] } = this.token;
    this.at++;
    if (parts.length === 1 && typeof parts[0] === "string") return { kind: "literal", value: parts[0] };
    const read = parts.map((part) => (typeof part === "string" ? part : this.deeper(() => new Parser(part).whole())));
    return { kind: "text", parts: read, format };
  }

  #term(): Filter {
    const { kind, text } = this.token;
    switch (kind) {
      case "number":
        this.at++;
        return { kind: "literal", value: Number(text) };
      case "text":
        return this.#text(undefined);
      case "format":
        this.at++;
        return this.token.kind === "text" ? this.#text(text) : { kind: "format", name: text };
      case "field":
        this.at++;
        return { kind: "index", target: { kind: "identity" }, key: { kind: "literal", value: text } };
      case "variable":
        this.at++;
        return { kind: "variable", name: text };
      case "name":
        return this.#named(text);
    }
    if (this.takes("..")) return { kind: "recurse" };
    if (this.takes(".")) {
      if (this.token.kind === "text")
        return { kind: "index", target: { kind: "identity" }, key: this.#text(undefined) };
      return this.isSign("[") ? this.#bracket({ kind: "identity" }) : { kind: "identity" };
    }
    if (this.takes("(")) {
      const inner = this.#pipe();
      this.expect(")");
      return inner;
    }
    if (this.takes("[")) {
      if (this.takes("]")) return { kind: "array" };
      const inner = this.#pipe();
      this.expect("]");
      return { kind: "array", inner };
    }
    if (this.takes("{")) return this.#object();
    throw this.fault();
  }

  #named(text: string): Filter {
    switch (text) {
      case "if":
        this.at++;
        return this.#if();
      case "try": {
        this.at++;
        const body = this.deeper(() => this.#postfix());
        return this.takes("catch")
          ? { kind: "try", body, otherwise: this.deeper(() => this.#postfix()) }
          : { kind: "try", body };
      }
      case "reduce":
      case "foreach":
        this.at++;
        return this.#fold(text);
      case "def": {
        const definition = this.#definition();
        return { kind: "def", definition, body: this.#pipe() };
      }
      case "break":
        if (this.tokens[this.at + 1]?.kind !== "variable") break;
        this.at++;
        return { kind: "break", name: this.variable() };
      case "null":
      case "true":
      case "false":
        this.at++;
        return { kind: "literal", value: text === "null" ? null : text === "true" };
    }
    if (KEYWORDS.has(text)) throw this.fault();
    this.at++;
    const args: Filter[] = [];
    if (this.takes("(")) {
      do args.push(this.#pipe());
      while (this.takes(";"));
      this.expect(")");
    }
    return { kind: "call", name: text, args };
  }

  #if(): Filter {
    return this.deeper(() => {
      const condition = this.#pipe();
      this.expect("then");
      const yes = this.#pipe();
      if (this.takes("elif")) return { kind: "if", condition, yes, no: this.#if() };
      const no = this.takes("else") ? this.#pipe() : undefined;
      this.expect("end");
      return { kind: "if", condition, yes, ...(no === undefined ? {} : { no }) };
    });
  }

  #fold(kind: "reduce" | "foreach"): Filter {
    const source = this.#postfix();
    this.expect("as");
    const pattern = this.#pattern();
    this.expect("(");
    const init = this.#pipe();
    this.expect(";");
    const update = this.#pipe();
    const extract = kind === "foreach" && this.takes(";") ? this.#pipe() : undefined;
    this.expect(")");
    if (kind === "reduce") return { kind, source, pattern, init, update };
    return { kind, source, pattern, init, update, ...(extract === undefined ? {} : { extract }) };
  }

  /** A key of an object: a word, a text, `@format "…"`, `(filter)`. */
  #key(): Filter {
    const { kind, text } = this.token;
    if (kind === "name") {
      this.at++;
      return { kind: "literal", value: text };
    }
    if (kind === "number") {
      this.at++;
      return { kind: "literal", value: text };
    }
    if (kind === "text") return this.#text(undefined);
    if (kind === "format") {
      this.at++;
      return this.token.kind === "text" ? this.#text(text) : { kind: "format", name: text };
    }
    this.expect("(");
    const key = this.#pipe();
    this.expect(")");
    return key;
  }

  #object(): Filter {
    const entries: { key: Filter; value: Filter }[] = [];
    while (!this.isSign("}")) {
      const { kind, text } = this.token;
      if (kind === "variable") {
        this.at++;
        entries.push({ key: { kind: "literal", value: text }, value: { kind: "variable", name: text } });
      } else {
        const key = this.#key();
        const value: Filter = this.takes(":") ? this.#value() : { kind: "index", target: { kind: "identity" }, key };
        entries.push({ key, value });
      }
      if (!this.takes(",")) break;
    }
    this.expect("}");
    return { kind: "object", entries };
  }

  /** A value of an object: no comma, which parts its entries. */
  #value(): Filter {
    const left = this.deeper(() => this.#alternative());
    return this.takes("|") ? { kind: "pipe", left, right: this.#value() } : left;
  }
}
