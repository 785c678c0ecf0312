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
  const text = lines.length > 1 ? joined(lines) : (copy.textContent ?? "");
  return `${text.replaceAll("\u00a0", " ").replace(/^\n+/, "").trimEnd()}\n`;
}

const joined = (lines: readonly Element[]) =>
  lines.map((line) => (line.textContent ?? "").replace(/\n$/, "")).join("\n");

/** What generators put around a block: its buttons, its label, its column of numbers. */
const AROUND =
  ".highlight, .highlighttable, .lntable, .expressive-code, .theme-code-block, div[class*='language-'], div[class*='line-numbers']";

/** A block with what its generator put around it for this block alone. */
function wholeOf(block: Element, code: string): Element {
  const around = block.parentElement?.closest(AROUND) ?? null;
  if (around === null || codeOf(around) !== code) return block;
  const others = [...around.querySelectorAll("pre")].filter((pre) => !pre.contains(block) && !block.contains(pre));
  return others.every((pre) => /^[\d\s]*$/.test(pre.textContent ?? "")) ? wholeOf(around, code) : block;
}

/**
 * Puts a `<pod-path>` around each block that a selector finds, with its buttons and its numbers of lines. Those that are inside one
 * already, or hold no object of Kubernetes, stay as they are.
 *
 * @param attributes - of each element.
 */
export function upgrade(root: ParentNode, selector: string, attributes: ReadonlyMap<string, string>): void {
  for (const block of root.querySelectorAll(selector)) {
    if (block.closest("pod-path") !== null) continue;
    const code = codeOf(block);
    if (!/^\s*-?\s*kind:/m.test(code)) continue;
    const element = document.createElement("pod-path");
    for (const [name, value] of attributes) element.setAttribute(name, value);
    const whole = wholeOf(block, code);
    whole.replaceWith(element);
    element.append(whole);
  }
}

/** Calls back when blocks that a selector finds come to a page later: one that goes to its next page without loading it. */
export function onNewBlocks(selector: string, listener: () => void): void {
  let waiting = false;
  const isBlock = (node: Node) =>
    node instanceof Element && (node.closest(selector) ?? node.querySelector(selector)) !== null;
  new MutationObserver((records) => {
    if (waiting || !records.some(({ addedNodes }) => [...addedNodes].some(isBlock))) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      listener();
    }, 50);
  }).observe(document.documentElement, { childList: true, subtree: true });
}
