import type { EN } from "../en/console-door.ts";

export const DE: typeof EN = {
  theConsole: "Die Konsole",
  console: "Konsole",
};
