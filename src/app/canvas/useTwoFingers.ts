// How fingers share a frame with the page around it.
import { type RefObject, useEffect } from "react";

/** In a frame one finger scrolls the page around it and two move the picture: React Flow never sees the one. */
export function useTwoFingers(box: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = box.current;
    if (element === null || window.self === window.top) return;
    element.dataset.framed = "true";
    const start = (event: TouchEvent) => {
      if (event.touches.length < 2) event.stopPropagation();
    };
    element.addEventListener("touchstart", start, { capture: true, passive: true });
    return () => element.removeEventListener("touchstart", start, { capture: true });
  }, [box]);
}
