// Runs the end-to-end tests in a real Chromium against the built site; arguments go to Playwright.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { build } from "vite";
import { findBrowser } from "./browser.mjs";
import { ROOT, siteIsStale } from "./sources.mjs";

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

process.chdir(ROOT);
const browser = await findBrowser().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
console.log(`Browser: ${browser.path ?? "Playwright's own Chromium"}`);
if (siteIsStale()) await build({ logLevel: "warn" });

const env = {
  ...process.env,
  PODPATH_E2E_PORT: String(await freePort()),
  ...(browser.path === undefined ? {} : { PODPATH_CHROMIUM: browser.path }),
};
const cli = ["node_modules/@playwright/test/cli.js", "test", ...process.argv.slice(2)];
const child = spawn(process.execPath, cli, { stdio: "inherit", env });
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code) => process.exit(code ?? 1));
