// kubectl describe of kinds without a describer of their own: every field by its name.
import type { KubeObject } from "../../cluster/index.ts";
import { own } from "../../cluster/index.ts";
import { sortedKeys } from "../text.ts";
import { type DescribeContext, writeEvents, writeHead } from "./describer.ts";
import type { Page } from "./page.ts";

const SKIPPED = new Set([
  ".metadata.managedFields",
  ".metadata.name",
  ".metadata.namespace",
  ".metadata.labels",
  ".metadata.annotations",
]);

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe genericDescriber
export function describeGeneric(page: Page, object: KubeObject, context: DescribeContext): void {
  writeHead(page, object);
  writeFields(page, { ...object }, { level: 0, path: "" });
  writeEvents(page, object, context);
}

interface Place {
  readonly level: number;
  readonly path: string;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe printUnstructuredContent
function writeFields(page: Page, fields: Readonly<Record<string, unknown>>, { level, path }: Place): void {
  for (const name of sortedKeys(fields)) {
    const value = own(fields, name);
    const below: Place = { level: level + 1, path: `${path}.${name}` };
    if (value === undefined || SKIPPED.has(below.path)) continue;
    if (isMap(value)) {
      page.line(level, `${labelOf(name)}:`);
      writeFields(page, value, below);
    } else if (Array.isArray(value)) {
      page.line(level, `${labelOf(name)}:`);
      for (const each of value) {
        if (isMap(each)) writeFields(page, each, below);
        else page.line(level + 1, String(each));
      }
    } else page.line(level, `${labelOf(name)}:\t${value === null ? "<nil>" : String(value)}`);
  }
}

const ACRONYMS = new Set(["API", "URL", "UID", "GUID"]);

/** `Creation Timestamp` for `creationTimestamp`, `API Version` for `apiVersion`. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe smartLabelFor
function labelOf(field: string): string {
  if (/[^A-Za-z-]/.test(field)) return field;
  const words = field.match(/[A-Z]+(?![a-z])|[A-Z][a-z]*|[a-z]+|-+/g) ?? [];
  return words
    .map((word) => {
      if (ACRONYMS.has(word.toUpperCase())) return word.toUpperCase();
      return word === word.toLowerCase() ? word.charAt(0).toUpperCase() + word.slice(1) : word;
    })
    .join(" ");
}
