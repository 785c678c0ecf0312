// A table on its way out: header, rows, and the widths that a watch remembers.
import { cellWidth, padded, TABLE_TABS } from "../tabwriter.ts";

/** Writes rows in columns. Widths never shrink from one block to the next, so that the rows of a watch stay aligned. */
// Models kubernetes/staging/src/k8s.io/cli-runtime/pkg/printers TablePrinter with a remembering tabwriter
export class TableWriter {
  readonly #widths: number[] = [];

  /** The rows as lines, each ended by a newline. */
  write(rows: ReadonlyArray<readonly string[]>): string {
    const shown = rows.map((row) => row.map(cellText));
    for (const row of shown) {
      for (const [column, cell] of row.slice(0, -1).entries()) {
        const width = Math.max(TABLE_TABS.minWidth, cellWidth(cell) + TABLE_TABS.padding);
        this.#widths[column] = Math.max(this.#widths[column] ?? 0, width);
      }
    }
    return shown.map((row) => `${this.#line(row)}\n`).join("");
  }

  #line(row: readonly string[]): string {
    const last = row.length - 1;
    return row.map((cell, column) => (column === last ? cell : padded(cell, this.#widths[column] ?? 0))).join("");
  }
}

/** A cell is one line: what follows a line break is cut and marked. Escape characters are made visible. */
function cellText(cell: string): string {
  const at = cell.search(/[\f\n\r]/);
  const text = at < 0 ? cell : `${cell.slice(0, at)}...`;
  return text.replaceAll("\u001b", "^[");
}

/** A whole table at once. */
export function tableText(rows: ReadonlyArray<readonly string[]>): string {
  return new TableWriter().write(rows);
}
