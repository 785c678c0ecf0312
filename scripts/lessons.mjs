// Replays every lesson: its solution works, its wrong ways don't (src/lessons). `npm run lessons -- NAME` replays one.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundle } from "./bundle.mjs";

const folder = await bundle("lessons", { main: "src/lessons/main.ts" });
await import(pathToFileURL(join(folder, "main.mjs")).href);
