// Blocks of YAML in the markup of the generators that documentation is made with: generators/*.html, as each writes service.yaml.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "./test.ts";

const FOLDER = join(import.meta.dirname, "generators");
const YAML = readFileSync(join(FOLDER, "service.yaml"), "utf8");
const BLOCKS = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".html"))
  .sort()
  .map((file) => ({ name: file.replace(".html", ""), html: readFileSync(join(FOLDER, file), "utf8") }));

/** What finds the blocks of one generator alone, as docs/embed.md says. */
const SELECTORS = [
  ".code-sample",
  ".td-content .highlight",
  ".theme-code-block",
  "div[class*='language-'] > pre",
  ".expressive-code",
  ".md-typeset .highlight",
  "main > pre",
];
const AROUND: Readonly<Record<string, (html: string) => string>> = {
  docsy: (html) => `<div class="td-content">${html}</div>`,
  "hugo-line-numbers": (html) => `<div class="td-content">${html}</div>`,
  "mkdocs-material": (html) => `<article class="md-typeset">${html}</article>`,
  "mkdocs-material-line-numbers": (html) => `<article class="md-typeset">${html}</article>`,
};

/** What of each block the element found around it, and the YAML it read; its frames lead nowhere. */
async function blocks(page: Page, { selector, baseURL }: { selector: string; baseURL: string | undefined }) {
  const all = BLOCKS.map(({ name, html }) => `<section id="${name}">${AROUND[name]?.(html) ?? html}</section>`).join(
    "",
  );
  const script = `<script src="${baseURL}embed.js" data-selector="${selector}" data-src="${baseURL}favicon.svg"></script>`;
  const body = `<!doctype html><body>${all}<section><pre>helm install web</pre></section>${script}`;
  await page.route("**/generators", (route) => route.fulfill({ contentType: "text/html", body }));
  await page.goto("generators");
  await expect(page.locator("pod-path iframe")).toHaveCount(BLOCKS.length);
  const found = await page.locator("section:has(pod-path)").evaluateAll((sections) =>
    sections.map((section) => ({
      name: section.id,
      elements: section.querySelectorAll("pod-path").length,
      // Nothing of the block is left beside the element.
      alone: section.textContent?.trim() === section.querySelector("pod-path")?.textContent?.trim(),
      data: section.querySelector("pod-path")?.shadowRoot?.querySelector("iframe")?.src.split("#b1:")[1] ?? "",
    })),
  );
  return found.map(({ data, ...rest }) => ({
    ...rest,
    text: JSON.parse(Buffer.from(data, "base64url").toString()).text as unknown,
  }));
}

test("[KIT-2] one selector finds the blocks of every generator, and reads their YAML as it was written", async ({
  page,
  baseURL,
}) => {
  const expected = BLOCKS.map(({ name }) => ({ name, elements: 1, alone: true, text: YAML }));
  expect(await blocks(page, { selector: "pre", baseURL })).toEqual(expected);
  const own = SELECTORS.join(", ").replace("main > pre", "section > pre");
  expect(await blocks(page, { selector: own, baseURL })).toEqual(expected);
  const told = readFileSync(join(import.meta.dirname, "../../docs/embed.md"), "utf8");
  for (const selector of SELECTORS) expect(told).toContain(`\`${selector}\``);
});
