import type { EN } from "../en/frame.ts";

export const DE: typeof EN = {
  skip: "Diese Simulation überspringen",
  back: "Zurück zum Anfang der Simulation",
  theCluster: "Der Cluster",
  timeline: "Die Zeitleiste",
  packetLog: "Das Paketprotokoll",
  message: "Die Meldung",
  link: "Die Meldung zum Link",
  inspector: "Der Inspektor",
  page: "Die Seite",
  embed: "Der eingebettete Rahmen",
  focus: "Was den Fokus hält",
  dismiss: "Schließen",
  panels: { YAML: "YAML", Console: "Konsole", Details: "Details" },
  faults: "Das Störungsmenü",
  changes: "Das Blatt für Änderungen",
  cancelled: (time) => `Das Öffnen wurde bei ${time} abgebrochen. Die eigene Arbeit ist unverändert.`,
  tooFar: (step, actions) =>
    `step=${step}: Dieses Szenario hat nur ${actions === 1 ? "eine Aktion" : `${actions} Aktionen`}.`,
};
