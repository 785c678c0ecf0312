// What the list of lessons says of each in other languages; in English that is in the lessons' own catalogue.
import { spoken } from "../language.ts";

interface Heads {
  /** By lesson. */
  readonly heads: Readonly<Record<string, readonly [title: string, question: string]>>;
}

export const EN: Heads = { heads: {} };

export const W = spoken("lesson-heads", EN);
