// Which lines of the text refer to an object or a field, and which field a line refers to.
import { type FieldPath, parsePath, pathText } from "../../cluster/index.ts";

import { type FieldAt, isSameObject, type Lit, type ObjectAt, objectAt } from "../store/lit.ts";
import { entryAt, type Section, sectionAt } from "./language/index.ts";

/** Lines of the text, from the first to the last, and how strongly they are meant. */
export interface LitLines {
  readonly first: number;
  readonly last: number;
  readonly as: "field" | "object";
}

/** The lines of what is pointed at elsewhere: the fields; of an object without one, its document. */
export function linesOf(sections: readonly Section[], lit: Lit | undefined): readonly LitLines[] {
  if (lit === undefined) return [];
  const found = lit.fields.flatMap((field): LitLines[] => {
    const place = placeOfField(sections, field);
    return place === undefined ? [] : [{ first: place.first, last: place.last, as: "field" }];
  });
  if (found.length > 0) return found;
  return lit.objects.flatMap((object): LitLines[] => {
    const section = sectionOf(sections, object);
    const [first, last] = [section?.entries[0]?.line, section?.entries.at(-1)?.line];
    return first === undefined || last === undefined ? [] : [{ first, last, as: "object" }];
  });
}

/** Where a field is in the text, or the nearest field around it that does: its lines, and its column. */
export function placeOfField(
  sections: readonly Section[],
  field: FieldAt,
): { readonly first: number; readonly last: number; readonly column: number } | undefined {
  const entries = sectionOf(sections, field)?.entries ?? [];
  for (let path = parsePath(field.path); path.length > 0; path = path.slice(0, -1)) {
    const inside = entries.filter((entry) => startsWith(entry.path, path));
    const [first, last] = [inside[0], inside.at(-1)];
    if (first !== undefined && last !== undefined) return { first: first.line, last: last.line, column: first.column };
  }
  return undefined;
}

/** The field that a position refers to, else its line; "" for the path on a line that holds none. */
export function fieldAtPlace(sections: readonly Section[], line: number, column: number): FieldAt | undefined {
  const section = sectionAt(sections, line);
  const object = section && objectOf(section);
  if (section === undefined || object === undefined) return undefined;
  const entry = entryAt(section, line, column)?.entry ?? section.entries.find((each) => each.line === line);
  return { ...object, path: entry?.key === undefined ? "" : pathText(entry.path) };
}

function sectionOf(sections: readonly Section[], object: ObjectAt): Section | undefined {
  return sections.find((section) => {
    const described = objectOf(section);
    return described !== undefined && isSameObject(described, object);
  });
}

function objectOf({ apiVersion, kind, name, namespace }: Section): ObjectAt | undefined {
  if (apiVersion === undefined || kind === undefined || name === undefined) return undefined;
  return objectAt(apiVersion, kind, name, namespace);
}

function startsWith(path: FieldPath, start: FieldPath): boolean {
  return start.length <= path.length && start.every((step, at) => step === path[at]);
}
