// What the visitor has in hand: one text with its run, from where it came until something takes its place.
import { type Scenario, settingsNow, type TimedAction } from "../../scenario/index.ts";
import { type Action, isWork, type Run } from "../store/run.ts";
import type { Beginning } from "../store/source.ts";
import { type Entry, nameOf, tidyName } from "./entry.ts";

/** What the text shows already. */
const IN_TEXT: ReadonlySet<Action["kind"]> = new Set(["apply", "scale"]);
/** A run with more characters of text in its log is not kept with the entry; its YAML is. */
const RUN_LIMIT = 2_000_000;

/** What is kept of a hand. */
export interface Snapshot extends Pick<Entry, "source" | "original" | "scenario"> {
  readonly run: Scenario | undefined;
}

/** The entry for a snapshot: a new one, or the next writing of the one it continues with. */
export function entryFor(
  snapshot: Snapshot,
  before: Entry | undefined,
  writing: Pick<Entry, "id" | "revision" | "changed">,
): Entry {
  const { scenario, original, source } = snapshot;
  const run = snapshot.run ?? before?.run;
  const own = tidyName(scenario.title ?? "") ?? nameOf(scenario.text);
  return {
    ...writing,
    name: before?.named === true ? before.name : own,
    named: before?.named ?? false,
    source: before?.source ?? source,
    created: before?.created ?? writing.changed,
    scenario,
    original,
    ...(run === undefined ? {} : { run }),
  };
}

interface HandOptions {
  /** Whether the run began together with this. */
  readonly fresh: boolean;
  readonly entry: Entry | undefined;
  /** Everything that belongs to a run: what was done in it, its notes, and the other branches. */
  readonly whole: (run: Run) => Scenario;
}

export class Hand {
  readonly beginning: Beginning;
  /** The run at its latest moment. */
  run: Run;
  /** The entry that this is, as it was last written or read. */
  entry: Entry | undefined;
  /** Whether another page has written the entry, so that what is changed here becomes an entry of its own. */
  foreign = false;
  /** Whether something is to be kept that is not kept yet. */
  dirty = false;
  /** The entry as which it is being written just now. */
  writing: string | undefined;
  #touched = false;
  /** Whether more was done, or comes with the run, than the text shows. */
  #acted: boolean;
  #text: string;
  /** The text that came from outside. */
  #given: string;
  /** Whether the text that came is in the editor by now. */
  #arrived: boolean;
  /** What the run brought along to be done again. */
  readonly #replayed: ReadonlySet<TimedAction>;
  readonly #whole: (run: Run) => Scenario;

  constructor(beginning: Beginning, run: Run, { fresh, entry, whole }: HandOptions) {
    this.#whole = whole;
    this.beginning = beginning;
    this.run = run;
    this.entry = entry;
    this.#text = beginning.text;
    this.#given = beginning.text;
    this.#arrived = fresh;
    this.#replayed = new Set(run.origin.log);
    this.#acted = fresh && [...run.origin.log, ...run.log].some(({ action }) => isBeyondText(action));
  }

  get touched(): boolean {
    return this.#touched;
  }

  get text(): string {
    return this.#text;
  }

  /** Takes the current text in the editor; answers whether there is something new to keep. */
  typed(text: string): boolean {
    if (!this.#arrived) {
      this.#arrived = text === this.#given;
      return false;
    }
    if (text === this.#text) return false;
    this.#text = text;
    return text !== this.#given || this.#touched ? this.#touch() : false;
  }

  /** Takes an action that was performed; answers whether there is something new to keep. */
  performed(action: Action): boolean {
    const last = this.run.log.at(-1);
    this.#acted ||= isBeyondText(action);
    if (last !== undefined && this.#replayed.has(last)) {
      if (action.kind === "apply") {
        this.#given = action.text;
        this.#text = action.text;
      }
      return false;
    }
    // A run that is kept with the text is kept with what was applied last.
    if (action.kind === "apply") return this.typed(action.text) || (this.#touched && this.#acted && this.#touch());
    if (!this.#arrived) return false;
    if (!isWork(action)) return action.kind === "configure" && this.#touched ? this.#touch() : false;
    return this.#touch();
  }

  /** A note was written or removed. */
  noted(): void {
    this.#touch();
  }

  /** Whether something of the visitor's own is in it, changed here or opened as such. */
  get own(): boolean {
    return this.#touched || this.beginning.entry !== undefined;
  }

  /** Whether it is worth an entry when something else takes its place: an example is in the gallery anyway. */
  get worthKeeping(): boolean {
    return this.#touched || this.beginning.source.kind === "link" || this.beginning.source.kind === "file";
  }

  /** What is to be kept of it as it stands now; nothing that happens later gets into it. */
  snapshot(): Snapshot {
    const { run, beginning } = this;
    const { seed, title } = run.origin;
    const head = { version: 1 as const, seed, ...(title === undefined ? {} : { title }) };
    return {
      source: beginning.source,
      original: beginning.original,
      scenario: { ...head, settings: settingsNow(run.origin, run.world.settings), text: this.#text, log: [] },
      run: this.#run(),
    };
  }

  #touch(): true {
    this.#touched = true;
    this.dirty = true;
    return true;
  }

  /** The run, when it holds more than the YAML does and is not too long to be kept. */
  #run(): Scenario | undefined {
    const whole = this.#whole(this.run);
    if (!this.#acted && whole.branches === undefined && whole.notes === undefined) return undefined;
    const { branches, ...alone } = whole;
    const length = lengthOfLog(alone.log) + alone.text.length;
    const others = branches?.others.reduce((sum, { log }) => sum + lengthOfLog(log), 0) ?? 0;
    if (length + others <= RUN_LIMIT) return whole;
    return length > RUN_LIMIT ? undefined : alone;
  }
}

function isBeyondText(action: Action): boolean {
  return isWork(action) && !IN_TEXT.has(action.kind);
}

function lengthOfLog(log: readonly TimedAction[]): number {
  return log.reduce((sum, { action }) => sum + lengthOf(action), 0);
}

function lengthOf(action: Action): number {
  if (action.kind === "shell") return action.line.length;
  if (action.kind === "apply") return action.text.length;
  return action.kind === "edit" ? (action.text?.length ?? 0) : 100;
}
