// How the page is served, built and its unit tests run.
import { availableParallelism } from "node:os";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { leanD3 } from "./scripts/lean-d3.ts";
import { leanYaml } from "./scripts/lean-yaml.ts";

/** Writes which packages each chunk holds, for scripts/budget.mjs to judge. */
const packagesPerChunk: Plugin = {
  name: "podpath-packages-per-chunk",
  apply: "build",
  generateBundle(_options, bundle) {
    const chunks = Object.values(bundle).flatMap((part) => {
      if (part.type !== "chunk") return [];
      const names = part.moduleIds.map((id) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1] ?? "podpath");
      return [[part.fileName, [...new Set(names)].sort()]];
    });
    const source = JSON.stringify(Object.fromEntries(chunks), null, 2);
    this.emitFile({ type: "asset", fileName: ".vite/packages.json", source });
  },
};

export default defineConfig({
  // The site works from any sub-path, and from a frame of another origin.
  base: "./",
  plugins: [react(), packagesPerChunk, leanYaml, leanD3],
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
  preview: { headers: { "Access-Control-Allow-Origin": "*" } },
  build: {
    manifest: true,
    modulePreload: { polyfill: false },
    // Monaco's lazy chunk is larger than Vite's warning; scripts/budget.mjs holds the limits that matter.
    chunkSizeWarningLimit: 5000,
    rolldownOptions: {
      output: {
        // What is always loaded whole packs best in one piece, however many lazy parts look into it; what only lazy parts use of
        // the engine (writing YAML, rules in nftables' form) goes with them. The base is all that the entry needs, so that
        // nothing else comes before the first picture.
        codeSplitting: {
          groups: [
            { name: "base", test: /vite\/preload-helper|\/node_modules\/(?:react|react-dom|scheduler)\//, priority: 2 },
            {
              name: "engine",
              test: /\/src\/(?:cluster|manifest|scenario)\/(?!(?:describe-fault|edit|emit|rules|kube-proxy\/nftables|network\/netfilter\/save)\.ts)/,
            },
            {
              name: "picture",
              test: /\/src\/app\/(?:canvas\/(?!RequestPanel|LitLayer|lit|nodes\/Outside|outside|faultEdges|ClusterSettings|settings|Legend|Break|breaking)|store\/(?!cures|doors|fields|lit))/,
            },
          ],
        },
      },
    },
  },
  test: {
    include: ["src/**/*.test.ts", "src/**/*.test.tsx"],
    exclude: ["src/e2e/**", "node_modules/**"],
    environment: "node",
    pool: "threads",
    maxWorkers: Math.max(1, Math.min(8, availableParallelism())),
    // Modules keep no state of their own (STYLE), so test files may share one graph: several times faster.
    isolate: false,
    testTimeout: 20_000,
  },
});
