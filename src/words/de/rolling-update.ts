import type { EN } from "../en/rolling-update.ts";

export const DE: typeof EN = {
  title: "Ein Rolling Update",
  slow: "Ab jetzt braucht jeder Pod von web 4 s, bis er lauscht, und läuft nach SIGTERM 4 s weiter.",
  beginsWithout: "Das Update beginnt. Ohne Readiness-Probe zählt ein Pod als bereit, sobald er läuft.",
  withoutProbe: "Ohne Readiness-Probe",
  withProbe: "Mit Readiness-Probe",
  begins: "Das Update beginnt. Die Probe hält einen Pod aus dem Service heraus, bis er antwortet.",
};
