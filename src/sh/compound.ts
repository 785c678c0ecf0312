// The grammar of compound commands: loops, `if`, `case`, groups, functions, `[[ … ]]`.
import {
  type CaseArm,
  type Command,
  type Compound,
  type Condition,
  Incomplete,
  type List,
  SyntaxFault,
  type Word,
} from "./ast.ts";
import { TokenParser } from "./tokens.ts";

const UNARY = /^-[a-hknoprstuvwxzGLNOSR]$/;
const BINARY = /^(?:==?|!=|=~|-(?:eq|ne|lt|le|gt|ge|nt|ot|ef))$/;

/** Reads compound commands; lists and simple commands are read above it. */
export abstract class CompoundParser extends TokenParser {
  protected abstract command(): Command;

  /** The name of `name()`. */
  protected functionName(): string | undefined {
    const match = /([^\s;|&<>()'"\\$`={}]+)[ \t]*\([ \t]*\)/y;
    match.lastIndex = this.at;
    const found = match.exec(this.text);
    if (found === null) return undefined;
    this.at += found[0].length;
    return found[1];
  }

  protected functionBody(name: string): Compound {
    this.skipNewlines();
    if (this.peek() === "") throw new Incomplete();
    const body = this.command();
    if (body.node.kind === "simple") throw new SyntaxFault(`syntax error near unexpected token \`${name}'`, this.line);
    return { kind: "function", name, body };
  }

  protected compound(word: string): Compound {
    if (this.peek() === "(") return this.#bracket();
    const { line } = this;
    this.at += word.length;
    switch (word) {
      case "{":
        return { kind: "group", body: this.#block("}") };
      case "if":
        return this.#if();
      case "while":
      case "until": {
        const condition = this.#block("do");
        return { kind: "while", until: word === "until", condition, body: this.#block("done") };
      }
      case "for":
        return this.#for();
      case "case":
        return this.#case();
      case "function": {
        this.blanks();
        const name = this.reserved();
        this.at += name.length;
        this.blanks();
        if (this.startsWith("()")) this.at += 2;
        return this.functionBody(name);
      }
      case "[[": {
        if (!this.bash) break;
        const condition = this.#or();
        this.expect("]]");
        return { kind: "condition", condition };
      }
    }
    throw new SyntaxFault(`\`${word}' is not simulated`, line);
  }

  /** `( … )` or `(( … ))`. */
  #bracket(): Compound {
    if (this.startsWith("((") && this.bash) {
      const [from, line] = [this.at, this.line];
      this.at += 2;
      const expression = this.expression(")", ")");
      if (this.startsWith("))")) {
        this.at += 2;
        return { kind: "arithmetic", expression };
      }
      [this.at, this.line] = [from, line];
    }
    this.at++;
    const body = this.list(new Set([")"]));
    this.at++;
    return { kind: "subshell", body };
  }

  #block(end: string): List {
    const body = this.list(new Set([end]));
    if (body.length === 0) throw this.unexpected();
    this.at += end.length;
    return body;
  }

  #if(): Compound {
    const arms: Array<{ condition: List; body: List }> = [];
    for (;;) {
      const condition = this.#block("then");
      const body = this.list(new Set(["elif", "else", "fi"]));
      if (body.length === 0) throw this.unexpected();
      arms.push({ condition, body });
      const word = this.reserved();
      this.at += word.length;
      if (word === "fi") return { kind: "if", arms };
      if (word === "else") return { kind: "if", arms, otherwise: this.#block("fi") };
    }
  }

  #for(): Compound {
    this.blanks();
    if (this.startsWith("((") && this.bash) return this.#forArithmetic();
    const name = this.reserved();
    if (name === "" && this.peek() === "") throw new Incomplete();
    if (!/^[A-Za-z_]\w*$/.test(name)) throw new SyntaxFault(`\`${name}': not a valid identifier`, this.line);
    this.at += name.length;
    this.skipNewlines();
    if (this.peek() === "") throw new Incomplete();
    if (this.reserved() !== "in") {
      this.#separate();
      this.expect("do");
      return { kind: "for", name, body: this.#block("done") };
    }
    this.at += 2;
    const words: Word[] = [];
    for (;;) {
      this.blanks();
      const from = this.at;
      const word = this.word();
      if (this.at === from) break;
      words.push(...this.braces(word));
    }
    this.#separate();
    this.expect("do");
    return { kind: "for", name, words, body: this.#block("done") };
  }

  /** The words that `{a,b}` and `{1..3}` in a word make. */
  protected abstract braces(word: Word): readonly Word[];

  #separate(): void {
    this.blanks();
    if (this.peek() === ";" && this.peek(1) !== ";") this.at++;
    else if (this.peek() !== "\n" && this.peek() !== "" && this.reserved() !== "do") throw this.unexpected();
    this.skipNewlines();
  }

  #forArithmetic(): Compound {
    this.at += 2;
    const part = (end: string) => {
      const found = this.expression(end, ")");
      this.at++;
      return found;
    };
    const parts = [part(";"), part(";"), part(")")] as const;
    this.at++;
    this.#separate();
    const brace = this.reserved() === "{";
    this.expect(brace ? "{" : "do");
    return { kind: "for-arithmetic", parts, body: this.#block(brace ? "}" : "done") };
  }

  #case(): Compound {
    this.blanks();
    const word = this.word();
    this.expect("in");
    const arms: CaseArm[] = [];
    for (;;) {
      this.skipNewlines();
      if (this.peek() === "") throw new Incomplete();
      if (this.reserved() === "esac") {
        this.at += 4;
        return { kind: "case", word, arms };
      }
      arms.push(this.#arm());
    }
  }

  #arm(): CaseArm {
    if (this.peek() === "(") this.at++;
    const patterns: Word[] = [];
    for (;;) {
      this.blanks();
      const from = this.at;
      patterns.push(this.word());
      if (this.at === from) throw this.unexpected();
      this.blanks();
      if (this.peek() !== "|") break;
      this.at++;
    }
    if (this.peek() !== ")") throw this.peek() === "" ? new Incomplete() : this.unexpected();
    this.at++;
    const body = this.list(new Set([";;", "esac"]));
    const end = this.startsWith(";;&") ? ";;&" : this.startsWith(";&") ? ";&" : ";;";
    if (this.peek() === ";") this.at += end.length;
    return { patterns, body, end };
  }

  #or(): Condition {
    let left = this.#and();
    for (this.skipNewlines(); this.startsWith("||"); this.skipNewlines()) {
      this.at += 2;
      left = { kind: "or", left, right: this.#and() };
    }
    return left;
  }

  #and(): Condition {
    let left = this.#not();
    for (this.skipNewlines(); this.startsWith("&&"); this.skipNewlines()) {
      this.at += 2;
      left = { kind: "and", left, right: this.#not() };
    }
    return left;
  }

  #not(): Condition {
    this.skipNewlines();
    if (this.reserved() === "!") {
      this.at++;
      return { kind: "not", inner: this.deeper(() => this.#not()) };
    }
    if (this.peek() !== "(") return this.#test();
    this.at++;
    const inner = this.deeper(() => this.#or());
    if (this.peek() !== ")") throw this.unexpected();
    this.at++;
    return inner;
  }

  #test(): Condition {
    const first = this.reserved();
    if (UNARY.test(first)) {
      this.at += first.length;
      this.blanks();
      return { kind: "unary", operator: first, word: this.#operand() };
    }
    const left = this.#operand();
    this.blanks();
    const sign = this.peek() === "<" || this.peek() === ">" ? this.peek() : this.reserved();
    if (!BINARY.test(sign) && sign !== "<" && sign !== ">") return { kind: "unary", operator: "-n", word: left };
    this.at += sign.length;
    this.blanks();
    const right = sign === "=~" ? this.expressionWord() : this.#operand();
    return { kind: "binary", operator: sign, left, right };
  }

  #operand(): Word {
    const from = this.at;
    const word = this.word();
    if (this.at > from) return word;
    if (this.peek() === "") throw new Incomplete();
    throw new SyntaxFault(`syntax error in conditional expression near \`${this.peek()}'`, this.line);
  }
}
