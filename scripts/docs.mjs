// Builds the documentation into dist/docs; its tool is installed on first use, since nothing else needs it.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ROOT, siteIsStale } from "./sources.mjs";

const DOCS = join(ROOT, "docs");
const TOOL = join(DOCS, "node_modules/vitepress/bin/vitepress.js");

function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: ROOT, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

// A build of the site sets NODE_ENV to production, in which npm leaves out the tool.
if (!existsSync(TOOL))
  run("npm", ["ci", "--prefix", DOCS, "--no-audit", "--no-fund", "--ignore-scripts", "--include=dev"]);
const [command = "build"] = process.argv.slice(2);
// The pages hold the playground, which a build of the site would remove them with: it comes first.
if (command === "build" && siteIsStale()) run("npm", ["run", "-s", "build"]);
run(process.execPath, [TOOL, command, DOCS]);
