import type { EN } from "../en/page.ts";

export const DE: typeof EN = {
  yaml: "YAML",
  inspector: "Inspektor",
  story: "Verlauf",
  packetLog: "Paketprotokoll",
  editorWidth: "Breite des Editors",
  inspectorWidth: "Breite des Inspektors",
  stepDone: "erledigt",
  panels: "Panels",
  open: { editor: "Den Editor öffnen", inspector: "Den Inspektor öffnen" },
  sheets: {
    Cluster: "Cluster",
    YAML: "YAML",
    Console: "Konsole",
    Log: "Protokoll",
    Inspector: "Inspektor",
    Lesson: "Lektion",
  },
  welcome: "Die Begrüßung",
  warning: "Die Warnung",
  lost: "Die letzte Arbeit ließ sich nicht öffnen. Sie ist weiterhin unter „Meine Arbeit“.",
};
