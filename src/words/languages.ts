// The languages there are, which of them someone wants, and how one is loaded.
import { ENGLISH, type Language, type Part } from "./language.ts";

/** Languages to choose from, by tag, each with its own name. */
export const LANGUAGES: Readonly<Record<string, string>> = { en: "English", de: "Deutsch" };

/** A language nobody speaks: English from right to left, which shows what the layout and the texts lack. */
export const PSEUDO = "ar-XB";

/** The tag of a language there is that serves a wish such as `de-AT`; undefined when there is none. */
export function languageFor(wish: string): string | undefined {
  const wanted = wish.toLowerCase();
  if (wanted === PSEUDO.toLowerCase()) return PSEUDO;
  const [primary = ""] = wanted.split("-", 1);
  return Object.hasOwn(LANGUAGES, primary) ? primary : undefined;
}

/** The first language there is among wishes, the most wanted first; else English. */
export function firstLanguage(wishes: readonly (string | null | undefined)[]): string {
  for (const wish of wishes) {
    const found = languageFor(wish ?? "");
    if (found !== undefined) return found;
  }
  return ENGLISH.tag;
}

/** A language by its tag, with all its sentences. */
export async function loadLanguage(tag: string): Promise<Language> {
  if (tag === PSEUDO) return (await import("./pseudo.ts")).PSEUDO_LANGUAGE;
  if (tag !== "de") return ENGLISH;
  const { DE } = await import("./de/index.ts");
  const parts: ReadonlyMap<string, unknown> = new Map(Object.entries(DE));
  // The compiler holds every part of DE to the English one of its name.
  return { tag, dir: "ltr", part: <T extends Part>(name: string, english: T) => (parts.get(name) ?? english) as T };
}
