// Leaves the parts of React Flow that the page does not use out of it: each names itself for debugging, and that kept them all.
import type { Plugin } from "vite";

/** A component's name for debuggers: a change of something, so a bundler must keep that. */
const NAMING = /^\w+\.displayName = '\w+';$/gm;
/** What wraps a component changes nothing by itself. */
const WRAPPING = /= (memo|forwardRef|fixedForwardRef)\(/g;

/** Kinds of nodes and edges that are its own: the page draws its own, and the default is used for unknown kinds. */
const KINDS =
  /^ +\w+: (?:StraightEdge|StepEdge|SmoothStepEdge|SimpleBezierEdge)Internal,$|^ +\w+: (?:Input|Output|Group)Node,$/gm;

/** What it says to developers who use it wrongly: here its numbers, which its documentation explains, are enough. */
const MESSAGES = /^const errorMessages = \{$[\s\S]*?^\};$/m;
const NUMBERS = 'const errorMessages = new Proxy({}, { get: (_, name) => () => "React Flow: " + name });';

/** Style rules with nothing but selectors of parts that the page doesn't have, and colours for them. */
const RULE = /^[^{}@]+\{[^{}]*\}$/gm;
const UNUSED =
  /\.react-flow(?:\.dark|__(?:minimap|controls|resize-control|attribution|panel|selection|nodesselection|connection|edgeupdater|background|node-(?:input|output|default)))/;
const COLOURS =
  /^ *--xy-(?:minimap|attribution|resize|selection|connectionline|background-pattern)[\w-]*-default: [^;]+;$/gm;

const withoutUnused = (css: string) =>
  css
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(RULE, (rule) => ((rule.split("{")[0] ?? "").split(",").every((each) => UNUSED.test(each)) ? "" : rule))
    .replace(COLOURS, "");

export const leanReactFlow: Plugin = {
  name: "podpath-lean-react-flow",
  apply: "build",
  enforce: "pre",
  transform(code: string, id: string) {
    const path = id.replaceAll("\\", "/");
    if (/\/node_modules\/(?:reactflow|@xyflow\/react)\/dist\/base\.css$/.test(path))
      return { code: withoutUnused(code), map: null };
    if (/\/node_modules\/@xyflow\/system\/dist\/esm\/index\.m?js$/.test(path))
      return { code: code.replace(MESSAGES, () => NUMBERS), map: null };
    if (!/\/node_modules\/(?:reactflow|@xyflow\/react)\/dist\/esm\/index\.m?js$/.test(path)) return null;
    return { code: code.replace(NAMING, "").replace(KINDS, "").replace(WRAPPING, "= /* @__PURE__ */ $1("), map: null };
  },
};
