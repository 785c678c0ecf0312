// Leaves out of the built page what D3 is not asked for: React Flow moves and zooms with it, and here nothing glides, fades or is dragged.
import type { Plugin } from "vite";

/** Stands for d3-transition: there is never one to interrupt. */
const NO_TRANSITION = `import { selection } from "d3-selection";
export function interrupt() {}
selection.prototype.interrupt = function () { return this; };`;

/** Stands for d3-interpolate, which transitions alone ask. */
const NO_BETWEEN = `const last = (_, end) => () => end;
export { last as interpolate, last as interpolateZoom };`;

/** What no visitor can do here, by the file that does it: boxes are not dragged, none is chosen with others, and lines are drawn by the page itself. */
const NEVER_CALLED: readonly (readonly [file: RegExp, functions: readonly string[]])[] = [
  [/\/node_modules\/d3-drag\/.+\.m?js$/, ["drag"]],
  [
    /\/node_modules\/@xyflow\/system\/.+\.m?js$/,
    ["XYDrag", "onPointerDown", "isValidHandle", "getPoints", "getBend", "getBezierPath"],
  ],
  [
    /\/node_modules\/reactflow\/dist\/esm\/index\.js$/,
    ["EdgeUpdateAnchors", "NodesSelection", "ConnectionLineWrapper", "useMoveSelectedNodes"],
  ],
];

/** The code with one function of its top level emptied; what only that one uses falls away with it. */
function emptied(code: string, name: string): string {
  const from = code.indexOf(`\nfunction ${name}(`);
  const to = code.indexOf("\n}\n", from);
  if (from < 0 || to < 0) throw new Error(`lean-d3: the function ${name} is written otherwise than it was`);
  return `${code.slice(0, from)}\nfunction ${name}() {${code.slice(to)}`;
}

export const leanD3: Plugin = {
  name: "podpath-lean-d3",
  apply: "build",
  enforce: "pre",
  transform(code: string, id: string) {
    const found = NEVER_CALLED.find(([file]) => file.test(id.replaceAll("\\", "/")));
    return found === undefined ? null : found[1].reduce(emptied, code);
  },
  load(id: string) {
    const path = id.replaceAll("\\", "/");
    if (/\/node_modules\/d3-transition\/.+\.m?js$/.test(path)) return { code: NO_TRANSITION, moduleSideEffects: true };
    return /\/node_modules\/d3-interpolate\/.+\.m?js$/.test(path) ? NO_BETWEEN : null;
  },
};
