import type { EN } from "../en/editor-status.ts";
import { plural } from "../language.ts";

export const DE: typeof EN = {
  notYet: "Noch nicht angewendet",
  noChange: "Angewendet: nichts zu ändern",
  applied: (done) => `Angewendet: ${done}`,
  errors: (n) => `${plural(n, { one: "# Fehler", other: "# Fehler" })}`,
  lastGood: (count) => `${count}: Der Cluster läuft mit der letzten brauchbaren Version weiter`,
  rest: "der Rest ist unverändert",
  partly: (count, refused, rest) =>
    `${count}: ${plural(refused, { one: "# Dokument wurde abgelehnt", other: "# Dokumente wurden abgelehnt" })}; ${rest}`,
  created: (what) => `${what} angelegt`,
  configured: (what) => `${what} geändert`,
  objects: (n) => `${plural(n, { one: "# Objekt", other: "# Objekte" })}`,
  and: " und ",
  deleted: (what, n) => `${what} gelöscht: ${n === 1 ? "steht" : "stehen"} nicht mehr im Text`,
};
