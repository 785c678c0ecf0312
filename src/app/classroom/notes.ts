// What the page and the window with the speaker's notes say to each other. Both are pages of this site in one browser.
import type { Slide } from "./talk.ts";

/** What the notes show. */
export interface NotesState extends Slide {
  /** The sentence about the packet on the picture; "" without one. */
  readonly sentence: string;
  /** Real time at which the talk began, in milliseconds. */
  readonly beganAt: number;
}

export type NotesMessage =
  | { readonly kind: "hello" }
  | { readonly kind: "go"; readonly by: 1 | -1 }
  | { readonly kind: "state"; readonly state: NotesState }
  | { readonly kind: "over" };

/** The name of the channel of one page; other pages of the same browser have others. */
export function channelName(id: string): string {
  return `podpath-notes-${id}`;
}

const TEXT_LIMIT = 20_000;
const MOST_NOTES = 200;

/** Reads a message; undefined for what is none. */
export function readNotes(data: unknown): NotesMessage | undefined {
  const fields = fieldsOf(data);
  const kind = fields.get("kind");
  if (kind === "hello" || kind === "over") return { kind };
  const by = fields.get("by");
  if (kind === "go" && (by === 1 || by === -1)) return { kind, by };
  const state = kind === "state" ? stateOf(fieldsOf(fields.get("state"))) : undefined;
  return state && { kind: "state", state };
}

function stateOf(fields: ReadonlyMap<string, unknown>): NotesState | undefined {
  const [title, text, next, sentence] = ["title", "text", "next", "sentence"].map((name) => textIn(fields.get(name)));
  const [at, of, beganAt] = ["at", "of", "beganAt"].map((name) => numberIn(fields.get(name)));
  const notes = fields.get("notes");
  if (title === undefined || text === undefined || next === undefined || sentence === undefined) return undefined;
  if (at === undefined || of === undefined || beganAt === undefined || !Array.isArray(notes)) return undefined;
  const told = notes.slice(0, MOST_NOTES).flatMap((each) => textIn(each) ?? []);
  return { title, text, next, sentence, at, of, beganAt, notes: told };
}

const textIn = (value: unknown) => (typeof value === "string" ? value.slice(0, TEXT_LIMIT) : undefined);
const numberIn = (value: unknown) => (typeof value === "number" && Number.isFinite(value) ? value : undefined);

function fieldsOf(data: unknown): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>(typeof data === "object" && data !== null ? Object.entries(data) : []);
}

/** A span of real time as a speaker reads it: 7:05. */
export function spanText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
