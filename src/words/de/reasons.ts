import type { EN } from "../en/reasons.ts";

export const DE: typeof EN = {
  noMachine: /keine Maschine hat die Adresse|dort draußen antwortet nichts/,
  unhealthy: /kein Node besteht die Zustandsprüfung/,
  noRoute: /keine Route/,
  broken: /ist unterbrochen|verliert/,
  noAnswer: /gab keine Antwort/,
  gone: /war weg|endete, bevor/,
};
