import type { EN } from "../en/store-more.ts";

export const DE: typeof EN = {
  onlyBranch: "Der einzige Zweig kann nicht gelöscht werden.",
  notes: (limit) => `Bis zu ${limit} Notizen lassen sich aufbewahren. Erst eine löschen.`,
  branchName: (action, time) => `${action} bei ${time}`,
  branches: (limit) => `Bis zu ${limit} Zweige lassen sich aufbewahren. Erst einen löschen, dann einen neuen beginnen.`,
  back: (time) => `Zurück bei ${time}`,
  backAt: (time) => `Zurück bei ${time}.`,
};
