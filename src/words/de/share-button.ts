import type { EN } from "../en/share-button.ts";

export const DE: typeof EN = {
  share: "Teilen",
};
