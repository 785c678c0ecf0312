// Label selectors as people write them: `app=web,tier in (a, b),!old`.
import type { Requirement, Selector } from "./labels.ts";

interface Token {
  readonly kind: "word" | "end" | "," | "(" | ")" | "=" | "==" | "!=" | "!" | ">" | "<";
  readonly text: string;
}

/** Thrown with the text of what is wrong in a selector. */
export class SelectorSyntaxError extends Error {
  override name = "SelectorSyntaxError";
}

/** Parses `app=web,tier in (a, b),!old`. @throws SelectorSyntaxError */
// Models kubernetes/staging/src/k8s.io/apimachinery/pkg/labels Parser
export function parseSelector(text: string): Selector {
  const tokens = tokensOf(text);
  const requirements: Requirement[] = [];
  let at = 0;
  const peek = () => tokens[at] ?? END;
  const next = () => tokens[at++] ?? END;
  if (peek().kind === "end") return [];
  for (;;) {
    if (peek().kind !== "word" && peek().kind !== "!")
      throw new SelectorSyntaxError(`found '${peek().text}', expected: !, identifier, or 'end of string'`);
    requirements.push(...parseRequirement(peek, next));
    const separator = next();
    if (separator.kind === "end") return requirements.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
    if (separator.kind !== ",")
      throw new SelectorSyntaxError(`found '${separator.text}', expected: ',' or 'end of string'`);
    if (peek().kind !== "word" && peek().kind !== "!")
      throw new SelectorSyntaxError(`found '${peek().text}', expected: identifier after ','`);
  }
}

const END: Token = { kind: "end", text: "" };

function tokensOf(text: string): Token[] {
  const pattern = /\s*(==|!=|[=!,()<>]|[^\s=!,()<>]+)/gy;
  const tokens: Token[] = [];
  for (const match of text.trimEnd().matchAll(pattern)) {
    const word = match[1] ?? "";
    const kind = /^(?:==|!=|[=!,()<>])$/.test(word) ? (word as Token["kind"]) : "word"; // just matched against the kinds
    tokens.push({ kind, text: word });
  }
  return tokens;
}

function fail(text: string): never {
  throw new SelectorSyntaxError(`unable to parse requirement: ${text}`);
}

function parseRequirement(peek: () => Token, next: () => Token): Requirement[] {
  const absent = peek().kind === "!";
  if (absent) next();
  const key = next();
  if (key.kind !== "word") fail(`found '${key.text}', expected: identifier`);
  const done = peek().kind === "end" || peek().kind === ",";
  if (absent) return [{ key: key.text, operator: "DoesNotExist", values: [] }];
  if (done) return [{ key: key.text, operator: "Exists", values: [] }];
  const operator = next();
  if (operator.kind === "word" && (operator.text === "in" || operator.text === "notin")) {
    return [{ key: key.text, operator: operator.text === "in" ? "In" : "NotIn", values: parseValues(peek, next) }];
  }
  const meaning = EXACT[operator.kind];
  if (meaning === undefined) fail(`found '${operator.text}', expected: in, notin, =, ==, !=, gt, lt`);
  const value = peek().kind === "end" || peek().kind === "," ? "" : takeWord(next());
  if ((meaning === "Gt" || meaning === "Lt") && !/^[+-]?\d+$/.test(value))
    fail(
      `values[0][${key.text}]: Invalid value: ${JSON.stringify(value)}: for 'Gt', 'Lt' operators, the value must be an integer`,
    );
  return [{ key: key.text, operator: meaning, values: [value] }];
}

const EXACT: Readonly<Record<string, Requirement["operator"]>> = {
  "=": "In",
  "==": "In",
  "!=": "NotIn",
  ">": "Gt",
  "<": "Lt",
};

function takeWord(token: Token): string {
  if (token.kind !== "word") fail(`found '${token.text}', expected: identifier`);
  return token.text;
}

function parseValues(peek: () => Token, next: () => Token): string[] {
  const open = next();
  if (open.kind !== "(") fail(`found '${open.text}' expected: '('`);
  const values = new Set<string>();
  for (;;) {
    if (peek().kind === "word") values.add(next().text);
    else if (peek().kind === "," || peek().kind === ")") values.add("");
    const separator = next();
    if (separator.kind === ")") return [...values].sort();
    if (separator.kind !== ",") fail(`found '${separator.text}', expected: ',' or ')'`);
  }
}
