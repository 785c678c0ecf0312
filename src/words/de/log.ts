import type { EN } from "../en/log.ts";

export const DE: typeof EN = {
  label: "Paketprotokoll",
  empty: "Jeder Hop eines Pakets erscheint hier als ein Satz.",
  announcements: "Die Ansagen",
};
