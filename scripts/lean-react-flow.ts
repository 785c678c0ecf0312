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
 * or is within another, wheels zoom and do not scroll, and lines and the place of the picture are the page's own.
 */
const NEVER_CALLED = {
  system: [
    "XYDrag",
    "onPointerDown",
    "isValidHandle",
    "getPoints",
    "getBend",
    "getBezierPath",
    "handleExpandParent",
    "createPanOnScrollHandler",
    "updateChildNode",
    "fitViewport",
    "getViewportForBounds",
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
    "handleNodeClick",
  ],
};

/**
 * What stays of functions of which the page uses less: the viewport of `useReactFlow`; no keys, drags or changes in batches; one set
 * of colours; no attribution, which is in the licences; and nobody asks which lines a handle has.
 */
const INSTEAD = {
  system: {
    updateConnectionLookup: " edgeLookup.clear(); for (const edge of edges) edgeLookup.set(edge.id, edge);",
  },
  react: {
    useReactFlow: " return useViewportHelper();",
    BatchProvider: " return children;",
    useKeyPress: " return false;",
    useDrag: " return false;",
    useColorModeClass: " return colorMode;",
    Attribution: " return null;",
  },
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

function lean(code: string, part: "system" | "react"): string {
  const idle = NEVER_CALLED[part].reduce((left, name) => rewritten(left, name), code);
  return Object.entries(INSTEAD[part]).reduce((left, [name, body]) => rewritten(left, name, body), idle);
}

const leanSystem = (code: string) =>
  lean(
    code.replace(MESSAGES, () => NUMBERS),
    "system",
  );

function leanReact(code: string): string {
  const bare = code.replace(NAMING, "").replace(KINDS, "").replace(WRAPPING, "= /* @__PURE__ */ $1(");
  return LISTENERS.reduce((left, listeners) => replaced(left, listeners, ""), lean(bare, "react"));
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
