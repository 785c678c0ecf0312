// `-o custom-columns`: columns of one's own, each a path.
import { CommandError } from "./command-error.ts";
import { goText } from "./govalue.ts";
import { JsonPathError } from "./jsonpath/parse.ts";
import { pathReader } from "./jsonpath/print.ts";
import { tableText } from "./printers/table.ts";

interface CustomColumn {
  readonly header: string;
  values(object: unknown): readonly unknown[];
}

/** Columns of `NAME:.metadata.name,IP:.spec.clusterIP`. @throws CommandError */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/get NewCustomColumnsPrinterFromSpec
export function customColumns(spec: string): CustomColumn[] {
  if (spec === "") throw new CommandError("custom-columns format specified but no custom columns given");
  return spec.split(",").map((part) => {
    const colon = part.indexOf(":");
    if (colon < 0)
      throw new CommandError(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`);
    return { header: part.slice(0, colon), values: pathReader(part.slice(colon + 1)) };
  });
}

/** Columns of a file: a line of headers above a line of paths. @throws CommandError */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/get NewCustomColumnsPrinterFromTemplate
export function customColumnsOfFile(text: string): CustomColumn[] {
  const [headerLine = "", pathLine = ""] = text.split("\n");
  const words = (line: string) => line.split(/\s+/).filter((word) => word !== "");
  const headers = words(headerLine);
  const paths = words(pathLine);
  if (headers.length !== paths.length)
    throw new CommandError(
      `number of headers (${headers.length}) and field specifications (${paths.length}) don't match`,
    );
  return headers.map((header, at) => ({ header, values: pathReader(paths[at] ?? "") }));
}

/** The table of these objects. */
export function customColumnsText(
  columns: readonly CustomColumn[],
  objects: readonly unknown[],
  headers: boolean,
): string {
  const rows = objects.map((object) => columns.map((column) => cellOf(column, object)));
  return tableText(headers ? [columns.map((each) => each.header), ...rows] : rows);
}

function cellOf(column: CustomColumn, object: unknown): string {
  try {
    const values = column.values(object);
    return values.length === 0 ? "<none>" : values.map(goText).join(",");
  } catch (error) {
    if (error instanceof JsonPathError) throw new CommandError(error.message);
    throw error;
  }
}
