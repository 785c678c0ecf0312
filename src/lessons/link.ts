// What lessons point at: objects, their fields, parts of the page, and other lessons.
import { type FieldPath, type ObjectRef, parsePath, RESOURCES } from "../cluster/index.ts";

/** An object, or a field of it: what the page lights. */
export interface Pointed {
  readonly object: ObjectRef;
  readonly path?: FieldPath;
}

/** Parts of the page that a lesson can name. */
export const PARTS = [
  "canvas",
  "editor",
  "console",
  "timeline",
  "inspector",
  "health",
  "faults",
  "log",
  "help",
] as const;
export type PagePart = (typeof PARTS)[number];

/** Where a link in a lesson leads: nowhere but to the page's own things. */
export type LessonLink =
  | { readonly kind: "object"; readonly at: Pointed }
  | { readonly kind: "lesson"; readonly id: string }
  | { readonly kind: "part"; readonly part: PagePart };

/** The link of a text, `object:Service/web#spec.selector`, `lesson:labels`, `part:console`; undefined for any other. */
export function linkOf(text: string): LessonLink | undefined {
  const [, scheme, rest = ""] = /^(object|lesson|part):(.+)$/.exec(text) ?? [];
  if (scheme === "lesson") return /^[a-z0-9-]+$/.test(rest) ? { kind: "lesson", id: rest } : undefined;
  if (scheme === "part") {
    const part = PARTS.find((each) => each === rest);
    return part && { kind: "part", part };
  }
  const at = scheme === "object" ? pointedOf(rest) : undefined;
  return at && { kind: "object", at };
}

/** `KIND/NAME` or `KIND/NAMESPACE/NAME`, with `#FIELD` behind it or without. */
export const POINTED = /^([A-Z][A-Za-z]*)\/(?:([a-z0-9-]+)\/)?([a-z0-9.-]+)(?:#(.+))?$/;

/** What a text points at; undefined when it is no such text, or there is no such kind. */
export function pointedOf(text: string): Pointed | undefined {
  const [, kind, namespace, name, path] = POINTED.exec(text) ?? [];
  const info = RESOURCES.find((each) => each.kind === kind);
  if (info === undefined || name === undefined) return undefined;
  const apiVersion = info.group === "" ? info.version : `${info.group}/${info.version}`;
  const object = {
    apiVersion,
    kind: info.kind,
    namespace: info.namespaced ? (namespace ?? "default") : undefined,
    name,
  };
  return path === undefined ? { object } : { object, path: parsePath(path) };
}
