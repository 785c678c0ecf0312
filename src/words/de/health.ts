import type { EN } from "../en/health.ts";
import { plural } from "../language.ts";

export const DE: typeof EN = {
  fine: "Zustand: alles in Ordnung",
  found: (n) => `Zustand: ${plural(n, { one: "# Problem", other: "# Probleme" })}`,
  title: "Was mit den Services nicht stimmt",
  health: "Zustand",
  close: "Zustand schließen",
  nothing: "Mit keinem Service stimmt etwas nicht.",
  simulated: "Mit dem, was simuliert wird, stimmt alles.",
  more: (n) => `Und ${n} weitere.`,
  info: (n) => `Gut zu wissen (${n})`,
  noEffect: "Ohne Wirkung gespeichert",
  noEffectHere: (n) => `Hier ohne Wirkung gespeichert (${n})`,
  error: "Fehler",
  warning: "Warnung",
  good: "Gut zu wissen",
  show: (what) => `${what} zeigen`,
  count: (n) => `${plural(n, { one: "# Problem", other: "# Probleme" })}`,
  ask: "Seit wann?",
  busy: "Frühere Zeitpunkte werden geprüft",
  always: "Das ist von Anfang an so.",
  until: "Nicht der Fall bis",
};
