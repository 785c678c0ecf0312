// Leaves the colours of D3 out of the built page: React Flow moves and zooms with D3, and fades nothing.
import type { Plugin } from "vite";

/** Stands for every name of d3-color: nothing is a colour, so what d3-transition animates is a number or a text. */
const NO_COLOUR = `function color() { return null; }
export { color, color as rgb, color as hsl, color as lab, color as hcl, color as cubehelix };`;

export const leanD3: Plugin = {
  name: "podpath-lean-d3",
  apply: "build",
  enforce: "pre",
  load(id: string) {
    return /\/node_modules\/d3-color\/.+\.m?js$/.test(id.replaceAll("\\", "/")) ? NO_COLOUR : null;
  },
};
