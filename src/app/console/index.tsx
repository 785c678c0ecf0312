// The entry to the console, which is loaded when it is first shown.
import { lazyPart } from "../ui/lazyPart.tsx";

interface ConsoleProps {
  /** Gives it a handle for its height. */
  readonly sizable?: boolean;
}

/** The console with its neighbours, packets and events. */
export const Console = lazyPart<ConsoleProps>(
  "The console",
  () => import("./Console.tsx").then((module) => module.Console),
  {
    waiting: () => <section aria-label="Console" aria-busy="true" style={{ height: "100%", background: "#0b111c" }} />,
  },
);
