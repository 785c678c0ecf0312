// Field selectors: which fields a kind lets itself be selected by.
import type { KubeObject } from "../api/objects.ts";
import { statusError } from "../apimachinery/errors.ts";
import type { ListOptions } from "./options.ts";
import type { AnyStrategy } from "./strategy/strategy.ts";

type Terms = NonNullable<ListOptions["fieldSelector"]>;

const EVERYWHERE = ["metadata.name", "metadata.namespace"];

/** A test of the terms. @throws StatusError BadRequest for a field that the kind does not know. */
export function fieldMatcher(terms: Terms, strategy: AnyStrategy): (object: KubeObject) => boolean {
  const own = strategy.selectableFields;
  for (const { path } of terms) {
    if (EVERYWHERE.includes(path) || own?.includes(path)) continue;
    throw statusError("BadRequest", own === undefined ? unknownField(path) : `field label not supported: ${path}`);
  }
  return (object) =>
    terms.every(({ path, operator, value }) => (valueAt(object, path) === value) === (operator === "="));
}

function unknownField(path: string): string {
  return `${JSON.stringify(path)} is not a known field selector: only "metadata.name", "metadata.namespace"`;
}

function valueAt(object: KubeObject, path: string): string {
  let value: unknown = object;
  for (const part of path.split(".")) {
    if (typeof value !== "object" || value === null) return "";
    value = (value as Readonly<Record<string, unknown>>)[part];
  }
  return value === undefined || value === null ? "" : String(value);
}
