// The functions a Go template may call.
import { own } from "../../cluster/index.ts";
import { goText } from "../govalue.ts";
import { isMap } from "../maps.ts";
import { TemplateError } from "./parse.ts";

/** A value in a template; whole numbers written in the template are bigint, numbers of the object are number (Go's float64). */
export type Value = unknown;

/** How Go prints a value: what is missing is `<no value>`. */
export function shown(value: Value): string {
  if (value === undefined || value === null) return "<no value>";
  return typeof value === "bigint" ? String(value) : goText(value);
}

/** Whether `if` takes the value for true: not empty. */
// Models Go's text/template IsTrue
export function isTrue(value: Value): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (isMap(value)) return Object.keys(value).length > 0;
  return Boolean(value);
}

function typeName(value: Value): string {
  if (typeof value === "bigint") return "int";
  if (typeof value === "number") return "float64";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "string") return "string";
  return Array.isArray(value) ? "[]interface {}" : isMap(value) ? "map[string]interface {}" : "<nil>";
}

// Models Go's text/template eq, which takes any of the following values for the first
function equal([first, ...others]: readonly Value[]): boolean {
  if (others.length === 0) throw new TemplateError("error calling eq: missing argument for comparison");
  return others.some((other) => {
    if (first === undefined || other === undefined || first === null || other === null)
      return (first ?? undefined) === (other ?? undefined);
    if (typeName(first) !== typeName(other))
      throw new TemplateError("error calling eq: incompatible types for comparison");
    return first === other;
  });
}

function less(name: string, a: Value, b: Value): boolean {
  if (typeName(a) !== typeName(b)) throw new TemplateError(`error calling ${name}: incompatible types for comparison`);
  if (typeof a === "string" && typeof b === "string") return a < b;
  if (typeof a === "number" && typeof b === "number") return a < b;
  if (typeof a === "bigint" && typeof b === "bigint") return a < b;
  throw new TemplateError(`error calling ${name}: invalid type for comparison`);
}

function index([item, ...keys]: readonly Value[]): Value {
  let value = item;
  for (const key of keys) {
    if (Array.isArray(value)) {
      const at = Number(key);
      if (at < 0 || at >= value.length)
        throw new TemplateError(`error calling index: reflect: slice index out of range`);
      value = value[at];
    } else if (isMap(value)) value = own(value, String(key));
    else if (value === undefined || value === null)
      throw new TemplateError("error calling index: index of untyped nil");
    else throw new TemplateError(`error calling index: can't index item of type ${typeName(value)}`);
  }
  return value;
}

function length([value]: readonly Value[]): bigint {
  if (typeof value === "string" || Array.isArray(value)) return BigInt(value.length);
  if (isMap(value)) return BigInt(Object.keys(value).length);
  throw new TemplateError(
    `error calling len: len of ${value === undefined ? "nil pointer" : `type ${typeName(value)}`}`,
  );
}

/** `fmt.Sprintf` for the verbs templates use. */
export function sprintf([format, ...values]: readonly Value[]): string {
  let next = 0;
  return String(format).replace(/%([-+0 #]*)(\d*)(?:\.(\d+))?([a-zA-Z%])/g, (...match: unknown[]) => {
    const [flags, width, precision, verb] = match.slice(1, 5).map((part) => String(part ?? ""));
    if (verb === "%") return "%";
    if (next >= values.length) return `%!${verb}(MISSING)`;
    const text = formatted(verb ?? "v", values[next++], precision ?? "");
    const size = Number(width || "0");
    if (flags?.includes("-")) return text.padEnd(size);
    return flags?.includes("0") ? text.padStart(size, "0") : text.padStart(size);
  });
}

function formatted(verb: string, value: Value, precision: string): string {
  const wrong = `%!${verb}(${typeName(value)}=${shown(value)})`;
  switch (verb) {
    case "v":
      return value === undefined ? "<nil>" : shown(value);
    case "s":
      if (value === undefined || value === null) return "%!s(<nil>)";
      if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") return wrong;
      return precision === "" ? shown(value) : shown(value).slice(0, Number(precision));
    case "q":
      return typeof value === "string" ? JSON.stringify(value) : wrong;
    case "d":
      return typeof value === "bigint" ? String(value) : wrong;
    case "x":
      return typeof value === "bigint" ? value.toString(16) : wrong;
    case "t":
      return typeof value === "boolean" ? String(value) : wrong;
    case "f":
      return typeof value === "number" ? value.toFixed(precision === "" ? 6 : Number(precision)) : wrong;
    case "g":
      return typeof value === "number" ? goText(value) : wrong;
    default:
      return wrong;
  }
}

/** `fmt.Sprint`: a blank between neighbours that are both no text. */
function sprint(values: readonly Value[]): string {
  return values
    .map(
      (value, at) =>
        (at > 0 && typeof value !== "string" && typeof values[at - 1] !== "string" ? " " : "") + shown(value),
    )
    .join("");
}

function decodeBase64(text: Value): string {
  try {
    const bytes = Uint8Array.from(atob(String(text)), (sign) => sign.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch {
    throw new TemplateError("error calling base64decode: base64 decode failed: illegal base64 data at input byte 0");
  }
}

// Models kubernetes/staging/src/k8s.io/cli-runtime/pkg/printers GoTemplatePrinter's exists
function exists([item, ...keys]: readonly Value[]): boolean {
  try {
    return index([item, ...keys]) !== undefined;
  } catch (error) {
    if (error instanceof TemplateError) return false;
    throw error;
  }
}

const ESCAPED: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&#34;",
  "'": "&#39;",
};

export const FUNCTIONS: Readonly<Record<string, (values: readonly Value[]) => Value>> = {
  and: (values) => values.find((each) => !isTrue(each)) ?? values.at(-1),
  or: (values) => values.find(isTrue) ?? values.at(-1),
  not: ([value]) => !isTrue(value),
  eq: equal,
  ne: (values) => !equal(values),
  lt: ([a, b]) => less("lt", a, b),
  le: ([a, b]) => less("le", a, b) || equal([a, b]),
  gt: ([a, b]) => less("gt", b, a),
  ge: ([a, b]) => less("ge", b, a) || equal([a, b]),
  index,
  len: length,
  print: sprint,
  println: (values) => `${values.map(shown).join(" ")}\n`,
  printf: sprintf,
  html: (values) => sprint(values).replace(/[&<>"']/g, (sign) => own(ESCAPED, sign) ?? sign),
  urlquery: (values) => encodeURIComponent(sprint(values)),
  js: (values) => JSON.stringify(sprint(values)).slice(1, -1),
  exists,
  base64decode: ([text]) => decodeBase64(text),
};
