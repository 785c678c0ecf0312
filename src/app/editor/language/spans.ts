// The smallest pieces of a text: where something is, and the path to it.

/** A piece of one line. `line` counts from 1; `from` and `to` count characters before them. */
export interface Span {
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

/** The text of a plain or quoted scalar. */
export function unquote(raw: string): string {
  if (/^"(?:[^"\\]|\\.)*"$/.test(raw)) {
    try {
      return String(JSON.parse(raw));
    } catch {
      return raw.slice(1, -1); // YAML knows escapes that JSON does not
    }
  }
  return /^'.*'$/.test(raw) ? raw.slice(1, -1).replaceAll("''", "'") : raw;
}
