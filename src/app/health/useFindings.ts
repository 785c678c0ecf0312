// The findings of the run that is shown, kept up to date while the page is open.
import { useEffect, useState } from "react";
import type { World } from "../../cluster/index.ts";
import type { Finding } from "../../diagnosis/index.ts";
import { usePlayground } from "../store/react.ts";
import type { AppState } from "../store/state.ts";
import { HealthWatch } from "./watch.ts";

const NONE: readonly Finding[] = [];

/** What is wrong now; empty until the first look. */
export function useFindings(): readonly Finding[] {
  const { store } = usePlayground();
  const [findings, setFindings] = useState(NONE);
  useEffect(() => {
    let stop = follow(store.getState().world, setFindings);
    const changedIn = (state: AppState, before: AppState) => {
      if (state.world !== before.world) {
        stop.end();
        setFindings(NONE);
        stop = follow(state.world, setFindings);
      } else if (state.objects !== before.objects || state.poweredOff !== before.poweredOff) stop.changed();
    };
    const unsubscribe = store.subscribe(changedIn);
    return () => {
      unsubscribe();
      stop.end();
    };
  }, [store]);
  return findings;
}

function follow(world: World, tell: (findings: readonly Finding[]) => void) {
  const watch = new HealthWatch(world, SPARE, tell);
  const changed = () => watch.changed();
  const stops = [world.faults.changed.on(changed), world.settingsChanged.on(changed)];
  changed();
  return {
    changed,
    end: () => {
      for (const stop of stops) stop();
      watch.stop();
    },
  };
}

const SPARE = {
  now: () => performance.now(),
  later: (run: () => void, ms: number) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
