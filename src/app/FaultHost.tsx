// The place of what opens over the page to do something to the cluster: loaded when someone first opens it.

import { W } from "../words/en/frame.ts";
import { useApp, usePlayground } from "./store/react.ts";
import type { Breaking, Changing } from "./store/state.ts";
import { lazyPart } from "./ui/lazyPart.tsx";

interface PlaceProps<T> {
  readonly what: T;
  /** Closes it, also when it does not come. */
  readonly onClose: () => void;
}

const OVER = { place: "over", onDismiss: ({ onClose }: PlaceProps<unknown>) => onClose() } as const;

type MenuProps = PlaceProps<Breaking>;
type SheetProps = PlaceProps<Changing>;

const FaultMenu = lazyPart<MenuProps>(
  W.faults,
  () => import("./faults/index.ts").then((module) => module.FaultMenu),
  OVER,
);

const ChangeSheet = lazyPart<SheetProps>(
  W.changes,
  () => import("./change/index.ts").then((module) => module.ChangeSheet),
  OVER,
);

/** The menu of faults and the sheet for changes. */
export function FaultHost() {
  const { setBreaking, setChanging } = usePlayground();
  const breaking = useApp((state) => state.breaking);
  const changing = useApp((state) => state.changing);
  return (
    <>
      {breaking && <FaultMenu key={JSON.stringify(breaking)} what={breaking} onClose={() => setBreaking(undefined)} />}
      {changing && <ChangeSheet key={changing.key} what={changing} onClose={() => setChanging(undefined)} />}
    </>
  );
}
