// JSON objects one after another, as kubectl reads a text that begins with a brace.
import { jsonSyntaxError } from "../cluster/index.ts";

/** From where to where an object is in the text. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The JSON objects that a text begins with, up to where it is no more JSON; none when it does not begin with one. */
// Models kubernetes/staging/src/k8s.io/apimachinery/pkg/util/yaml YAMLOrJSONDecoder
export function jsonObjects(text: string): Stretch[] {
  const found: Stretch[] = [];
  if (!/^\s*\{/.test(text)) return found;
  let from = nextObject(text, 0);
  while (from !== undefined) {
    const to = endOfObject(text, from);
    if (to === undefined || !isJson(text.slice(from, to))) return found;
    found.push({ from, to });
    from = nextObject(text, to);
  }
  return found;
}

/** Where the text stops being JSON, in characters read, and why; undefined when its first object is sound. */
export function jsonProblem(text: string): { readonly offset: number; readonly message: string } | undefined {
  try {
    return problemIn(text);
  } catch (error) {
    if (error instanceof RangeError) return undefined; // nested too deep to be looked through
    throw error;
  }
}

function problemIn(text: string): { readonly offset: number; readonly message: string } | undefined {
  const message = jsonSyntaxError(text);
  if (message === undefined) return undefined;
  // The shortest beginning that is refused for the same reason ends after the offending character.
  let [low, high] = [1, text.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (jsonSyntaxError(text.slice(0, middle)) === message) high = middle;
    else low = middle + 1;
  }
  return { offset: low, message };
}

function nextObject(text: string, at: number): number | undefined {
  const match = /\S/g;
  match.lastIndex = at;
  const found = match.exec(text);
  return found?.[0] === "{" ? found.index : undefined;
}

/** Where the braces that open here are closed, strings left out. */
function endOfObject(text: string, from: number): number | undefined {
  let depth = 0;
  const sign = /"(?:[^"\\]|\\.)*"|[{}]/gs;
  sign.lastIndex = from;
  for (let match = sign.exec(text); match !== null; match = sign.exec(text)) {
    if (match[0] === "{") depth++;
    else if (match[0] === "}" && --depth === 0) return sign.lastIndex;
  }
  return undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return false;
  }
}
