// Rewrites the code of packages for the built page. What is not written as it was stops the build, so that an update is looked at.

/** The code with one function of its top level given another body; what only the old one used falls away with it. */
export function rewritten(code: string, name: string, body = ""): string {
  const from = code.indexOf(`\nfunction ${name}(`);
  const to = code.indexOf("\n}\n", from);
  if (from < 0 || to < 0) throw new Error(`lean: the function ${name} is written otherwise than it was`);
  const signature = body === "" ? "" : code.slice(code.indexOf("(", from) + 1, code.indexOf(") {\n", from));
  return `${code.slice(0, from)}\nfunction ${name}(${signature}) {${body}${code.slice(to)}`;
}

/** The code with one piece of text replaced, which must be there once. */
export function replaced(code: string, from: string, to: string): string {
  if (code.split(from).length !== 2) throw new Error(`lean: "${from}" is not there once, as it was`);
  return code.replace(from, () => to);
}
