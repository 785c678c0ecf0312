import type { EN } from "../en/welcome.ts";

export const DE: typeof EN = {
  label: "Willkommen",
  new: "Neu hier?",
  intro: "Sehen, wie eine Anfrage einen Pod findet, es Schritt für Schritt lernen oder einfach ausprobieren.",
  tourTitle: "Drei Stationen, unter einer Minute",
  show: "Zeigen",
  learnTitle: "Lektionen mit Aufgaben, die geprüft werden",
  learn: "Lernen",
  closeTitle: "Diese Zeile schließen",
  play: "Ausprobieren",
  done: "Fertig",
  next: "Weiter",
  skipTitle: "Überspringen (Esc)",
  skip: "Überspringen",
};
