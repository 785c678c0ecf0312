// Completes package-lock.json with the optional packages of other platforms that the registry in use does not carry:
// npm leaves them out of the lock, and `npm ci` then refuses it. Run it after `npm install` if `npm ci` says "Missing".
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./sources.mjs";

const SYSTEMS = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const PROCESSORS = ["arm64", "arm", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "x64"];

/** What npm needs to know to leave the package out elsewhere, read from its name; undefined when the name does not say. */
function platformOf(name) {
  const words = name.split(/[-/]/);
  const os = SYSTEMS.find((system) => words.includes(system));
  const cpu = PROCESSORS.find((processor) => words.includes(processor));
  if (os === undefined || cpu === undefined) return undefined;
  const libc = words.includes("musl") ? ["musl"] : os === "linux" && cpu !== "arm" ? ["glibc"] : undefined;
  return { os: [os], cpu: [cpu], ...(libc === undefined ? {} : { libc }) };
}

const file = join(ROOT, "package-lock.json");
const lock = JSON.parse(readFileSync(file, "utf8"));
const missing = Object.entries(lock.packages).flatMap(([path, entry]) =>
  Object.entries(entry.optionalDependencies ?? {})
    .filter(
      ([name]) => !(`node_modules/${name}` in lock.packages) && !(`${path}/node_modules/${name}` in lock.packages),
    )
    .map(([name, version]) => ({ name, version, dev: entry.dev === true, license: entry.license })),
);

for (const { name, version, dev, license } of missing) {
  const platform = platformOf(name);
  if (platform === undefined)
    throw new Error(`the name ${name} does not tell its platform: add it to the lock by hand`);
  if (!/^\d/.test(version)) throw new Error(`${name} is wanted as ${version}, not as one exact version`);
  lock.packages[`node_modules/${name}`] = { version, ...platform, ...(dev ? { dev } : {}), license, optional: true };
  console.log(`added ${name} ${version}`);
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, "en")));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
