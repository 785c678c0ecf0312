import type { EN } from "../en/failure.ts";

export const DE: typeof EN = {
  notLoaded: (part) => `${part}: Laden fehlgeschlagen.`,
  stopped: (part) => `${part}: funktioniert nicht mehr.`,
  offline: "Der Server ist nicht erreichbar.",
  released: "Eine neue Version von Podpath enthält diesen Teil nicht mehr.",
  missing: "Der Server hat diesen Teil nicht geliefert; vielleicht gibt es eine neue Version von Podpath.",
  retry: "Erneut versuchen",
  reload: "Neu laden",
  keeping: "Neu laden, ohne etwas zu verlieren",
  dismiss: "Schließen",
};
