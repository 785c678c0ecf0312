// Aligns tab-separated cells in columns, as the elastic tabs of Go's text/tabwriter do.

/** `minWidth` counts the padding; a column is as wide as its widest cell plus `padding`. */
export interface TabOptions {
  readonly minWidth: number;
  readonly padding: number;
}

/** The widths of `kubectl describe`. */
export const DESCRIBE_TABS: TabOptions = { minWidth: 0, padding: 2 };

/** The widths of `kubectl get` and of every other table. */
export const TABLE_TABS: TabOptions = { minWidth: 6, padding: 3 };

/**
 * Aligns a text. A column is a run of consecutive lines that each have a tab-terminated cell at the same place; what follows the
 * last tab of a line belongs to no column. A form feed ends the line and every column that is open.
 */
// Models Go's text/tabwriter Writer with spaces as padding
export function alignTabs(text: string, options: TabOptions): string {
  let out = "";
  for (const section of text.split("\f")) {
    const lines = section.split("\n").map((line) => line.split("\t"));
    out += new Block(lines, options).format(0, lines.length, []).join("\n");
  }
  return out;
}

class Block {
  readonly #lines: ReadonlyArray<readonly string[]>;
  readonly #options: TabOptions;

  constructor(lines: ReadonlyArray<readonly string[]>, options: TabOptions) {
    this.#lines = lines;
    this.#options = options;
  }

  /** Lines `from` to `to`, whose first `widths.length` columns have these widths. */
  format(from: number, to: number, widths: readonly number[]): string[] {
    const column = widths.length;
    const printed: string[] = [];
    let at = from;
    while (at < to) {
      if (!this.#hasCell(at, column)) {
        printed.push(this.#print(at, widths));
        at++;
        continue;
      }
      const start = at;
      while (at < to && this.#hasCell(at, column)) at++;
      printed.push(...this.format(start, at, [...widths, this.#width(start, at, column)]));
    }
    return printed;
  }

  #hasCell(line: number, column: number): boolean {
    return column < (this.#lines[line]?.length ?? 0) - 1;
  }

  #width(from: number, to: number, column: number): number {
    let width = this.#options.minWidth;
    for (let line = from; line < to; line++) {
      width = Math.max(width, cellWidth(this.#lines[line]?.[column] ?? "") + this.#options.padding);
    }
    return width;
  }

  #print(line: number, widths: readonly number[]): string {
    let text = "";
    for (const [column, cell] of (this.#lines[line] ?? []).entries()) {
      const width = widths[column];
      text += width === undefined ? cell : padded(cell, width);
    }
    return text;
  }
}

/** How many columns a cell takes: its characters, not its code units. */
export function cellWidth(cell: string): number {
  return [...cell].length;
}

/** The cell filled with spaces up to a width. */
export function padded(cell: string, width: number): string {
  return cell + " ".repeat(Math.max(0, width - cellWidth(cell)));
}
