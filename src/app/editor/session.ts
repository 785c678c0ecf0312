// The life of one text: typed, kept, applied, compared with the cluster. No browser is known here.
import type { KubeObject } from "../../cluster/index.ts";
import type { ApplyReport, EditorHost, OutsideChange } from "./host.ts";
import {
  advise,
  applyEdits,
  type Drift,
  difference,
  driftOf,
  type Edit,
  liveObject,
  outline,
  type Problem,
  type Section,
  sectionAt,
} from "./language/index.ts";
import type { TextStorage } from "./storage.ts";

/** What shows the text and can be told to change it so that undo knows. */
export interface Surface {
  edit(edits: readonly Edit[]): void;
  replaceAll(text: string): void;
  /** Moves the caret: line from 1, characters before it. */
  reveal(line: number, column: number): void;
  /** Brings lines into sight, from the first to the last, and leaves the caret where it is. */
  scrollTo(first: number, last: number): void;
}

/** Calls back later; answers how to take that back. */
export type Later = (run: () => void, ms: number) => () => void;

export interface EditorState {
  readonly text: string;
  readonly report: ApplyReport | undefined;
  /** The text of the last report. */
  readonly appliedText: string;
  /** Whether the text changed since it was applied. */
  readonly pending: boolean;
  /** From the report, from advice and from the live objects; in the order of the text. */
  readonly problems: readonly Problem[];
  /** What the visitor had before a link or an example replaced it. */
  readonly own: string | undefined;
}

export interface SessionParts {
  readonly host: EditorHost;
  readonly storage: TextStorage;
  readonly later: Later;
  /** Whether the run was brought by a link: then its text is shown, else what the visitor typed last. */
  readonly brought: boolean;
}

/** Milliseconds after the last keystroke. */
const APPLY_AFTER = 300;
const COMPARE_AFTER = 200;
/** Beyond this nothing is applied or looked through: it is no manifest, and the page stays usable. */
export const LONGEST_TEXT = 500_000;

const FRESH: EditorState = {
  text: "",
  report: undefined,
  appliedText: "",
  pending: true,
  problems: [],
  own: undefined,
};

export class EditorSession {
  readonly #parts: SessionParts;
  readonly #listeners = new Set<() => void>();
  /** Where the caret stands in the plain editor while that has the focus: where the rich one goes on. */
  caret: number | undefined;
  /** The text as it came from an example or a run: nobody's own until somebody changes it. */
  #loaded: string;
  #surface: Surface | undefined;
  /** The text that came with a run: as long as it stands untouched it does not replace what the visitor wrote and kept. */
  #brought: string | undefined;
  #state: EditorState;
  #cancelApply: (() => void) | undefined;
  #cancelCompare: (() => void) | undefined;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    const kept = parts.storage.load();
    const { text: running } = parts.host.running();
    const own = kept === running ? undefined : kept;
    const text = parts.brought ? running : (own ?? running);
    this.#loaded = running;
    this.#state = { ...FRESH, text, own: parts.brought ? own : undefined };
    this.#brought = parts.brought ? running : undefined;
  }

  /** Brings text and cluster together and follows the cluster from then on; returns how to end it. */
  begin(): () => void {
    this.#meet();
    const { host } = this.#parts;
    const stops = [
      host.onObjects(() => this.#compareSoon()),
      host.onRun(() => this.#takeRun()),
      host.onSelected((objects) => this.scrollToObject(objects)),
    ];
    return () => {
      this.#cancelApply?.();
      this.#cancelCompare?.();
      this.#cancelCompare = undefined;
      this.#cancelApply = undefined;
      for (const stop of stops) stop();
    };
  }

  /** Applies the text, unless the cluster runs just this. */
  #meet(): void {
    const { text, report } = this.#parts.host.running();
    if (text !== this.#state.text || report === undefined) {
      this.apply();
      return;
    }
    this.#set({ report, pending: false, appliedText: text });
    this.compare();
  }

  /** Shows the text of another run, and offers this one back. */
  #takeRun(): void {
    const { text } = this.#parts.host.running();
    const { text: before, own } = this.#state;
    if (text !== before) {
      const wasBrought = before === this.#brought;
      this.#brought = text;
      this.#show(text);
      this.#set({ own: wasBrought ? own : before });
    }
    this.#stopWaiting();
    this.#meet();
  }

  get state(): EditorState {
    return this.#state;
  }

  get host(): EditorHost {
    return this.#parts.host;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Says who shows the text from now on. */
  show(surface: Surface): () => void {
    this.#surface = surface;
    return () => {
      if (this.#surface === surface) this.#surface = undefined;
    };
  }

  /** Takes what was typed. It is applied a moment after the last keystroke. */
  type(text: string): void {
    if (text === this.#state.text) return;
    this.#set({ text, pending: true });
    this.#cancelApply?.();
    this.#cancelApply = this.#parts.later(() => this.apply(), APPLY_AFTER);
  }

  /** Changes the text at some places, as an edit that can be undone. */
  edit(edits: readonly Edit[]): void {
    if (this.#surface === undefined) this.type(applyEdits(this.#state.text, edits));
    else this.#surface.edit(edits);
  }

  /** Makes this text of the old one by changing the piece in which they differ, and applies it at once. */
  change(text: string): void {
    const cut = difference(this.#state.text, text);
    if (cut === undefined) return;
    this.edit([cut]);
    this.apply();
  }

  /** Puts another text in the place of this one; the old one is offered back. */
  replaceAll(text: string): void {
    const { text: before, own } = this.#state;
    const typed = before === this.#loaded ? own : before;
    this.#show(text);
    this.apply();
    this.#loaded = text;
    this.#set({ own: typed === text ? undefined : typed });
  }

  #show(text: string): void {
    if (this.#surface === undefined) this.type(text);
    else this.#surface.replaceAll(text);
  }

  /** Puts back what a link or an example replaced. */
  restore(): void {
    const { own } = this.#state;
    if (own !== undefined) this.replaceAll(own);
  }

  dismissOwn(): void {
    this.#set({ own: undefined });
  }

  reveal(line: number, column: number): void {
    this.#surface?.reveal(line, column);
  }

  /** Shows the document of a live object, or of the nearest of its owners that stands in the text. */
  scrollToObject(objects: readonly KubeObject[]): void {
    const { text } = this.#state;
    if (text.length > LONGEST_TEXT) return;
    const live = outline(text).map((section) => ({ section, object: liveObject(this.#parts.host.world, section) }));
    for (const { metadata } of objects) {
      const found = live.find(({ object }) => object !== undefined && object.metadata.uid === metadata.uid);
      if (found === undefined) continue;
      this.#surface?.scrollTo(found.section.first, found.section.last);
      return;
    }
  }

  /** Selects the object that the document at a line describes; called when the visitor clicks there. */
  selectAt(line: number): void {
    const { text } = this.#state;
    if (text.length > LONGEST_TEXT) return;
    const section = sectionAt(outline(text), line);
    const live = section && liveObject(this.#parts.host.world, section);
    if (live !== undefined) this.#parts.host.select(live);
  }

  /** Keeps what was typed, before it is applied: the page may be about to go. */
  keep(): void {
    if (this.#state.text !== this.#brought) this.#parts.storage.save(this.#state.text);
  }

  /** Applies the text now. */
  apply(): void {
    if (this.#state.text.length <= LONGEST_TEXT) this.#writeBack();
    this.#stopWaiting();
    const { text } = this.#state;
    if (text.length > LONGEST_TEXT) {
      this.#set({ report: tooLong(text.length), pending: false, problems: tooLong(text.length).problems });
      return;
    }
    this.keep();
    this.#set({ report: this.#parts.host.apply(text), pending: false, appliedText: text });
    this.compare();
  }

  /** Looks again at what the cluster says about the text. */
  compare(): void {
    this.#cancelCompare?.();
    this.#cancelCompare = undefined;
    const { report, pending } = this.#state;
    if (pending || report === undefined || this.#state.text.length > LONGEST_TEXT) return;
    const drifts = this.#writeBack();
    const { text } = this.#state;
    const { host } = this.#parts;
    const outside = host.outsideChanges();
    const live = drifts.filter(({ section }) => !hasError(section, report)).map((each) => driftProblem(each, outside));
    const problems = [...report.problems, ...advise(text, host.world), ...live];
    this.#set({ problems: problems.toSorted((a, b) => a.line - b.line || a.from - b.from) });
  }

  /** Takes what was scaled on the canvas into the text; answers the other differences. */
  #writeBack(): PlacedDrift[] {
    const { host } = this.#parts;
    const drifts = driftsOf(this.#state.text, host);
    const outside = drifts.length === 0 ? [] : host.outsideChanges();
    const back = drifts.flatMap((drift) => writtenBack(drift, outside));
    if (back.length > 0) this.edit(back);
    return drifts.filter((drift) => writtenBack(drift, outside).length === 0);
  }

  #stopWaiting(): void {
    this.#cancelApply?.();
    this.#cancelApply = undefined;
  }

  #compareSoon(): void {
    if (this.#cancelCompare !== undefined) return;
    this.#cancelCompare = this.#parts.later(() => this.compare(), COMPARE_AFTER);
  }

  #set(change: Partial<EditorState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

interface PlacedDrift {
  readonly drift: Drift;
  readonly section: Section;
  readonly namespace: string;
  readonly name: string;
}

function driftsOf(text: string, host: EditorHost): PlacedDrift[] {
  return outline(text).flatMap((section) => {
    const live = liveObject(host.world, section);
    if (live === undefined || live.metadata.deletionTimestamp !== undefined) return [];
    const { namespace = "", name = "" } = live.metadata;
    return driftOf(section, live).map((drift) => ({ drift, section, namespace, name }));
  });
}

/** A document that was refused differs from the cluster as a whole: its fields are not told one by one. */
function hasError({ first, last }: Section, { problems }: ApplyReport): boolean {
  return problems.some(({ severity, line }) => severity === "error" && line >= first && line <= last);
}

/** Scaling on the canvas changes the text; everything else is only marked. */
function writtenBack(place: PlacedDrift, outside: readonly OutsideChange[]): Edit[] {
  const { drift } = place;
  const { value } = drift.entry;
  if (drift.field !== "spec.replicas" || drift.live === undefined || value === undefined) return [];
  const last = outside.findLast((change) => concerns(change, place));
  if (last?.kind !== "scaled" || String(last.replicas) !== drift.live) return [];
  return [{ line: value.line, from: value.from, endLine: value.line, to: value.to, text: drift.live }];
}

/** Commands that change nothing, whatever they name. */
const READING =
  /^\s*(?:(?:kubectl|k)\s+(?:get|describe|logs|events|explain|wait|top|diff|exec|api-resources|rollout\s+(?:status|history))|curl|wget|dig|nslookup)\b/;

function concerns(change: OutsideChange, { namespace, name }: PlacedDrift): boolean {
  if (change.kind === "scaled") return change.namespace === namespace && change.name === name;
  return !READING.test(change.line) && change.line.split(/[^\w.-]+/).includes(name);
}

function driftProblem(place: PlacedDrift, outside: readonly OutsideChange[]): Problem {
  const { drift } = place;
  const by = outside.findLast((change) => concerns(change, place));
  const command = by?.kind === "console" ? /^\s*(?:kubectl|k)\s+(\S+)/.exec(by.line)?.[1] : undefined;
  const what = drift.live === undefined ? "live: not set" : `live: ${drift.live}`;
  const message = command === undefined ? what : `${what} (changed by kubectl ${command})`;
  const span = drift.entry.value ?? { line: drift.entry.line, from: drift.entry.column, to: drift.entry.column };
  return { line: span.line, from: span.from, to: span.to, severity: "info", message, path: drift.path, source: "live" };
}

function tooLong(length: number): ApplyReport {
  const size = (length / 1_000_000).toFixed(1);
  const message = `This text is ${size} MB long; up to ${LONGEST_TEXT / 1_000_000} MB is applied. The cluster keeps the last good version.`;
  const problem: Problem = { line: 1, from: 0, to: 0, severity: "error", message, source: "yaml" };
  return { created: [], configured: [], deleted: [], applied: 0, failed: 1, problems: [problem] };
}
