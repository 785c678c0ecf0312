// Field selectors: which fields a kind lets itself be selected by.
import type { KubeObject } from "../api/objects.ts";
import { type FieldType, type Struct, structOfType } from "../api/schema.ts";
import { type ResourceInfo, structOfResource } from "../api/scheme.ts";
import { statusError } from "../apimachinery/errors.ts";
import { own } from "../sim/values.ts";
import type { ListOptions } from "./options.ts";
import type { AnyStrategy } from "./strategy/strategy.ts";

type Terms = NonNullable<ListOptions["fieldSelector"]>;

const EVERYWHERE = ["metadata.name", "metadata.namespace"];

/** A test of the terms. @throws StatusError BadRequest for a field that the kind does not know. */
export function fieldMatcher(terms: Terms, info: ResourceInfo, strategy: AnyStrategy): (object: KubeObject) => boolean {
  const struct = structOfResource(info);
  const own = strategy.selectableFields;
  for (const { path } of terms) {
    if (EVERYWHERE.includes(path) || own?.includes(path)) continue;
    throw statusError("BadRequest", own === undefined ? unknownField(path) : `field label not supported: ${path}`);
  }
  return (object) =>
    terms.every(({ path, operator, value }) => (valueAt(object, path, struct) === value) === (operator === "="));
}

function unknownField(path: string): string {
  return `${JSON.stringify(path)} is not a known field selector: only "metadata.name", "metadata.namespace"`;
}

/** Selectors that are called other than the field. */
const RENAMED = new Map([["status.successful", "status.succeeded"]]);

/** The value as Go prints it: what is absent has the zero of its type. */
function valueAt(object: KubeObject, path: string, root: Struct | undefined): string {
  let value: unknown = object;
  let struct = root;
  let type: FieldType | undefined;
  for (const part of (RENAMED.get(path) ?? path).split(".")) {
    value =
      typeof value === "object" && value !== null ? own(value as Readonly<Record<string, unknown>>, part) : undefined;
    type = struct?.fields.get(part)?.type;
    struct = type?.of === "struct" ? structOfType(type) : undefined;
  }
  if (value !== undefined && value !== null) return String(value);
  if (type?.of !== "scalar") return "";
  if (type.scalar === "bool") return "false";
  return type.scalar === "int32" || type.scalar === "int64" ? "0" : "";
}
