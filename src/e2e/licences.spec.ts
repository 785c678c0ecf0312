// The built page carries the licences of all that it is made of.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "./test.ts";
import { open } from "./visitor.ts";

const LICENCES = "dist/licences.txt";

/** What of a licence must be found again: its longest line. */
function heart(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.reduce((longest, line) => (line.length > longest.length ? line : longest), "");
}

test("every bundled package and font is named with its version, its licence and the licence's text", () => {
  const notices = readFileSync(LICENCES, "utf8").split("=".repeat(100));
  const chunks: Record<string, string[]> = JSON.parse(readFileSync("dist/.vite/packages.json", "utf8"));
  const packages = new Set(Object.values(chunks).flat());
  for (const name of ["monaco-editor", "react", "idb", "@fontsource-variable/inter"]) expect(packages).toContain(name);
  packages.delete("podpath");
  for (const each of packages) {
    const folder = join("node_modules", each);
    const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const notice = notices.find((text) => text.trim().startsWith(`${name} ${version}\n`));
    expect(notice, each).toContain(`Licence: ${license}`);
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry)) ?? "";
    expect(notice, each).toContain(heart(readFileSync(join(folder, file), "utf8")));
  }
});

test("every font and every script of the build comes from a package that is named", () => {
  const fonts = readdirSync("dist/assets").filter((file) => /\.(?:woff2?|ttf)$/.test(file));
  const text = readFileSync(LICENCES, "utf8");
  const sources = {
    inter: "@fontsource-variable/inter",
    jetbrains: "@fontsource-variable/jetbrains-mono",
    codicon: "Codicons",
  };
  for (const font of fonts) {
    const source = Object.entries(sources).find(([start]) => font.startsWith(start))?.[1];
    expect(source, font).toBeDefined();
    expect(text).toContain(source);
  }
  for (const name of ["Copyright The Kubernetes", "vite ", "rolldown "]) expect(text).toContain(name);
});

test("Help leads to the licences", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Help", exact: true }).click();
  const link = page.getByRole("dialog", { name: "Help" }).getByRole("link", { name: "Licences" });
  const [opened] = await Promise.all([page.waitForEvent("popup"), link.click()]);
  await expect(opened.locator("body")).toContainText("SIL OPEN FONT LICENSE");
});
