// Serves the playground: builds the site if it is missing or older than its sources, then prints its address.
import { parseArgs } from "node:util";
import { build, preview } from "vite";
import { siteIsStale } from "./sources.mjs";

const { values } = parseArgs({
  options: { host: { type: "string", default: "127.0.0.1" }, port: { type: "string", default: "4173" } },
});

if (siteIsStale()) {
  console.log("Building the playground…");
  await build({ logLevel: "warn" });
}
const server = await preview({ preview: { host: values.host, port: Number(values.port) } });
console.log("Podpath is served; stop it with Ctrl+C.");
server.printUrls();
