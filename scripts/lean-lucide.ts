// Draws Lucide's icons with what the page asks of them: a size, a stroke width, a class. The package's own way serves every framework.
import type { Plugin } from "vite";

const ICON = `import { createElement, forwardRef } from "react";
const line = { fill: "none", stroke: "currentColor", strokeLinecap: "round", strokeLinejoin: "round" };
export default ({ name, node }) =>
  forwardRef(({ size = 24, strokeWidth = 2, className = "", ...rest }, ref) =>
    createElement(
      "svg",
      { ref, width: size, height: size, viewBox: "0 0 24 24", strokeWidth, ...line, ...rest, className: "lucide lucide-" + name + " " + className },
      node.map(([tag, attributes]) => createElement(tag, attributes)),
    ),
  );`;

export const leanLucide: Plugin = {
  name: "podpath-lean-lucide",
  apply: "build",
  enforce: "pre",
  transform(_code: string, id: string) {
    const path = id.replaceAll("\\", "/");
    return /\/node_modules\/lucide-react\/dist\/esm\/createLucideIcon\.m?js$/.test(path)
      ? { code: ICON, map: null }
      : null;
  },
};
