// Quick fixes for a problem, found from its message and its place.
import { type FieldPath, samePath, structOfType } from "../../../cluster/index.ts";
import { W } from "../../../words/en/language.ts";
import { mapAt } from "./cursor.ts";
import { closest } from "./distance.ts";
import { knownLabels, type Lister, portsBehind } from "./lister.ts";
import { type Entry, outline, type Section, type Span, sectionAt, unquote } from "./outline.ts";
import { KIND_VERSIONS, placeAt, structOf } from "./schema.ts";
import { serviceFixes } from "./serviceFixes.ts";
import type { Edit, Fix, Problem } from "./types.ts";

/** Everything a fix is found from. */
interface Scene {
  readonly text: string;
  readonly section: Section;
  readonly entry: Entry;
  readonly problem: Problem;
  readonly lister: Lister;
}

/** The fixes for a problem, the likeliest first. */
export function fixesFor(text: string, problem: Problem, lister: Lister): readonly Fix[] {
  const section = sectionAt(outline(text), problem.line);
  const entry = section?.entries.find((each) => each.line === problem.line);
  if (section === undefined || entry === undefined) return [];
  const scene = { text, section, entry, problem, lister };
  const ofService = serviceFixes(scene);
  if (ofService.length > 0) return ofService;
  return [unknownField, wrongKind, unsupported, wrongType, badName, unmatched, unknownPort, liveValue].flatMap((find) =>
    find(scene),
  );
}

const edit = (span: Span, text: string): Edit => ({ ...span, endLine: span.line, text });

const replaceWith = ({ line, from, to }: Span, text: string): Fix => ({
  title: W.changeTo(text),
  edits: [edit({ line, from, to }, text)],
});

function unknownField({ section, entry, problem, lister }: Scene): Fix[] {
  const field = /unknown field "([^"]+)"/.exec(problem.message)?.[1];
  const struct = structOf(section.apiVersion, section.kind, lister);
  if (field === undefined || struct === undefined) return [];
  const wrong = section.entries.find((each) => each.line === entry.line && each.key !== undefined);
  if (wrong?.key === undefined) return [];
  const { key } = wrong;
  const place = placeAt(struct, wrong.path.slice(0, -1));
  if (place?.type.of !== "struct") return [];
  const used = siblings(section, wrong.path);
  const names = [...structOfType(place.type).fields.keys()].filter((name) => !used.has(name));
  const span = { line: key.line, from: key.from, to: key.to };
  const meant = closest(key.name, names).slice(0, 3);
  const remove: Fix[] = wrong.value === undefined || wrong.dashes.length > 0 ? [] : [removeLine(wrong, key.name)];
  return [...meant.map((name) => replaceWith(span, name)), ...remove];
}

function removeLine({ line }: Entry, name: string): Fix {
  return { title: W.remove(name), edits: [{ line, from: 0, endLine: line + 1, to: 0, text: "" }] };
}

function siblings(section: Section, path: FieldPath): ReadonlySet<string> {
  const parent = path.slice(0, -1);
  const found = section.entries.filter((entry) => samePath(entry.path.slice(0, -1), parent));
  return new Set(found.flatMap((entry) => (entry.key === undefined ? [] : [entry.key.name])));
}

function wrongKind({ section, problem }: Scene): Fix[] {
  const kind = /^no matches for kind "([^"]*)" in version/.exec(problem.message)?.[1];
  if (kind === undefined) return [];
  const at = (name: string) => section.entries.find((each) => samePath(each.path, [name]))?.value;
  const [version, word] = [at("apiVersion"), at("kind")];
  const right = KIND_VERSIONS.filter((row) => row.kind === kind);
  if (right.length > 0) return version === undefined ? [] : right.map((row) => replaceWith(version, row.apiVersion));
  if (word === undefined) return [];
  const inVersion = KIND_VERSIONS.filter((row) => row.apiVersion === section.apiVersion).map((row) => row.kind);
  const meant = closest(kind, [...new Set(KIND_VERSIONS.map((row) => row.kind))]);
  const ranked = [
    ...meant.filter((each) => inVersion.includes(each)),
    ...meant.filter((each) => !inVersion.includes(each)),
  ];
  return ranked.slice(0, 3).map((each) => replaceWith(word, each));
}

function unsupported({ entry, problem }: Scene): Fix[] {
  const list = /supported values: (.+)$/.exec(problem.message)?.[1];
  if (list === undefined || entry.value === undefined) return [];
  const allowed = [...list.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((match) => match[1] ?? "");
  const typed = unquote(entry.value.raw);
  const meant = closest(typed, allowed);
  const rest = allowed.filter((value) => !meant.includes(value));
  const { line, from, to } = entry.value;
  return [...meant, ...(allowed.length <= 6 ? rest : [])].map((value) => replaceWith({ line, from, to }, value));
}

function wrongType(scene: Scene): Fix[] {
  const found = /cannot unmarshal (\w+)(?: \S+)? into Go (?:struct field \S+|value) of type (\S+)/.exec(
    scene.problem.message,
  );
  const [, given, wanted = ""] = found ?? [];
  if (given === undefined) return [];
  if (given === "object" && wanted.startsWith("[]")) return addDash(scene);
  const { value } = scene.entry;
  if (value === undefined) return [];
  const span = { line: value.line, from: value.from, to: value.to };
  const text = unquote(value.raw);
  if ((given === "number" || given === "bool") && !/^(?:u?int|float|bool|\[|map)/.test(wanted))
    return [{ title: W.quote(JSON.stringify(text)), edits: [edit(span, JSON.stringify(text))] }];
  if (given !== "string") return [];
  if (/^\[\]/.test(wanted)) return [{ title: W.makeList, edits: [edit(span, `[${value.raw}]`)] }];
  const plainNumber = /^u?int|^float/.test(wanted) && /^-?\d+(?:\.\d+)?$/.test(text.trim());
  const plainBool = wanted === "bool" && /^(?:true|false)$/i.test(text.trim());
  if (!plainNumber && !plainBool) return [];
  const bare = text.trim().toLowerCase();
  return [{ title: W.unquote(bare), edits: [edit(span, bare)] }];
}

/** Puts a dash before a mapping where a list should be. */
function addDash({ text, section, entry }: Scene): Fix[] {
  const owner = entry.key !== undefined && entry.value === undefined ? entry : above(section, entry);
  if (owner === undefined) return [];
  const inner = section.entries.filter(
    (each) =>
      each.line > owner.line &&
      each.path.length > owner.path.length &&
      owner.path.every((step, at) => each.path[at] === step),
  );
  const first = inner[0];
  const last = inner.at(-1);
  if (first === undefined || last === undefined || first.dashes.length > 0) return [];
  const lines = text.split(/\r\n|\n|\r/);
  const edits: Edit[] = [];
  for (let line = first.line; line <= last.line; line++) {
    const blank = (lines[line - 1] ?? "").trim() === "";
    const at = line === first.line ? first.column : 0;
    if (!blank) edits.push({ line, from: at, endLine: line, to: at, text: line === first.line ? "- " : "  " });
  }
  return [{ title: W.dash(owner.key?.name), edits }];
}

const above = (section: Section, { path }: Entry) =>
  section.entries.find((each) => each.key !== undefined && samePath(each.path, path.slice(0, -1)));

function badName({ entry, problem }: Scene): Fix[] {
  if (entry.value === undefined || !/RFC 1123|RFC 1035/.test(problem.message)) return [];
  const typed = unquote(entry.value.raw);
  const name = lowerCase(typed, /RFC 1123 subdomain/.test(problem.message));
  if (name === "" || name === typed) return [];
  const { line, from, to } = entry.value;
  return [replaceWith({ line, from, to }, /^\d+$/.test(name) ? JSON.stringify(name) : name)];
}

function lowerCase(name: string, dots: boolean): string {
  const allowed = name
    .replace(/([a-z\d])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replace(dots ? /[^a-z\d.-]+/g : /[^a-z\d-]+/g, "-");
  return allowed.replace(/^[-.]+|[-.]+$/g, "").slice(0, dots ? 253 : 63);
}

/** Labels near to a selector that matches nothing. */
function unmatched({ section, entry, problem, lister }: Scene): Fix[] {
  if (problem.source !== "advice" || entry.path[1] !== "selector") return [];
  const known = knownLabels(lister, section.namespace ?? "default");
  return Object.entries(mapAt(section, ["spec", "selector"])).flatMap(([key, value]) => {
    const line = section.entries.find((each) => samePath(each.path, ["spec", "selector", key])) ?? entry;
    if (line.key === undefined || line.value === undefined || known.get(key)?.includes(value) === true) return [];
    const span = { line: line.line, from: line.key.from, to: line.value.to };
    return nearLabels(known, key, value).map((pair) => replaceWith(span, pair));
  });
}

function nearLabels(known: ReadonlyMap<string, readonly string[]>, key: string, value: string): readonly string[] {
  const values = known.get(key);
  if (values !== undefined) {
    const near = closest(value, values);
    return (near.length > 0 ? near : values).slice(0, 3).map((each) => `${key}: ${each}`);
  }
  const withValue = [...known].filter(([, all]) => all.includes(value)).map(([name]) => name);
  const names = new Set([...closest(key, [...known.keys()]), ...withValue]);
  return [...names]
    .slice(0, 3)
    .map((name) => `${name}: ${known.get(name)?.includes(value) ? value : known.get(name)?.[0]}`);
}

function unknownPort({ section, entry, problem, lister }: Scene): Fix[] {
  if (problem.source !== "advice" || entry.path[3] !== "targetPort" || entry.value === undefined) return [];
  const ports = portsBehind(lister, section.namespace ?? "default", mapAt(section, ["spec", "selector"]));
  const names = ports.flatMap((port) => (port.name === undefined ? [String(port.port)] : [port.name]));
  const near = closest(unquote(entry.value.raw), names);
  const { line, from, to } = entry.value;
  return [...near, ...names.filter((name) => !near.includes(name))]
    .slice(0, 3)
    .map((name) => replaceWith({ line, from, to }, name));
}

/** Takes what the cluster holds into the text. */
function liveValue({ entry, problem }: Scene): Fix[] {
  const { live } = problem;
  if (live === undefined || entry.value === undefined) return [];
  const { line, from, to } = entry.value;
  return [{ title: W.takeLive(live), edits: [edit({ line, from, to }, live)] }];
}
