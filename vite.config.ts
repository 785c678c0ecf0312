// How the page is served, built and its unit tests run.
import { availableParallelism } from "node:os";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { contentPolicy, contentPolicyOfPage, originFrom } from "./scripts/content-policy.ts";
import { embedKit } from "./scripts/embed-kit.ts";
import { hostFiles } from "./scripts/host-files.ts";
import { leanD3 } from "./scripts/lean-d3.ts";
import { leanLucide } from "./scripts/lean-lucide.ts";
import { leanReactFlow } from "./scripts/lean-react-flow.ts";
import { leanYaml } from "./scripts/lean-yaml.ts";
import { licences, sourcesOf } from "./scripts/licences.ts";
import { offline } from "./scripts/offline.ts";
import { KINDS } from "./src/kinds/registry.ts";

/** Writes which packages each chunk and each copied file holds, for scripts/budget.mjs to judge. */
const packagesPerChunk: Plugin = {
  name: "podpath-packages-per-chunk",
  apply: "build",
  generateBundle(_options, bundle) {
    const chunks = Object.values(bundle).map((part) => {
      const names = sourcesOf(part).map((id) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1] ?? "podpath");
      return [part.fileName, [...new Set(names)].sort()];
    });
    const source = JSON.stringify(Object.fromEntries(chunks), null, 2);
    this.emitFile({ type: "asset", fileName: ".vite/packages.json", source });
  },
};

/** Folders of kinds whose part of the engine is always there. */
const ALWAYS = Object.keys(KINDS)
  .filter((name) => !KINDS[name]?.isLate)
  .join("|");

export default defineConfig({
  // The site works from any sub-path, and from a frame of another origin.
  base: "./",
  // React has had this hook itself since 18; what stands in for it in older ones is dead weight.
  resolve: { alias: { "use-sync-external-store/shim/with-selector.js": "use-sync-external-store/with-selector.js" } },
  plugins: [
    react(),
    contentPolicyOfPage,
    packagesPerChunk,
    licences,
    leanYaml,
    leanD3,
    leanLucide,
    leanReactFlow,
    embedKit,
    hostFiles,
    offline,
  ],
  optimizeDeps: {
    // Monaco is imported lazily, so the dev server must know it before the first visit or it answers "504 Outdated Optimize Dep".
    include: [
      "react",
      "react/jsx-dev-runtime",
      "react-dom/client",
      "reactflow",
      "zustand",
      "yaml",
      "monaco-editor/editor",
      "monaco-editor/languages/definitions/yaml/register",
    ],
    exclude: ["@ngrok/webernetes"],
  },
  // A classic worker can be inlined as a blob; a module worker fails in a frame without an origin.
  worker: { format: "iife" },
  // A sandboxed frame has no origin, and module scripts then need the server's leave.
  preview: {
    headers: {
      "Access-Control-Allow-Origin": "*",
      // The page carries the policy itself; workers obey only what is served with them.
      "Content-Security-Policy": contentPolicy(originFrom(process.env)),
    },
  },
  build: {
    manifest: true,
    modulePreload: { polyfill: false },
    // Monaco's lazy chunk is larger than Vite's warning; scripts/budget.mjs holds the limits that matter.
    chunkSizeWarningLimit: 5000,
    rolldownOptions: {
      // Nothing here does something by being read.
      treeshake: { propertyReadSideEffects: false, unknownGlobalSideEffects: false },
      output: {
        // What is always loaded whole packs best in one piece, however many lazy parts look into it; what only lazy parts use of
        // the engine (writing YAML, rules in nftables' form) goes with them. The base is all that the entry needs, so that
        // nothing else comes before the first picture.
        codeSplitting: {
          groups: [
            {
              name: "base",
              test: /vite\/preload-helper|\/node_modules\/(?:react|react-dom|scheduler)\/|\/src\/app\/(?:store\/(?:parts|early)|ui\/(?:Guard|lazyPart|language|storage))\.|\/src\/words\/(?:index|languages?|en\/(?:opening|failure))\./,
              priority: 2,
            },
            {
              name: "engine",
              test: new RegExp(
                `/src/(?:(?:cluster|manifest|scenario)/(?!(?:describe-fault|apimachinery/(?:field-path|cron|selector-text)|controllers/revisions|client-go/usage|settings|node-plan|edit|emit|rules|kube-proxy/nftables|apiserver/managedfields/owners|network/tls|network/with-stage|network/netfilter/save|apiserver/versions)\\.ts)|kinds/(?:registry|(?:${ALWAYS})/(?:api|controller)))`,
              ),
            },
            {
              name: "picture",
              test: /\/src\/app\/(?:canvas\/(?!picture\/|route\/|find\/|only\/|policies\/|ghosts\/|blocks\.css|RequestPanel|LitLayer|lit|Pan|Presenting|presenting|wireEdges|pending\.css|nodes\/(?:Outside|Group|Pending)|outside|faultEdges|ClusterSettings|ClusterNodes|cluster-nodes|nodePlans|settings|Legend|Break|breaking)|store\/(?!only\.|branching|go-back|cures|doors|edits|fields|lit|missing|parts|past\.|repeat)|timeline\/(?!Branches|CompareDialog|Events)|log\/(?!news|ClusterNews)|ui\/(?:NoticeBar|Tabs|roving|useChanged|useMedia|useTheme|shortcuts|notice)|embed\/options|share\/(?:index|LinkBanner)|FaultHost|examples\/index)/,
            },
          ],
        },
      },
    },
  },
  test: {
    include: ["src/**/*.test.ts", "src/**/*.test.tsx"],
    setupFiles: ["src/conformance/setup.ts"],
    exclude: ["src/e2e/**", "node_modules/**"],
    environment: "node",
    // Pictures in files take their colours from here; other style sheets are empty in tests.
    css: { include: [/\/ui\/tokens\.css/] },
    pool: "threads",
    maxWorkers: Math.max(1, Math.min(8, availableParallelism())),
    // Modules keep no state of their own, so test files may share one graph: several times faster.
    isolate: false,
    testTimeout: 20_000,
  },
});
