// Looks at the run again after it changed, at most twice a second.
import { useEffect, useReducer } from "react";
import { usePlayground } from "../store/react.ts";

const PAUSE_MS = 500;

/** Renders the component again when the run may have changed; the function does so at once. */
export function useLooks(): () => void {
  const playground = usePlayground();
  const [, look] = useReducer((looks: number) => looks + 1, 0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const off = playground.frames.on(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        look();
      }, PAUSE_MS);
    });
    return () => {
      clearTimeout(timer);
      off();
    };
  }, [playground]);
  return look;
}
