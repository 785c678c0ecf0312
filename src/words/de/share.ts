import type { EN } from "../en/share.ts";

export const DE: typeof EN = {
  banner: "Die Meldung zum Link",
};
