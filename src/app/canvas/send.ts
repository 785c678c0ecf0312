// Sends what the visitor drafted, or the most sensible request when nothing was chosen.
import type { Place } from "../../cluster/index.ts";
import { W } from "../../words/en/canvas.ts";
import type { Playground } from "../store/playground.ts";
import { currentRequest } from "../store/request.ts";
import type { AppState } from "../store/state.ts";
import { readSetting } from "../ui/storage.ts";

/** Who the button at the laptop sends from: the laptop, or someone inside whom the visitor chose or who alone reaches the target. */
export function mainSender(state: AppState): Place {
  const { from } = state.draft;
  if (from?.kind !== "client" || from.name === "laptop") return currentRequest(state).from;
  return currentRequest({ ...state, draft: { ...state.draft, from: undefined } }).from;
}

/** Whether the visitor aimed requests at this address. */
export function isAimed(state: AppState, host: string, port: number): boolean {
  if (state.draft.target === undefined) return false;
  const { target } = currentRequest(state);
  return target?.host === host && target.port === port;
}

/** Begins continuous requests at the drafted rate. */
export function startTraffic(playground: Playground, from: Place): void {
  const state = playground.store.getState();
  const { target } = currentRequest(state);
  const { rate, keepAlive } = state.draft;
  if (target === undefined) playground.notify("info", NOTHING);
  else playground.run({ kind: "start-traffic", from, ...target, rate, ...(keepAlive ? { keepAlive } : {}) });
}

const NOTHING = W.noTarget;

/** The setting that says whether time pauses at each stop of a request: `on`, `off`; without it nobody has seen one yet. */
export const FOLLOW = "follow";

/** Whether the visitor wants requests shown stop by stop. */
export function isFollowed({ view }: AppState): boolean {
  if (view.touring === true) return false;
  if (view.predict === true) return true; // the question waits for the packet
  const kept = readSetting(FOLLOW);
  return kept === undefined ? view.narrated : kept === "on";
}

/** Sends one request and selects it, so that the inspector tells its story. */
export function sendRequest(playground: Playground, from: Place): void {
  const state = playground.store.getState();
  const { target } = currentRequest(state);
  if (target === undefined) {
    playground.notify("info", NOTHING);
    return;
  }
  const wasPlaying = state.playing;
  const result = playground.run({ kind: "send", from, ...target });
  if (result.exchange !== undefined) playground.select({ kind: "exchange", id: result.exchange });
  // What tells the story may still be on its way: time waits for it at the first stop.
  const followed = state.view.presenting || isFollowed(state);
  if (followed) playground.hold.at = 0;
  if (!wasPlaying && !followed) playground.notify("info", W.paused);
}
