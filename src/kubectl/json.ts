// Objects as JSON in the form that Go and kubectl write.
import { compareText, type UnknownObject } from "../cluster/index.ts";

/** The object without what `--show-managed-fields` would show. */
// Models kubernetes/staging/src/k8s.io/cli-runtime/pkg/printers OmitManagedFieldsPrinter
export function withoutManagedFields(object: UnknownObject): UnknownObject {
  if (object.metadata.managedFields === undefined) return object;
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

/** JSON as kubectl prints it: four blanks, keys in order of their bytes, `<`, `>`, `&` escaped. */
export function goJson(value: unknown): string {
  return escapeHtml(JSON.stringify(sorted(value), null, 4));
}

/** JSON in one line as Go writes it: sorted keys, and `<`, `>`, `&` escaped. */
export function compactJson(value: unknown): string {
  return escapeHtml(JSON.stringify(sorted(value)));
}

// Models Go's encoding/json, which escapes what HTML might misread
function escapeHtml(json: string): string {
  return json.replace(/[<>&\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  entries.sort(([a], [b]) => compareText(a, b));
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]));
}
