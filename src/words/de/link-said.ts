import type { EN } from "../en/link-said.ts";

export const DE: typeof EN = {
  codec: (name) => `Dieser Link benutzt den Codec „${name}“, den diese Version von Podpath nicht kennt.`,
  tooLong: (n, limit) => `Dieser Link ist zu lang: ${n} Zeichen, höchstens ${limit}.`,
  tooMuch: "Dieser Link enthält mehr Daten, als Podpath annimmt.",
  damaged: "Dieser Link ist beschädigt oder unvollständig.",
  invalid: (why) => `Dieser Link enthält kein gültiges Szenario: ${why}.`,
  notWhole: (why) => `Dieser Link lässt sich nicht ganz abspielen: ${why}.`,
};
