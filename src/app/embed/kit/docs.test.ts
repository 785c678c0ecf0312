// The documents: every link leads to a file and a heading that exist, every page is in the sidebar, and every playground can be read.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { parseManifest } from "../../../manifest/index.ts";
import { readFence } from "./fence.ts";

const ROOT = join(import.meta.dirname, "../../../..");
const PAGES = readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
  .map((file) => `docs/${file.replaceAll("\\", "/")}`)
  .filter((file) => file.endsWith(".md") && !file.includes("/node_modules/"));
const FILES = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", ...PAGES];

const textOf = (file: string) => readFileSync(join(ROOT, file), "utf8");

/** The text without its blocks of code. */
const proseOf = (text: string) => text.replace(/^( *)(`{3,})[^\n]*\n[\s\S]*?^ *\2 *$/gm, "").replace(/`[^`\n]*`/g, "");

/** The anchors of a document's headings, as GitHub and VitePress make them of plain words. */
function anchorsOf(file: string): Set<string> {
  const headings = textOf(file).matchAll(/^#+ (.+)$/gm);
  return new Set(
    Array.from(headings, ([, heading = ""]) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
        .trim()
        .replaceAll(/\s/g, "-"),
    ),
  );
}

/** Why a link of a document leads nowhere; undefined when it leads somewhere. */
function lost(file: string, address: string): string | undefined {
  if (/^[a-z]+:/.test(address)) return undefined;
  const [path = "", anchor] = address.split("#");
  const at = path.startsWith("/") ? join("docs", `${path}.md`) : join(dirname(file), path);
  const target = path === "" ? file : at;
  if (!existsSync(join(ROOT, target))) return "no such file";
  if (anchor !== undefined && target.endsWith(".md") && !anchorsOf(target).has(anchor)) return "no such heading";
  return undefined;
}

describe("documents", () => {
  test("each link leads to a file, and to a heading of it", () => {
    const broken = FILES.flatMap((file) =>
      Array.from(proseOf(textOf(file)).matchAll(/\]\(([^)\s]+)\)/g), ([, address = ""]) => address).flatMap(
        (address) => {
          const reason = lost(file, address);
          return reason === undefined ? [] : [`${file}: ${address}: ${reason}`];
        },
      ),
    );
    expect(broken).toEqual([]);
  });

  test("a link that leads nowhere is found", () => {
    expect(lost("docs/embed.md", "nothing.md")).toBe("no such file");
    expect(lost("docs/embed.md", "npm.md#nothing")).toBe("no such heading");
    expect(lost("docs/how-to/hugo.md", "../embed.md#options")).toBeUndefined();
  });

  test("each page of the documentation is in its sidebar, and each entry of that is a page", () => {
    const entries = [...textOf("docs/.vitepress/config.mts").matchAll(/page\("[^"]+", "\/([^"]+)"\)/g)].map(
      ([, path]) => `docs/${path}.md`,
    );
    const left = new Set(["docs/index.md", "docs/seeds.md"]);
    expect([...new Set(entries)].sort()).toEqual(PAGES.filter((page) => !left.has(page)).sort());
  });

  test("each playground in a document is YAML that can be read, with attributes that exist", () => {
    const blocks = PAGES.filter((page) => page.split("/").length > 2).flatMap((page) =>
      Array.from(textOf(page).matchAll(/^```(yaml .*podpath.*)\n([\s\S]*?)^```$/gm), ([, info = "", yaml = ""]) => ({
        page: relative("docs", page),
        attributes: readFence(info)?.attributes.size ?? 0,
        documents: parseManifest(yaml).filter(({ error }) => error === undefined).length,
        whole: !yaml.includes("…"),
      })),
    );
    const live = blocks.filter(({ whole }) => whole);
    expect(live.length).toBeGreaterThan(2);
    for (const { page, attributes, documents } of live) {
      expect(attributes, page).toBeGreaterThan(0);
      expect(documents, page).toBe(2);
    }
  });
});
