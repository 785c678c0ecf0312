// The look-ups before a request, in a stop or two: they have stories of their own.
import type { Exchange, Place } from "../../../cluster/index.ts";
import { W } from "../../../words/en/narration.ts";
import { inShort, nameOf } from "./words.ts";

/** A stop at the sender, while its resolver asks. */
export interface LookupStop {
  readonly at: number;
  readonly place: Place;
  readonly sentence: string;
  readonly end: "unresolved" | undefined;
}

/** What is said about the look-ups that a request needed, as far as they have come. */
export function lookupStops(exchange: Exchange, lookups: readonly Exchange[]): readonly LookupStop[] {
  const [first] = lookups;
  const last = lookups.at(-1);
  if (first === undefined || last === undefined) return [];
  const { from: place } = exchange;
  const begin = {
    at: first.startedAt,
    place,
    sentence: inShort((name) => W.asks(nameOf(place, name), name(nameIn(exchange.target)))),
    end: undefined,
  };
  if (last.endedAt === undefined || exchange.outcome.kind === "unresolved") return [begin];
  const told = { at: last.endedAt, place, end: undefined };
  const address = last.outcome.kind === "answered" ? addressIn(last.outcome.body) : undefined;
  if (address === undefined) return [begin];
  const tries = lookups.filter(
    ({ outcome }) => outcome.kind === "answered" && addressIn(outcome.body) === undefined,
  ).length;
  return [begin, { ...told, sentence: inShort(() => W.answers(tries, address)) }];
}

/** The name in what was typed: `http://web.shop:80/x` → `web.shop`. */
function nameIn(target: string): string {
  const host = target.includes(" at ") ? target.slice(target.indexOf(" at ") + 4) : target;
  return host.replace(/^\w+:\/\//, "").replace(/[:/].*$/, "");
}

/** The first address of an answer. */
function addressIn(body: string): string | undefined {
  return /\bA\s+(\d{1,3}(?:\.\d{1,3}){3})/.exec(body)?.[1];
}
