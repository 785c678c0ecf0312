// The table of a kind that is defined while the API server runs: its name, and the columns that its definition asks for.
import { type Column, parseTime } from "../../cluster/index.ts";
import { ageOf } from "../duration.ts";
import { jsonPathPrinter, pathReader } from "../jsonpath/print.ts";
import type { Printer } from "./printer.ts";

/** The printer of a kind whose columns are data. Spec: [CRD-10]. */
// Models apiextensions-apiserver/pkg/registry/customresource/tableconvertor
export function columnsPrinter(columns: readonly Column[]): Printer {
  const cells = columns.map(cellOf);
  return {
    columns: [{ name: "NAME", wide: false }, ...columns.map(({ name, wide }) => ({ name: name.toUpperCase(), wide }))],
    row: (object, { now }) => [object.metadata.name ?? "", ...cells.map((cell) => cell(object, now))],
  };
}

type Cell = (object: unknown, now: number) => string;

/** An unreadable path leaves its column empty. */
function cellOf({ type, jsonPath }: Column): Cell {
  const template = `{${jsonPath}}`;
  try {
    const read = pathReader(template);
    const print = jsonPathPrinter(template);
    return (object, now) => {
      const [value] = read(object);
      if (value === undefined || value === null) return "";
      return type === "string" ? textOf(value, print, object) : cellText(type, value, now);
    };
  } catch {
    return () => "";
  }
}

function textOf(value: unknown, print: (object: unknown) => string, object: unknown): string {
  return typeof value === "object" ? print(object) : String(value);
}

/** A value that is not of the column's type is not shown. */
function cellText(type: string, value: unknown, now: number): string {
  if (type === "date") {
    if (typeof value !== "string") return "";
    return parseTime(value) === undefined ? "<invalid>" : ageOf(value, now);
  }
  if (type === "boolean") return typeof value === "boolean" ? String(value) : "";
  if (typeof value !== "number") return "";
  return String(type === "integer" ? Math.trunc(value) : value);
}
