// How fingers share a frame with the page around it.
import { type RefObject, useEffect } from "react";

/**
 * In a frame one finger scrolls the page around it and two move the picture: React Flow never sees the one. Two move it wherever they
 * begin, so what a single press must not pan from (`nopan`) does not count while React Flow looks at them.
 */
export function useTwoFingers(box: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = box.current;
    if (element === null || window.self === window.top) return;
    element.dataset.framed = "true";
    const start = (event: TouchEvent) => {
      if (event.touches.length < 2) event.stopPropagation();
      else allowPanning(event.target);
    };
    element.addEventListener("touchstart", start, { capture: true, passive: true });
    return () => element.removeEventListener("touchstart", start, { capture: true });
  }, [box]);
}

function allowPanning(target: EventTarget | null): void {
  const fixed = target instanceof Element ? target.closest(".nopan") : null;
  if (fixed === null) return;
  fixed.classList.remove("nopan");
  setTimeout(() => fixed.classList.add("nopan")); // after all listeners of this event: React Flow's stops it from going on
}
