// The conversation with the page around the frame, loaded once the frame is there.
import { useEffect } from "react";
import { W } from "../../words/en/options.ts";
import { loadPart } from "../store/parts.ts";
import type { Playground } from "../store/playground.ts";

/** Speaks with the page around the frame, if there is one, for as long as the frame is there. */
export function useHost(playground: Playground): void {
  useEffect(() => {
    if (window.parent === window) return;
    let stop: (() => void) | undefined;
    let wanted = true;
    void playground.attempt(async () => {
      const { speakWithHost } = await loadPart(W.answers, () => import("./host.ts"));
      if (wanted) stop = speakWithHost(playground);
    });
    return () => {
      wanted = false;
      stop?.();
    };
  }, [playground]);
}
