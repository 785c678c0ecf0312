// Scenarios as links: named, versioned, compressed; broken links give back what can be saved.

import { W } from "../words/en/link-said.ts";
import { LINK_LIMIT, packDeflated } from "./pack.ts";
import { parseScenario, ScenarioError, TEXT_LIMIT } from "./parse.ts";
import { newScenario, type Scenario } from "./scenario.ts";

/** Codec `p1`: JSON of the scenario with `text` first, raw deflate, base64url. */
const CODEC = "p1";
/**
 * Codec `b1`: JSON, base64url or plain base64, for templates that can't deflate. Only read here; a `text` alone is enough, and what
 * is left out is as in a new scenario.
 */
const PLAIN = "b1";
/** Longer links are cut by some chat and mail programs: the page warns and offers the file. */
export const LINK_WARNING = 8_000;
/** A link may not inflate to more than this many bytes: a longest manifest, each of whose lines costs a sign more in JSON, and a log. */
const INFLATED_LIMIT = 20_000_000;

/** What a link held. */
export type Decoded =
  | { readonly kind: "scenario"; readonly scenario: Scenario }
  /** The link is broken; `text` is the part of the manifest that could be read, if any, `scenario` that with what of its log can be done. */
  | { readonly kind: "broken"; readonly message: string; readonly text?: string; readonly scenario?: Scenario }
  /** The fragment is not a scenario link at all, e.g. empty or an anchor. */
  | { readonly kind: "none" };

/** The scenario as the fragment of a link, without `#`. */
export async function encode(scenario: Scenario): Promise<string> {
  const { text, ...rest } = scenario;
  return packDeflated({ text, ...rest });
}

/** The scenario as a link that is not too long to be opened: where it would be, its other futures are left out. Spec: [LINK-9]. */
export async function encodeFitting(
  scenario: Scenario,
): Promise<{ readonly fragment: string; readonly whole: boolean }> {
  const fragment = await encode(scenario);
  if (fragment.length <= LINK_LIMIT || scenario.branches === undefined) return { fragment, whole: true };
  const { branches: _left, ...alone } = scenario;
  return { fragment: await encode(alone), whole: false };
}

/** Reads the fragment of a link, with or without `#`. Never throws. */
export async function decode(fragment: string): Promise<Decoded> {
  const hash = fragment.startsWith("#") ? fragment.slice(1) : fragment;
  const match = /^([a-z][a-z0-9]*):([\s\S]*)$/.exec(hash);
  if (match === null) return { kind: "none" };
  const [, codec = "", data = ""] = match;
  if (codec !== CODEC && codec !== PLAIN) return broken(W.codec(codec));
  if (hash.length > LINK_LIMIT) return broken(W.tooLong(hash.length, LINK_LIMIT));
  const inflated: Inflated =
    codec === PLAIN ? { bytes: fromBase64(data.trim(), EITHER) } : await inflate(fromBase64(data.trim(), URL_ONLY));
  if (inflated.problem === "too-large") return broken(W.tooMuch);
  const json = new TextDecoder().decode(inflated.bytes);
  if (inflated.problem !== undefined) return broken(W.damaged, salvage(json));
  return read(json, codec === PLAIN ? newScenario("") : {});
}

/** @param otherwise - what holds for fields that are not there. */
function read(json: string, otherwise: Partial<Scenario>): Decoded {
  try {
    const given: unknown = JSON.parse(json);
    const isObject = typeof given === "object" && given !== null && !Array.isArray(given);
    return { kind: "scenario", scenario: parseScenario(isObject ? { ...otherwise, ...given } : given) };
  } catch (error) {
    if (error instanceof SyntaxError) return broken(W.damaged, salvage(json));
    if (!(error instanceof ScenarioError)) throw error;
    const { message, saved } = error;
    if (saved === undefined) return broken(W.invalid(message), salvage(json));
    return {
      kind: "broken",
      message: W.notWhole(message),
      text: saved.text,
      scenario: saved,
    };
  }
}

function broken(message: string, text?: string): Decoded {
  return text === undefined ? { kind: "broken", message } : { kind: "broken", message, text };
}

/** The manifest, as far as it goes, from the beginning of a damaged JSON text (`text` is written first). */
function salvage(json: string): string | undefined {
  const match = /^\{"text":"((?:[^"\\]|\\.)*)/.exec(json);
  const written = match?.[1]?.replace(/\\u[0-9a-fA-F]{0,3}$/, "");
  if (written === undefined || written === "") return undefined;
  try {
    const text: unknown = JSON.parse(`"${written}"`);
    return typeof text === "string" ? text.slice(0, TEXT_LIMIT).replace(/\uFFFD+$/, "") : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

interface Inflated {
  readonly bytes: Uint8Array;
  readonly problem?: "too-large" | "damaged";
}

async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<Inflated> {
  return collect(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")), INFLATED_LIMIT);
}

/** Reads a stream to its end, its limit or its failure; what came before a failure is kept. */
async function collect(stream: ReadableStream<Uint8Array>, limit: number): Promise<Inflated> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { bytes: join(chunks, length) };
      length += value.length;
      if (length > limit) {
        await reader.cancel();
        return { bytes: new Uint8Array(), problem: "too-large" };
      }
      chunks.push(value);
    }
  } catch (error) {
    if (!(error instanceof Error)) throw error; // streams fail with a TypeError for damaged data
    return { bytes: join(chunks, length), problem: "damaged" };
  }
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

const URL_ONLY = /^[A-Za-z0-9_-]*/;
const EITHER = /^[A-Za-z0-9_+/-]*/;

/** Characters that do not belong to the alphabet end the data: mail programs glue punctuation to links. */
function fromBase64(text: string, alphabet: RegExp): Uint8Array<ArrayBuffer> {
  const clean = alphabet.exec(text)?.[0] ?? "";
  const whole = clean.length % 4 === 1 ? clean.slice(0, -1) : clean;
  return Uint8Array.from(atob(whole.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
}
