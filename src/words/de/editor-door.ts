import type { EN } from "../en/editor-door.ts";

export const DE: typeof EN = {
  theEditor: "Der YAML-Editor",
  editor: "YAML-Editor",
};
