// Paths of fields, as steps and as text.
import { own } from "../sim/values.ts";

/** From an object's root to a field: keys and list indexes. */
export type FieldPath = readonly (string | number)[];

/** `spec.ports[0].targetPort`; a key with a dot in it is in brackets. */
export function pathText(path: FieldPath): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number" || /[.[\]]/.test(step)) return `${text}[${step}]`;
    return text === "" ? step : `${text}.${step}`;
  }, "");
}

/** The path of a text, `spec.ports[0].nodePort`. */
export function parsePath(text: string): FieldPath {
  return Array.from(text.matchAll(/\[(\d+)\]|\[([^\]]+)\]|([^.[\]]+)/g), ([, index, bracketed, key]) =>
    index === undefined ? (bracketed ?? key ?? "") : Number(index),
  );
}

export function samePath(a: FieldPath, b: FieldPath): boolean {
  return a.length === b.length && a.every((step, index) => step === b[index]);
}

/** The value at a path of an object. */
export function valueAt(object: unknown, path: FieldPath): unknown {
  let value: unknown = object;
  for (const step of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = own(value as Record<string, unknown>, String(step)); // an object or array, checked above
  }
  return value;
}
