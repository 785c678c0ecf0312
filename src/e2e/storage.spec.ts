// Storage that is denied, null, silent or full costs no work; embeds keep none.
import { readFileSync } from "node:fs";
import type { BrowserContext } from "./test.ts";
import { expect, test } from "./test.ts";
import { open, sendRequest } from "./visitor.ts";
import { comment, editor, example, lines, openList, rows, stored } from "./work.ts";

/** Makes storage as some browsers have it, before the page begins. */
async function without(context: BrowserContext, how: "denied" | "null" | "silent"): Promise<void> {
  await context.addInitScript((kind) => {
    const names = ["localStorage", "sessionStorage", "indexedDB"] as const;
    const denied = () => {
      throw new DOMException("The operation is insecure.", "SecurityError");
    };
    if (kind !== "silent")
      for (const name of names)
        Object.defineProperty(window, name, { configurable: true, get: kind === "null" ? () => null : denied });
    else
      IDBFactory.prototype.open = () => Object.create(IDBOpenDBRequest.prototype, { addEventListener: { value() {} } });
    if (kind === "denied") Object.defineProperty(window, "BroadcastChannel", { value: denied });
  }, how);
}

for (const how of ["denied", "null"] as const) {
  test(`storage that is ${how} is said at once, with the file as the other way, and the page works`, async ({
    page,
    context,
  }) => {
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await without(context, how);
    await open(page);
    const warning = page.getByRole("alert").filter({ hasText: "keeps nothing for this page" });
    await expect(warning).toBeVisible();
    await comment(page, "not to be lost");
    const saving = page.waitForEvent("download");
    await warning.getByRole("button", { name: "Download file" }).click();
    const path = await (await saving).path();
    expect(readFileSync(path, "utf8")).toContain("not to be lost");
    await example(page, /^ClusterIP/);
    await expect(lines(page)).not.toContainText("not to be lost");
    await editor(page).getByRole("button", { name: "Restore your own text" }).click();
    await expect(lines(page)).toContainText("not to be lost");
    const dialog = await openList(page);
    await expect(rows(dialog)).toContainText("not kept");
    expect(errors).toEqual([]);
  });
}

test("a database that never answers does not keep the page from opening", async ({ page, context }) => {
  await without(context, "silent");
  await open(page);
  await sendRequest(page);
  await expect(page.getByRole("alert").filter({ hasText: "keeps nothing for this page" })).toBeVisible();
});

test("full storage is said at once; after an entry is deleted the work is kept", async ({ page }) => {
  await open(page);
  await comment(page, "before it was full");
  await expect.poll(() => stored(page)).toHaveLength(1);
  await example(page, /^ClusterIP/);
  await page.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("Quota exceeded.", "QuotaExceededError");
    };
    Object.assign(window, { makeRoom: () => Object.assign(IDBObjectStore.prototype, { put }) });
  });
  await comment(page, "when it was full");
  const warning = page.getByRole("alert").filter({ hasText: "no space left" });
  await expect(warning).toBeVisible();
  const dialog = await openList(page);
  await expect(rows(dialog)).toHaveCount(2);
  await expect(rows(dialog).first()).toContainText("not kept");
  await page.evaluate(() => (window as unknown as { makeRoom: () => void }).makeRoom()); // set above
  await rows(dialog)
    .nth(1)
    .getByRole("button", { name: /^Delete / })
    .click();
  await expect(rows(dialog)).toHaveCount(1);
  await expect(rows(dialog).first()).not.toContainText("not kept");
  await expect(warning).toHaveCount(0);
  await page.reload();
  await expect(lines(page)).toContainText("when it was full", { timeout: 30_000 });
});

test.describe("with nothing remembered", () => {
  test.use({ firstVisit: true });

  test("embeds of the page's own origin keep nothing and read nothing of the page's", async ({ page }) => {
    await open(page);
    await comment(page, "the page's own");
    await expect.poll(async () => (await stored(page))[0]?.text).toContain("the page's own\n");
    const before = await stored(page);
    await page.goto("./?embed&view=editor");
    await comment(page, "typed in the embed");
    await page.getByRole("button", { name: "Console" }).click();
    await page.getByRole("combobox", { name: "Command" }).fill("kubectl get pods");
    await page.getByRole("combobox", { name: "Command" }).press("Enter");
    await page.reload();
    await expect(editor(page)).toContainText("apiVersion", { timeout: 30_000 });
    await expect(editor(page)).not.toContainText("typed in the embed");
    await expect(editor(page)).not.toContainText("the page's own");
    expect(await stored(page)).toEqual(before);
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
  });
});

test("the browser is asked once, when there is something to lose, not to clear the work", async ({ page }) => {
  await page.addInitScript(() => {
    const asked: string[] = [];
    Object.assign(window, { asked });
    StorageManager.prototype.persist = async () => asked.push("persist") > 0;
  });
  const asked = () => page.evaluate(() => (window as unknown as { asked: string[] }).asked); // set above
  await open(page);
  await sendRequest(page);
  expect(await asked()).toEqual([]);
  await comment(page, "something to lose");
  await expect.poll(asked).toEqual(["persist"]);
  await comment(page, "and more");
  await page.waitForTimeout(1_000);
  expect(await asked()).toEqual(["persist"]);
});

test("the list has no faults that axe finds, in light and dark", async ({ page }) => {
  await open(page);
  await comment(page, "mine");
  const dialog = await openList(page);
  await dialog.getByRole("button", { name: "Rename web" }).click();
  await page.evaluate(readFileSync("node_modules/axe-core/axe.min.js", "utf8"));
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const violations = await page.evaluate(async () => {
      const { axe } = window as unknown as {
        axe: { run(root: Element | null): Promise<{ violations: Array<{ id: string; help: string }> }> };
      }; // added above
      return (await axe.run(document.querySelector("dialog[open]"))).violations.map(({ id, help }) => `${id}: ${help}`);
    });
    expect(violations).toEqual([]);
  }
});
