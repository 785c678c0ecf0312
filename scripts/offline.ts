// Writes the service worker and the manifest of the built page: what is kept is what was built.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

/** What the page does without: notices for people, files for hosts and for other pages. */
const LEFT_OUT = /^(?:\.|_headers$|nginx\.conf$|licences\.txt$|index\.html$)|\.map$/;
const ALWAYS = ["favicon.svg", "favicon.ico", "manifest.webmanifest", "icons/icon-192.png"];

const MANIFEST = {
  name: "Podpath: a playground for Kubernetes Services",
  short_name: "Podpath",
  description: "A simulated Kubernetes cluster in the browser. Watch packets find their pods.",
  id: "./",
  start_url: "./",
  scope: "./",
  display: "standalone",
  background_color: "#ffffff",
  theme_color: "#1f3a5f",
  icons: [
    { src: "icons/icon-192.png", sizes: "192x192", type: "image/png" },
    { src: "icons/icon-512.png", sizes: "512x512", type: "image/png" },
    { src: "icons/maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
    { src: "favicon.svg", sizes: "any", type: "image/svg+xml" },
  ],
};

export const offline: Plugin = {
  name: "podpath-offline",
  apply: "build",
  generateBundle() {
    const source = `${JSON.stringify(MANIFEST, null, 2)}\n`;
    this.emitFile({ type: "asset", fileName: "manifest.webmanifest", source });
  },
  writeBundle({ dir }, bundle) {
    const out = dir ?? "dist";
    const built = Object.keys(bundle).filter((file) => !LEFT_OUT.test(file));
    const files = [...new Set([...built, ...ALWAYS])].sort();
    const version = createHash("sha256").update(JSON.stringify(files));
    version.update(readFileSync(join(out, "index.html")));
    const build = { version: version.digest("hex").slice(0, 12), files };
    const worker = readFileSync("src/app/offline/worker.js", "utf8");
    writeFileSync(join(out, "sw.js"), `self.podpathBuild = ${JSON.stringify(build)};\n${worker}`);
  },
};
