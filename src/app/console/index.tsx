// The door of the console: it is fetched when it is first shown.
import { lazy, Suspense } from "react";

const Loaded = lazy(() => import("./Console.tsx").then(({ Console: loaded }) => ({ default: loaded })));

/** The console with its neighbours, packets and events. `sizable` gives it a handle for its height. */
export function Console({ sizable = false }: { readonly sizable?: boolean }) {
  return (
    <Suspense
      fallback={<section aria-label="Console" aria-busy="true" style={{ height: "100%", background: "#0b111c" }} />}
    >
      <Loaded sizable={sizable} />
    </Suspense>
  );
}
