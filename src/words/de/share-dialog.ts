import type { EN } from "../en/share-dialog.ts";
import { number, plural } from "../language.ts";

export const DE: typeof EN = {
  title: "Teilen",
  intro: "Der Link enthält das ganze Szenario. Nichts wird hochgeladen, und der Link läuft nie ab.",
  contents: "Inhalt des Links",
  run: "Alles, was getan wurde",
  runNote: "Beginnt am Anfang und wiederholt jede Aktion zu ihrer Zeit: derselbe Ablauf.",
  yaml: "Das aktuelle YAML",
  yamlNote: "Ein neuer Cluster mit diesen Nodes und Einstellungen aus dem Manifest, ohne Aktionen.",
  opensAt: (time) => `Öffnet bei ${time}, angehalten`,
  branches: (n) => `Mit ${n === 1 ? "dem anderen Zweig" : `den ${n} anderen Zweigen`}`,
  only: "Zeigt nur, was das Bild jetzt zeigt",
  link: "Link",
  making: "Der Link wird erzeugt …",
  size: (n, actions) =>
    `${number(n)} Zeichen, ${actions === 0 ? "noch keine Aktionen" : plural(actions, { one: "eine Aktion", other: "# Aktionen" })}.`,
  long: (limit) =>
    `Manche Chat- und Mailprogramme kürzen Links über ${number(limit)} Zeichen. Die Datei unten ist sicherer.`,
  download: "Datei herunterladen",
};
