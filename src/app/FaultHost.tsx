// The place of the menu of faults: loaded when someone first opens it.
import { useApp, usePlayground } from "./store/react.ts";
import type { Breaking } from "./store/state.ts";
import { lazyPart } from "./ui/lazyPart.tsx";

interface MenuProps {
  readonly breaking: Breaking;
  /** Closes the menu when it does not come. */
  readonly onClose: () => void;
}

const FaultMenu = lazyPart<MenuProps>(
  "The menu of faults",
  () => import("./faults/index.ts").then((module) => module.FaultMenu),
  {
    place: "over",
    onDismiss: ({ onClose }) => onClose(),
  },
);

export function FaultHost() {
  const playground = usePlayground();
  const breaking = useApp((state) => state.breaking);
  if (breaking === undefined) return null;
  return (
    <FaultMenu key={JSON.stringify(breaking)} breaking={breaking} onClose={() => playground.setBreaking(undefined)} />
  );
}
