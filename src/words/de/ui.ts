import type { EN } from "../en/ui.ts";

export const DE: typeof EN = {
  goTo: (time) => `Zu ${time} gehen`,
  look: "Diesen Zeitpunkt ansehen",
  dismiss: "Schließen",
  openingAt: (time, until) => `Öffnen: bei ${time} von ${until}`,
  opening: "Das Szenario wird geöffnet",
  cancel: "Abbrechen",
};
