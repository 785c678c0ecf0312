import type { EN } from "../en/scenario.ts";

export const DE: typeof EN = {
  version: (got) => `dieser Link stammt von einer Version von Podpath, die diese hier nicht kennt (${got})`,
  list: (at) => `${at}: erwartet wird eine Liste`,
  charactersInAll: (at, most) => `${at}: insgesamt höchstens ${most} Zeichen`,
  actions: (at, most, got) => `${at}: höchstens ${most} Aktionen, hier sind es ${got}`,
  noAction: (at, got) => `${at}: keine Aktion: ${got}`,
  noWorkload: (at, got) => `${at}: kein Workload: ${got}`,
  noFault: (at, got) => `${at}: keine Störung: ${got}`,
  oneOf: (at, names, got) => `${at}: erwartet wird ${names[0]}, ${names[1]} oder ${names[2]}, hier ist es ${got}`,
  ofNode: (at, field, got) => `${at}: erwartet wird ${field} eines Nodes, hier ist es ${got}`,
  oneNode: (at) => `${at}: mindestens ein Node ist nötig`,
  twoNodes: (at, name) => `${at}: es gibt zwei Nodes ${name}`,
  clientName: (at, name) => `${at}: ${name} ist der Name eines Clients außerhalb des Clusters`,
  object: (at, got) => `${at}: erwartet wird ein Objekt, hier ist es ${got}`,
  most: (at, most, got) => `${at}: höchstens ${most}, hier sind es ${got}`,
  text: (at, got) => `${at}: erwartet wird Text, hier ist es ${got}`,
  characters: (at, most, got) => `${at}: höchstens ${most} Zeichen, hier sind es ${got}`,
  number: (at, from, to, got) => `${at}: erwartet wird eine Zahl von ${from} bis ${to}, hier ist es ${got}`,
  boolean: (at, got) => `${at}: erwartet wird true oder false, hier ist es ${got}`,
  twice: (resource, name) => `${resource} "${name}" steht zweimal in diesem Text; angewendet wurde das erste`,
  internal: (why) => `interner Fehler: ${why}`,
};
