// What a visitor does with the YAML beside the picture.
import { expect, type Page, test } from "./test.ts";
import { open, turnToText } from "./visitor.ts";

async function type(page: Page, line: string): Promise<void> {
  const command = page.getByRole("combobox", { name: "Command" });
  await command.fill(line);
  await command.press("Enter");
}

test("the canvas scales, and the text says so; undo brings the old number back", async ({ page }) => {
  await open(page);
  const editor = page.getByRole("region", { name: "YAML editor" });
  await turnToText(page);
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
  await turnToText(page);
  await editor.locator(".view-lines").click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("# mine");
  await page.keyboard.press("Enter");
  await expect(editor.getByRole("status")).toContainText("nothing to change");
  await page.reload();
  await expect(editor.locator(".view-lines, .plain-shown pre")).toContainText("mine");
});

test("[ACCESS-6] the Tab key leaves the editor", async ({ page }) => {
  await open(page);
  const editor = page.getByRole("region", { name: "YAML editor" });
  await turnToText(page);
  await editor.locator(".view-lines").click();
  // The end of a word is where an editor is tempted to take Tab for a completion.
  await page.keyboard.press("End");
  await page.keyboard.press("Tab");
  await expect(editor.locator(".monaco-editor :focus")).toHaveCount(0);
});

test("what the console changed is marked with the command and its time, and one press puts it in the text", async ({
  page,
}) => {
  await open(page);
  const editor = page.getByRole("region", { name: "YAML editor" });
  await turnToText(page);
  const problems = editor.getByRole("list", { name: "Problems" });
  await type(page, "kubectl scale deployment web --replicas=5");
  await expect(problems).toContainText(/live: 5 \(changed by kubectl scale at \d+:\d\d\)/);
  await problems.getByRole("button", { name: /^Use 5 in the text/ }).click();
  await expect(editor.locator(".view-line", { hasText: "replicas" })).toContainText("5");
  await expect(problems).not.toBeVisible();
  await type(page, "kubectl set image deployment web web=nginx:1.27");
  await expect(problems).toContainText(/live: nginx:1\.27 \(changed by kubectl set at \d+:\d\d\)/);
  await type(page, 'kubectl patch service web -p \'{"spec":{"ports":[{"port":80,"targetPort":81}]}}\'');
  await expect(problems).toContainText(/live: 81 \(changed by kubectl patch at \d+:\d\d\)/);
});
