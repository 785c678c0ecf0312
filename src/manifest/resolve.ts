// What a plain scalar means, as the YAML parser inside kubectl takes it (YAML 1.1 as go-yaml has it).

/** A plain scalar as a JSON value. */
export type Resolved = string | number | boolean | null;

const TRUE = /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const FALSE = /^(?:n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const SPECIAL_FLOAT = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/** The value of an unquoted, untagged scalar. Infinities and NaN stay text here: JSON has none. */
// Models sigs.k8s.io/yaml/goyaml.v2 resolve
export function resolvePlain(text: string): Resolved {
  if (text === "" || text === "~" || text === "null" || text === "Null" || text === "NULL") return null;
  if (TRUE.test(text)) return true;
  if (FALSE.test(text)) return false;
  return resolveNumber(text) ?? text;
}

function resolveNumber(text: string): number | undefined {
  if (!/^[-+.0-9]/.test(text)) return undefined;
  const plain = text.replaceAll("_", "");
  const integer = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|0[0-7]*|[1-9][0-9]*)$/.exec(plain);
  if (integer !== null) {
    const digits = integer[2] ?? "";
    const value = /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
    return integer[1] === "-" ? 0 - value : value;
  }
  return FLOAT.test(plain) ? Number(plain) : undefined;
}

/** Whether a string would come back as a string if it were written without quotes. */
// Models sigs.k8s.io/yaml/goyaml.v2 encoder.stringv
export function readsBackAsText(text: string): boolean {
  return (
    typeof resolvePlain(text) === "string" &&
    !SPECIAL_FLOAT.test(text) &&
    !isBase60(text) &&
    !isTimestamp(text) &&
    text !== "<<"
  );
}

function isBase60(text: string): boolean {
  return /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/.test(text);
}

function isTimestamp(text: string): boolean {
  return /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt ]\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d*)?(?: ?(?:Z|[+-]\d{2}(?::?\d{2})?))?)?$/.test(
    text,
  );
}
