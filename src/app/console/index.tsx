// The entry to the console, which is loaded when it is first shown.

import { W } from "../../words/en/console-door.ts";
import { lazyPart } from "../ui/lazyPart.tsx";

interface ConsoleProps {
  /** Gives it a handle for its height. */
  readonly sizable?: boolean;
}

/** The console with its neighbours, packets and events. */
export const Console = lazyPart<ConsoleProps>(
  W.theConsole,
  () => import("./Console.tsx").then((module) => module.Console),
  {
    waiting: () => (
      <section aria-label={W.console} aria-busy="true" style={{ height: "100%", background: "#0b111c" }} />
    ),
  },
);
