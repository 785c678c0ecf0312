// Builds worlds, breaks each in a known way and holds what is said about it against the cluster (src/mistakes).
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundle } from "./bundle.mjs";

const folder = await bundle("explanations", { main: "src/mistakes/main.ts" });
await import(pathToFileURL(join(folder, "main.mjs")).href);
