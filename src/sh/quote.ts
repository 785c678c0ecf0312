// Texts as they would be typed: for `set -x`, `export -p`, `alias`, `printf %q`.

/** A word, in single quotes where it needs them, as `set -x` shows it. */
export function quotedWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : singleQuoted(text);
}

/** A text in single quotes. */
export function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** A text in double quotes, as `export -p` shows it. */
export function doubleQuoted(text: string): string {
  return `"${text.replace(/["\\$`]/g, "\\$&")}"`;
}

/** A text with backslashes, as `printf %q` shows it. */
export function escapedWord(text: string): string {
  if (text === "") return "''";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to be shown
  if (/[\0-\x1f\x7f]/.test(text))
    return `$'${text.replace(/['\\]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\t", "\\t").replaceAll("\r", "\\r")}'`;
  return text
    .replace(/[^\w@%+=:./-]/gu, (sign) => (sign.charCodeAt(0) > 127 ? sign : `\\${sign}`))
    .replace(/,/g, "\\,")
    .replaceAll("\\\\,", "\\,");
}
