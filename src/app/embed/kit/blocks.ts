// Blocks of code as pages of documentation write them: their YAML, and the element that takes their place.

/** Parts of a block that are not its code: numbers of lines, buttons, what only a screen reader reads. */
const BESIDE = "button, .linenos, .lineno, .line-numbers, .ln, .lnt, .gutter, .sr-only, [aria-hidden='true']";
/** Where code is in a block, the surest first: beside a column of numbers, in a `<pre>`, after a file's name. */
const CODE = ["td.code code", "td.code pre", ".lntd:last-child code", "pre code", "pre", "code", "script"];

/** The code of a block, or of what holds one: `<pre>`, `<code>`, a highlighted table, `<script type="text/yaml">`. */
export function codeOf(block: Element): string {
  const code = CODE.map((each) => block.querySelector(each)).find((each) => each !== null) ?? block;
  const copy = code.cloneNode(true) as Element; // an element's copy is an element
  for (const each of copy.querySelectorAll(BESIDE)) each.remove();
  const lines = [...copy.querySelectorAll(".ec-line .code, .token-line, :scope > .line")];
  const text = lines.length > 1 && !(copy.textContent ?? "").includes("\n") ? joined(lines) : (copy.textContent ?? "");
  return `${text.replaceAll("\u00a0", " ").replace(/^\n+/, "").trimEnd()}\n`;
}

const joined = (lines: readonly Element[]) =>
  lines.map((line) => (line.textContent ?? "").replace(/\n$/, "")).join("\n");

/**
 * Puts a `<pod-path>` around each block that a selector finds. Those that are inside one already, or hold no object of Kubernetes,
 * stay as they are.
 *
 * @param attributes - of each element.
 */
export function upgrade(root: ParentNode, selector: string, attributes: ReadonlyMap<string, string>): void {
  for (const block of root.querySelectorAll(selector)) {
    if (block.closest("pod-path") !== null || !/^\s*-?\s*kind:/m.test(codeOf(block))) continue;
    const element = document.createElement("pod-path");
    for (const [name, value] of attributes) element.setAttribute(name, value);
    block.replaceWith(element);
    element.append(block);
  }
}
