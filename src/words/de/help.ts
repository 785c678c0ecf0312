import type { EN } from "../en/help.ts";

export const DE: typeof EN = {
  help: "Hilfe",
  title: "Hilfe (?)",
};
