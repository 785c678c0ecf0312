// Leaves the parts of React Flow that the page does not use out of it: each names itself for debugging, and that kept them all.
import type { Plugin } from "vite";
import { replaced, rewritten } from "./lean.ts";

/** A component's name for debuggers: a change of something, so a bundler must keep that. */
const NAMING = /^\w+\.displayName = '\w+';$/gm;
/** What wraps or makes a component changes nothing by itself. */
const WRAPPING = /= (memo|forwardRef|fixedForwardRef|create(?:SimpleBezier|SmoothStep|Step|Straight|Bezier)Edge)\(/g;

/** Kinds of nodes and edges that are its own: the page draws its own, and the default is used for unknown kinds. */
const KINDS =
  /^ +\w+: (?:StraightEdge|StepEdge|SmoothStepEdge|SimpleBezierEdge)Internal,$|^ +\w+: (?:Input|Output|Group)Node,$/gm;

/**
 * What no visitor can do here: boxes are not dragged, none is chosen by keys or by drawing a frame, nothing grows with what it holds,
 * wheels zoom and do not scroll, and lines are drawn by the page itself.
 */
const NEVER_CALLED: Readonly<Record<string, readonly string[]>> = {
  system: [
    "XYDrag",
    "onPointerDown",
    "isValidHandle",
    "getPoints",
    "getBend",
    "getBezierPath",
    "handleExpandParent",
    "createPanOnScrollHandler",
  ],
  react: [
    "EdgeUpdateAnchors",
    "NodesSelection",
    "ConnectionLineWrapper",
    "useMoveSelectedNodes",
    "UserSelection",
    "SelectionListenerInner",
    "applyChanges",
    "useGlobalKeyHandler",
    "useOnInitHandler",
  ],
};

/** What stays of functions of which the page uses less: the viewport of `useReactFlow`, and no keys, drags or changes in batches. */
const INSTEAD: Readonly<Record<string, string>> = {
  useReactFlow: " return useViewportHelper();",
  BatchProvider: " return children;",
  useKeyPress: " return false;",
  useDrag: " return false;",
};

/** Listeners for what no visitor can do: drawing a frame around boxes, and drawing a line from a handle. */
const LISTENERS = [
  "onPointerMove: isSelectionEnabled ? onPointerMove : onPaneMouseMove, onPointerUp: onPointerUp, onPointerCancel: isSelectionEnabled ? onPointerCancel : undefined, onPointerDownCapture: isSelectionEnabled ? onPointerDownCapture : undefined, onClickCapture: isSelectionEnabled ? onClickCapture : undefined, ",
  "onMouseDown: onPointerDown, onTouchStart: onPointerDown, onClick: connectOnClick ? onClick : undefined, ",
];

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

const without = (code: string, names: readonly string[] = []) =>
  names.reduce((left, name) => rewritten(left, name), code);

const leanSystem = (code: string) =>
  without(
    code.replace(MESSAGES, () => NUMBERS),
    NEVER_CALLED.system,
  );

function leanReact(code: string): string {
  const bare = code.replace(NAMING, "").replace(KINDS, "").replace(WRAPPING, "= /* @__PURE__ */ $1(");
  const idle = without(bare, NEVER_CALLED.react);
  const lean = Object.entries(INSTEAD).reduce((left, [name, body]) => rewritten(left, name, body), idle);
  return LISTENERS.reduce((left, listeners) => replaced(left, listeners, ""), lean);
}

export const leanReactFlow: Plugin = {
  name: "podpath-lean-react-flow",
  apply: "build",
  enforce: "pre",
  transform(code: string, id: string) {
    const path = id.replaceAll("\\", "/");
    if (/\/node_modules\/(?:reactflow|@xyflow\/react)\/dist\/base\.css$/.test(path))
      return { code: withoutUnused(code), map: null };
    if (/\/node_modules\/@xyflow\/system\/dist\/esm\/index\.m?js$/.test(path))
      return { code: leanSystem(code), map: null };
    return /\/node_modules\/(?:reactflow|@xyflow\/react)\/dist\/esm\/index\.m?js$/.test(path)
      ? { code: leanReact(code), map: null }
      : null;
  },
};
