// Nothing of the visitor's work is lost: reloads, examples, links, resets, several tabs; the list gives it back.
import { readFileSync } from "node:fs";
import { expect, test } from "./test.ts";
import { manifest, open, sendRequest } from "./visitor.ts";
import { closed, comment, editor, example, lines, link, openList, rows, stored } from "./work.ts";

test("what was typed in an example is kept over a reload and another example, and is one click away", async ({
  page,
}) => {
  await open(page);
  await comment(page, "first work");
  await example(page, /^ClusterIP/);
  await expect(lines(page)).not.toContainText("first work");
  await expect(editor(page).getByText("Your own text is kept")).toBeVisible();
  await comment(page, "second work");
  await page.reload();
  await expect(lines(page)).toContainText("second work", { timeout: 30_000 });
  const dialog = await openList(page);
  await expect(rows(dialog)).toHaveCount(2);
  await expect(rows(dialog).first()).toContainText("from the example “ClusterIP”");
  await rows(dialog)
    .nth(1)
    .getByRole("button", { name: /^Open / })
    .click();
  await expect(lines(page)).toContainText("first work");
  await page.reload();
  await expect(lines(page)).toContainText("first work", { timeout: 30_000 });
});

test("an example that was only chosen is there after a reload, and is no entry", async ({ page }) => {
  await open(page);
  await example(page, /^Headless/);
  await expect(lines(page)).toContainText("clusterIP");
  await page.reload();
  await expect(lines(page)).toContainText("None", { timeout: 30_000 });
  await expect(rows(await openList(page))).toHaveCount(0);
});

test("a link shows its own text and offers the visitor's; typing there is an entry beside it", async ({ page }) => {
  await open(page);
  await comment(page, "my own work");
  await page.goto("about:blank");
  await page.goto(`./${link({ title: "Lesson one", text: manifest() })}`);
  await expect(editor(page).getByText("Your own text is kept")).toBeVisible({ timeout: 30_000 });
  await sendRequest(page);
  await page.reload();
  await expect(lines(page)).toContainText("nodePort: 30080", { timeout: 30_000 });
  await comment(page, "typed in the link");
  await page.reload();
  await expect(lines(page)).toContainText("typed in the link", { timeout: 30_000 });
  const dialog = await openList(page);
  await expect(rows(dialog)).toHaveCount(2);
  await expect(rows(dialog).first()).toContainText("Lesson one");
  await rows(dialog)
    .nth(1)
    .getByRole("button", { name: /^Open / })
    .click();
  await expect(lines(page)).toContainText("my own work");
});

test("a reset leaves what was there as an entry, offered back", async ({ page }) => {
  await open(page);
  await comment(page, "before the reset");
  await page.getByRole("button", { name: "Reset" }).click();
  await expect(lines(page)).not.toContainText("before the reset");
  await page.reload();
  await expect(rows(await openList(page))).toHaveCount(1);
  await closed(page);
  await page.getByRole("button", { name: "Reset" }).click();
  const dialog = await openList(page);
  await rows(dialog)
    .first()
    .getByRole("button", { name: /^Open / })
    .click();
  await expect(lines(page)).toContainText("before the reset");
  // Reset goes back to where the entry once came from, not to itself.
  await page.getByRole("button", { name: "Reset" }).click();
  await expect(lines(page)).not.toContainText("before the reset");
  await editor(page).getByRole("button", { name: "Restore your own text" }).click();
  await expect(lines(page)).toContainText("before the reset");
});

test("what was typed a moment before the tab is closed is there", async ({ page, context }) => {
  await open(page);
  await comment(page, "one");
  await expect.poll(() => stored(page)).toHaveLength(1);
  await page.keyboard.type("# typed and closed");
  await page.close({ runBeforeUnload: true });
  const next = await context.newPage();
  await open(next);
  await expect(lines(next)).toContainText("typed and closed", { timeout: 30_000 });
});

test("an idle tab never writes, and two tabs that both write keep both", async ({ page, context }) => {
  await open(page);
  await comment(page, "shared");
  await expect
    .poll(async () => (await stored(page)).map(({ text }) => text))
    .toEqual([expect.stringContaining("shared")]);
  const other = await context.newPage();
  await open(other);
  await expect(lines(other)).toContainText("shared", { timeout: 30_000 });
  await comment(page, "from the first tab");
  await expect.poll(async () => (await stored(page))[0]?.text).toContain("from the first tab\n");
  const before = await stored(page);
  await sendRequest(other);
  await other.reload();
  await expect(lines(other)).toContainText("from the first tab", { timeout: 30_000 });
  expect(await stored(page)).toEqual(before);

  await comment(other, "from the second tab");
  await expect.poll(async () => (await stored(page))[0]?.text).toContain("from the second tab");
  await comment(page, "from the first again");
  await expect.poll(() => stored(page)).toHaveLength(2);
  const dialog = await openList(other);
  await expect(rows(dialog)).toHaveCount(2);
  await expect(dialog.getByRole("list")).toContainText("as changed on another page");
});

test("the list follows what another tab does", async ({ page, context }) => {
  await open(page);
  const dialog = await openList(page);
  await expect(dialog.getByText("Nothing yet")).toBeVisible();
  const other = await context.newPage();
  await open(other);
  await comment(other, "elsewhere");
  await expect(rows(dialog)).toHaveCount(1);
});

test("entries are renamed, saved as files, deleted and put back, all by keyboard; a file is opened as an entry", async ({
  page,
}) => {
  await open(page);
  await comment(page, "mine");
  const dialog = await openList(page);
  await expect(rows(dialog).first()).toContainText("web");
  await expect(rows(dialog).first()).toContainText("on the page");
  await dialog.getByRole("button", { name: "Rename web" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.type("My shop");
  await page.keyboard.press("Enter");
  await expect(rows(dialog).first()).toContainText("My shop");
  await expect(dialog.getByRole("button", { name: "Rename My shop" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.type("not this");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeVisible();
  await expect(rows(dialog).first()).toContainText("My shop");
  const saving = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Download My shop" }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toBe("my-shop.podpath.json");
  const path = await file.path();
  await dialog.getByRole("button", { name: "Delete My shop" }).focus();
  await page.keyboard.press("Enter");
  await expect(rows(dialog)).toHaveCount(0);
  await expect(dialog.getByRole("status")).toContainText("“My shop” was deleted.");
  await dialog.getByRole("button", { name: "Undo" }).click();
  await expect(rows(dialog)).toHaveCount(1);
  await dialog.getByRole("button", { name: "Delete My shop" }).click();
  await dialog.getByLabel("Scenario file").setInputFiles({
    name: "shop.podpath.json",
    mimeType: "application/json",
    buffer: readFileSync(path),
  });
  await expect(dialog).toHaveCount(0);
  await expect(lines(page)).toContainText("mine");
  await comment(page, "after the file");
  const again = await openList(page);
  await expect(rows(again).first()).toContainText("from the file shop.podpath.json");
});

test("what was done in the console is kept with the text and can be done again", async ({ page }) => {
  await open(page);
  await page.getByRole("combobox", { name: "Command" }).fill("kubectl create namespace mine");
  await page.getByRole("combobox", { name: "Command" }).press("Enter");
  await expect(page.getByRole("log", { name: "Console output" })).toContainText("namespace/mine created");
  await page.reload();
  const dialog = await openList(page);
  await rows(dialog).first().getByRole("button", { name: "Replay web" }).click();
  await expect(page.getByRole("log", { name: "Console output" })).toContainText("namespace/mine created", {
    timeout: 30_000,
  });
});

test("the text that the first version kept is taken over once", async ({ page }) => {
  await page.addInitScript(() => {
    if (sessionStorage.getItem("seeded") === null) {
      localStorage.setItem("podpath.editor.text", "# kept by the first version\nkind: Service\n");
      sessionStorage.setItem("seeded", "yes");
    }
  });
  await open(page);
  await expect(lines(page)).toContainText("kept by the first version", { timeout: 30_000 });
  expect(await page.evaluate(() => localStorage.getItem("podpath.editor.text"))).toBeNull();
  const dialog = await openList(page);
  await expect(rows(dialog)).toHaveCount(1);
  await expect(rows(dialog)).toContainText("saved by an earlier version");
});

test("an example that the first version kept unchanged is no work of the visitor's", async ({ page }) => {
  const text = readFileSync("src/app/examples/nodeport.yaml", "utf8");
  await page.addInitScript((kept) => localStorage.setItem("podpath.editor.text", kept), text);
  await open(page);
  await expect(rows(await openList(page))).toHaveCount(0);
});

test("an entry that cannot be read is shown as such, can be saved and deleted, and the page continues", async ({
  page,
}) => {
  await open(page);
  await comment(page, "whole");
  await expect.poll(() => stored(page)).toHaveLength(1);
  await page.evaluate(async () => {
    const request = indexedDB.open("podpath");
    await new Promise((resolve) => {
      request.onsuccess = resolve;
    });
    const store = request.result.transaction("work", "readwrite").objectStore("work");
    for (const raw of [{ version: 7 }, { version: 1, name: {} }, "text", new Uint8Array(9), null])
      store.put(raw, `broken ${JSON.stringify(raw)}`);
    await new Promise((resolve) => {
      store.transaction.oncomplete = resolve;
    });
    request.result.close();
  });
  await page.reload();
  await expect(lines(page)).toContainText("whole", { timeout: 30_000 });
  const dialog = await openList(page);
  await expect(rows(dialog)).toHaveCount(6);
  await expect(dialog.getByText("Broken entry")).toHaveCount(5);
  const saving = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Download broken entry" }).first().click();
  expect((await saving).suggestedFilename()).toBe("broken-entry.json");
  await dialog.getByRole("button", { name: "Delete broken entry" }).first().click();
  await expect(rows(dialog)).toHaveCount(5);
  await dialog.getByRole("button", { name: "Undo" }).click();
  await expect(rows(dialog)).toHaveCount(6);
});
