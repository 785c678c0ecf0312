import type { EN } from "../en/header.ts";

export const DE: typeof EN = {
  skip: "Zum Cluster springen",
  subtitle: "Kubernetes-Services, simuliert im Browser",
  more: "Mehr",
  presentTitle: "Präsentieren (P): groß, ohne Panels",
  present: "Präsentieren",
  theme: { auto: "Farben: automatisch", light: "Farben: hell", dark: "Farben: dunkel" },
  language: "Sprache",
};
