// Arithmetic of `$((…))`, `((…))` and `let`: C's operators on 64-bit numbers.

/** An expression cannot be worked out; the message is bash's, without its name. */
export class ArithmeticFault extends Error {
  override name = "ArithmeticFault";
}

/** Variables as arithmetic sees them. */
export interface Variables {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
}

const TOKEN =
  /\s*(?:(0[xX][0-9A-Fa-f]+|\d+#[0-9A-Za-z@_]+|\d+)|([A-Za-z_]\w*(?:\[[^\]]*\])?)|(\*\*|<<=|>>=|\+\+|--|&&|\|\||[<>=!]=|<<|>>|[-+*/%&|^]=|[-+*/%&|^~!<>=?:(),]))/y;
const LEVELS: ReadonlyArray<readonly string[]> = [
  ["||"],
  ["&&"],
  ["|"],
  ["^"],
  ["&"],
  ["==", "!="],
  ["<", ">", "<=", ">="],
  ["<<", ">>"],
  ["+", "-"],
  ["*", "/", "%"],
];
const ASSIGN = /^(?:[-+*/%&|^]|<<|>>)?=$/;
const DEEPEST = 100;

/** Works an expression out; an empty one is 0. @throws ArithmeticFault */
export function evaluate(text: string, variables: Variables, depth = 0): bigint {
  const evaluator = new Evaluator(text, variables, depth);
  return text.trim() === "" ? 0n : evaluator.whole();
}

interface Token {
  readonly kind: "number" | "name" | "sign" | "end";
  readonly text: string;
  readonly at: number;
}

class Evaluator {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  readonly #variables: Variables;
  #at = 0;
  #depth: number;
  /** Above 0 while a branch is read that is not taken: nothing is set, nothing is divided. */
  #skipped = 0;

  constructor(text: string, variables: Variables, depth: number) {
    this.#text = text;
    this.#variables = variables;
    this.#depth = depth;
    this.#tokens = tokensOf(text);
  }

  whole(): bigint {
    const value = this.#comma();
    if (this.#token.kind !== "end") {
      const { kind } = this.#token;
      throw this.#fault(
        kind === "sign" && this.#token.text === ")" ? "syntax error in expression" : "syntax error in expression",
      );
    }
    return value;
  }

  get #token(): Token {
    return this.#tokens[this.#at] ?? { kind: "end", text: "", at: this.#text.length };
  }

  /** The expression from the character that is wrong; at its end, from the last one. */
  #fault(message: string): ArithmeticFault {
    const token = this.#token.kind === "end" ? (this.#tokens.at(-1) ?? this.#token) : this.#token;
    return new ArithmeticFault(
      `${this.#text.trimStart()}: ${message} (error token is "${this.#text.slice(token.at)}")`,
    );
  }

  #takes(...signs: string[]): string | undefined {
    const { kind, text } = this.#token;
    if (kind !== "sign" || !signs.includes(text)) return undefined;
    this.#at++;
    return text;
  }

  #comma(): bigint {
    let value = this.#assignment();
    while (this.#takes(",") !== undefined) value = this.#assignment();
    return value;
  }

  #assignment(): bigint {
    if (++this.#depth > DEEPEST) throw this.#fault("expression recursion level exceeded");
    try {
      const { kind, text } = this.#token;
      const sign = this.#tokens[this.#at + 1];
      if (kind === "name" && sign?.kind === "sign" && ASSIGN.test(sign.text)) {
        this.#at += 2;
        const right = this.#assignment();
        const value = sign.text === "=" ? right : this.#apply(sign.text.slice(0, -1), this.#read(text), right);
        return this.#write(text, value);
      }
      return this.#choice();
    } finally {
      this.#depth--;
    }
  }

  #choice(): bigint {
    const condition = this.#level(0);
    if (this.#takes("?") === undefined) return condition;
    const yes = this.#unless(condition === 0n, () => this.#comma());
    if (this.#takes(":") === undefined) throw this.#fault("`:' expected for conditional expression");
    const no = this.#unless(condition !== 0n, () => this.#assignment());
    return condition === 0n ? no : yes;
  }

  #unless(skipped: boolean, read: () => bigint): bigint {
    if (skipped) this.#skipped++;
    const value = read();
    if (skipped) this.#skipped--;
    return value;
  }

  #level(level: number): bigint {
    const signs = LEVELS[level];
    if (signs === undefined) return this.#power();
    let left = this.#level(level + 1);
    for (let sign = this.#takes(...signs); sign !== undefined; sign = this.#takes(...signs)) {
      if (sign === "&&" || sign === "||") {
        const decided = (left === 0n) === (sign === "&&");
        const right = this.#unless(decided, () => this.#level(level + 1));
        left = BigInt(sign === "&&" ? left !== 0n && right !== 0n : left !== 0n || right !== 0n);
      } else left = this.#apply(sign, left, this.#level(level + 1));
    }
    return left;
  }

  #power(): bigint {
    const base = this.#unary();
    if (this.#takes("**") === undefined) return base;
    const exponent = this.#power();
    if (exponent < 0n) throw this.#fault("exponent less than 0");
    let [result, factor, left] = [1n, base, exponent];
    for (; left > 0n; left >>= 1n) {
      if (left & 1n) result = BigInt.asIntN(64, result * factor);
      factor = BigInt.asIntN(64, factor * factor);
    }
    return result;
  }

  #unary(): bigint {
    const sign = this.#takes("!", "~", "-", "+", "++", "--");
    if (sign === undefined) return this.#primary();
    if (++this.#depth > DEEPEST) throw this.#fault("expression recursion level exceeded");
    try {
      if ((sign === "++" || sign === "--") && this.#token.kind === "name") {
        const { text } = this.#token;
        this.#at++;
        return this.#write(text, this.#read(text) + (sign === "++" ? 1n : -1n));
      }
      const value = this.#unary();
      if (sign === "!") return BigInt(value === 0n);
      if (sign === "~") return ~value;
      return sign === "-" ? BigInt.asIntN(64, -value) : value;
    } finally {
      this.#depth--;
    }
  }

  #primary(): bigint {
    const { kind, text } = this.#token;
    if (kind === "number") {
      this.#at++;
      return this.#number(text);
    }
    if (kind === "name") {
      this.#at++;
      const sign = this.#takes("++", "--");
      const value = this.#read(text);
      if (sign !== undefined) this.#write(text, value + (sign === "++" ? 1n : -1n));
      return value;
    }
    if (this.#takes("(") === undefined) throw this.#fault("syntax error: operand expected");
    const value = this.#comma();
    if (this.#takes(")") === undefined) throw this.#fault("missing `)'");
    return value;
  }

  #number(text: string): bigint {
    const [base, digits] = text.split("#", 2);
    if (digits !== undefined) return this.#based(Number(base), digits);
    if (/^0[0-7]+$/.test(text)) return BigInt.asIntN(64, BigInt(`0o${text.slice(1)}`));
    if (/^0\d/.test(text))
      throw new ArithmeticFault(`${this.#text.trimStart()}: value too great for base (error token is "${text}")`);
    return BigInt.asIntN(64, BigInt(text));
  }

  #based(base: number, digits: string): bigint {
    if (base < 2 || base > 64) throw this.#fault("invalid arithmetic base");
    let value = 0n;
    const alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ@_";
    for (const digit of base <= 36 ? digits.toLowerCase() : digits) {
      const found = alphabet.indexOf(digit);
      if (found < 0 || found >= base) throw this.#fault("value too great for base");
      value = BigInt.asIntN(64, value * BigInt(base) + BigInt(found));
    }
    return value;
  }

  #apply(sign: string, a: bigint, b: bigint): bigint {
    if ((sign === "/" || sign === "%") && b === 0n) {
      if (this.#skipped > 0) return 0n;
      this.#at--;
      throw this.#fault("division by 0");
    }
    return BigInt.asIntN(64, OPERATIONS.get(sign)?.(a, b) ?? 0n);
  }

  #read(name: string): bigint {
    const value = this.#variables.get(name)?.trim() ?? "";
    if (value === "" || this.#skipped > 0) return 0n;
    if (/^-?(?:0|[1-9]\d*)$/.test(value)) return BigInt.asIntN(64, BigInt(value));
    if (this.#depth > DEEPEST)
      throw new ArithmeticFault(`${name}: expression recursion level exceeded (error token is "${name}")`);
    return evaluate(value, this.#variables, this.#depth + 1);
  }

  #write(name: string, value: bigint): bigint {
    const kept = BigInt.asIntN(64, value);
    if (this.#skipped === 0) this.#variables.set(name, String(kept));
    return kept;
  }
}

const OPERATIONS: ReadonlyMap<string, (a: bigint, b: bigint) => bigint> = new Map(
  Object.entries({
    "|": (a, b) => a | b,
    "^": (a, b) => a ^ b,
    "&": (a, b) => a & b,
    "==": (a, b) => BigInt(a === b),
    "!=": (a, b) => BigInt(a !== b),
    "<": (a, b) => BigInt(a < b),
    ">": (a, b) => BigInt(a > b),
    "<=": (a, b) => BigInt(a <= b),
    ">=": (a, b) => BigInt(a >= b),
    "<<": (a, b) => a << (b & 63n),
    ">>": (a, b) => a >> (b & 63n),
    "+": (a, b) => a + b,
    "-": (a, b) => a - b,
    "*": (a, b) => a * b,
    "/": (a, b) => a / b,
    "%": (a, b) => a % b,
  }),
);

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (text.slice(at).trim() !== "") {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    if (found === null)
      throw new ArithmeticFault(
        `${text.trimStart()}: syntax error: invalid arithmetic operator (error token is "${text.slice(at).trimStart()}")`,
      );
    const [whole, number, name, sign] = found;
    const kind = number !== undefined ? "number" : name !== undefined ? "name" : "sign";
    const token = number ?? name ?? sign ?? "";
    tokens.push({ kind, text: token, at: at + whole.length - token.length });
    at += whole.length;
    if (tokens.length > 10_000)
      throw new ArithmeticFault("an expression of more than 10000 signs is not worked out here");
  }
  return tokens;
}
