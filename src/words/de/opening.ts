import type { EN } from "../en/opening.ts";

export const DE: typeof EN = {
  starts: "Podpath startet seinen Cluster",
  starting: "Der Cluster startet …",
  instead: "Stattdessen das erste Beispiel öffnen",
  replaying: (until, now) => `Wiedergabe bis Sekunde ${until}: jetzt bei ${now}`,
  progress: "Das Szenario wird geöffnet",
  cancel: "Abbrechen",
};
