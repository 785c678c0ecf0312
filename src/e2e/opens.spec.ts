// The page opens wherever it is put, and says nothing bad about itself.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "./test.ts";

/** Collects what the page complains of: uncaught errors, console errors, and files it asked for in vain. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("requestfailed", (request) => complaints.push(`${request.url()} failed`));
  return complaints;
}

test("the page opens", async ({ page }) => {
  const complaints = complaintsOf(page);
  await page.goto("./");
  await expect(page).toHaveTitle(/Podpath/);
  await expect(page.getByRole("main")).toBeVisible();
  expect(complaints).toEqual([]);
});

test("the page opens under any sub-path of a plain file server, and asks no one else for anything", async ({
  page,
}) => {
  const complaints = complaintsOf(page);
  const strangers: string[] = [];
  await page.route("**/*", async (route) => {
    const url = new URL(route.request().url());
    const file = join("dist", url.pathname.replace(/^\/docs\/a\/b\//, "").replace(/\/$/, "") || "index.html");
    const served = url.hostname === "docs.test" && url.pathname.startsWith("/docs/a/b/") && existsSync(file);
    if (!served) strangers.push(url.href);
    const headers = { "Access-Control-Allow-Origin": "*" };
    await (served ? route.fulfill({ path: file, headers }) : route.fulfill({ status: 404, body: "" }));
  });
  await page.goto("http://docs.test/docs/a/b/");
  await expect(page.getByRole("main")).toBeVisible();
  await page.waitForLoadState("load");
  expect(strangers).toEqual([]);
  expect(complaints).toEqual([]);
});

test("the built page names no other host to load from", () => {
  const html = readFileSync("dist/index.html", "utf8");
  expect(html.match(/(?:src|href)="(?:https?:)?\/\/[^"]*"/g)).toBeNull();
  expect(html.match(/(?:src|href)="\/[^"]*"/g)).toBeNull();
});
