// What the address of the page asks for: the options of `?embed`.
import { LONGEST_MS } from "../../scenario/index.ts";
import { W } from "../../words/en/options.ts";
import { LANGUAGES, language, languageFor } from "../../words/index.ts";
import { SHOWN } from "../store/show-only.ts";

/** Parts of the page that an embed can begin with. */
export type EmbedView = "canvas" | "editor" | "console" | "split";

/** How an embed begins. */
export interface EmbedOptions {
  /** Name of an example of the gallery; the first one by default. The scenario of a link comes before it. */
  readonly scenario: string | undefined;
  readonly view: EmbedView;
  /** Opens the run right after this many of its recorded actions, paused; undefined: at the beginning. */
  readonly step: number | undefined;
  /** Opens the run at this virtual millisecond, paused. */
  readonly at: number | undefined;
  readonly theme: "auto" | "light" | "dark";
  /** Whether the bar with "Send request", play and the panels is there. */
  readonly controls: boolean;
  /** Whether time runs as soon as the frame is seen. */
  readonly autoplay: boolean;
  /** Whether the manifest may be looked at but not changed. */
  readonly readonly: boolean;
  /** Whether it begins large and without panels, for a projector. */
  readonly present: boolean;
  /** Whether it asks where a packet goes before it moves. */
  readonly predict: boolean;
}

/** Options with one sentence for each value that could not be used. */
export interface ParsedOptions {
  readonly options: EmbedOptions;
  readonly problems: readonly string[];
}

export const EMBED_VIEWS: readonly EmbedView[] = ["canvas", "editor", "console", "split"];
export const THEMES = ["auto", "light", "dark"] as const;
const KNOWN = [
  "embed",
  "scenario",
  "view",
  "step",
  "at",
  "theme",
  "controls",
  "autoplay",
  "readonly",
  "present",
  "predict",
  "lang",
  ...SHOWN,
];

export const DEFAULT_OPTIONS: EmbedOptions = {
  scenario: undefined,
  view: "canvas",
  step: undefined,
  at: undefined,
  theme: "auto",
  controls: true,
  autoplay: true,
  readonly: false,
  present: false,
  predict: false,
};

/** Whether the address asks to be shown in a frame. */
export function isFramed(search: string): boolean {
  const value = new URLSearchParams(search).get("embed");
  return value !== null && value !== "0" && value !== "false";
}

/** Whether the address asks for the embed instead of the whole page, which a frame with a lesson holds. */
export function isEmbed(search: string): boolean {
  return isFramed(search) && !new URLSearchParams(search).has("lesson");
}

/** Reads the options from the query of an address. A value that cannot be used is replaced by its default and reported. */
export function parseOptions(search: string, scenarios: readonly string[]): ParsedOptions {
  const query = new URLSearchParams(search);
  const problems: string[] = [];
  for (const name of new Set(query.keys())) if (!KNOWN.includes(name)) problems.push(W.option(shorten(name)));
  const oneOf = <T extends string>(name: string, allowed: readonly T[], otherwise: T): T => {
    const value = query.get(name);
    const found = allowed.find((each) => each === value);
    if (value !== null && found === undefined)
      problems.push(W.oneOf(name, shorten(value), allowed.join(", "), otherwise));
    return found ?? otherwise;
  };
  const flag = (name: string, otherwise: boolean) => parseFlag(query, name, { otherwise, problems });
  const options: EmbedOptions = {
    scenario: parseScenarioName(query.get("scenario"), scenarios, problems),
    view: oneOf("view", EMBED_VIEWS, DEFAULT_OPTIONS.view),
    step: parseStep(query.get("step"), problems),
    at: parseAt(query.get("at"), problems),
    theme: oneOf("theme", THEMES, DEFAULT_OPTIONS.theme),
    controls: flag("controls", DEFAULT_OPTIONS.controls),
    autoplay: flag("autoplay", DEFAULT_OPTIONS.autoplay),
    readonly: flag("readonly", DEFAULT_OPTIONS.readonly),
    present: flag("present", DEFAULT_OPTIONS.present),
    predict: flag("predict", DEFAULT_OPTIONS.predict),
  };
  const lang = query.get("lang");
  if (lang !== null && languageFor(lang) === undefined)
    problems.push(W.oneOf("lang", shorten(lang), Object.keys(LANGUAGES).join(", "), language().tag));
  return { options, problems };
}

export function parseFlag(
  query: URLSearchParams,
  name: string,
  { otherwise, problems }: { otherwise: boolean; problems: string[] },
): boolean {
  const value = query.get(name);
  if (value === null) return otherwise;
  if (value === "" || value === "1" || value === "true") return true;
  if (value === "0" || value === "false") return false;
  problems.push(W.flag(name, shorten(value), otherwise ? 1 : 0));
  return otherwise;
}

export function parseScenarioName(
  value: string | null,
  known: readonly string[],
  problems: string[],
): string | undefined {
  if (value === null || known.includes(value)) return value ?? undefined;
  problems.push(W.scenario(shorten(value), known.join(", ")));
  return undefined;
}

export function parseStep(value: string | null, problems: string[]): number | undefined {
  if (value === null) return undefined;
  if (/^\d{1,5}$/.test(value)) return Number(value);
  problems.push(W.step(shorten(value)));
  return undefined;
}

export function parseAt(value: string | null, problems: string[]): number | undefined {
  if (value === null) return undefined;
  const at = /^\d{1,10}(?:\.\d{1,20})?$/.test(value) ? Number(value) : Number.NaN;
  if (at <= LONGEST_MS) return at;
  problems.push(W.at(shorten(value), LONGEST_MS));
  return undefined;
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
