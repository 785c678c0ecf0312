// Packs the npm package: dist-package/podpath-VERSION.tgz, of the built site and the entries in src/app/embed/kit.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "vite";
import { bundle } from "./bundle.mjs";
import { ROOT, siteIsStale } from "./sources.mjs";

const KIT = "src/app/embed/kit";
/** Entries of the package: where they are imported from, and their source. */
const ENTRIES = {
  index: "package",
  element: "define-now",
  react: "react",
  remark: "remark",
  "markdown-it": "markdown-it",
};
const OUT = join(ROOT, "dist-package");
const STAGE = join(OUT, "package");

/** What the package says of itself: what the repository says, and how to import what is in it. */
function description() {
  const root = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const { name, version, description: about, license } = root;
  const exports = Object.fromEntries(
    Object.entries(ENTRIES).map(([entry, source]) => [
      entry === "index" ? "." : `./${entry}`,
      { types: `./types/app/embed/kit/${source}.d.ts`, default: `./${entry}.js` },
    ]),
  );
  // npm's provenance compares this with the repository that publishes.
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = process.env;
  const origin =
    server === undefined || repository === undefined
      ? {}
      : {
          repository: { type: "git", url: `git+${server}/${repository}.git` },
          homepage: `${server}/${repository}#readme`,
        };
  return {
    name,
    version,
    description: about,
    license,
    ...origin,
    keywords: [
      "kubernetes",
      "service",
      "simulator",
      "playground",
      "documentation",
      "custom-element",
      "remark",
      "markdown-it",
    ],
    type: "module",
    bin: { podpath: "./bin/podpath.mjs" },
    sideEffects: ["./element.js", "./site/**"],
    engines: root.engines,
    exports: {
      ...exports,
      "./embed.js": "./site/embed.js",
      "./site/*": "./site/*",
      "./package.json": "./package.json",
    },
    peerDependencies: { react: ">=18" },
    peerDependenciesMeta: { react: { optional: true } },
  };
}

/** Builds the entries; what several of them need is in files of its own. */
async function buildEntries() {
  const entry = Object.fromEntries(Object.entries(ENTRIES).map(([name, source]) => [name, `${KIT}/${source}.ts`]));
  await build({
    root: ROOT,
    configFile: false,
    logLevel: "warn",
    publicDir: false,
    build: {
      target: "es2022",
      outDir: STAGE,
      emptyOutDir: true,
      minify: false,
      lib: { entry, formats: ["es"] },
      rolldownOptions: { external: ["react"], output: { chunkFileNames: "shared/[name].js" } },
    },
  });
}

/** Writes the types of the entries and of what they name. */
function writeTypes() {
  const draft = join(OUT, "types");
  const options = { rootDir: "src", outDir: draft, declaration: true, emitDeclarationOnly: true, noEmit: false };
  const config = { extends: "../tsconfig.json", compilerOptions: { ...options, rootDir: "../src" } };
  const files = Object.values(ENTRIES).map((source) => `../${KIT}/${source}.ts`);
  const path = join(OUT, "tsconfig.json");
  writeFileSync(path, JSON.stringify({ ...config, include: [], files }));
  execFileSync(process.execPath, [join(ROOT, "node_modules/typescript/bin/tsc"), "-p", path], { stdio: "inherit" });
  const seen = new Set();
  const keep = (file) => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = readFileSync(join(draft, `${file}.d.ts`), "utf8");
    const target = join(STAGE, "types", `${file}.d.ts`);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text.replace(/(from |import\()"(\.[^"]*)\.ts"/g, '$1"$2.js"'));
    for (const [, , next] of text.matchAll(/(from |import\()"(\.[^"]*)\.ts"/g)) keep(join(dirname(file), next));
  };
  for (const source of Object.values(ENTRIES)) keep(join("app/embed/kit", source));
  rmSync(draft, { recursive: true });
  rmSync(path);
}

/** Adds the program, whole: it needs no other package. */
async function addProgram() {
  cpSync(await bundle("podpath", { main: "src/cli/main.ts" }), join(STAGE, "bin"), { recursive: true });
  writeFileSync(join(STAGE, "bin/podpath.mjs"), '#!/usr/bin/env node\nimport "./main.mjs";\n', { mode: 0o755 });
}

if (siteIsStale()) await build({ root: ROOT, logLevel: "warn" });
rmSync(OUT, { recursive: true, force: true });
await buildEntries();
writeTypes();
await addProgram();
cpSync(join(ROOT, "dist"), join(STAGE, "site"), {
  recursive: true,
  filter: (path) => !/[\\/](?:\.vite|docs)$/.test(path),
});
cpSync(join(ROOT, "integrations/hugo/layouts"), join(STAGE, "hugo"), { recursive: true });
cpSync(join(ROOT, "LICENSE"), join(STAGE, "LICENSE"));
cpSync(join(ROOT, "docs/npm.md"), join(STAGE, "README.md"));
writeFileSync(join(STAGE, "package.json"), `${JSON.stringify(description(), null, 2)}\n`);
const npm = process.env.npm_execpath;
const args = ["pack", STAGE, "--pack-destination", OUT, "--json", "--ignore-scripts"];
const told =
  npm === undefined || !existsSync(npm)
    ? execFileSync("npm", args, { encoding: "utf8" })
    : execFileSync(process.execPath, [npm, ...args], { encoding: "utf8" });
const [{ filename, size, entryCount }] = Object.values(JSON.parse(told));
rmSync(STAGE, { recursive: true });
console.log(`dist-package/${filename}: ${entryCount} files, ${(size / 1e6).toFixed(2)} MB`);
