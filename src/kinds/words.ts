// What `kubectl explain` and the editor say about the fields of kinds that have a folder here.

/** By struct, then by field; under the empty name, about the struct itself. */
export type FieldWords = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The `words` of every folder that has a `words.ts`. */
export const WORDS: FieldWords = Object.fromEntries(
  Object.values(import.meta.glob<FieldWords>("./*/words.ts", { eager: true, import: "words" })).flatMap(
    Object.entries<FieldWords[string]>,
  ),
);
