// Runs the program `podpath` from the repository, as the package installs it: `npm run -s podpath -- picture FILE`.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundle } from "./bundle.mjs";

const folder = await bundle("podpath", { main: "src/cli/main.ts" });
await import(pathToFileURL(join(folder, "main.mjs")).href);
