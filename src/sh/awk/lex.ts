// The words of awk's programs.
import { AwkFault } from "./ast.ts";

export interface Token {
  readonly kind: "number" | "string" | "regex" | "name" | "call" | "sign" | "newline" | "end";
  readonly text: string;
  readonly line: number;
}

const SIGN = /(?:\*\*=|\*\*|&&|\|\||\+\+|--|>>|[-+*/%^=!<>]=|[{}()[\];,+\-*/%^!<>|?:~$=])/y;
const NUMBER = /(?:0[xX][0-9A-Fa-f]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/y;
const NAME = /[A-Za-z_]\w*/y;

const ESCAPES: ReadonlyMap<string, string> = new Map(
  Object.entries({ n: "\n", t: "\t", r: "\r", "\\": "\\", '"': '"', "/": "/", a: "\u0007", b: "\b", f: "\f", v: "\v" }),
);

/** Reads backslashes of a text in quotes, or of a value given by -v. */
export function unescaped(text: string): string {
  return text.replace(/\\(?:([0-7]{1,3})|([\s\S]))/g, (whole, octal?: string, sign?: string) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    return sign === "\n" ? "" : (ESCAPES.get(sign ?? "") ?? whole);
  });
}

/** Takes a program apart; whether `/` begins an expression depends on what comes before it. @throws AwkFault */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let line = 1;
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  const push = (kind: Token["kind"], found: string, length = found.length) => {
    tokens.push({ kind, text: found, line });
    at += length;
  };
  while (at < text.length) {
    const sign = text[at] ?? "";
    if (sign === "\n") {
      push("newline", sign);
      line++;
    } else if (/\s/.test(sign)) at++;
    else if (sign === "#") while (at < text.length && text[at] !== "\n") at++;
    else if (sign === "\\" && /^\r?\n/.test(text.slice(at + 1, at + 3))) {
      at += text[at + 1] === "\r" ? 3 : 2;
      line++;
    } else if (sign === '"') {
      const end = closing(text, at, '"');
      push("string", unescaped(text.slice(at + 1, end)), end + 1 - at);
    } else if (sign === "/" && regexMayStand(tokens.at(-1))) {
      const end = closing(text, at, "/");
      push("regex", text.slice(at + 1, end).replaceAll("\\/", "/"), end + 1 - at);
    } else {
      const number = /[\d.]/.test(sign) ? take(NUMBER) : undefined;
      const name = number === undefined ? take(NAME) : undefined;
      if (number !== undefined) push("number", number);
      else if (name !== undefined) push(text[at + name.length] === "(" ? "call" : "name", name);
      else {
        const found = take(SIGN);
        if (found === undefined) throw new AwkFault(`line ${line}: syntax error at or near ${sign}`);
        push("sign", found);
      }
    }
  }
  tokens.push({ kind: "end", text: "", line });
  return tokens;
}

/** Where a text or expression in quotes ends. */
function closing(text: string, from: number, quote: string): number {
  let inSet = false;
  for (let at = from + 1; at < text.length; at++) {
    const sign = text[at];
    if (sign === "\\") at++;
    else if (quote === "/" && sign === "[" && !inSet) {
      inSet = true;
      if (text[at + 1] === "^") at++;
      if (text[at + 1] === "]") at++;
    } else if (sign === "]") inSet = false;
    else if (sign === quote && !inSet) return at;
    else if (sign === "\n") break;
  }
  throw new AwkFault(
    quote === "/" ? `unterminated regexp ${text.slice(from).split("\n")[0]}` : "runaway string constant",
  );
}

function regexMayStand(before: Token | undefined): boolean {
  if (before === undefined) return true;
  if (before.kind === "sign") return !/^(?:\)|\]|\$|\+\+|--)$/.test(before.text);
  if (before.kind === "name") return /^(?:print|printf|return|in|case|else|do|and|or|not|getline)$/.test(before.text);
  return before.kind === "newline" || before.kind === "call";
}
