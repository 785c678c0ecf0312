// Builds the site to publish at one address: `npm run site -- ADDRESS [--releases FOLDER] [--without-docs]` → dist-site.
// Beside the playground: a page and an oEmbed answer for each example and lesson, a sitemap, and every release at v/VERSION/.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { build, createServer } from "vite";
import { errorPage, oEmbed, pageOf, sitemap } from "./site-pages.mjs";
import { ROOT } from "./sources.mjs";

const OUT = join(ROOT, "dist-site");

function stop(message) {
  console.error(`site: ${message}`);
  process.exit(1);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { releases: { type: "string" }, "without-docs": { type: "boolean" } },
});
const [address = ""] = positionals;
if (!/^https?:\/\/[^?#\s]+\/$/.test(address))
  stop(`the address is "${address}": expected one like https://example.org/podpath/, with the / at its end`);

function write(path, text) {
  const full = join(OUT, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
}

/** What there is to show: names, titles, a sentence or two, and the YAML of examples. */
async function entries() {
  const options = { root: ROOT, configFile: false, logLevel: "error", appType: "custom" };
  const server = await createServer({
    ...options,
    server: { middlewareMode: true, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  try {
    const { EXAMPLES } = await server.ssrLoadModule("/src/app/examples/index.ts");
    const { ABOUT } = await server.ssrLoadModule("/src/app/gallery/about.ts");
    const { LESSONS } = await server.ssrLoadModule("/src/lessons/catalogue.ts");
    const examples = EXAMPLES.map(async ({ name, title, load, riddle }) => {
      return { kind: "scenario", name, title, about: ABOUT[name] ?? "", yaml: await load(), riddle };
    });
    const lessons = LESSONS.map(({ id, title, question }) => ({ kind: "lesson", name: id, title, about: question }));
    return [...(await Promise.all(examples)), ...lessons];
  } finally {
    await server.close();
  }
}

/** Every release that was ever packed, at an address that never changes. */
function addReleases(folder) {
  const files = readdirSync(folder).filter((name) => /^podpath-\d+\.\d+\.\d+(?:-[\w.]+)?\.tgz$/.test(name));
  for (const file of files) {
    const target = join(OUT, "v", file.slice("podpath-".length, -".tgz".length));
    mkdirSync(target, { recursive: true });
    execFileSync("tar", ["-xzf", join(folder, file), "-C", target, "--strip-components=2", "package/site"]);
  }
  return files.length;
}

process.env.PODPATH_ORIGIN ??= new URL(address).origin;
await build({ root: ROOT, logLevel: "warn" });
if (values["without-docs"] !== true)
  execFileSync(process.execPath, [join(ROOT, "scripts/docs.mjs")], {
    stdio: "inherit",
    env: { ...process.env, PODPATH_DOCS_BASE: `${new URL(address).pathname}docs/` },
  });
rmSync(OUT, { recursive: true, force: true });
cpSync(join(ROOT, "dist"), OUT, { recursive: true, filter: (path) => !/[\\/]\.vite$/.test(path) });
const all = await entries();
for (const entry of all) {
  const folder = entry.kind === "scenario" ? "examples" : "lessons";
  write(`${folder}/${entry.name}.html`, pageOf(entry, address));
  write(`oembed/${folder}/${entry.name}.json`, `${JSON.stringify(oEmbed(entry, address), null, 2)}\n`);
}
const docs = existsSync(join(OUT, "docs")) ? readdirSync(join(OUT, "docs"), { recursive: true }) : [];
const pages = docs.filter((file) => file.endsWith(".html") && file !== "404.html");
write(
  "sitemap.xml",
  sitemap(
    all,
    pages.map((file) => `docs/${file.replaceAll("\\", "/")}`),
    address,
  ),
);
write("robots.txt", `User-agent: *\nAllow: /\nSitemap: ${address}sitemap.xml\n`);
write("404.html", errorPage(readFileSync(join(OUT, "404.html"), "utf8"), address));
const releases = values.releases === undefined ? 0 : addReleases(values.releases);
console.log(
  `dist-site for ${address}: ${all.length} entries, ${pages.length} pages of documentation, ${releases} releases`,
);
