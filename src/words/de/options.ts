import type { EN } from "../en/options.ts";

export const DE: typeof EN = {
  option: (name) => `Eine Option „${name}“ gibt es nicht.`,
  oneOf: (name, value, allowed, used) => `${name}=${value} ist keines von ${allowed}; stattdessen gilt ${used}.`,
  flag: (name, value, used) => `${name}=${value} ist weder 0 noch 1; stattdessen gilt ${used}.`,
  scenario: (name, known) => `Ein Szenario „${name}“ gibt es nicht; verfügbar: ${known}.`,
  step: (value) => `step=${value} ist keine ganze Zahl; es geht am Anfang los.`,
  at: (value, limit) => `at=${value} ist keine Zeit in Millisekunden bis ${limit}; es geht am Anfang los.`,
  answers: "Was der umgebenden Seite antwortet",
};
