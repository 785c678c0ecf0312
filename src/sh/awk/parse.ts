// The grammar of awk's programs: rules, functions, statements.
import type { AwkFunction, AwkProgram, Expr, Rule, Statement, Target } from "./ast.ts";
import { ExpressionParser } from "./expressions.ts";
import { tokensOf } from "./lex.ts";

/** Reads a program. @throws AwkFault */
export function parseAwk(text: string): AwkProgram {
  return new ProgramParser(tokensOf(text)).program();
}

class ProgramParser extends ExpressionParser {
  program(): AwkProgram {
    const begin: Statement[] = [];
    const end: Statement[] = [];
    const rules: Rule[] = [];
    const functions = new Map<string, AwkFunction>();
    for (this.skip(); this.token.kind !== "end"; this.skip()) {
      if (this.isName("function") || this.isName("func")) this.#function(functions);
      else if (this.isName("BEGIN") || this.isName("END")) {
        const list = this.token.text === "BEGIN" ? begin : end;
        this.at++;
        this.newlines();
        list.push(this.#block());
      } else rules.push(this.#rule());
    }
    return { begin, end, rules, functions, reads: this.reads };
  }

  #rule(): Rule {
    if (this.isSign("{")) return { action: this.#block() };
    const pattern = this.expression();
    let until: Expr | undefined;
    if (this.takes(",")) {
      this.newlines();
      until = this.expression();
    }
    const head = { pattern, ...(until === undefined ? {} : { until }) };
    return this.isSign("{") ? { ...head, action: this.#block() } : head;
  }

  #function(functions: Map<string, AwkFunction>): void {
    this.at++;
    const name = this.token.text;
    this.at++;
    this.expect("(");
    const parameters: string[] = [];
    while (!this.isSign(")")) {
      parameters.push(this.name());
      if (!this.takes(",")) break;
      this.newlines();
    }
    this.expect(")");
    this.newlines();
    functions.set(name, { parameters, body: this.#block() });
  }

  #block(): Statement {
    return this.deeper(() => {
      this.expect("{");
      const body: Statement[] = [];
      for (this.skip(); !this.isSign("}"); this.skip()) {
        if (this.token.kind === "end") throw this.fault();
        body.push(this.#statement());
      }
      this.expect("}");
      return { kind: "block", body };
    });
  }

  #statement(): Statement {
    return this.deeper(() => this.#anyStatement());
  }

  #anyStatement(): Statement {
    if (this.isSign("{")) return this.#block();
    if (this.takes(";")) return { kind: "block", body: [] };
    if (this.token.kind === "name" || this.token.kind === "call") {
      const word = this.token.text;
      if (word === "if") return this.#if();
      if (word === "while") return this.#while();
      if (word === "do") return this.#do();
      if (word === "for") return this.#for();
    }
    const statement = this.#simple();
    this.#terminator();
    return statement;
  }

  /** What follows a statement: a new line, a semicolon, or the block's end. */
  #terminator(): void {
    if (this.isSign("}") || this.token.kind === "end") return;
    if (this.takes(";") || this.token.kind === "newline") {
      this.newlines();
      return;
    }
    throw this.fault();
  }

  #simple(): Statement {
    const { kind, text } = this.token;
    if (kind !== "name" && kind !== "call") return { kind: "expression", value: this.expression() };
    switch (text) {
      case "print":
      case "printf":
        this.at++;
        return this.#print(text);
      case "next":
      case "nextfile":
      case "break":
      case "continue":
        this.at++;
        return { kind: text };
      case "return":
      case "exit": {
        this.at++;
        const value = this.ends() ? undefined : this.expression();
        if (text === "return") return { kind: "return", ...(value === undefined ? {} : { value }) };
        return { kind: "exit", ...(value === undefined ? {} : { status: value }) };
      }
      case "delete": {
        this.at++;
        const array = this.name();
        return { kind: "delete", array, ...(this.isSign("[") ? { keys: this.keys() } : {}) };
      }
    }
    return { kind: "expression", value: this.expression() };
  }

  #print(kind: "print" | "printf"): Statement {
    const args: Expr[] = [];
    const to = (): Target | undefined => {
      const sign = this.token.text;
      if (this.token.kind !== "sign" || (sign !== ">" && sign !== ">>" && sign !== "|")) return undefined;
      this.at++;
      return { kind: sign, to: this.target() };
    };
    if (!this.ends() && !this.isSign(">") && !this.isSign(">>") && !this.isSign("|")) args.push(...this.printed());
    const target = to();
    return { kind, args, ...(target === undefined ? {} : { target }) };
  }

  #condition(): Expr {
    this.at++;
    this.expect("(");
    const condition = this.expression();
    this.expect(")");
    this.newlines();
    return condition;
  }

  #if(): Statement {
    const condition = this.#condition();
    const yes = this.#statement();
    const { at } = this;
    this.skip();
    if (!this.isName("else")) {
      this.at = at;
      return { kind: "if", condition, yes };
    }
    this.at++;
    this.newlines();
    return { kind: "if", condition, yes, no: this.#statement() };
  }

  #while(): Statement {
    const condition = this.#condition();
    return { kind: "while", condition, body: this.#statement(), first: false };
  }

  #do(): Statement {
    this.at++;
    this.newlines();
    const body = this.#statement();
    this.skip();
    if (!this.isName("while")) throw this.fault();
    const condition = this.#condition();
    return { kind: "while", condition, body, first: true };
  }

  #for(): Statement {
    this.at++;
    this.expect("(");
    const [name, word, array, close] = [0, 1, 2, 3].map((offset) => this.tokenAt(offset));
    if (name?.kind === "name" && word?.text === "in" && array?.kind === "name" && close?.text === ")") {
      this.at += 4;
      this.newlines();
      return { kind: "for-in", name: name.text, array: array.text, body: this.#statement() };
    }
    const begin = this.isSign(";") ? undefined : this.#simple();
    this.expect(";");
    this.newlines();
    const condition = this.isSign(";") ? undefined : this.expression();
    this.expect(";");
    this.newlines();
    const step = this.isSign(")") ? undefined : this.#simple();
    this.expect(")");
    this.newlines();
    const body = this.#statement();
    return {
      kind: "for",
      body,
      ...(begin === undefined ? {} : { begin }),
      ...(condition === undefined ? {} : { condition }),
      ...(step === undefined ? {} : { step }),
    };
  }
}
