// What could be typed at the caret, from the schema and from what exists in the cluster.
import { type FieldPath, own, type Struct, structOfType } from "../../../cluster/index.ts";
import { W } from "../../../words/en/language.ts";
import { type Cursor, cursorAt } from "./cursor.ts";
import { knownLabels, type Lister } from "./lister.ts";
import { defaultOf, enumOf, type Place, placeAt, SERVER_FIELDS, structOf, typeWords } from "./schema.ts";
import { OBJECT_SNIPPETS } from "./snippets.ts";
import type { Descriptions, Suggestion } from "./types.ts";
import { isLabelMap, valuesFor } from "./values.ts";

/** What completion and hover look at. */
export interface Request {
  readonly text: string;
  /** From 1. */
  readonly line: number;
  /** Characters before the caret. */
  readonly column: number;
  readonly lister: Lister;
  readonly descriptions?: Descriptions | undefined;
}

/** Suggestions for a position, best first. Empty where nothing is known. */
export function complete(request: Request): readonly Suggestion[] {
  const cursor = cursorAt(request.text, request.line, request.column);
  if (cursor === undefined) return [];
  const struct = structOf(cursor.section.apiVersion, cursor.section.kind, request.lister);
  const place = struct === undefined ? undefined : placeAt(struct, cursor.path);
  if (cursor.mode === "value") return values(request, cursor, place);
  if (cursor.path.length === 0) return [...rootKeys(request, cursor), ...objects(cursor)];
  if (place === undefined) return [];
  return keys(request, cursor, place);
}

function values({ lister }: Request, cursor: Cursor, place: Place | undefined): Suggestion[] {
  return valuesFor(cursor.section, cursor.path, place, lister).map(({ value, detail }) => ({
    label: value,
    kind: "value",
    insert: literal(needsQuotes(value, place) ? JSON.stringify(value) : value),
    replace: cursor.replace,
    detail,
    about: undefined,
    more: false,
  }));
}

function keys(request: Request, cursor: Cursor, place: Place): Suggestion[] {
  const { type } = place;
  if (cursor.inFlow && cursor.inItem && type.of !== "scalar") return [];
  if (type.of === "struct") return structKeys(request, cursor, structOfType(type));
  if (type.of === "map" && isLabelMap(cursor.section, cursor.path)) return labelKeys(request, cursor);
  if (type.of === "list" && !cursor.inItem) return items(cursor, place);
  if (type.of === "scalar" && cursor.inItem) return itemValues(cursor, request.lister);
  return [];
}

/** `- ` with what an item needs first. */
function items(cursor: Cursor, place: Place): Suggestion[] {
  if (place.type.of !== "list") return [];
  const element = place.type.element;
  const struct = element.of === "struct" ? structOfType(element) : undefined;
  const first = struct === undefined ? undefined : firstField(struct.name, [...struct.fields.keys()]);
  const insert = first === undefined ? "- " : `- ${first}: `;
  return [suggestion(cursor, { label: insert.trim(), insert, detail: typeWords(element), kind: "field", more: true })];
}

const FIRST_FIELDS = ["name", "port", "host", "path", "key", "containerPort"];

function firstField(struct: string, names: readonly string[]): string | undefined {
  if (struct === "ContainerPort") return "containerPort";
  if (struct === "ServicePort") return "port";
  return FIRST_FIELDS.find((name) => names.includes(name)) ?? names[0];
}

function itemValues(cursor: Cursor, lister: Lister): Suggestion[] {
  const struct = structOf(cursor.section.apiVersion, cursor.section.kind, lister);
  const listPath = cursor.path.slice(0, -1);
  const list = struct === undefined ? undefined : placeAt(struct, listPath);
  const allowed = enumOf(list?.owner, String(listPath.at(-1)));
  return allowed.map((value) =>
    suggestion(cursor, { label: value, insert: literal(value), detail: "", kind: "value", more: false }),
  );
}

function labelKeys({ lister }: Request, cursor: Cursor): Suggestion[] {
  const used = usedKeys(cursor);
  const found: Suggestion[] = [];
  for (const [key, values] of knownLabels(lister, cursor.section.namespace ?? "default")) {
    if (used.has(key)) continue;
    for (const value of values) {
      const label = `${key}: ${value}`;
      const insert = literal(cursor.keyComplete ? key : label);
      found.push(suggestion(cursor, { label, insert, detail: W.onPods, kind: "name", more: false }));
    }
  }
  return found;
}

function structKeys(request: Request, cursor: Cursor, owner: Struct): Suggestion[] {
  const used = usedKeys(cursor);
  const { name } = owner;
  const fields = [...owner.fields.values()].filter((field) => !used.has(field.name) && !SERVER_FIELDS.has(field.name));
  const ranked = fields.toSorted((a, b) => rank(name, a.name, a.required) - rank(name, b.name, b.required));
  return ranked.map((field) => {
    const fallback = defaultOf(owner, field.name);
    const detail = fallback === undefined ? typeWords(field.type) : W.withDefault(typeWords(field.type), fallback);
    const text = { label: field.name, insert: keyText(cursor, field.name, field.type.of), detail };
    const about = field.about?.description ?? own(own(request.descriptions, name), field.name);
    return { ...suggestion(cursor, { ...text, kind: "field", more: true }), about };
  });
}

/** What people write most comes first; then what is required; then the rest, in alphabetical order. */
function rank(struct: string, field: string, required: boolean): number {
  const at = (own(COMMON_FIELDS, struct) ?? []).indexOf(field);
  if (at >= 0) return at;
  return required ? 50 : 100;
}

const WORKLOAD_FIELDS = ["replicas", "selector", "template", "serviceName"];
const COMMON_FIELDS: Readonly<Record<string, readonly string[]>> = {
  ServiceSpec: ["type", "selector", "ports", "clusterIP", "externalTrafficPolicy", "sessionAffinity"],
  ServicePort: ["name", "port", "targetPort", "nodePort", "protocol"],
  ObjectMeta: ["name", "namespace", "labels", "annotations"],
  DeploymentSpec: WORKLOAD_FIELDS,
  StatefulSetSpec: WORKLOAD_FIELDS,
  DaemonSetSpec: WORKLOAD_FIELDS,
  ReplicaSetSpec: WORKLOAD_FIELDS,
  PodSpec: ["containers", "initContainers", "volumes", "restartPolicy", "nodeName", "nodeSelector"],
  PodTemplateSpec: ["metadata", "spec"],
  Container: ["name", "image", "ports", "env", "args", "command", "readinessProbe", "livenessProbe", "resources"],
  ContainerPort: ["containerPort", "name", "protocol"],
  LabelSelector: ["matchLabels", "matchExpressions"],
  Probe: ["httpGet", "tcpSocket", "exec", "periodSeconds"],
};

function rootKeys(request: Request, cursor: Cursor): Suggestion[] {
  const { section } = cursor;
  const struct = structOf(section.apiVersion, section.kind, request.lister);
  if (struct !== undefined) {
    const order = ["apiVersion", "kind", "metadata", "spec", "data", "stringData"];
    const place = (label: string) => (order.indexOf(label) + order.length + 1) % (order.length + 1);
    return structKeys(request, cursor, struct).toSorted((a, b) => place(a.label) - place(b.label));
  }
  const used = usedKeys(cursor);
  return ["apiVersion", "kind", "metadata", "spec"]
    .filter((name) => !used.has(name))
    .map((name) => {
      const shape = name === "metadata" || name === "spec" ? "struct" : "scalar";
      const insert = keyText(cursor, name, shape);
      return suggestion(cursor, { label: name, insert, detail: "", kind: "field", more: true });
    });
}

/** Whole objects; below an object they begin with `---`. */
function objects(cursor: Cursor): Suggestion[] {
  if (cursor.column !== 0 || cursor.keyComplete) return [];
  const { line } = cursor.replace;
  const above = cursor.section.entries.some((entry) => entry.line < line);
  const below = cursor.section.entries.some((entry) => entry.line > line);
  if (above && below) return [];
  return OBJECT_SNIPPETS.map(({ label, detail, body }) =>
    suggestion(cursor, { label, detail, insert: above ? `---\n${body}` : body, kind: "object", more: false }),
  );
}

function usedKeys(cursor: Cursor): ReadonlySet<string> {
  const used = new Set<string>();
  const { line, from } = cursor.replace;
  for (const { path, key } of cursor.section.entries)
    if (key !== undefined && (key.line !== line || key.from !== from) && isChild(path, cursor.path)) used.add(key.name);
  return used;
}

const isChild = (path: FieldPath, parent: FieldPath) =>
  path.length === parent.length + 1 && parent.every((step, index) => path[index] === step);

function keyText(cursor: Cursor, name: string, shape: "scalar" | "list" | "map" | "struct"): string {
  if (cursor.keyComplete) return name;
  if (cursor.inFlow) return `${name}: ${{ scalar: "", list: "[$0]", map: "{$0\\}", struct: "{$0\\}" }[shape]}`;
  const inner = " ".repeat(cursor.column + 2);
  if (shape === "scalar") return `${name}: `;
  return shape === "list" ? `${name}:\n${inner}- ` : `${name}:\n${inner}`;
}

/** Text in a snippet that means itself. */
const literal = (text: string) => text.replace(/[\\$}]/g, "\\$&");

/** A value that YAML would read as something else where text is wanted. */
function needsQuotes(value: string, place: Place | undefined): boolean {
  const wantsText = place === undefined || (place.type.of === "scalar" && place.type.scalar === "string");
  return wantsText && /^(?:[\d.+-][\d.eE+-]*|true|false|yes|no|on|off|y|n|null|~)$/i.test(value);
}

function suggestion(
  cursor: Cursor,
  parts: Pick<Suggestion, "label" | "insert" | "detail" | "kind" | "more">,
): Suggestion {
  return { ...parts, replace: cursor.replace, about: undefined };
}
