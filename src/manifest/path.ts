// Paths of fields as text.

/** `spec.ports[0].targetPort`; a key with a dot in it stands in brackets. */
export function pathText(path: readonly (string | number)[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number" || /[.[\]]/.test(step)) return `${text}[${step}]`;
    return text === "" ? step : `${text}.${step}`;
  }, "");
}
