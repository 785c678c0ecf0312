// The measures of the picture, in its own units (pixels at zoom 1). Style sheets and geometry both use these.

/** Columns of the picture, left to right, and the size of what is in them. */
export interface Metrics {
  readonly client: {
    readonly width: number;
    readonly height: number;
    /** Height of the rows of buttons below. */
    readonly buttons: number;
  };
  /** Whether the clients are above the cluster instead of left of it. */
  readonly clientsAbove: boolean;
  readonly frame: { readonly x: number; readonly y: number; readonly padding: number };
  readonly gate: { readonly width: number; readonly inset: number };
  readonly column: {
    readonly gap: number;
    readonly width: number;
    /** Heights of the words above and below the Services. */
    readonly head: number;
    readonly foot: number;
    /** How far it reaches beyond the bands, above and below. */
    readonly over: number;
  };
  readonly pods: { readonly gap: number };
  readonly card: { readonly width: number; readonly height: number };
  readonly chip: { readonly width: number; readonly height: number };
  /** How much wider cards and chips are drawn, where there is room and a name needs it. */
  readonly wider?: number;
  readonly workload: { readonly width: number; readonly height: number };
  /** The block of pods every band has room for from the beginning. */
  readonly base: { readonly columns: number; readonly rows: number };
  readonly minimumBand: number;
  /** Height of the line with a Node's name above its gate. */
  readonly label: number;
  /** Between the edge of a band and its pods. */
  readonly podMargin: number;
  readonly bandGap: number;
  /** Between the top of the frame and the first band, workloads aside. */
  readonly head: number;
}

export const WIDE: Metrics = {
  client: { width: 116, height: 62, buttons: 72 },
  clientsAbove: false,
  frame: { x: 152, y: 0, padding: 12 },
  gate: { width: 116, inset: 12 },
  column: { gap: 34, width: 188, head: 46, foot: 44, over: 12 },
  pods: { gap: 44 },
  card: { width: 130, height: 64 },
  chip: { width: 92, height: 26 },
  workload: { width: 214, height: 34 },
  base: { columns: 2, rows: 2 },
  minimumBand: 164,
  label: 30,
  podMargin: 14,
  bandGap: 10,
  head: 28,
};

/** For the room that is left between panels: a band begins with one column of pods. */
export const MEDIUM: Metrics = { ...WIDE, base: { columns: 1, rows: 1 }, minimumBand: 98 };

/** For a window as low as a frame in a page of documentation. */
export const LOW: Metrics = {
  ...WIDE,
  base: { columns: 2, rows: 1 },
  minimumBand: 81,
  label: 20,
  podMargin: 8,
  bandGap: 4,
  head: 10,
  client: { width: 146, height: 58, buttons: 36 },
  frame: { x: 172, y: 0, padding: 10 },
  workload: { width: 214, height: 30 },
  column: { ...WIDE.column, head: 26, foot: 40, over: 4 },
};

/** For a room that is low and narrow at once, as beside a panel in such a frame. */
export const TIGHT: Metrics = { ...LOW, base: { columns: 1, rows: 1 } };

/** For a small frame in a narrow column of text. */
export const SLIM: Metrics = {
  ...TIGHT,
  client: { width: 116, height: 58, buttons: 36 },
  frame: { x: 132, y: 0, padding: 8 },
  gate: { width: 96, inset: 5 },
  column: { ...LOW.column, gap: 16, width: 150, foot: 54 },
  pods: { gap: 20 },
  card: { width: 116, height: 64 },
};

/** For a frame too low to be narrow, as half of one that shows the YAML too. */
export const SLIMMEST: Metrics = {
  ...SLIM,
  frame: { x: 121, y: 0, padding: 5 },
  gate: { width: 92, inset: 4 },
  column: { ...SLIM.column, gap: 7, width: 142 },
  pods: { gap: 10 },
  card: { width: 104, height: 64 },
};

/** For a window as narrow as a phone held upright. */
export const NARROW: Metrics = {
  client: { width: 168, height: 54, buttons: 36 },
  clientsAbove: true,
  frame: { x: 0, y: 106, padding: 5 },
  gate: { width: 92, inset: 4 },
  column: { gap: 8, width: 142, head: 36, foot: 54, over: 12 },
  pods: { gap: 10 },
  card: { width: 108, height: 64 },
  chip: { width: 92, height: 26 },
  workload: { width: 214, height: 34 },
  base: { columns: 1, rows: 1 },
  minimumBand: 92,
  label: 26,
  podMargin: 14,
  bandGap: 6,
  head: 14,
};

export const GAP = 8;
/** Of a pod's card or chip: the width of a letter of its name, of what else is in that line, and the most it may get. */
export const POD_NAME = { letter: 7.1, around: 34, most: 210 };
/** Width of the word in the corner of the cluster's frame. */
export const FRAME_LABEL = 70;
export const GATE = { address: 26, port: 25, padding: 6 };
/** The part of a port's row at which a line passes it: under its number, which it would strike out. */
export const UNDER = 0.92;
/** Inside the column of Services: `more` is a line that counts others, `space` one that names a namespace, `field` the search in the place of the first, from a height on. */
export const COLUMN = { padding: 8, gap: 8, most: 14, more: 24, space: 20, field: 30, fieldFrom: 250 };
/** Rows of a Service's card. */
export const SERVICE = { padding: 10, title: 22, address: 20, port: 24, head: 26, endpoint: 20, shown: 6, brief: 50 };
/** The band of pods without a Node: its line of words, its margin, and the most rows of chips. */
export const PENDING = { head: 44, padding: 10, rows: 2 };
/** A pod painted in a collapsed group, how many are in a row, and from how many on they are only counted. */
export const CELL = { size: 8, pitch: 11, head: 26, padding: 8, leastColumns: 10, mostColumns: 20, most: 320 };
/** A group whose pods are only counted; as wide as there is room for, within limits. */
export const COUNTED = { least: 108, most: 176, height: 46 };
/** A Service of which only its name and its ready endpoints are shown. */
export const ROW = { height: 26, gap: 3 };

/** Pods in the fullest band up to which each pod is a card, then a chip; beyond, they collapse by owner. */
export const CARDS_UP_TO = 9;
export const CHIPS_UP_TO = 40;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
