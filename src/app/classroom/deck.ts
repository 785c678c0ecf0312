// A presenter's moments: kept in an order of their own, gone through one by one.
import { LONGEST_MS, NOTE_LIMIT, NOTES_LIMIT, type Note } from "../../scenario/index.ts";
import type { Playground } from "../store/playground.ts";
import type { AppState } from "../store/state.ts";

/** A moment with its caption. */
export type KeptMoment = Note;

export const CAPTION_LIMIT = NOTE_LIMIT;

/** The deck with one more moment at its end; the same where it is full. */
export function withMoment(deck: readonly KeptMoment[], at: number, text: string): readonly KeptMoment[] {
  if (deck.length >= NOTES_LIMIT || at > LONGEST_MS) return deck;
  return [...deck, { at, text: text.slice(0, CAPTION_LIMIT) }];
}

/** The deck with one moment moved by so many places, as far as there are any. Spec: [DECK-1]. */
export function moved(deck: readonly KeptMoment[], from: number, by: number): readonly KeptMoment[] {
  const moment = deck[from];
  const to = Math.min(Math.max(from + by, 0), deck.length - 1);
  if (moment === undefined || to === from) return deck;
  return deck.toSpliced(from, 1).toSpliced(to, 0, moment);
}

export function setDeck(playground: Playground, deck: readonly KeptMoment[]): void {
  playground.store.setState({ deck: deck.length === 0 ? undefined : deck });
  playground.doors.work?.noted();
}

/** Shows a moment with the request that was on its way then. Spec: [DECK-2]. */
export function showMoment(playground: Playground, { at }: KeptMoment): void {
  playground.seek(at);
  playground.store.setState({ route: requestAt(playground, at) });
}

/** The last request that a person had sent by then, unless they did something else after it had ended. */
function requestAt({ head }: Playground, at: number): number | undefined {
  let last: { readonly id: number; readonly endedAt: number } | undefined;
  for (const { id, from, purpose, parent, startedAt, endedAt = Infinity } of head.world.trace.exchanges())
    if (startedAt <= at && purpose === "request" && parent === undefined && from.kind === "client")
      last = { id, endedAt };
  const { endedAt = 0, id } = last ?? {};
  return head.log.some((each) => each.at > endedAt && each.at <= at) ? undefined : id;
}

/** What a moment is called before someone writes a caption. */
export function captionAt({ log, run }: AppState): string {
  const { now } = run.world.clock;
  return (log.findLast(({ at }) => at <= now)?.text ?? "").slice(0, CAPTION_LIMIT);
}
