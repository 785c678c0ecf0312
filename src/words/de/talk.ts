import type { EN } from "../en/talk.ts";

export const DE: typeof EN = {
  talk: "Vortrag",
  first: "Bild ab zeigt den ersten Zeitpunkt.",
  moment: (n) => `Zeitpunkt ${n}`,
  notes: "Notizen",
  codeTitle: "Den Code zeigen (Q)",
  code: "Den Code zeigen",
  blocked: "Der Browser hat das Fenster mit den Notizen blockiert. Selbst öffnen:",
  notesOf: "Notizen dieses Vortrags",
  waiting: "Erst muss Zeit vergehen.",
  afterwards: (what) => `Danach: ${what}`,
  back: "Zurück zu dem, was als Nächstes kommt",
  done: "Die Lektion ist geschafft.",
  nextStep: (title) => `Nächster Schritt: ${title}`,
  last: "Das ist der letzte Zeitpunkt.",
};
