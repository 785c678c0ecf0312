import type { EN } from "../en/classroom-button.ts";

export const DE: typeof EN = {
  theClassroom: "Der Unterricht",
  theCode: "Der Code",
  classroom: "Unterricht",
  speaker: "Was Vortragende brauchen",
  desk: "Die Seite für Lehrende",
};
