// What is said about an address that asks for the impossible.
import { spoken } from "../language.ts";

export const EN = {
  option: (name: string) => `There is no option "${name}".`,
  oneOf: (name: string, value: string, allowed: string, used: string) =>
    `${name}=${value} is not one of ${allowed}; using ${used}.`,
  flag: (name: string, value: string, used: number) => `${name}=${value} is not 0 or 1; using ${used}.`,
  scenario: (name: string, known: string) => `There is no scenario "${name}"; available: ${known}.`,
  step: (value: string) => `step=${value} is not a whole number; starting at the beginning.`,
  at: (value: string, limit: number) =>
    `at=${value} is not a time in milliseconds up to ${limit}; starting at the beginning.`,
  answers: "What answers the page around",
};

export const W = spoken("options", EN);
