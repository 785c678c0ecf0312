// What is known of the field under the pointer: what it means, what it is by default, what it is in the cluster now.
import { hasAll, own, structOfType, valueAt } from "../../../cluster/index.ts";
import { W } from "../../../words/en/language.ts";
import type { Request } from "./completion.ts";
import { mapAt } from "./cursor.ts";
import { selectables } from "./lister.ts";
import { liveObject } from "./live.ts";
import { type Entry, entryAt, outline, type Section, sectionAt, unquote } from "./outline.ts";
import { defaultOf, enumOf, type Place, placeAt, structOf, typeWords } from "./schema.ts";
import type { Descriptions, Hover } from "./types.ts";

/** What to show for a position; undefined where there is nothing to say. */
export function hover(request: Request): Hover | undefined {
  const section = sectionAt(outline(request.text), request.line);
  const found = section && entryAt(section, request.line, request.column);
  if (section === undefined || found === undefined) return undefined;
  const { entry, span } = found;
  const paragraphs = paragraphsFor(request, section, entry);
  return paragraphs.length === 0 ? undefined : { span: { line: span.line, from: span.from, to: span.to }, paragraphs };
}

function paragraphsFor(request: Request, section: Section, entry: Entry): string[] {
  const struct = structOf(section.apiVersion, section.kind, request.lister);
  if (struct === undefined) return [];
  if (entry.path.length === 1 && entry.path[0] === "kind")
    return sentences(struct.name, struct.description, own(request.descriptions, struct.name)?.[""]);
  const place = placeAt(struct, entry.path);
  if (place?.field === undefined) return labelHover(request, section, entry);
  const { name } = place.field;
  return [
    `${name}: ${typeWords(place.type)}`,
    ...sentences(about(request.descriptions, place)),
    ...values(place, name),
    ...live(request, section, entry),
    ...matched(request, section, entry),
  ];
}

const sentences = (...texts: readonly (string | undefined)[]) =>
  texts.filter((text) => text !== undefined && text !== "") as string[]; // undefined is filtered out

function about(descriptions: Descriptions | undefined, { owner, field, type }: Place): string | undefined {
  if (owner === undefined || field === undefined) return undefined;
  const words = field.about?.description ?? own(own(descriptions, owner.name), field.name);
  if (words !== undefined || type.of !== "struct") return words;
  return own(descriptions, structOfType(type).name)?.[""];
}

function values({ owner }: Place, name: string): string[] {
  const allowed = enumOf(owner, name);
  const fallback = defaultOf(owner, name);
  return [
    ...(allowed.length === 0 ? [] : [W.oneOf(allowed.join(", "))]),
    ...(fallback === undefined ? [] : [W.default(fallback)]),
  ];
}

function live({ lister }: Request, section: Section, entry: Entry): string[] {
  const object = liveObject(lister, section);
  const now = object === undefined ? undefined : valueAt(object, entry.path);
  if (now === undefined || typeof now === "object") return [];
  const typed = entry.value === undefined ? undefined : unquote(entry.value.raw);
  return String(now) === typed ? [] : [W.live(String(now))];
}

function labelHover(request: Request, section: Section, entry: Entry): string[] {
  const parent = entry.path.slice(0, -1);
  if (parent.at(-1) !== "selector" && parent.at(-1) !== "matchLabels") return [];
  return matched(request, section, { ...entry, path: parent });
}

/** How many pods a Service's selector matches now. */
function matched({ lister }: Request, section: Section, entry: Entry): string[] {
  if (section.kind !== "Service" || entry.path.at(-1) !== "selector") return [];
  const selector = mapAt(section, ["spec", "selector"]);
  const namespace = section.namespace ?? "default";
  const onlyPods = { list: (resource: string) => (resource === "pods" ? lister.list(resource) : []) };
  const pods = selectables(onlyPods, namespace).filter(({ labels }) => hasAll(labels, selector));
  return [W.matches(pods.length, namespace)];
}
