// Pauses time while nobody can see the frame.
import { useEffect } from "react";
import type { Playground } from "../store/playground.ts";

export function useShown(playground: Playground): void {
  useEffect(() => {
    let inView = true;
    const decide = () => playground.setShown(inView && !document.hidden);
    const seen = new IntersectionObserver(([entry]) => {
      inView = entry?.isIntersecting ?? true;
      decide();
    });
    seen.observe(document.documentElement);
    document.addEventListener("visibilitychange", decide);
    return () => {
      seen.disconnect();
      document.removeEventListener("visibilitychange", decide);
    };
  }, [playground]);
}
