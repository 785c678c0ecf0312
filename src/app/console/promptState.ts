// What each key does to the line that is typed: a state, a key, and what follows from them.
import { type Candidate, type Complete, type Completion, choose, type Edit, extend } from "./completion.ts";
import { type History, search } from "./history.ts";

/** The line with everything that hangs on it. */
export interface PromptState extends Edit {
  /** The list that Tab opened, with the place of the chosen word. */
  readonly offered?: { readonly completion: Completion; readonly chosen: number };
  /** Ctrl+R: the line holds the words that are looked for; `at` is the entry found. */
  readonly searching?: { readonly at: number | undefined };
  /** Escape was pressed: Tab leaves the console. */
  readonly leaving: boolean;
}

/** A key, and whether something is selected that Ctrl+C would copy. */
export interface Key {
  readonly key: string;
  readonly ctrl: boolean;
  readonly shift: boolean;
  /** Alt or Meta: never ours. */
  readonly other: boolean;
  readonly selection: boolean;
}

/** What the line can ask about. */
export interface PromptContext {
  readonly history: History;
  readonly complete: Complete;
  /** Lines of an unfinished command. */
  readonly open: string;
  readonly prompt: string;
}

/** What the page does because of a key. */
export type Effect =
  | { readonly kind: "enter" | "interrupt"; readonly text: string }
  | { readonly kind: "walk"; readonly by: -1 | 1 }
  | { readonly kind: "clear" };

/** What a key came to. Unhandled keys are the browser's. */
export interface Outcome {
  readonly handled: boolean;
  readonly state: PromptState;
  readonly effect?: Effect;
}

export const EMPTY_PROMPT: PromptState = { line: "", cursor: 0, leaving: false };

/** A plain line with the cursor at its end. */
export function lineOf(line: string): PromptState {
  return { line, cursor: line.length, leaving: false };
}

/** The line after typing: an open list is narrowed, a search continues. */
export function typed(state: PromptState, edit: Edit, context: PromptContext): PromptState {
  if (state.searching !== undefined)
    return { ...edit, leaving: false, searching: { at: search(context.history, edit.line) } };
  if (state.offered === undefined) return { ...edit, leaving: false };
  return { ...edit, leaving: false, ...offers(context.complete(edit.line, edit.cursor)) };
}

/** Takes a word of the open list. */
export function accept(state: PromptState, candidate: Candidate): PromptState {
  if (state.offered === undefined) return state;
  return { ...choose(state, state.offered.completion, candidate), leaving: false };
}

/** What `key` does. */
export function press(state: PromptState, key: Key, context: PromptContext): Outcome {
  const left: Outcome = { handled: false, state };
  if (key.other) return left;
  if (state.searching !== undefined) return pressSearching(state, key, context) ?? left;
  if (key.ctrl) return pressControl(state, key, context) ?? left;
  return pressOffered(state, key) ?? pressPlain(state, key, context) ?? left;
}

function done(state: PromptState, effect?: Effect): Outcome {
  return { handled: true, state, ...(effect === undefined ? {} : { effect }) };
}

function offers(completion: Completion): Pick<PromptState, "offered"> {
  return completion.candidates.length === 0 ? {} : { offered: { completion, chosen: 0 } };
}

function pressOffered(state: PromptState, { key, shift }: Key): Outcome | undefined {
  const { offered, ...closed } = state;
  if (offered === undefined) return undefined;
  const { candidates } = offered.completion;
  const move = (by: number) =>
    done({ ...state, offered: { ...offered, chosen: (offered.chosen + by + candidates.length) % candidates.length } });
  switch (key) {
    case "ArrowDown":
      return move(1);
    case "ArrowUp":
      return move(-1);
    case "Enter":
    case "Tab":
      if (shift) return undefined;
      return done(accept(state, candidates[offered.chosen] ?? { text: "" }));
    case "Escape":
      return done(closed);
    default:
      return undefined;
  }
}

function pressSearching(state: PromptState, { key, ctrl }: Key, { history }: PromptContext): Outcome | undefined {
  const at = state.searching?.at;
  const found = at === undefined ? "" : (history.entries[at] ?? "");
  if (ctrl && key === "r") return done({ ...state, searching: { at: search(history, state.line, at) ?? at } });
  if (key === "Enter") return done(EMPTY_PROMPT, { kind: "enter", text: found });
  if (key === "Tab" || key === "ArrowRight" || key === "ArrowLeft") return done(lineOf(found));
  if (key === "Escape" || (ctrl && key === "c")) return done(EMPTY_PROMPT);
  return undefined;
}

function pressControl(state: PromptState, { key, selection }: Key, context: PromptContext): Outcome | undefined {
  switch (key) {
    case "c":
      return selection ? undefined : done(EMPTY_PROMPT, { kind: "interrupt", text: state.line });
    case "l":
      return done(state, { kind: "clear" });
    case "r":
      return done({ ...EMPTY_PROMPT, searching: { at: undefined } });
    case "u":
      return done({ line: state.line.slice(state.cursor), cursor: 0, leaving: false });
    case "d":
      if (state.line !== "" || context.open !== "" || context.prompt === "laptop$") return undefined;
      return done(EMPTY_PROMPT, { kind: "enter", text: "exit" });
    default:
      return undefined;
  }
}

function pressPlain(state: PromptState, { key, shift }: Key, context: PromptContext): Outcome | undefined {
  switch (key) {
    case "Enter":
      return done(EMPTY_PROMPT, { kind: "enter", text: state.line });
    case "Tab":
      return shift || state.leaving || state.line.trim() === "" ? undefined : done(pressTab(state, context));
    case "Escape":
      return done({ ...state, leaving: true });
    case "ArrowUp":
      return done(state, { kind: "walk", by: -1 });
    case "ArrowDown":
      return done(state, { kind: "walk", by: 1 });
    default:
      return undefined;
  }
}

function pressTab(state: PromptState, { complete }: PromptContext): PromptState {
  const completion = complete(state.line, state.cursor);
  const [only, ...more] = completion.candidates;
  if (only === undefined) return state;
  if (more.length === 0) return { ...choose(state, completion, only), leaving: false };
  const extended = extend(state, completion);
  return {
    line: extended.line,
    cursor: extended.cursor,
    leaving: false,
    ...offers(complete(extended.line, extended.cursor)),
  };
}
