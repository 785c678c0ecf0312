// One piece of the visitor's work as it is kept, and how it is read back: nothing that was stored is trusted.
import { newScenario, parseScenario, type Scenario, ScenarioError, TEXT_LIMIT } from "../../scenario/index.ts";
import { W } from "../../words/en/work.ts";
import type { Source } from "../store/source.ts";

/** A text with what belongs to it. */
export interface Entry {
  readonly id: string;
  /** Another one with every write, by any page. */
  readonly revision: string;
  readonly name: string;
  /** Whether a person gave the name; else it follows the text. */
  readonly named: boolean;
  readonly source: Source;
  /** Milliseconds since 1970, by the clock of the machine. */
  readonly created: number;
  readonly changed: number;
  /** The YAML as it was last, as a fresh cluster: settings and text, no log. */
  readonly scenario: Scenario;
  /** What Reset goes back to. */
  readonly original: string;
  /** What was done beside the YAML, as the run that did it. */
  readonly run?: Scenario;
}

/** The record under one key. */
export type Kept =
  | { readonly kind: "entry"; readonly id: string; readonly entry: Entry }
  /** Something that is no entry, or one of a version that is not known here. */
  | { readonly kind: "broken"; readonly id: string; readonly raw: unknown; readonly reason: string };

const VERSION = 1;
const NAME_LIMIT = 200;
const SOURCES: ReadonlySet<unknown> = new Set<Source["kind"]>([
  "example",
  "link",
  "file",
  "copy",
  "branch",
  "earlier",
  "page",
]);

/** The entry as it is stored. */
export function toRecord(entry: Entry): object {
  const { id: _key, ...fields } = entry;
  return { version: VERSION, ...fields };
}

/** What was stored under a key, every field checked as if it came from a link. */
export function readRecord(id: string, raw: unknown): Kept {
  try {
    return { kind: "entry", id, entry: parseEntry(id, raw) };
  } catch (error) {
    if (error instanceof ScenarioError) return { kind: "broken", id, raw, reason: error.message };
    throw error;
  }
}

function parseEntry(id: string, raw: unknown): Entry {
  if (typeof raw !== "object" || raw === null) throw new ScenarioError(W.notObject);
  const fields = new Map<string, unknown>(Object.entries(raw));
  if (fields.get("version") !== VERSION) throw new ScenarioError(W.version);
  const run = fields.get("run");
  return {
    id,
    revision: text(fields, "revision", NAME_LIMIT),
    name: text(fields, "name", NAME_LIMIT),
    named: fields.get("named") === true,
    source: parseSource(fields.get("source")),
    created: time(fields, "created"),
    changed: time(fields, "changed"),
    scenario: parseScenario(fields.get("scenario")),
    original: text(fields, "original", TEXT_LIMIT),
    ...(run === undefined ? {} : { run: parseScenario(run) }),
  };
}

function parseSource(raw: unknown): Source {
  if (typeof raw !== "object" || raw === null) throw new ScenarioError(W.sourceObject);
  const fields = new Map<string, unknown>(Object.entries(raw));
  const kind = fields.get("kind");
  if (!isSourceKind(kind)) throw new ScenarioError(W.sourceKind);
  return { kind, name: text(fields, "name", NAME_LIMIT) };
}

function isSourceKind(kind: unknown): kind is Source["kind"] {
  return SOURCES.has(kind);
}

function text(fields: ReadonlyMap<string, unknown>, name: string, limit: number): string {
  const value = fields.get(name);
  if (typeof value !== "string") throw new ScenarioError(W.text(name));
  if (value.length > limit) throw new ScenarioError(W.most(name, limit, value.length));
  return value;
}

function time(fields: ReadonlyMap<string, unknown>, name: string): number {
  const value = fields.get(name);
  if (typeof value === "number" && value >= 0 && value <= 8.64e15) return value;
  throw new ScenarioError(W.time(name));
}

/** A name that a person may give: one line, not endless; undefined when nothing is left. */
export function tidyName(name: string): string | undefined {
  const tidy = name.replaceAll(/\s+/g, " ").trim().slice(0, NAME_LIMIT);
  return tidy === "" ? undefined : tidy;
}

/** How many objects a name lists before it counts the rest. */
const LISTED = 2;
/** How much of a long text is looked through for a name. */
const LOOKED_THROUGH = 100_000;

/** A name for a text: those of the objects in it. */
export function nameOf(text: string): string {
  const names = new Set<string>();
  let inMetadata = false;
  for (const line of text.slice(0, LOOKED_THROUGH).split("\n")) {
    if (/^\S/.test(line)) inMetadata = line.startsWith("metadata:");
    const name = inMetadata ? /^(?: +|metadata: *\{ *)name: *["']?([\w.-]+)/.exec(line)?.[1] : undefined;
    if (name !== undefined) names.add(name);
  }
  const listed = [...names].slice(0, LISTED).join(", ");
  if (listed === "") return W.untitled;
  const rest = names.size - LISTED;
  return rest > 0 ? W.more(listed, rest).slice(0, NAME_LIMIT) : listed.slice(0, NAME_LIMIT);
}

/** The scenario of an entry under the entry's name, as it goes into a file. */
export function fileOf({ name, scenario, run }: Entry): Scenario {
  return { ...(run ?? scenario), title: name };
}

/** An entry for a text that hasn't been opened yet. */
export function entryOf(parts: Pick<Entry, "id" | "revision" | "source"> & { text: string; now: number }): Entry {
  const { text, now, ...given } = parts;
  const scenario = newScenario(text);
  return { ...given, name: nameOf(text), named: false, created: now, changed: now, scenario, original: text };
}
