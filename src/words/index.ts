// The door of the words: which language is spoken, and how it counts. Sentences are in a folder for each language.
export { language, locale, number, plural, speak, spoken } from "./language.ts";
export { firstLanguage, LANGUAGES, languageFor, loadLanguage, PSEUDO } from "./languages.ts";
