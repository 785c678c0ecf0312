// Which files a built thing was made from, and whether it is older than they are.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root folder. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** Every file under the given files and folders (paths from the root), in a stable order; what does not exist is left out. */
export function filesUnder(paths, skip = () => false) {
  return paths.flatMap((path) => {
    const full = join(ROOT, path);
    if (skip(path) || !existsSync(full)) return [];
    if (!statSync(full).isDirectory()) return [full];
    const names = readdirSync(full).sort();
    return filesUnder(
      names.map((name) => join(path, name)),
      skip,
    );
  });
}

/** A short name that changes when any of the files changes, or what is made of them. */
export function stamp(files, purpose) {
  const hash = createHash("sha256").update(JSON.stringify(purpose));
  for (const file of files) {
    const { mtimeMs, size } = statSync(file);
    hash.update(`${relative(ROOT, file)}\0${mtimeMs}\0${size}\n`);
  }
  return hash.digest("hex").slice(0, 16);
}

/** True when the site in `dist` is missing or older than something it is built from. */
export function siteIsStale() {
  const page = join(ROOT, "dist", "index.html");
  if (!existsSync(page)) return true;
  const builtAt = statSync(page).mtimeMs;
  const notInTheSite = (path) => /\.test\.tsx?$|^src\/(?:e2e|bench|conformance)$/.test(path.replaceAll("\\", "/"));
  const inputs = filesUnder(
    ["src", "public", "scripts", "index.html", "vite.config.ts", "package-lock.json"],
    notInTheSite,
  );
  return inputs.some((file) => statSync(file).mtimeMs > builtAt);
}
