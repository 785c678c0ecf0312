// Rules of routes: what of them cannot be served, and how they look to the matcher.
import { compileRegex, type Regex } from "../sh/index.ts";
import type { Filter, Match, Route, RouteKind, Rule, ValueMatch } from "./api.ts";

/** What is wrong with a route's rules: with all of them, or with some that are left out. */
export interface Wrong {
  readonly all?: { readonly reason: string; readonly message: string };
  readonly some?: string;
}

/** Spec: [GW-10]. */
// Models gateway-api/apis/v1 RouteConditionPartiallyInvalid
export function wrongRules(kind: RouteKind, { spec }: Route): Wrong {
  const rules = spec?.rules ?? [];
  const wrong = rules.flatMap((rule) => whyWrong(kind, rule) ?? []);
  const first = wrong[0];
  if (first === undefined) return {};
  return wrong.length === rules.length ? { all: first } : { some: first.message };
}

/** Why a rule is left out, if it is. */
export function whyWrong(kind: RouteKind, rule: Rule): { reason: string; message: string } | undefined {
  const { filters = [], backendRefs = [], matches = [] } = rule;
  const has = (type: string) => filters.some((each) => each.type === type);
  if (has("URLRewrite") && has("RequestRedirect"))
    return { reason: "IncompatibleFilters", message: "URLRewrite and RequestRedirect cannot be in one rule" };
  const all = [...filters, ...backendRefs.flatMap((each) => each.filters ?? [])];
  const unknown = all.find((filter) => !isKnown(filter));
  if (unknown !== undefined) return { reason: "UnsupportedValue", message: `filter ${unknown.type} is not supported` };
  for (const text of patternsOf(kind, matches)) {
    const compiled = compileRegex(`^(?:${text})$`, { syntax: "perl" });
    if (typeof compiled === "string")
      return { reason: "UnsupportedValue", message: `${JSON.stringify(text)} is no regular expression: ${compiled}` };
  }
  return undefined;
}

function isKnown(filter: Filter): boolean {
  switch (filter.type) {
    case "RequestHeaderModifier":
      return filter.requestHeaderModifier !== undefined;
    case "ResponseHeaderModifier":
      return filter.responseHeaderModifier !== undefined;
    case "RequestMirror":
      return filter.requestMirror !== undefined;
    case "RequestRedirect":
      return filter.requestRedirect !== undefined;
    case "URLRewrite":
      return filter.urlRewrite !== undefined;
    case "CORS":
      return filter.cors !== undefined;
    default:
      return false;
  }
}

function patternsOf(kind: RouteKind, matches: readonly Match[]): readonly string[] {
  const isPattern = ({ type }: { readonly type?: string }) => type === "RegularExpression";
  return matches.flatMap(({ path, headers = [], queryParams = [], method }) => [
    ...[path ?? {}, ...headers, ...queryParams].filter(isPattern).map(({ value = "" }) => value),
    ...(kind === "GRPCRoute" && typeof method === "object" && isPattern(method)
      ? [method.service ?? "", method.method ?? ""].filter((each) => each !== "")
      : []),
  ]);
}

/** How a text is asked for: as it is, or by a pattern that the whole must fit. */
export interface Test {
  readonly name: string;
  holds(value: string): boolean;
}

/** A match, ready to be tried. Of a GRPCRoute, the path is that of the call. */
export interface Tried {
  readonly path: { readonly type: "Exact" | "RegularExpression" | "PathPrefix"; readonly length: number };
  fitsPath(path: string): boolean;
  /** The part of the path that a filter may replace. */
  readonly prefix: string;
  readonly method: string | undefined;
  readonly headers: readonly Test[];
  readonly queryParams: readonly Test[];
}

/** The matches of a rule; a rule without any takes everything. */
export function triedOf(kind: RouteKind, { matches = [] }: Rule): readonly Tried[] {
  const all: readonly Match[] = matches.length === 0 ? [{}] : matches;
  return all.map((match) => ({ ...(kind === "GRPCRoute" ? ofCall(match) : ofPath(match)), ...rest(match) }));
}

type PathPart = Pick<Tried, "path" | "fitsPath" | "prefix" | "method">;

function ofPath({ path, method }: Match): PathPart {
  const { type = "PathPrefix", value = "/" } = path ?? {};
  const of = { method: typeof method === "string" ? method : undefined, prefix: value };
  if (type === "Exact") return { ...of, path: { type, length: value.length }, fitsPath: (asked) => asked === value };
  if (type === "RegularExpression")
    return { ...of, prefix: "", path: { type, length: value.length }, fitsPath: whole(value) };
  const bare = value.replace(/\/$/, "");
  return {
    ...of,
    path: { type: "PathPrefix", length: value.length },
    fitsPath: (asked) => asked === bare || asked.startsWith(`${bare}/`),
  };
}

/** A call of gRPC has the path `/service/method`. */
function ofCall({ method }: Match): PathPart {
  const { type = "Exact", service = "", method: name = "" } = typeof method === "object" ? method : {};
  const test = (wanted: string) => {
    if (wanted === "") return () => true;
    return type === "Exact" ? (text: string) => text === wanted : whole(wanted);
  };
  const [ofService, ofMethod] = [test(service), test(name)];
  const fitsPath = (path: string) => {
    const at = path.lastIndexOf("/");
    return ofService(path.slice(1, at)) && ofMethod(path.slice(at + 1));
  };
  // The rules of precedence count the letters of the service, then those of the method. Spec: [GW-11].
  const length = service.length * 1_025 + name.length;
  return {
    method: undefined,
    prefix: "",
    path: { type: type === "Exact" ? "Exact" : "RegularExpression", length },
    fitsPath,
  };
}

function rest({ headers = [], queryParams = [] }: Match): Pick<Tried, "headers" | "queryParams"> {
  return {
    headers: firstOfEach(headers.map((each) => ({ ...each, name: each.name.toLowerCase() }))).map(testOf),
    queryParams: firstOfEach(queryParams).map(testOf),
  };
}

/** Of entries with the same name only the first counts. */
function firstOfEach(values: readonly ValueMatch[]): readonly ValueMatch[] {
  return values.filter(({ name }, at) => values.findIndex((each) => each.name === name) === at);
}

function testOf({ name, type = "Exact", value }: ValueMatch): Test {
  return { name, holds: type === "Exact" ? (text) => text === value : whole(value) };
}

/** Patterns are RE2's, so they take linear time; the whole text must fit. */
function whole(pattern: string): (text: string) => boolean {
  const compiled: Regex | string = compileRegex(`^(?:${pattern})$`, { syntax: "perl" });
  if (typeof compiled === "string") return () => false; // such a rule is left out
  return (text) => compiled.test(text);
}
