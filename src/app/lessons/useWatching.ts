// Plays a solution by itself, at a speed that the eye can follow.
import { useEffect, useRef, useState } from "react";
import type { Doing } from "../../lessons/index.ts";
import type { Playground } from "../store/playground.ts";
import { usePlayground } from "../store/react.ts";

/** Time to read what is done next. */
const READING_MS = 2_000;
/** Virtual time in which one sees the outcome. */
const SEEING_MS = 2_000;
/** Virtual time in which the outcome of the last thing comes, a time-out of `curl -m 10` included. */
const ENDING_MS = 12_000;
/** Long waits pass at this speed. */
const FAST = 10;
const LOOK_MS = 100;

/**
 * Does what follows, one thing after the other, while it is on.
 *
 * @param following - what is done next; undefined at the end.
 */
export function useWatching(
  following: Doing | undefined,
  act: () => Promise<void>,
): readonly [boolean, (on: boolean) => void] {
  const playground = usePlayground();
  const [on, turn] = useState(false);
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    if (!on) return undefined;
    const end = new AbortController();
    void (async () => {
      if (following === undefined) return played(playground, ENDING_MS, end.signal);
      await pause(READING_MS, end.signal);
      await passed(playground, following, end.signal);
      if (!end.signal.aborted) await playground.attempt(latest.current);
    })();
    return () => end.abort();
  }, [playground, on, following]);
  return [on && following !== undefined, turn];
}

/** Lets the time pass that a wait asks for, or in which what was done before is seen. */
async function passed(playground: Playground, doing: Doing, signal: AbortSignal): Promise<void> {
  const isWait = typeof doing !== "string" && "wait" in doing;
  const { speed } = playground.store.getState();
  if (isWait) playground.setSpeed(Math.max(speed, FAST));
  await played(playground, isWait ? doing.wait : SEEING_MS, signal);
  if (isWait) playground.setSpeed(speed);
}

/** Keeps time going for a while. */
async function played(playground: Playground, ms: number, signal: AbortSignal): Promise<void> {
  const { run } = playground.store.getState();
  const until = run.world.clock.now + ms;
  while (!signal.aborted && run.world.clock.now < until) {
    if (!playground.store.getState().playing) playground.setPlaying(true); // a first request pauses at its stops
    await pause(LOOK_MS, signal);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
