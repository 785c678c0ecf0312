// The life of one text: typed, kept, applied, compared with the cluster. Independent of the browser.
import { Emitter, type KubeObject, PAGE_MANAGER } from "../../cluster/index.ts";
import { LONGEST_MANIFEST, readInSteps } from "../../manifest/index.ts";
import { W } from "../../words/en/editor.ts";
import { slice } from "../store/slices.ts";
import type { ApplyReport, EditorHost } from "./host.ts";
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
import { isLong } from "./long.ts";
import { appliedValue, whoChanged } from "./writer.ts";

/** What shows the text and can be asked to change it so that undo knows. */
export interface Surface {
  edit(edits: readonly Edit[]): void;
  replaceAll(text: string): void;
  /** Moves the caret: line from 1, characters before it. */
  reveal(line: number, column: number): void;
  /** Brings lines into sight, from the first to the last, and leaves the caret where it is. */
  scrollTo(first: number, last: number): void;
  /** Whether it can undo what it is asked for, and what is typed in it. */
  readonly undoes?: boolean;
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
  /** How much of a long text is read, from 0 to 1, while that continues. */
  readonly reading: number | undefined;
}

export interface EditedParts {
  readonly host: EditorHost;
  readonly later: Later;
}

/** Milliseconds after the last keystroke. */
const APPLY_AFTER = 300;
const APPLY_LONG_AFTER = 1_500;
const COMPARE_AFTER = 200;
/** So many earlier texts, of so many characters together, are remembered. */
const MOST_STEPS = 50;
const MOST_REMEMBERED = 10_000_000;

const FRESH: EditorState = {
  text: "",
  report: undefined,
  appliedText: "",
  pending: true,
  problems: [],
  reading: undefined,
};

export class EditedText {
  readonly #parts: EditedParts;
  /** Tells that the state is another. */
  readonly changed = new Emitter<void>();
  /** Where the caret is in the plain editor while that has the focus: where the rich one continues. */
  caret: number | undefined;
  /** How far the plain editor is scrolled, in pixels. */
  scrolled = 0;
  /** Earlier texts, the oldest first, while nothing that shows the text can undo them. */
  #steps: string[] = [];
  #surface: Surface | undefined;
  #state: EditorState;
  #cancelApply: (() => void) | undefined;
  #cancelCompare: (() => void) | undefined;

  constructor(parts: EditedParts) {
    this.#parts = parts;
    this.#state = { ...FRESH, text: parts.host.running().text };
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

  /** Shows the text of another run, which runs just that. */
  #takeRun(): void {
    const { text, report } = this.#parts.host.running();
    if (text !== this.#state.text) this.#show(text);
    this.#stopWaiting();
    this.#set({ report, pending: report === undefined, appliedText: text });
    this.compare();
  }

  /** Applies what was typed and waits to be applied: something else is about to be shown. */
  settle(): void {
    if (this.#cancelApply !== undefined) this.apply();
  }

  get state(): EditorState {
    return this.#state;
  }

  get host(): EditorHost {
    return this.#parts.host;
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
    if (this.#surface?.undoes !== true && !this.#state.pending) this.#remember(this.#state.text);
    this.#stopWaiting();
    this.#set({ text, pending: true, reading: undefined });
    this.#cancelApply = this.#parts.later(() => this.apply(), isLong(text) ? APPLY_LONG_AFTER : APPLY_AFTER);
  }

  /** Takes the earlier texts, the oldest first, for an editor that can go back to them. */
  takeSteps(): readonly string[] {
    const steps = this.#steps;
    this.#steps = [];
    return steps;
  }

  #remember(text: string): void {
    this.#steps.push(text);
    let size = this.#steps.reduce((sum, each) => sum + each.length, 0);
    while (this.#steps.length > MOST_STEPS || size > MOST_REMEMBERED) size -= this.#steps.shift()?.length ?? 0;
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

  /** Puts another text in place of this one, as an edit that can be undone. */
  replaceAll(text: string): void {
    this.#show(text);
    this.apply();
  }

  #show(text: string): void {
    if (this.#surface === undefined) this.type(text);
    else this.#surface.replaceAll(text);
  }

  reveal(line: number, column: number): void {
    this.#surface?.reveal(line, column);
  }

  /** Shows the document of a live object, or of the nearest of its owners that is in the text. */
  scrollToObject(objects: readonly KubeObject[]): void {
    const { text } = this.#state;
    if (isLong(text)) return;
    const live = outline(text).map((section) => ({ section, object: liveObject(this.#parts.host.lister, section) }));
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
    if (isLong(text)) return;
    const section = sectionAt(outline(text), line);
    const live = section && liveObject(this.#parts.host.lister, section);
    if (live !== undefined) this.#parts.host.select(live);
  }

  /** Applies the text now; a long one once it is read. */
  apply(): void {
    if (!isLong(this.#state.text)) this.#writeBack();
    this.#stopWaiting();
    const { text } = this.#state;
    if (text.length > LONGEST_MANIFEST) {
      const report = tooLong(text.length);
      this.#set({ report, pending: false, problems: report.problems });
    } else if (isLong(text)) this.#read(readInSteps(text));
    else this.#applyNow();
  }

  #read(steps: Iterator<number, void>): void {
    const reading = slice(steps);
    if (reading === undefined) {
      this.#stopWaiting();
      this.#applyNow();
      return;
    }
    this.#set({ reading });
    this.#cancelApply = this.#parts.later(() => this.#read(steps), 0);
  }

  #applyNow(): void {
    const { text } = this.#state;
    const report = this.#parts.host.apply(text);
    const told = isLong(text) ? { problems: report.problems } : {};
    this.#set({ report, pending: false, appliedText: text, reading: undefined, ...told });
    this.compare();
  }

  /** Looks again at what the cluster says about the text. */
  compare(): void {
    this.#cancelCompare?.();
    this.#cancelCompare = undefined;
    const { report, pending, text: before } = this.#state;
    if (pending || report === undefined || isLong(before)) return;
    const drifts = this.#writeBack();
    const { text } = this.#state;
    if (text !== before) {
      this.apply(); // at once: the canvas may scale again before a pause, back to what the text said
      return;
    }
    const { host } = this.#parts;
    const live = drifts.filter(({ section }) => !hasError(section, report)).map((each) => driftProblem(each, host));
    const problems = [...report.problems, ...advise(text, host.lister), ...live];
    this.#set({ problems: problems.toSorted((a, b) => a.line - b.line || a.from - b.from) });
  }

  /** Takes what was scaled on the canvas into the text; answers the other differences. */
  #writeBack(): PlacedDrift[] {
    const { host } = this.#parts;
    const drifts = driftsOf(this.#state.text, host);
    if (host.isPast()) return drifts; // an earlier moment is looked at, not edited
    const back = drifts.flatMap((drift) => writtenBack(drift, host));
    if (back.length > 0) this.edit(back);
    return drifts.filter((drift) => writtenBack(drift, host).length === 0);
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
    this.changed.emit();
  }
}

interface PlacedDrift {
  readonly drift: Drift;
  readonly section: Section;
  readonly live: KubeObject;
}

function driftsOf(text: string, host: EditorHost): PlacedDrift[] {
  return outline(text).flatMap((section) => {
    const live = liveObject(host.lister, section);
    if (live === undefined || live.metadata.deletionTimestamp !== undefined) return [];
    return driftOf(section, live).map((drift) => ({ drift, section, live }));
  });
}

/** A document that was refused differs from the cluster as a whole: its fields are not reported one by one. */
function hasError({ first, last }: Section, { problems }: ApplyReport): boolean {
  return problems.some(({ severity, line }) => severity === "error" && line >= first && line <= last);
}

/** Scaling on the canvas changes the text; everything else is only marked. */
function writtenBack({ drift, live }: PlacedDrift, host: EditorHost): Edit[] {
  const { value } = drift.entry;
  if (drift.field !== "spec.replicas" || drift.live === undefined || value === undefined) return [];
  if (host.writerOf(live, drift.path)?.manager !== PAGE_MANAGER) return [];
  const applied = appliedValue(live, drift.path);
  if (applied === undefined || applied === drift.live) return []; // the text said so once, and was changed since
  return [{ line: value.line, from: value.from, endLine: value.line, to: value.to, text: drift.live }];
}

function driftProblem({ drift, live }: PlacedDrift, host: EditorHost): Problem {
  const by = whoChanged(host.writerOf(live, drift.path), appliedValue(live, drift.path) === drift.typed);
  const what = drift.live === undefined ? W.liveUnset : W.liveIs(drift.live);
  const span = drift.entry.value ?? { line: drift.entry.line, from: drift.entry.column, to: drift.entry.column };
  return {
    line: span.line,
    from: span.from,
    to: span.to,
    severity: "info",
    message: by === undefined ? what : W.changedBy(what, by),
    path: drift.path,
    source: "live",
    ...(drift.live === undefined ? {} : { live: drift.live }),
  };
}

function tooLong(length: number): ApplyReport {
  const size = (length / 1_000_000).toFixed(1);
  const message = W.tooLong(size, LONGEST_MANIFEST / 1_000_000);
  const problem: Problem = { line: 1, from: 0, to: 0, severity: "error", message, source: "yaml" };
  return { created: [], configured: [], deleted: [], applied: 0, failed: 1, problems: [problem] };
}
