// Prints what the built page loads before it is usable, and fails when that grew past its limit.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { ROOT } from "./sources.mjs";

/** Limits of the first load, scripts and styles, in kB (1000 bytes) of gzip -9. The entry and the embed's chunk; what a reader opens later is not counted. */
const LIMITS_KB = { "first load of the embed": 200 };

/** Packages that must never be part of the first load. */
const LAZY = new Set(["monaco-editor"]);

const DIST = join(ROOT, "dist");
const manifest = JSON.parse(readFileSync(join(DIST, ".vite", "manifest.json"), "utf8"));

function gzipKb(file) {
  return gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length / 1000;
}

/** The chunk and everything it imports statically. */
function withImports(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) withImports(next, seen);
  return seen;
}

function filesOf(keys) {
  return [...new Set([...keys].flatMap((key) => [manifest[key].file, ...(manifest[key].css ?? [])]))];
}

function row(name, sizeKb) {
  console.log(`${sizeKb.toFixed(1).padStart(9)} kB gz  ${name}`);
}

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
if (entry === undefined) throw new Error("the build has no entry");
/** The embed's own chunk: the entry asks for it as soon as it has read the address. */
const EMBED = "src/app/Embed.tsx";
if (manifest[EMBED] === undefined) throw new Error(`the build has no ${EMBED}`);
const firstKeys = withImports(EMBED, withImports(entry));
const firstFiles = filesOf(firstKeys);
let total = 0;
for (const file of firstFiles) {
  const size = gzipKb(file);
  total += size;
  row(file, size);
}
const complaints = [];
for (const [name, limit] of Object.entries(LIMITS_KB)) {
  row(`${name} (limit ${limit})`, total);
  if (total > limit) complaints.push(`${name} is ${total.toFixed(1)} kB, over its limit of ${limit} kB`);
}

for (const key of Object.keys(manifest).filter((name) => !firstKeys.has(name) && manifest[name].isDynamicEntry)) {
  const rest = filesOf([...withImports(key)].filter((name) => !firstKeys.has(name)));
  row(
    `lazy: ${key}`,
    rest.reduce((sum, file) => sum + gzipKb(file), 0),
  );
}

const packages = JSON.parse(readFileSync(join(DIST, ".vite", "packages.json"), "utf8"));
for (const file of firstFiles) {
  for (const name of packages[file] ?? []) {
    if (LAZY.has(name)) complaints.push(`${file} holds parts of ${name}, which must be lazy`);
  }
}

for (const complaint of complaints) console.error(`budget: ${complaint}`);
process.exit(complaints.length === 0 ? 0 : 1);
