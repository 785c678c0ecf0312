// What a printer is: the columns of one kind and how a row is made of an object.
import type { KubeObject, ResourceName } from "../../cluster/index.ts";
import { ageOf } from "../duration.ts";

/** One column of a table, as the API server describes it. */
export interface Column {
  /** As kubectl prints it: upper case. */
  readonly name: string;
  /** Printed only with `-o wide`. */
  readonly wide: boolean;
}

/** What a row may depend on beside its object. */
export interface RowContext {
  /** Milliseconds since 1970, on the virtual clock. */
  readonly now: number;
}

/** One cell for every column, wide ones included. */
export interface Printer {
  readonly columns: readonly Column[];
  row(object: KubeObject, context: RowContext): readonly string[];
}

/** By resource. */
export type Printers = Readonly<Record<ResourceName, Printer>>;

/** A printer for objects of type T. Columns whose name ends with `*` are wide. */
export function printer<T extends KubeObject>(
  columns: readonly string[],
  row: (object: T, context: RowContext) => ReadonlyArray<string | number | boolean | undefined>,
): Printer {
  return {
    columns: columns.map((name) =>
      name.endsWith("*") ? { name: name.slice(0, -1), wide: true } : { name, wide: false },
    ),
    // The registry hands a printer only the objects of its own resource.
    row: (object, context) => row(object as T, context).map((cell) => (cell === undefined ? "" : String(cell))),
  };
}

/** Kinds that show their age alone. */
export const ageOnlyPrinter = printer<KubeObject>(["NAME", "AGE"], ({ metadata }, { now }) => [
  metadata.name,
  ageOf(metadata.creationTimestamp, now),
]);
