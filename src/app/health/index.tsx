// The door of the health panel: its button is there once the page has time, and the rest with it.
import { lazy, Suspense } from "react";

const Loaded = lazy(() => import("./Health.tsx").then((module) => ({ default: module.Health })));

/** The button "Health" with the number of problems, and the panel that it opens. */
export function Health() {
  return (
    <Suspense>
      <Loaded />
    </Suspense>
  );
}
