// The sentences of the script for other pages, in the language of the page around it.
import { DE } from "./de/kit.ts";
import { EN } from "./en/kit.ts";

/** @param lang - as the page around has it in `lang`. */
export function kitWords(lang: string): typeof EN {
  return /^de\b/i.test(lang) ? DE : EN;
}
