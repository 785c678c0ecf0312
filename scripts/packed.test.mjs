// Tries the package as it is packed: unpacks it as npm would, and uses each entry in plain Node, with the real libraries.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import MarkdownIt from "markdown-it";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import rehypeStringify from "rehype-stringify";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";
import { ROOT } from "./sources.mjs";

const OUT = join(ROOT, "dist-package");
/** Someone's site that has installed it. React and the other libraries are those of this repository. */
const SITE = join(OUT, "site-that-uses-it");
const PACKAGE = join(SITE, "node_modules/podpath");

const YAML = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web # <a>\n";
const MARKDOWN = `# Services

\`\`\`yaml podpath view=split controls=0 readonly caption="A <Service>"
${YAML}\`\`\`

- \`\`\`yaml
  kind: Service
  \`\`\`
`;

before(() => {
  const [file] = readdirSync(OUT).filter((name) => name.endsWith(".tgz"));
  rmSync(SITE, { recursive: true, force: true });
  mkdirSync(PACKAGE, { recursive: true });
  execFileSync("tar", ["-xzf", join(OUT, file), "-C", PACKAGE, "--strip-components=1"]);
});
after(() => rmSync(SITE, { recursive: true, force: true }));

/** An entry as the site's own modules get it. */
async function entry(name) {
  const module = join(SITE, `${name.replaceAll("/", "-")}.mjs`);
  writeFileSync(module, `export * from "${name}";\n`);
  return import(pathToFileURL(module).href);
}

test("what is in it: the site, the licences, nothing of its making", () => {
  for (const file of [
    "site/index.html",
    "site/embed.js",
    "site/licences.txt",
    "hugo/shortcodes/podpath.html",
    "README.md",
    "LICENSE",
  ])
    assert.ok(existsSync(join(PACKAGE, file)), file);
  assert.deepEqual(
    readdirSync(PACKAGE, { recursive: true }).filter((file) => /(?<!\.d)\.tsx?$|\.map$|node_modules|\.vite/.test(file)),
    [],
  );
  const { version, private: hidden } = JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8"));
  assert.equal(version, JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).version);
  assert.equal(hidden, undefined);
});

test("links", async () => {
  const { link, shortLink, define } = await entry("podpath");
  assert.equal(link({ yaml: "kind: Service\n" }), "/podpath/#b1:eyJ0ZXh0Ijoia2luZDogU2VydmljZVxuIn0");
  assert.match(
    await shortLink({ yaml: YAML, embed: true, site: "https://example.org/p" }),
    /^https:\/\/example\.org\/p\/\?embed#p1:[\w-]+$/,
  );
  define({ site: "/elsewhere/" }); // without a page nothing happens
});

test("the element is defined on a page, once, and importing it without one is harmless", async () => {
  const { PodPath } = await entry("podpath/element");
  assert.equal(typeof PodPath, "function");
  const script = `
    const defined = [];
    globalThis.HTMLElement = class {};
    globalThis.customElements = { get: (name) => defined.find(([each]) => each === name), define: (...all) => defined.push(all) };
    const { PodPath } = await import("podpath/element");
    const { define } = await import("podpath");
    define({ site: "https://example.org/podpath/" });
    console.log(defined.length, defined[0][0], defined[0][1] === PodPath, PodPath.prototype instanceof HTMLElement);`;
  const module = join(SITE, "page.mjs");
  writeFileSync(module, script);
  assert.equal(execFileSync(process.execPath, [module], { encoding: "utf8" }), "1 pod-path true true\n");
});

test("the component, on a server", async () => {
  const { PodPath } = await entry("podpath/react");
  const html = renderToStaticMarkup(
    createElement(PodPath, { yaml: YAML, view: "split", controls: false, height: 400, className: "wide" }),
  );
  assert.equal(
    html,
    `<pod-path view="split" controls="0" height="400" class="wide"><pre>${YAML.replace("<a>", "&lt;a&gt;")}</pre></pod-path>`,
  );
  assert.equal(
    renderToStaticMarkup(createElement(PodPath, { lesson: "four-ports" })),
    '<pod-path lesson="four-ports"></pod-path>',
  );
});

test("the program draws a picture, and says what is wrong", () => {
  const program = join(PACKAGE, "bin/podpath.mjs");
  const run = (args, input) => spawnSync(process.execPath, [program, ...args], { input, encoding: "utf8", cwd: SITE });
  const { stdout, status } = run(
    ["picture", "-", "--theme", "dark"],
    YAML.replace("# <a>", "\nspec: {ports: [{port: 80}]}"),
  );
  assert.equal(status, 0);
  assert.match(stdout, /^<svg .*>web<.*<\/svg>\n$/s);
  assert.match(run(["picture", "none.yaml"]).stderr, /no such file.*none\.yaml/);
  assert.equal(run(["pictures"]).status, 2);
});

test("the plug-in for remark, with remark", async () => {
  const { podpath } = await entry("podpath/remark");
  const processor = unified().use(remarkParse).use(podpath).use(remarkRehype).use(rehypeStringify);
  const html = String(await processor.process(MARKDOWN));
  assert.equal(
    html,
    `<h1>Services</h1>
<pod-path view="split" controls="0" readonly="1" caption="A <Service>"><pre><code class="language-yaml">${YAML.replace("<", "&#x3C;")}</code></pre></pod-path>
<ul>
<li>
<pre><code class="language-yaml">kind: Service
</code></pre>
</li>
</ul>`,
  );
  await assert.rejects(processor.process("```yaml podpath veiw=split\n```\n"), /"veiw=split" is no attribute.*line 1/s);
});

test("the plug-in for markdown-it, with markdown-it", async () => {
  const { podpath } = await entry("podpath/markdown-it");
  const markdown = new MarkdownIt().use(podpath);
  const [, block = "", rest = ""] =
    /<h1>Services<\/h1>\n(.*<\/pod-path>)\n(.*)$/s.exec(markdown.render(MARKDOWN)) ?? [];
  assert.equal(
    block,
    `<pod-path view="split" controls="0" readonly="1" caption="A &lt;Service&gt;"><pre><code class="language-yaml">${YAML.replace("<a>", "&lt;a&gt;")}</code></pre>
</pod-path>`,
  );
  assert.match(rest, /^<ul>\n<li>\n?<pre><code class="language-yaml">kind: Service\n<\/code><\/pre>\n<\/li>/);
  assert.throws(() => markdown.render("a\n\n```yaml podpath x\n```\n"), /"x" is no attribute.*line 3/s);
});

test("the types, as a strict project with Node's rules of resolution sees them", () => {
  const text = `
    import { define, link, shortLink, type LinkOptions, type PodPath } from "podpath";
    import "podpath/element";
    import { PodPath as Component } from "podpath/react";
    import { podpath as remark } from "podpath/remark";
    import { podpath as markdownIt } from "podpath/markdown-it";
    import { unified } from "unified";
    const options: LinkOptions = { yaml: "", view: "split" };
    const text: string = link(options);
    const later: Promise<string> = shortLink(options);
    define({ site: "/podpath/" });
    const element: PodPath = document.createElement("pod-path");
    element.set(text).then(() => element.get()).then(({ time }) => time.toFixed());
    Component({ yaml: "", onAnswered: (told) => console.log(told.status) });
    unified().use(remark);
    markdownIt({ renderer: { rules: {} } });
    // @ts-expect-error: there is no such view
    link({ view: "picture" });
    export { later };`;
  writeFileSync(join(SITE, "site.ts"), text);
  writeFileSync(join(SITE, "package.json"), '{ "type": "module" }');
  const compilerOptions = {
    module: "nodenext",
    target: "es2023",
    strict: true,
    noEmit: true,
    lib: ["es2023", "dom"],
    types: [],
  };
  writeFileSync(join(SITE, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["site.ts"] }));
  execFileSync(process.execPath, [join(ROOT, "node_modules/typescript/bin/tsc"), "-p", SITE], { encoding: "utf8" });
});
