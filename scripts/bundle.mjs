// Makes TypeScript entries runnable under Node, once per change of the sources: the next start only loads plain JavaScript.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { filesUnder, ROOT, stamp } from "./sources.mjs";

const CACHE = join(ROOT, "node_modules", ".cache", "podpath");

/**
 * The folder that holds `NAME.mjs` for each entry `{NAME: path from the root}`, built if the sources changed.
 * `external` packages are loaded from node_modules at run time; the others go into the bundle.
 */
export async function bundle(title, entries, external = []) {
  const needsPage = Object.values(entries).some((path) => path.startsWith("src/cli/"));
  const skip = (file) => {
    const path = file.replaceAll("\\", "/");
    return (
      (path === "src/app" && !needsPage) ||
      /\.test\.tsx?$|^src\/(?:e2e|conformance\/(?:sessions|tables|cases))$/.test(path)
    );
  };
  const sources = filesUnder(["src", "package-lock.json", "scripts/bundle.mjs"], skip);
  const folder = join(CACHE, `${title}-${stamp(sources, { entries, external })}`);
  if (existsSync(folder)) return folder;
  const draft = `${folder}.${process.pid}`;
  const { build } = await import("vite");
  await build({
    root: ROOT,
    configFile: false,
    logLevel: "error",
    publicDir: false,
    ssr: { noExternal: true, external },
    build: {
      ssr: true,
      target: "node20",
      minify: false,
      outDir: draft,
      emptyOutDir: true,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, join(ROOT, path)])),
        output: { format: "es", entryFileNames: "[name].mjs", chunkFileNames: "[name]-[hash].mjs" },
      },
    },
  });
  keep(title, draft, folder);
  return folder;
}

/** Puts a finished draft in its place and drops older ones; a neighbour that was faster wins. */
function keep(title, draft, folder) {
  mkdirSync(CACHE, { recursive: true });
  for (const name of readdirSync(CACHE)) {
    const full = join(CACHE, name);
    if (name.startsWith(`${title}-`) && !name.includes(".") && full !== folder)
      rmSync(full, { recursive: true, force: true });
  }
  try {
    renameSync(draft, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(draft, { recursive: true, force: true });
  }
}
