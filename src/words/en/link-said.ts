// What is wrong with a link.
import { spoken } from "../language.ts";

export const EN = {
  codec: (name: string) => `This link uses the codec "${name}", which this version of Podpath doesn't know.`,
  tooLong: (n: number, limit: number) => `This link is too long: ${n} characters, at most ${limit}.`,
  tooMuch: "This link contains more data than Podpath accepts.",
  damaged: "This link is damaged or incomplete.",
  invalid: (why: string) => `This link contains no valid scenario: ${why}.`,
  notWhole: (why: string) => `This link can't be replayed in full: ${why}.`,
};

export const W = spoken("link-said", EN);
