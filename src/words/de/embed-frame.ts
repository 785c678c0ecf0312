import type { EN } from "../en/embed-frame.ts";

export const DE: typeof EN = {
  tabs: { Picture: "Bild", YAML: "YAML" },
  view: "Ansicht",
  link: "Der Link",
  full: "Groß öffnen",
};
