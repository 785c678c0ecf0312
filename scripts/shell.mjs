// Runs the shell (src/shell/main.ts) in a terminal; arguments, standard input and exit status are its own.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundle } from "./bundle.mjs";

const folder = await bundle("shell", { main: "src/shell/main.ts" });
await import(pathToFileURL(join(folder, "main.mjs")).href);
