// Replays the recorded sessions of a real cluster (src/conformance) and reports which come out as recorded.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundle } from "./bundle.mjs";

const folder = await bundle("conformance", { main: "src/conformance/main.ts" });
await import(pathToFileURL(join(folder, "main.mjs")).href);
