// Texts as bytes in UTF-8, and back.

/** Bytes of a text. */
export function bytesOf(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return Uint8Array.from(bytes);
}

/** The text of bytes; what is no UTF-8 becomes U+FFFD. */
export function textOfBytes(bytes: readonly number[]): string {
  let text = "";
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at++] ?? 0;
    const more = lead < 0x80 ? 0 : lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc0 ? 1 : -1;
    let code = more <= 0 ? lead : lead & (0x3f >> more);
    let valid = more >= 0;
    for (let left = more; valid && left > 0; left--) {
      const next = bytes[at];
      if (next === undefined || (next & 0xc0) !== 0x80) valid = false;
      else {
        code = (code << 6) | (next & 63);
        at++;
      }
    }
    text += valid && code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
  }
  return text;
}
