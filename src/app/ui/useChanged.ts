// Acts on changes of a value, not on its first.
import { useEffect, useRef } from "react";

/** Calls `act` when a value is another one than before, and not at first. */
export function useChanged<T>(value: T, act: () => void): void {
  const last = useRef(value);
  useEffect(() => {
    if (last.current === value) return;
    last.current = value;
    act();
  });
}
