// A component in a chunk of its own: it waits, it says when it does not come, and it can be asked for again.
import { type ComponentType, lazy, type ReactNode, Suspense, useState } from "react";
import { loadPart } from "../store/parts.ts";
import { Guard } from "./Guard.tsx";

interface Look<P> {
  /** Where a failure is said: in the part's own place (a panel, a popover), or over the page (a dialog). */
  readonly place?: "here" | "over";
  /** What is there while the part loads. */
  readonly waiting?: (props: P) => ReactNode;
  /** What is there beside the failure. */
  readonly instead?: (props: P) => ReactNode;
  /** The visitor dismissed it: the opener closes the part. */
  readonly onDismiss?: (props: P) => void;
}

/**
 * A component that is loaded when it is first rendered. Whatever goes wrong in it stays in it.
 *
 * @param name - what people call it, to begin a sentence with.
 * @example const Legend = lazyPart("The legend", () => import("./Legend.tsx").then((module) => module.Legend));
 */
export function lazyPart<P extends object>(
  name: string,
  load: () => Promise<ComponentType<P>>,
  { place = "here", waiting, instead, onDismiss }: Look<P> = {},
): ComponentType<P> {
  // A failed one is replaced for the next render or retry.
  let current = begin();
  function begin() {
    return lazy(async () => {
      try {
        return { default: await loadPart(name, load) };
      } catch (error) {
        current = begin();
        throw error;
      }
    });
  }
  // biome-ignore lint/correctness/noComponentHookFactories: called once for each part, at the top of its module, as React.lazy is
  return function Part(props: P) {
    const [Loaded, setLoaded] = useState(() => current);
    return (
      <Guard
        name={name}
        place={place}
        instead={instead?.(props)}
        onRetry={() => setLoaded(() => current)}
        onDismiss={() => onDismiss?.(props)}
      >
        <Suspense fallback={waiting?.(props)}>
          <Loaded {...props} />
        </Suspense>
      </Guard>
    );
  };
}
