// Gives each pod a place in its Node's band and lets it keep it, so that no pod jumps when another joins or leaves.

/** Remembers where each pod is, band by band. */
export class Slots {
  readonly #bands = new Map<string, Array<string | undefined>>();

  /** Places for `pods` of one band: who was there stays, who is new takes the first free place. Returns key to index. */
  assign(band: string, pods: readonly string[]): ReadonlyMap<string, number> {
    const present = new Set(pods);
    const places = (this.#bands.get(band) ?? []).map((key) =>
      key !== undefined && present.has(key) ? key : undefined,
    );
    const index = new Map<string, number>();
    places.forEach((key, at) => {
      if (key !== undefined) index.set(key, at);
    });
    let free = 0;
    for (const key of pods) {
      if (index.has(key)) continue;
      while (places[free] !== undefined) free++;
      places[free] = key;
      index.set(key, free);
    }
    while (places.length > 0 && places[places.length - 1] === undefined) places.pop();
    this.#bands.set(band, places);
    return index;
  }
}

/** A place in a grid. */
export interface Cell {
  readonly column: number;
  readonly row: number;
}

/** How a grid grows: the block it begins with, and the size of a cell that decides whether a column or a row comes next. */
export interface Growth {
  readonly columns: number;
  readonly rows: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
}

/** A band may be this many times wider than high before it grows in height. */
const ASPECT = 2.4;

/** The first `count` cells of a grid that grows by whole columns and rows: earlier cells never move. */
export function growingCells(count: number, growth: Growth): readonly Cell[] {
  const cells: Cell[] = [];
  let { columns, rows } = growth;
  for (let row = 0; row < rows; row++) for (let column = 0; column < columns; column++) cells.push({ column, row });
  while (cells.length < count) {
    if (columns * growth.cellWidth <= ASPECT * rows * growth.cellHeight) {
      for (let row = 0; row < rows; row++) cells.push({ column: columns, row });
      columns++;
    } else {
      for (let column = 0; column < columns; column++) cells.push({ column, row: rows });
      rows++;
    }
  }
  return cells.slice(0, count);
}
