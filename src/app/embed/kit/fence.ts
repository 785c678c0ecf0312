// What is behind the backticks of a block of code: ```yaml podpath view=split
import { ATTRIBUTES } from "./attributes.ts";

/** A block that is to become a playground. */
export interface Fence {
  readonly attributes: ReadonlyMap<string, string>;
  /** The info without what is Podpath's: what the site's own highlighter is given. */
  readonly rest: string;
}

const KNOWN: ReadonlySet<string> = new Set(ATTRIBUTES);
/** A word, with a value that may be quoted; each piece begins where the last one ended. */
const WORD = /\s*(?:([\w-]+)=(?:"([^"]*)"|'([^']*)'|(\S*))|(\S+))/y;

/**
 * Reads the info of a block of code. What is before `podpath` is the generator's; what follows is Podpath's, as attributes.
 *
 * @returns undefined for a block without the word `podpath`, or in another language than YAML.
 * @throws Error for what follows and is no attribute.
 */
export function readFence(info: string): Fence | undefined {
  const found = /^\s*ya?ml(?=[\s{])(?:.*?[\s}])??podpath(?=\s|$)/is.exec(info);
  if (found === null) return undefined;
  const attributes = new Map<string, string>();
  WORD.lastIndex = found[0].length;
  for (let word = WORD.exec(info); word !== null; word = WORD.exec(info)) {
    const [text, name, double, single, bare, alone] = word;
    const key = name ?? alone ?? "";
    if (!KNOWN.has(key))
      throw new Error(`podpath: "${text.trim()}" is no attribute; there are ${ATTRIBUTES.join(", ")}`);
    attributes.set(key, double ?? single ?? bare ?? "1");
  }
  return { attributes, rest: found[0].replace(/\s*podpath$/i, "") };
}

/** Attributes as HTML, each with a blank before it. */
export function htmlAttributes(attributes: ReadonlyMap<string, string>): string {
  const escaped = (text: string) =>
    text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return [...attributes].map(([name, value]) => ` ${name}="${escaped(value)}"`).join("");
}
