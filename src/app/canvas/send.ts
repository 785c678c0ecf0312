// Sends what the visitor drafted, or the most sensible request when nothing was chosen.
import type { Place } from "../../cluster/index.ts";
import type { Playground } from "../store/playground.ts";
import type { Target } from "../store/run.ts";
import { defaultTarget } from "../store/targets.ts";
import { focusedService } from "./sceneInput.ts";

/** Where a request goes now. */
export function currentTarget(playground: Playground): Target | undefined {
  const state = playground.store.getState();
  const target = state.draft.target ?? defaultTarget(state.objects, focusedService(state));
  if (target === undefined) return undefined;
  const { host, port, path, hostHeader, protocol } = target;
  return {
    host,
    port,
    ...(path === undefined ? {} : { path }),
    ...(hostHeader === undefined ? {} : { hostHeader }),
    ...(protocol === undefined ? {} : { protocol }),
  };
}

/** Begins continuous requests at the drafted rate. */
export function startTraffic(playground: Playground, from: Place): void {
  const target = currentTarget(playground);
  const { rate, keepAlive } = playground.store.getState().draft;
  if (target === undefined) playground.notify("info", NOTHING);
  else playground.run({ kind: "start-traffic", from, ...target, rate, ...(keepAlive ? { keepAlive } : {}) });
}

const NOTHING = "There is nothing to send to yet: apply a Service with a nodePort.";

/** Sends one request and selects it, so that the inspector tells its story. */
export function sendRequest(playground: Playground, from: Place): void {
  const target = currentTarget(playground);
  if (target === undefined) {
    playground.notify("info", NOTHING);
    return;
  }
  const result = playground.run({ kind: "send", from, ...target });
  if (result.exchange !== undefined) playground.select({ kind: "exchange", id: result.exchange });
  if (!playground.store.getState().playing)
    playground.notify("info", "Time is paused: press Play or Step to let the packet travel.");
}
