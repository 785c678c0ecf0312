// Prints what the built page loads before it is usable, and fails if that exceeds its limit.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { ROOT } from "./sources.mjs";

/**
 * Limits in kB (1000 bytes) of gzip -9, scripts and styles. The first picture is the outline that is drawn while the rest
 * loads; the live picture is the embed with its engine, without its lazy parts.
 */
const LIMITS_KB = { "first picture": 120, "live picture of the embed": 334, "script for other pages": 6 };

/** What the embed loads beside the entry before its picture lives. */
const LIVE = ["src/app/index.ts", "src/app/Embed.tsx"];

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
const firstKeys = withImports(entry);
const liveKeys = LIVE.reduce((seen, key) => withImports(key, seen), new Set(firstKeys));
const liveFiles = filesOf(liveKeys);
const complaints = [];

function limit(name, files) {
  const total = files.reduce((sum, file) => sum + gzipKb(file), 0);
  row(`${name} (limit ${LIMITS_KB[name]})`, total);
  if (total > LIMITS_KB[name])
    complaints.push(`${name} is ${total.toFixed(1)} kB, over its limit of ${LIMITS_KB[name]} kB`);
}

for (const file of liveFiles) row(file, gzipKb(file));
limit("first picture", filesOf(firstKeys));
limit("live picture of the embed", liveFiles);
limit("script for other pages", ["embed.js"]);

for (const key of Object.keys(manifest).filter((name) => !liveKeys.has(name) && manifest[name].isDynamicEntry)) {
  const rest = filesOf([...withImports(key)].filter((name) => !liveKeys.has(name)));
  row(
    `lazy: ${key}`,
    rest.reduce((sum, file) => sum + gzipKb(file), 0),
  );
}

const packages = JSON.parse(readFileSync(join(DIST, ".vite", "packages.json"), "utf8"));
for (const file of liveFiles) {
  for (const name of packages[file] ?? []) {
    if (LAZY.has(name)) complaints.push(`${file} holds parts of ${name}, which must be lazy`);
  }
}

for (const complaint of complaints) console.error(`budget: ${complaint}`);
process.exit(complaints.length === 0 ? 0 : 1);
