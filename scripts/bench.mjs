// Runs every benchmark in src/bench (or those whose name holds one of the arguments) and prints what its `run` returns.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { findBrowser } from "./browser.mjs";
import { bundle } from "./bundle.mjs";
import { ROOT } from "./sources.mjs";

// Heap per pod can only be measured after a collection.
setFlagsFromString("--expose-gc");
globalThis.gc = runInNewContext("gc");

const wanted = process.argv.slice(2);
const names = readdirSync(join(ROOT, "src", "bench"))
  .filter((name) => name.endsWith(".bench.ts"))
  .map((name) => name.slice(0, -".ts".length))
  .filter((name) => wanted.length === 0 || wanted.some((word) => name.includes(word)))
  .sort();
if (names.length === 0) throw new Error("no benchmark of that name in src/bench");

// Benchmarks of the page are given the browser that the end-to-end tests would find.
if (names.some((name) => name.startsWith("canvas"))) {
  const { path } = await findBrowser();
  if (path !== undefined) process.env.PODPATH_CHROMIUM = path;
}

const entries = Object.fromEntries(names.map((name) => [name, `src/bench/${name}.ts`]));
const folder = await bundle("bench", entries, ["@playwright/test", "vite"]);
for (const name of names) {
  const { run } = await import(pathToFileURL(join(folder, `${name}.mjs`)).href);
  if (typeof run !== "function") throw new Error(`src/bench/${name}.ts exports no run()`);
  console.log(`# ${name}`);
  const result = await run();
  if (typeof result === "string") console.log(result);
  else if (Array.isArray(result) && typeof result[0] !== "object") console.log(result.join("\n"));
  else if (result !== undefined) console.table(result);
}
