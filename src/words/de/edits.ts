import type { EN } from "../en/edits.ts";

export const DE: typeof EN = {
  added: (kind) => `${kind} hinzugefügt`,
  object: "ein Objekt",
  changed: (what) => `Im YAML geändert: ${what}.`,
  busy: "Die Konsole führt noch einen Befehl aus.",
  changedOf: (what, how) => `Im YAML geändert: ${what}: ${how}.`,
  undo: "Rückgängig",
  edited: "Das YAML wurde seitdem bearbeitet. Im Editor rückgängig machen.",
  ran: (line) => `In der Konsole ausgeführt: ${line}`,
  set: (path) => `${path} gesetzt`,
  removed: (path) => `${path} entfernt`,
  nowhere: (what) => `${what} ist weder im YAML noch im Cluster.`,
  patched: (what) => `${what} steht nicht im YAML und wurde deshalb in der Konsole mit kubectl patch geändert.`,
};
