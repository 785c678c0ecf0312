import type { EN } from "../en/lesson-help.ts";
import { plural } from "../language.ts";

const HELP = {
  none: "kein Hinweis",
  look: "ein Hinweis",
  wrong: "zwei Hinweise",
  do: "drei Hinweise",
  solution: "die Lösung",
};

export const DE: typeof EN = {
  predict: "Zuerst die erwartete Antwort auswählen.",
  podOn: (pod, node) => `${pod} auf ${node}`,
  lookAtRequest: (happened) => `Die letzte Anfrage ansehen. ${happened}`,
  lookAt: (object, field) => `${object} ansehen${field === undefined ? "" : `, Feld ${field}`}.`,

  edit: (object, changes) => {
    const each = changes.map(([field, value]) =>
      value === undefined ? `${field} entfernen` : `${field} auf ${value} setzen`,
    );
    return `Im Manifest, ${object}: ${each.join(", ")}`;
  },
  add: (text) => `Zum Manifest hinzufügen:\n${text}`,
  apply: (text) => `Das Manifest ersetzen durch:\n${text}`,
  drop: (object) => `${object} aus dem Manifest nehmen`,
  send: (from, to) => `Eine Anfrage von ${from} an ${to} senden`,
  traffic: (from, to) => `Traffic von ${from} an ${to} starten`,
  stopTraffic: "Den Traffic stoppen",
  kill: (labels) => `Einen Pod mit dem Label ${labels} löschen`,
  crash: (labels) => `Den Container eines Pods mit dem Label ${labels} neu starten`,
  scale: (workload, replicas) => `${workload} auf ${replicas} skalieren`,
  choose: (answer) => `Antwort ${answer} auswählen`,
  wait: (seconds) => `${seconds} s vergehen lassen`,
  configure: (settings) => `Einstellen: ${settings}`,

  grades: { 1: "leicht", 2: "mittel", 3: "schwer" },
  result: ({ changes, par, help, points, most }) =>
    `${plural(changes, { one: "# Änderung", other: "# Änderungen" })}, Par ${par}, ${HELP[help]}: ${points} von ${most} Punkten.`,
};
