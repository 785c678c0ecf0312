// Base64 as Go writes and checks it.

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

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The base64 of a text's UTF-8 bytes, with padding. */
export function encodeBase64(text: string): string {
  const bytes = utf8Bytes(text);
  let result = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.slice(i, i + 3);
    const bits = (a << 16) | (b << 8) | c;
    const digits = [18, 12, 6, 0].map((shift) => DIGITS.charAt((bits >> shift) & 63)).join("");
    const missing = Math.max(0, i + 3 - bytes.length);
    result += digits.slice(0, 4 - missing) + "=".repeat(missing);
  }
  return result;
}

/** The bytes of base64 that is known to be well-formed, each as one character. */
export function decodeBase64(text: string): string {
  let bytes = "";
  let bits = 0;
  let count = 0;
  for (const digit of text) {
    const value = DIGITS.indexOf(digit);
    if (value < 0) continue;
    bits = ((bits << 6) | value) & 0xfff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += String.fromCharCode((bits >> count) & 255);
  }
  return bytes;
}

/** The text that base64 holds as UTF-8; invalid bytes become the replacement character. */
export function textOfBase64(base64: string): string {
  const bytes = decodeBase64(base64);
  try {
    return decodeURIComponent(
      bytes.replace(/[^\w.~-]/g, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, "0")}`),
    );
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return bytes.replace(/[\x80-\xff]/g, "\uFFFD");
  }
}

function utf8Bytes(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 63));
    else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63));
    else bytes.push(0xf0 | (point >> 18), 0x80 | ((point >> 12) & 63), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63));
  }
  return bytes;
}
