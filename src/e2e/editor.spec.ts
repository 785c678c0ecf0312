// What a visitor does with the YAML beside the picture.
import { expect, test } from "@playwright/test";
import { open } from "./visitor.ts";

test("the canvas scales, and the text says so; undo brings the old number back", async ({ page }) => {
  await open(page);
  const editor = page.getByRole("region", { name: "YAML editor" });
  await expect(editor.locator(".monaco-editor")).toBeVisible({ timeout: 20_000 });
  await page.getByRole("button", { name: "Scale up web" }).first().click();
  const replicas = editor.locator(".view-line", { hasText: "replicas" });
  await expect(replicas).toContainText("4");
  await editor.locator(".view-lines").click();
  await page.keyboard.press("Control+z");
  await expect(replicas).toContainText("3");
});

test("what was typed is there after a reload", async ({ page }) => {
  await open(page);
  const editor = page.getByRole("region", { name: "YAML editor" });
  await expect(editor.locator(".monaco-editor")).toBeVisible({ timeout: 20_000 });
  await editor.locator(".view-lines").click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("# mine");
  await page.keyboard.press("Enter");
  await expect(editor.getByRole("status")).toContainText("nothing to change");
  await page.reload();
  await expect(editor.locator(".view-lines")).toContainText("mine");
});

test("the Tab key can leave the editor", async ({ page }) => {
  await open(page);
  const editor = page.getByRole("region", { name: "YAML editor" });
  await expect(editor.locator(".monaco-editor")).toBeVisible({ timeout: 20_000 });
  await editor.locator(".view-lines").click();
  // The end of a word is where an editor is tempted to take Tab for a completion.
  await page.keyboard.press("End");
  await page.keyboard.press("Control+m");
  await page.keyboard.press("Tab");
  await expect(editor.locator(".monaco-editor :focus")).toHaveCount(0);
});
