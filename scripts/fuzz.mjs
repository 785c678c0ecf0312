// Feeds the doors of the product with hostile input (src/fuzz) for some seconds, and prints what broke, made small.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundle } from "./bundle.mjs";

const folder = await bundle("fuzz", { main: "src/fuzz/main.ts" });
await import(pathToFileURL(join(folder, "main.mjs")).href);
