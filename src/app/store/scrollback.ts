// What is in the terminal: lines of commands and output, bounded.

/** One line of the terminal. */
export interface Line {
  readonly id: number;
  /** `note` is said by the page itself, not by a command. */
  readonly kind: "command" | "out" | "err" | "note";
  readonly text: string;
  /** What stood before a command, e.g. `laptop$`. */
  readonly prompt?: string;
  /** When a command was run, in virtual milliseconds. */
  readonly at?: number;
}

/** Lines from the oldest that is kept to the newest. */
export interface Scrollback {
  readonly lines: readonly Line[];
  readonly nextId: number;
  /** Whether the last line has not ended yet: more output of its kind continues in it. */
  readonly unended: boolean;
  /** Lines that were dropped for being old. */
  readonly dropped: number;
}

/** Lines kept. */
export const LINES_KEPT = 2_000;
/** Longest line that is shown; nobody reads further, and browsers lay it out slowly. */
const LINE_LIMIT = 20_000;

/** What `clear` prints. */
const CLEAR_SCREEN = "\u001b[2J";
/** Colours and cursor movements: the page has none. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence begins with one
const ESCAPES = /\u001b\[[0-9;?]*[A-Za-z]/g;

export const EMPTY_SCROLLBACK: Scrollback = { lines: [], nextId: 1, unended: false, dropped: 0 };

/** Adds a command with its prompt and its time, when it was run; the lines of a here-document follow with `>`. */
export function addCommand(scrollback: Scrollback, prompt: string, command: string, at?: number): Scrollback {
  const lines = command.split("\n").map((text, index) => ({
    kind: "command" as const,
    text,
    prompt: index === 0 ? prompt : ">",
    ...(index === 0 && at !== undefined ? { at } : {}),
  }));
  return append({ ...scrollback, unended: false }, lines);
}

/** Adds a piece of output, wherever its lines begin and end. */
export function addOutput(scrollback: Scrollback, kind: "out" | "err" | "note", text: string): Scrollback {
  const screen = text.lastIndexOf(CLEAR_SCREEN);
  if (screen >= 0) return addOutput(cleared(scrollback), kind, text.slice(screen + CLEAR_SCREEN.length));
  if (text === "") return scrollback;
  const pieces = text.replace(ESCAPES, "").split("\n");
  const ended = pieces.at(-1) === "";
  if (ended) pieces.pop();
  const last = scrollback.lines.at(-1);
  let start = scrollback;
  if (scrollback.unended && last?.kind === kind) {
    const longer = { ...last, text: cut(last.text + (pieces.shift() ?? "")) };
    start = { ...scrollback, lines: [...scrollback.lines.slice(0, -1), longer] };
  }
  const added = append(
    start,
    pieces.map((piece) => ({ kind, text: cut(piece) })),
  );
  return { ...added, unended: !ended };
}

/** Forgets all lines. */
export function cleared(scrollback: Scrollback): Scrollback {
  return { ...EMPTY_SCROLLBACK, nextId: scrollback.nextId };
}

function append(scrollback: Scrollback, lines: readonly Omit<Line, "id">[]): Scrollback {
  const numbered = lines.map((line, index) => ({ ...line, id: scrollback.nextId + index }));
  const all = [...scrollback.lines, ...numbered];
  const surplus = Math.max(0, all.length - LINES_KEPT);
  return {
    ...scrollback,
    lines: surplus === 0 ? all : all.slice(surplus),
    nextId: scrollback.nextId + lines.length,
    dropped: scrollback.dropped + surplus,
  };
}

function cut(text: string): string {
  return text.length > LINE_LIMIT ? `${text.slice(0, LINE_LIMIT)}…` : text;
}
