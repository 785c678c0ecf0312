// Rewrites the code of packages for the built page. What is not written as it was stops the build, so that an update is looked at.

/** The code with one function given another body; what only the old one used falls away with it. */
export function rewritten(code: string, name: string, body = ""): string {
  const [head = "", indent = "", arrow = ""] =
    new RegExp(`^( *)(?:(?:async )?function ${name}\\(|(const ${name} = \\())`, "m").exec(code) ?? [];
  const from = head === "" ? -1 : code.indexOf(head);
  const open = /\) (?:=> )?\{\n/g;
  open.lastIndex = from;
  const start = from < 0 ? null : open.exec(code);
  const to = code.indexOf(`\n${indent}}${arrow === "" ? "" : ";"}\n`, from);
  if (start === null || to < 0) throw new Error(`lean: the function ${name} is written otherwise than it was`);
  return `${code.slice(0, start.index)}${start[0].trimEnd()}${body}${code.slice(to)}`;
}

/** The code with one piece of text replaced, which must be there once. */
export function replaced(code: string, from: string, to: string): string {
  if (code.split(from).length !== 2) throw new Error(`lean: "${from}" is not there once, as it was`);
  return code.replace(from, () => to);
}
