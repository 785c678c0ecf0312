import type { EN } from "../en/link-message.ts";
import { plural } from "../language.ts";

export const DE: typeof EN = {
  another: "Die Adresse enthält jetzt ein anderes Szenario. Wird es geöffnet, ersetzt es das aktuelle.",
  openIt: "Öffnen",
  keepMine: "Meines behalten",
  fromStart: "Von Anfang an öffnen",
  readPart: "Den lesbaren Teil öffnen",
  dismiss: "Schließen",
  nothing: "Nichts davon ist lesbar. Die eigene Arbeit bleibt unverändert.",
  read: (lines, actions) =>
    `Lesbar: ${plural(lines, { one: "eine Zeile", other: "# Zeilen" })} YAML${actions === 0 ? "" : ` und ${plural(actions, { one: "eine Aktion", other: "# Aktionen" })}`}.`,
};
