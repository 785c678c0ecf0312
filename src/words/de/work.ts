import type { EN } from "../en/work.ts";
import { plural } from "../language.ts";

export const DE: typeof EN = {
  work: "Meine Arbeit",
  writes: "Das Speichern von Dateien",
  notKept: "Die Arbeit wird in diesem Browser nicht gespeichert",
  kept: "Die eigene Arbeit, in diesem Browser gespeichert",
  hidden: ", nicht gespeichert",
  download: "Datei herunterladen",
  dismiss: "Schließen",
  example: (name) => `aus dem Beispiel „${name}“`,
  link: "aus einem Link",
  namedLink: (name) => `aus dem Link „${name}“`,
  file: (name) => `aus der Datei ${name}`,
  copy: (name) => `„${name}“, wie auf einer anderen Seite geändert`,
  branch: (name) => `ein Zweig von „${name}“`,
  earlier: "von einer früheren Version gespeichert",
  page: "aus dem ersten Beispiel",
  size: (lines, kB) => `${plural(lines, { one: "# Zeile", other: "# Zeilen" })}, ${kB.replace(".", ",")} kB`,
  withActions: (size, actions) => `${size} und ${plural(actions, { one: "# Aktion", other: "# Aktionen" })}`,
  today: (time) => `heute ${time}`,
  full: "In diesem Browser ist kein Platz mehr, deshalb wird die Arbeit nicht gespeichert. Als Datei herunterladen oder Einträge aus „Meine Arbeit“ löschen.",
  refused:
    "Dieser Browser speichert für diese Seite nichts; beim Schließen oder Neuladen geht die Arbeit verloren. Als Datei herunterladen, um sie zu behalten.",
  tooLong: "Dieser Text ist zu lang, um ihn im Browser zu speichern. Als Datei herunterladen, um ihn zu behalten.",
  failed: (said) =>
    `Die Arbeit konnte nicht gespeichert werden (${said}). Als Datei herunterladen, um sie zu behalten.`,
  both: (name) =>
    `„${name}“ wurde auch auf einer anderen Seite geändert. Beides bleibt: diese Fassung als eigener Eintrag.`,
  noDatabase: "Dieser Browser bietet der Seite keine Datenbank.",
  silent: "Der Speicher des Browsers antwortet nicht.",
  notObject: "ein Eintrag ist ein Objekt",
  version: "diese Version von Podpath kennt seine Version nicht",
  sourceObject: "source: ein Objekt wird erwartet",
  sourceKind: "source.kind: keine Quelle",
  text: (name) => `${name}: Text wird erwartet`,
  most: (name, limit, got) => `${name}: höchstens ${limit} Zeichen, nicht ${got}`,
  time: (name) => `${name}: eine Zeit wird erwartet`,
  untitled: "Ohne Titel",
  more: (listed, rest) => `${listed} und ${rest} weitere`,
};
