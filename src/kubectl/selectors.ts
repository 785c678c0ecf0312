// Label and field selectors as they are typed: `-l` and `--field-selector`.
import {
  type LabelSelector,
  type ListOptions,
  type Requirement,
  type Selector,
  statusError,
} from "../cluster/index.ts";
import { CommandError } from "./errors.ts";

type FieldTerms = NonNullable<ListOptions["fieldSelector"]>;

interface Token {
  readonly kind: "word" | "end" | "," | "(" | ")" | "=" | "==" | "!=" | "!" | ">" | "<";
  readonly text: string;
}

/** Thrown with the text of what is wrong in a selector; the caller frames it. */
export class SelectorError extends CommandError {
  override name = "SelectorError";
}

/** Parses `app=web,tier in (a, b),!old`. @throws SelectorError */
// Models kubernetes/staging/src/k8s.io/apimachinery/pkg/labels Parser
export function parseLabelSelector(text: string): Selector {
  const tokens = tokensOf(text);
  const requirements: Requirement[] = [];
  let at = 0;
  const peek = () => tokens[at] ?? END;
  const next = () => tokens[at++] ?? END;
  if (peek().kind === "end") return [];
  for (;;) {
    if (peek().kind !== "word" && peek().kind !== "!")
      throw new SelectorError(`found '${peek().text}', expected: !, identifier, or 'end of string'`);
    requirements.push(...parseRequirement(peek, next));
    const separator = next();
    if (separator.kind === "end") return requirements.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
    if (separator.kind !== ",") throw new SelectorError(`found '${separator.text}', expected: ',' or 'end of string'`);
    if (peek().kind !== "word" && peek().kind !== "!")
      throw new SelectorError(`found '${peek().text}', expected: identifier after ','`);
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
  throw new SelectorError(`unable to parse requirement: ${text}`);
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

/** Parses `status.phase=Running,metadata.name!=a`. */
// Models kubernetes/staging/src/k8s.io/apimachinery/pkg/fields ParseSelector
export function parseFieldSelector(text: string): FieldTerms {
  const terms = text.split(",").filter((part) => part !== "");
  return terms.map((term) => {
    const match = /^(.*?)(!=|==|=)(.*)$/.exec(term);
    if (match === null) throw new SelectorError(`invalid selector: '${text}'; can't understand '${term}'`);
    return { path: match[1] ?? "", operator: match[2] === "!=" ? "!=" : "=", value: match[3] ?? "" };
  });
}

/** What was typed for a list, as the server would take it. @throws StatusError BadRequest, as the server parses the selectors. */
export function listOptions(resource: string, labels: string, fields: string): ListOptions {
  try {
    return {
      ...(labels === "" ? {} : { labelSelector: parseLabelSelector(labels) }),
      ...(fields === "" ? {} : { fieldSelector: parseFieldSelector(fields) }),
    };
  } catch (error) {
    if (!(error instanceof SelectorError)) throw error;
    throw statusError(
      "BadRequest",
      `Unable to find ${JSON.stringify(resource)} that match label selector ${JSON.stringify(labels)}, field selector ${JSON.stringify(fields)}: ${error.message}`,
    );
  }
}

/** The selector as a map, as `set selector` and `expose --selector` take it. @throws CommandError */
export function selectorAsMap(text: string): Record<string, string> {
  return Object.fromEntries(
    parseLabelSelector(text).map(({ key, operator, values: [value = ""] }) => {
      if (operator !== "In")
        throw new CommandError(`cannot convert selector ${JSON.stringify(text)} to a map of labels`);
      return [key, value];
    }),
  );
}

/** The selector as objects hold it: labels that must be equal, and expressions for the rest. @throws SelectorError */
// Models k8s.io/apimachinery/pkg/apis/meta/v1 ParseToLabelSelector
export function labelSelectorOf(text: string): LabelSelector {
  const listed = listedKeys(text);
  const requirements = parseLabelSelector(text);
  const isPlain = ({ key, operator }: Requirement) => operator === "In" && !listed.has(key);
  const labels = requirements.filter(isPlain).map(({ key, values: [value = ""] }) => [key, value] as const);
  const expressions = requirements
    .filter((each) => !isPlain(each))
    .map(({ key, operator, values }) => ({ key, operator, ...(values.length === 0 ? {} : { values: [...values] }) }));
  return {
    ...(expressions.length === 0 ? {} : { matchExpressions: expressions }),
    ...(labels.length === 0 ? {} : { matchLabels: Object.fromEntries(labels) }),
  };
}

/** The keys that a selector compares with a list, as in `a in (b)`. */
export function listedKeys(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/([^\s,!(]+)\s+in\s*\(/g)].map(([, key = ""]) => key));
}
