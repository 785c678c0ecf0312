// Leaves out of the built page what D3 is not asked for: React Flow moves and zooms with it, and here nothing glides, fades or is dragged.
import type { Plugin } from "vite";
import { rewritten } from "./lean.ts";

/** Stands for d3-transition: there is never one to interrupt. */
const NO_TRANSITION = `import { selection } from "d3-selection";
export function interrupt() {}
selection.prototype.interrupt = function () { return this; };`;

/** Stands for d3-interpolate, which transitions alone ask. */
const NO_BETWEEN = `const last = (_, end) => () => end;
export { last as interpolate, last as interpolateZoom };`;

/** The methods of a selection that zooming asks for, with d3-drag's refusal of text selection; there is no other user of d3-selection. */
const ASKED = new Set("constructor filter selection call node each style property datum on".split(" "));
const METHOD = /^ {2}(?:(\w+): \w+|\[Symbol\.iterator\]: selection_iterator),?$/gm;
const METHODS = /^Selection\.prototype = selection\.prototype = \{$[\s\S]*?^\};$/m;

/** Its classes for what is joined with data, for lists of class names and for local values. */
const CLASSES = /^(?:ClassList|EnterNode|Local)\.prototype = [^;]*?\{$[\s\S]*?^\};$/gm;

function withFewMethods(code: string): string {
  const [methods] = METHODS.exec(code) ?? [];
  if (methods === undefined)
    throw new Error("lean-d3: the methods of a selection are written otherwise than they were");
  const asked = methods.replace(METHOD, (line, name) => (ASKED.has(name) ? line : ""));
  return code.replace(methods, () => asked).replace(CLASSES, "");
}

export const leanD3: Plugin = {
  name: "podpath-lean-d3",
  apply: "build",
  enforce: "pre",
  transform(code: string, id: string) {
    const path = id.replaceAll("\\", "/");
    if (/\/node_modules\/d3-drag\/.+\.m?js$/.test(path)) return rewritten(code, "drag");
    if (/\/node_modules\/d3-zoom\/.+\.m?js$/.test(path))
      return ["schedule", "dblclicked"].reduce((left, name) => rewritten(left, name), code);
    return /\/node_modules\/d3-selection\/.+\.m?js$/.test(path) ? withFewMethods(code) : null;
  },
  load(id: string) {
    const path = id.replaceAll("\\", "/");
    if (/\/node_modules\/d3-transition\/.+\.m?js$/.test(path)) return { code: NO_TRANSITION, moduleSideEffects: true };
    return /\/node_modules\/d3-interpolate\/.+\.m?js$/.test(path) ? NO_BETWEEN : null;
  },
};
