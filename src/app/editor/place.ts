// Finds the place in the text that a message of the API server or of the YAML parser refers to.
import {
  decodeStrict,
  type FieldPath,
  fieldErrorText,
  metadataError,
  own,
  parsePath,
  resourceForKind,
  samePath,
} from "../../cluster/index.ts";
import { type ManifestDocument, Places, parseManifest, type Range } from "../../manifest/index.ts";
import type { DocumentError, TextReport } from "../../scenario/index.ts";
import { W } from "../../words/en/language.ts";
import { outline, type Problem, type Severity, sectionAt } from "./language/index.ts";
import { isLong } from "./long.ts";

/** Everything that was wrong with a text, at its places, in the order of its documents. */
export function problemsOf({ text, documents, kept }: TextReport): readonly Problem[] {
  const places = new Places(text);
  const atTop = kept.map(({ message }) => spanOf(places, TOP, { severity: "error", message, source: "server" }));
  if (documents.every(({ error, warnings }) => error === undefined && warnings.length === 0)) return atTop;
  const parsed = parseManifest(text);
  const inside = documents.flatMap(({ document, item, error, warnings }) => {
    const whole = parsed[document];
    if (whole === undefined) return [];
    const place = item === undefined ? whole : itemOf(whole, item);
    const told = warnings.map((message) =>
      problemAt(places, place, { path: warningPath(message), message, severity: "warning" }),
    );
    return error === undefined ? told : [...told, ...problemsOfError(places, place, error)];
  });
  return [...atTop, ...inside];
}

/** An item of a list as a document of its own, at its place in the text. */
function itemOf(document: ManifestDocument, item: string): ManifestDocument {
  const range = document.rangeOf(item) ?? document.range;
  const path = parsePath(item);
  return {
    value: path.reduce<unknown>((value, step) => own(fieldsOf(value), String(step)), document.value),
    duplicateFields: document.duplicateFields.flatMap((field) =>
      field.startsWith(`${item}.`) ? [field.slice(item.length + 1)] : [],
    ),
    range,
    rangeOf: (field) => document.rangeOf(field.startsWith("[") ? `${item}${field}` : `${item}.${field}`),
  };
}

/** Where to report that something that left the text could not be deleted: nothing in the text represents it any more. */
const TOP: Range = { from: 0, to: Number.POSITIVE_INFINITY };

function problemsOfError(places: Places, document: ManifestDocument, error: DocumentError): readonly Problem[] {
  if (document.error !== undefined)
    return [spanOf(places, document.error, { severity: "error", message: document.error.message, source: "yaml" })];
  const at = (path: string | undefined, message: string) =>
    problemAt(places, document, { path, message, severity: "error" });
  const decoding = decodingError(document);
  if (decoding !== undefined) return problemsOfDecoding(places, document, decoding, at);
  if (error.causes.length > 0) return error.causes.map((cause) => at(cause.field, fieldErrorText(cause)));
  const noKind = /no matches for kind .*$/m.exec(error.message)?.[0];
  if (noKind !== undefined)
    return [at("kind", /"gateway\.networking\.k8s\.io\//.test(noKind) ? W.noGateway(noKind) : noKind)];
  const metadata = /json: cannot unmarshal .*$/s.exec(error.message)?.[0];
  if (metadata !== undefined) return [at(wrongTypePath(document, metadata), metadata)];
  return [at(undefined, error.message)];
}

/**
 * What the API server says of the document itself, were it new. Of an object that exists already it reports on the patch,
 * in words that name no field (`patch: Invalid value: "map[…`).
 */
function decodingError({ value, duplicateFields }: ManifestDocument): string | undefined {
  const { apiVersion, kind } = fieldsOf(value);
  const info = resourceForKind(String(apiVersion), String(kind));
  if (info === undefined || metadataError(value) !== undefined) return undefined;
  const decoded = decodeStrict(value, info, duplicateFields, "Strict");
  return "error" in decoded ? decoded.error : undefined;
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? { ...value } : {};

/** The problem at its field's key: it is the key that is wrong. */
function atKey({ text }: Places, problem: Problem): Problem {
  if (isLong(text)) return problem;
  const { path, line } = problem;
  const section = path === undefined ? undefined : sectionAt(outline(text), line);
  const key = section?.entries.find((entry) => path !== undefined && samePath(entry.path, path))?.key;
  return key === undefined ? problem : { ...problem, line: key.line, from: key.from, to: key.to };
}

function problemsOfDecoding(
  places: Places,
  document: ManifestDocument,
  message: string,
  at: (path: string | undefined, message: string) => Problem,
): readonly Problem[] {
  const strict = /strict decoding error: (.*)$/s.exec(message)?.[1] ?? "";
  const unknown = [...strict.matchAll(/(?:unknown|duplicate) field "([^"]+)"/g)];
  if (unknown.length > 0) return unknown.map((match) => atKey(places, at(match[1], match[0])));
  const wrongType = /json: cannot unmarshal .*$/s.exec(message)?.[0] ?? message;
  return [at(wrongTypePath(document, wrongType), wrongType)];
}

const warningPath = (message: string) => /^((?:[\w-]+)(?:\.[\w-]+|\[\d+\])+)/.exec(message)?.[1];

interface Message {
  readonly path: string | undefined;
  readonly message: string;
  readonly severity: Severity;
}

function problemAt(places: Places, document: ManifestDocument, { path, message, severity }: Message): Problem {
  const range = nearest(document, path);
  const steps: { path?: FieldPath } = path === undefined ? {} : { path: parsePath(path) };
  return spanOf(places, range, { severity, message, source: "server", ...steps });
}

/** The range of a field, else of what is around it, else of the name, else of the first line. */
function nearest(document: ManifestDocument, path: string | undefined): Range {
  for (let rest = path ?? ""; rest !== ""; rest = rest.replace(/(?:\.[^.[\]]*|\[[^\]]*\]|^[^.[\]]*)$/, "")) {
    const range = document.rangeOf(rest);
    if (range !== undefined) return range;
  }
  return document.rangeOf("metadata.name") ?? document.rangeOf("kind") ?? document.range;
}

function spanOf(
  places: Places,
  range: Range,
  rest: Pick<Problem, "severity" | "message" | "source" | "path">,
): Problem {
  const { text } = places;
  const { line, column } = places.of(range.from);
  const lineEnd = text.indexOf("\n", range.from);
  const to = Math.min(range.to, lineEnd < 0 ? text.length : lineEnd);
  return { ...rest, line, from: column - 1, to: column - 1 + Math.max(0, to - range.from) };
}

/** Go names the field without indexes; the first value on that path with the wrong type is meant. */
function wrongTypePath({ value }: ManifestDocument, message: string): string | undefined {
  const found = /cannot unmarshal (\w+)(?: \S+)? into Go struct field [^.\s]+\.(\S+) of type/.exec(message);
  const [, given, field] = found ?? [];
  if (given === undefined || field === undefined) return undefined;
  return candidates(value, field.split("."), "").find((each) => jsonKind(each.value) === given)?.path;
}

interface Candidate {
  readonly path: string;
  readonly value: unknown;
}

/** All values that a path without indexes may mean; a map's values count as the map. */
function candidates(value: unknown, steps: readonly string[], path: string): Candidate[] {
  if (Array.isArray(value)) {
    const inside = value.flatMap((item, at) => candidates(item, steps, `${path}[${at}]`));
    return steps.length === 0 ? [{ path, value }, ...inside] : inside;
  }
  const [step, ...rest] = steps;
  const fields = typeof value === "object" && value !== null ? Object.entries(value) : [];
  if (step === undefined) {
    const values = fields.map(([key, each]) => ({ path: join(path, key), value: each }));
    return [{ path, value }, ...values];
  }
  return fields.filter(([key]) => key === step).flatMap(([key, each]) => candidates(each, rest, join(path, key)));
}

const join = (path: string, key: string) => {
  if (/[.[\]]/.test(key)) return `${path}[${key}]`;
  return path === "" ? key : `${path}.${key}`;
};

function jsonKind(value: unknown): string {
  if (Array.isArray(value)) return "array";
  if (value === null) return "null";
  if (typeof value === "boolean") return "bool";
  return typeof value;
}
