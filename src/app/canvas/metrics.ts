// The measures of the picture, in its own units (pixels at zoom 1). Style sheets and geometry both use these.

/** Columns of the picture, left to right, and the size of what stands in them. */
export interface Metrics {
  readonly client: { readonly width: number; readonly height: number };
  /** Whether the clients stand above the cluster instead of left of it. */
  readonly clientsAbove: boolean;
  readonly frame: { readonly x: number; readonly y: number; readonly padding: number };
  readonly gate: { readonly width: number; readonly inset: number };
  readonly column: { readonly gap: number; readonly width: number };
  readonly pods: { readonly gap: number };
  readonly card: { readonly width: number; readonly height: number };
  readonly chip: { readonly width: number; readonly height: number };
  readonly workload: { readonly width: number; readonly height: number };
  /** The block of pods every band has room for from the beginning. */
  readonly base: { readonly columns: number; readonly rows: number };
  readonly minimumBand: number;
}

export const WIDE: Metrics = {
  client: { width: 116, height: 62 },
  clientsAbove: false,
  frame: { x: 152, y: 0, padding: 12 },
  gate: { width: 116, inset: 12 },
  column: { gap: 34, width: 188 },
  pods: { gap: 44 },
  card: { width: 130, height: 64 },
  chip: { width: 92, height: 26 },
  workload: { width: 214, height: 34 },
  base: { columns: 2, rows: 2 },
  minimumBand: 164,
};

/** For the room that is left between panels: a band begins with one column of pods. */
export const MEDIUM: Metrics = { ...WIDE, base: { columns: 1, rows: 1 }, minimumBand: 116 };

/** For a window as low as a frame in a page of documentation. */
export const LOW: Metrics = { ...WIDE, base: { columns: 2, rows: 1 }, minimumBand: 98 };

/** For a room that is low and narrow at once, as beside a panel in such a frame. */
export const TIGHT: Metrics = { ...LOW, base: { columns: 1, rows: 1 } };

/** For a window as narrow as a phone held upright. */
export const NARROW: Metrics = {
  client: { width: 172, height: 54 },
  clientsAbove: true,
  frame: { x: 0, y: 114, padding: 6 },
  gate: { width: 98, inset: 5 },
  column: { gap: 12, width: 142 },
  pods: { gap: 18 },
  card: { width: 122, height: 64 },
  chip: { width: 92, height: 26 },
  workload: { width: 214, height: 40 },
  base: { columns: 1, rows: 2 },
  minimumBand: 164,
};

export const GAP = 8;
export const BAND_GAP = 10;
/** Between the edge of a band and its pods. */
export const POD_MARGIN = 14;
/** Height of the line with a Node's name above its gate. */
export const BAND_LABEL = 30;
/** Width of the word in the corner of the cluster's frame. */
export const FRAME_LABEL = 70;
export const GATE = { address: 26, port: 25, padding: 6 };
/** Inside the column of Services. */
export const COLUMN = { head: 44, foot: 40, padding: 8, gap: 8, most: 14 };
/** Rows of a Service's card. */
export const SERVICE = { padding: 10, title: 22, address: 20, port: 24, head: 26, endpoint: 20, shown: 6, brief: 50 };
/** The band of pods without a Node: its line of words, its margin, and the most rows of chips. */
export const PENDING = { head: 44, padding: 10, rows: 2 };
/** A pod painted in a collapsed group. */
export const CELL = { size: 8, pitch: 11, head: 26, padding: 8 };

/** Pods in the fullest band up to which each pod is a card, then a chip; beyond, they collapse by owner. */
export const CARDS_UP_TO = 9;
export const CHIPS_UP_TO = 40;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
