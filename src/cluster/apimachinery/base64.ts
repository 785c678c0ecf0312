// Base64 as Go checks it: where the first wrong byte stands.

const ALPHABET = /[A-Za-z0-9+/]/;

/** The offset of the first byte that is not standard base64 with padding, or -1. Line breaks are allowed anywhere. */
// Models encoding/base64 Encoding.decodeQuantum
export function base64ErrorAt(text: string): number {
  let inGroup = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (isBreak(character)) continue;
    if (ALPHABET.test(character)) {
      inGroup = (inGroup + 1) % 4;
      continue;
    }
    if (character !== "=" || inGroup < 2) return at;
    return paddingErrorAt(text, at, inGroup);
  }
  return inGroup === 0 ? -1 : text.length - inGroup;
}

const isBreak = (character: string): boolean => character === "\n" || character === "\r";

function paddingErrorAt(text: string, first: number, inGroup: number): number {
  let at = skipBreaks(text, first + 1);
  if (inGroup === 2) {
    if (at === text.length) return text.length;
    if (text.charAt(at) !== "=") return at - 1;
    at = skipBreaks(text, at + 1);
  }
  return at < text.length ? at : -1;
}

function skipBreaks(text: string, from: number): number {
  let at = from;
  while (isBreak(text.charAt(at))) at += 1;
  return at;
}
