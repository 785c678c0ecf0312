// The import map of the house, and the test that holds it.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

/** Top rooms in import order: a room may import every room before it, and only through that room's `index.ts`. */
const ROOMS = [
  "words",
  "sh",
  "cluster",
  "kinds",
  "runtime",
  "ingress",
  "gateway",
  "manifest",
  "diagnosis",
  "kubectl",
  "shell",
  "scenario",
  "history",
  "lessons",
  "app",
  "cli",
];

/** Inside the engine: what each sub-room may import. Files beside `cluster.ts` may import them all. */
const CLUSTER_BASE = ["sim", "api", "apimachinery"];
const CLUSTER_COMPONENT = [...CLUSTER_BASE, "apiserver", "network", "client-go"];
const CLUSTER: Record<string, readonly string[]> = {
  sim: [],
  api: [],
  apimachinery: ["sim", "api"],
  apiserver: CLUSTER_BASE,
  network: CLUSTER_BASE,
  "client-go": [...CLUSTER_BASE, "apiserver", "network"],
  controllers: CLUSTER_COMPONENT,
  "kube-scheduler": CLUSTER_COMPONENT,
  kubelet: CLUSTER_COMPONENT,
  "kube-proxy": CLUSTER_COMPONENT,
  coredns: CLUSTER_COMPONENT,
};

/**
 * The folder of a kind holds what the kind is, whatever the room: a file there belongs to the room that its name says, may import
 * what a file of that room may, and is imported by whoever may import one. What is left (`index.ts`) belongs to room kinds.
 */
const OF_KINDS: ReadonlyArray<readonly [name: RegExp, place: string]> = [
  [/^registry\.ts$/, "cluster/api"],
  [/^(?:console|words|[^/]+\/words)\.ts$/, "kubectl"],
  [/^[^/]+\/api(?:-[\w-]+)?(?:\.test)?\.ts$/, "cluster/apiserver"],
  [/^[^/]+\/controller(?:-[\w-]+)?(?:\.test)?\.ts$/, "cluster/controllers"],
  [/^[^/]+\/printer(?:\.test)?\.ts$/, "kubectl/printers"],
  [/^[^/]+\/describer(?:\.test)?\.ts$/, "kubectl/describe"],
];

/** Where a file belongs in the map. */
function placeOf(path: string): string {
  if (!path.startsWith("kinds/")) return path;
  const name = path.slice("kinds/".length);
  const [, place] = OF_KINDS.find(([pattern]) => pattern.test(name)) ?? [];
  return place === undefined ? path : `${place}/${name}`;
}

/** Inside the app: panels never import each other; these sub-rooms every panel may import, file by file. */
const SHARED_BY_PANELS: Record<string, readonly string[]> = { examples: ["store"], store: [], ui: ["store"] };

/** Packages: who may import them. Everything else in the product imports no package but React's own, and that only in the app. */
const PACKAGES: Record<string, RegExp> = {
  reactflow: /^app\/canvas\//,
  "monaco-editor": /^app\/editor\//,
  idb: /^app\/work\//,
  yaml: /^manifest\//,
  re2js: /^sh\/regex\.ts$/,
  zustand: /^app\//,
  react: /^(app\/|main\.tsx$)/,
  "react-dom": /^(app\/|main\.tsx$)/,
  "lucide-react": /^app\//,
  uqr: /^app\/classroom\//,
  "@fontsource-variable/inter": /^(app\/|main\.tsx$)/,
  "@fontsource-variable/jetbrains-mono": /^(app\/|main\.tsx$)/,
  vitest: /\.test\.tsx?$/,
  "fast-check": /^fuzz\/|\.test\.tsx?$/,
  typescript: /\.test\.tsx?$/,
  "axe-core": /^e2e\//,
  "@playwright/test": /^e2e\//,
  "@ngrok/webernetes": /^bench\//,
  vite: /^bench\/|\.test\.tsx?$/,
};

/** Who may use Node itself: the terminal entry of the shell, tests and benchmarks. */
const NODE =
  /^(shell\/main\.ts$|cli\/main\.ts$|shell\/node\/|conformance\/|e2e\/|bench\/|fuzz\/|mistakes\/main\.ts$)|\.test\.tsx?$/;

/** Rooms outside the product: they may enter any room by its door, and parts of the page by theirs. */
const WORKSHOPS = new Set(["conformance", "e2e", "bench", "fuzz", "mistakes"]);

/** What makes a run differ from machine to machine, or look at the outside. */
const IMPURE =
  /\bMath\.random\b|\bDate\.now\b|\bnew Date\(\s*\)|(?<!new )\bDate\(|\blocaleCompare\b|\btoLocale\w*|\basync\b|\bawait\b|\bnew Promise\b|\bget(?:FullYear|Month|Date|Day|Hours|Minutes|Seconds|TimezoneOffset)\(/;

/** The class of the engine in a file of the page: as a property, taken apart, or as a type. Texts such as `svc.cluster.local` are none. */
const CLUSTER_READ =
  /[\w)]\??\.cluster\b(?!\.local)|[{,]\s*cluster\s*[:,}]|\["cluster"\]|\btype (?:\{ )?Cluster\b|[:<] ?Cluster\b(?!<)/;

const ROOT = dirname(fileURLToPath(import.meta.url));

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) ? [relative(ROOT, path).split(sep).join("/")] : [];
  });
}

function importsOf(text: string): string[] {
  const statement = /^[ \t]*(?:import|export)\b(?:[^'"`;]*?\bfrom\s*|\s*)["']([^"']+)["']/gm;
  const dynamic = /\bimport\(\s*["'`]([^"'`]+)["'`]/g;
  const glob = /\bimport\.meta\.glob(?:<[^(]*>)?\(\s*["'`]([^"'`]+\.tsx?)["'`]/g;
  return [statement, dynamic, glob].flatMap((pattern) => Array.from(text.matchAll(pattern), (match) => match[1] ?? ""));
}

/** The lines of a text, comments left out, that match: their numbers from 1, and what they say. */
function linesWith(text: string, pattern: RegExp): string[] {
  return text.split("\n").flatMap((line, index) => {
    const code = line.replace(/^\s*(?:\*|\/\/|\/\*).*$/, "").replace(/\s\/\/ .*$/, "");
    return pattern.test(code) ? [`${index + 1} ${line.trim()}`] : [];
  });
}

const first = (path: string) => path.split("/")[0] ?? "";
const second = (path: string) => (path.split("/").length > 2 ? (path.split("/")[1] ?? "") : "");
/** Doors beside a room's index.ts: what of a room can be had without the rest. */
const SIDE_DOORS = new Set([
  "scenario/link.ts",
  "scenario/pack.ts",
  "app/canvas/picture/made.ts",
  "lessons/mistakes/index.ts",
]);
const isDoor = (path: string, room: string) =>
  path === `${room}/index.ts` ||
  SIDE_DOORS.has(path) ||
  path === `${room}/index.tsx` ||
  /^words\/(?:en\/[\w-]+|kit)\.ts$/.test(path) ||
  /^kinds\/[^/]+\/index\.ts$/.test(path);
const isTest = (path: string) => /\.test\.tsx?$/.test(path);

/** Why `from` may not import `specifier`; undefined when it may. */
function complaint(from: string, specifier: string): string | undefined {
  const target = specifier.replace(/\?.*$/, "");
  if (!target.startsWith(".")) return packageComplaint(from, target);
  const to = posix.normalize(posix.join(posix.dirname(from), target));
  if (to.startsWith("..")) return to === "../package.json" ? undefined : "leaves src";
  if (/^kinds\/[^/]+\.test\.ts$/.test(from)) return undefined; // what a folder holds concerns every room
  if (/^kinds\/[^/]+\/index\.ts$/.test(from) && posix.dirname(from) === posix.dirname(to)) return undefined;
  const [here, there] = [placeOf(from), placeOf(to)];
  if (first(here) === first(there) && here.includes("/")) return insideComplaint(here, there);
  return betweenComplaint(here, there);
}

function packageComplaint(from: string, target: string): string | undefined {
  if (target.startsWith("node:")) return NODE.test(from) ? undefined : "may not use Node";
  const name = target.split("/", target.startsWith("@") ? 2 : 1).join("/");
  const allowed = PACKAGES[name];
  if (allowed === undefined) return `package ${name} is not in the map`;
  if (WORKSHOPS.has(first(from))) return undefined;
  return allowed.test(from) ? undefined : `may not see ${name}`;
}

function betweenComplaint(from: string, to: string): string | undefined {
  const room = first(to);
  if (!to.includes("/")) return "nothing imports the entry";
  const lower = ROOMS.indexOf(room);
  const atEntry = from === "main.tsx";
  const partOfPage = (WORKSHOPS.has(first(from)) || atEntry) && /^app\/(?:[^/]+\/)+index\.tsx?$/.test(to);
  if (!isDoor(to, room) && !partOfPage && !(atEntry && to.endsWith(".css")))
    return `${room} is entered by its index.ts only`;
  if (lower < 0) return `nothing imports ${room}`;
  if (WORKSHOPS.has(first(from)) || atEntry) return undefined;
  const upper = ROOMS.indexOf(first(from));
  if (upper < 0) return `${first(from)} is not a room of the map`;
  if (isTest(from) && (room === "runtime" || room === "kinds")) return undefined; // tests of the engine run containers, and all kinds
  if (/^cluster\/(?:apiserver\/trial|testing)\.ts$/.test(from) && room === "kinds") return undefined;
  return lower < upper ? undefined : `${first(from)} comes before ${room}`;
}

function insideComplaint(from: string, to: string): string | undefined {
  const [here, there] = [second(from), second(to)];
  if (here === there) return undefined;
  if (first(from) === "cluster") return insideCluster(from, here, there);
  if (first(from) === "app") return insideApp(to, here, there);
  return undefined;
}

function insideCluster(from: string, here: string, there: string): string | undefined {
  if (here === "" || isTest(from)) return undefined;
  const allowed = CLUSTER[here];
  if (allowed === undefined) return `cluster/${here} is not a room of the map`;
  return allowed.includes(there) ? undefined : `cluster/${here} may not import cluster/${there}`;
}

function insideApp(to: string, here: string, there: string): string | undefined {
  const shared = SHARED_BY_PANELS[there] !== undefined;
  if (here === "") return shared || isDoor(to, `app/${there}`) ? undefined : `app/${there} is entered by its index.ts`;
  const allowed = SHARED_BY_PANELS[here];
  if (allowed !== undefined) return allowed.includes(there) ? undefined : `app/${here} may not import app/${there}`;
  if (there === "") return "panels do not import the frame around them";
  return shared ? undefined : "panels never import each other";
}

const files = sources(ROOT)
  .filter((path) => path !== "rooms.test.ts")
  .map((path) => ({ path, text: readFileSync(join(ROOT, path), "utf8") }));

describe("the house", () => {
  test("every import follows the map", () => {
    const broken = files.flatMap(({ path, text }) =>
      importsOf(text).flatMap((target) => {
        const reason = complaint(path, target);
        return reason === undefined ? [] : [`${path} imports ${target}: ${reason}`];
      }),
    );
    expect(broken).toEqual([]);
  });

  test("the page reads a World; one file alone makes it of a run's cluster", () => {
    const reading = files
      .filter(({ path }) => path.startsWith("app/") && !isTest(path) && path !== "app/store/run.ts")
      .flatMap(({ path, text }) => linesWith(text, CLUSTER_READ).map((line) => `${path}:${line}`));
    expect(reading).toEqual([]);
  });

  test.each([
    "run.cluster.api.list(resource)",
    "const { cluster, log } = head;",
    "function isUp({ cluster: { api } }: Run) {",
    'run["cluster"].send(request)',
    "import { type Cluster, RESOURCES } from",
  ])("this would be a reading of a cluster: %s", (line) => {
    expect(linesWith(line, CLUSTER_READ)).toHaveLength(1);
  });

  test("the engine takes neither time nor chance nor locale from the host", () => {
    const impure = files
      .filter(
        ({ path }) =>
          /^(?:sh|cluster|kinds|runtime|ingress|gateway)\//.test(path) && !isTest(path) && !path.endsWith(".gen.ts"),
      )
      .flatMap(({ path, text }) => linesWith(text, IMPURE).map((line) => `${path}:${line}`));
    expect(impure).toEqual([]);
  });

  test.each([
    ["cluster/sim/clock.ts", "../api/types.ts"],
    ["cluster/apimachinery/labels.ts", "../apiserver/store.ts"],
    ["cluster/apiserver/store.ts", "../network/node.ts"],
    ["cluster/controllers/deployment.ts", "../kubelet/kubelet.ts"],
    ["cluster/kubelet/kubelet.ts", "../cluster.ts"],
    ["cluster/sim/clock.ts", "yaml"],
    ["cluster/index.ts", "../manifest/index.ts"],
    ["sh/index.ts", "../cluster/index.ts"],
    ["sh/lex.ts", "re2js"],
    ["shell/shell.ts", "re2js"],
    ["manifest/parse.ts", "../cluster/api/types.ts"],
    ["kubectl/index.ts", "yaml"],
    ["kubectl/index.ts", "../shell/index.ts"],
    ["shell/curl.ts", "node:fs"],
    ["app/canvas/Canvas.tsx", "../editor/index.ts"],
    ["app/store/store.ts", "../canvas/index.ts"],
    ["app/inspector/Inspector.tsx", "../Playground.tsx"],
    ["app/inspector/Inspector.tsx", "reactflow"],
    ["app/canvas/Canvas.tsx", "monaco-editor/editor"],
    ["app/canvas/Canvas.tsx", "lodash"],
    ["scenario/codec.ts", "../bench/engine.bench.ts"],
    ["kinds/job/api.ts", "../../cluster/client-go/informer.ts"],
    ["kinds/job/controller.ts", "./printer.ts"],
    ["kinds/job/printer.ts", "../../cluster/api/types.gen.ts"],
    ["cluster/cluster.ts", "../kinds/index.ts"],
  ])("%s may not import %s", (from, target) => {
    expect(complaint(from, target)).toBeDefined();
  });

  test.each([
    ["cluster/controllers/deployment.ts", "../client-go/informer.ts"],
    ["cluster/cluster.ts", "./kubelet/kubelet.ts"],
    ["cluster/apiserver/store.test.ts", "../cluster.ts"],
    ["manifest/parse.ts", "../cluster/index.ts"],
    ["manifest/parse.ts", "yaml"],
    ["scenario/codec.ts", "../cluster/index.ts"],
    ["shell/main.ts", "node:fs"],
    ["app/canvas/Canvas.tsx", "../store/store.ts"],
    ["app/Playground.tsx", "./editor/index.ts"],
    ["main.tsx", "./app/index.ts"],
    ["main.tsx", "./app/opening/index.ts"],
    ["bench/engine.bench.ts", "../cluster/index.ts"],
    ["kinds/job/api.ts", "../../cluster/apimachinery/field.ts"],
    ["kinds/job/controller.ts", "../../cluster/client-go/informer.ts"],
    ["kinds/job/printer.ts", "../../kubectl/printers/printer.ts"],
    ["shell/shell.ts", "../kinds/index.ts"],
  ])("%s may import %s", (from, target) => {
    expect(complaint(from, target)).toBeUndefined();
  });

  test("imports are found in every form", () => {
    const text = [
      'import "./a.css";',
      'import type { B } from "./b.ts";',
      "import {\n  c,\n  d,\n} from './c.ts';",
      'export * from "./d.ts";',
      'const e = () => import("./e.ts");',
      'const f = import.meta.glob<F>("./*/f.ts", { eager: true });',
      ' * import { no } from "comment";',
    ].join("\n");
    expect(importsOf(text)).toEqual(["./a.css", "./b.ts", "./c.ts", "./d.ts", "./e.ts", "./*/f.ts"]);
  });
});
