// The place of the menu of faults: loaded when somebody first opens it.
import { lazy, Suspense } from "react";
import { useApp } from "./store/react.ts";

const FaultMenu = lazy(() => import("./faults/index.ts").then((module) => ({ default: module.FaultMenu })));

export function FaultHost() {
  const breaking = useApp((state) => state.breaking);
  if (breaking === undefined) return null;
  return (
    <Suspense>
      <FaultMenu key={JSON.stringify(breaking)} breaking={breaking} />
    </Suspense>
  );
}
