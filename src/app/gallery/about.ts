// What each example shows, in a sentence; read by the gallery alone, so that frames do without.
import { W } from "../../words/en/gallery.ts";

/** Sentences by the example's name. */
export const ABOUT: Readonly<Record<string, string>> = W.about;
