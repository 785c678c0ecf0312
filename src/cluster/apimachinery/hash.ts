// Hashes that Kubernetes puts into names and orders.

/** FNV-1a with 32 bits over the UTF-8 bytes of `text`. */
export function fnv1a32(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of utf8(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

const PRIME_128 = 0x0000000001000000000000000000013bn;
const OFFSET_128 = 0x6c62272e07bb014262b821756295c58dn;
const MASK_128 = (1n << 128n) - 1n;

/** FNV-1a with 128 bits over the UTF-8 bytes of `text`, as 32 hexadecimal digits. */
export function fnv1a128(text: string): string {
  let hash = OFFSET_128;
  for (const byte of utf8(text)) hash = ((hash ^ BigInt(byte)) * PRIME_128) & MASK_128;
  return hash.toString(16).padStart(32, "0");
}

const SAFE_ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

/** Maps each character of a number's text into the alphabet of generated names, so that hashes never spell words. */
// Models kubernetes/staging/src/k8s.io/apimachinery/pkg/util/rand SafeEncodeString
export function safeEncode(text: string): string {
  return Array.from(text, (character) => SAFE_ALPHABET[character.charCodeAt(0) % SAFE_ALPHABET.length]).join("");
}

function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return bytes;
}
