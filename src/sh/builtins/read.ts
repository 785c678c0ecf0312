// How `read` divides a line among variables.

/** A character that was read, and whether a backslash stood before it. */
export interface ReadSign {
  readonly sign: string;
  readonly escaped: boolean;
}

/** The fields of a line; the last one takes all that is left. */
export function fieldsOfLine(signs: readonly ReadSign[], separators: string, count: number): string[] {
  const blank = ({ sign, escaped }: ReadSign) => !escaped && separators.includes(sign) && /[ \t\n]/.test(sign);
  const divides = ({ sign, escaped }: ReadSign) => !escaped && separators.includes(sign);
  let from = 0;
  let to = signs.length;
  const at = (index: number): ReadSign => signs[index] ?? { sign: "", escaped: true };
  while (from < to && blank(at(from))) from++;
  while (to > from && blank(at(to - 1))) to--;
  const fields: string[] = [];
  while (from < to && fields.length < count - 1) {
    let end = from;
    while (end < to && !divides(at(end))) end++;
    fields.push(textOf(signs.slice(from, end)));
    while (end < to && blank(at(end))) end++;
    if (end < to && divides(at(end)) && !blank(at(end))) end++;
    while (end < to && blank(at(end))) end++;
    from = end;
  }
  if (from < to) fields.push(lastField(signs.slice(from, to), divides, blank));
  return fields;
}

/** All that is left; a separator at its very end goes when it is the only one. */
function lastField(
  signs: readonly ReadSign[],
  divides: (sign: ReadSign) => boolean,
  blank: (sign: ReadSign) => boolean,
): string {
  const last = signs.at(-1);
  const only = signs.filter((each) => divides(each) && !blank(each)).length === 1;
  return textOf(last !== undefined && only && divides(last) ? signs.slice(0, -1) : signs);
}

function textOf(signs: readonly ReadSign[]): string {
  return signs.map(({ sign }) => sign).join("");
}
