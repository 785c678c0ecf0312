// The console: commands, here-documents, completion, Ctrl+C, and nothing but the keyboard.
import { expect, type Page, test } from "./test.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const command = (page: Page) => page.getByRole("combobox", { name: "Command" });
const output = (page: Page) => page.getByRole("log", { name: "Console output" });

test("a block of commands with a here-document is pasted and runs one by one", async ({ page }) => {
  await page.goto("./");
  const block = [
    "kubectl apply -f - <<'EOF'",
    "apiVersion: v1",
    "kind: Service",
    "metadata:",
    "  name: pasted",
    "spec:",
    "  ports:",
    "  - port: 80",
    "EOF",
    "kubectl get service pasted -o name",
    "",
  ].join("\n");
  await command(page).focus();
  await page.evaluate((text) => navigator.clipboard.writeText(text), block);
  await page.keyboard.press("ControlOrMeta+v");
  await expect(output(page)).toContainText("service/pasted created");
  await expect(output(page)).toContainText(/service\/pasted\s*$/);
});

test("Tab completes, arrows walk through history, Ctrl+R searches, and Escape then Tab leaves", async ({ page }) => {
  await page.goto("./");
  await command(page).focus();
  await page.keyboard.type("kubec");
  await page.keyboard.press("Tab");
  await expect(command(page)).toHaveValue("kubectl ");
  await page.keyboard.type("get service we");
  await page.keyboard.press("Tab");
  await expect(command(page)).toHaveValue("kubectl get service web ");
  await page.keyboard.press("Enter");
  await expect(output(page)).toContainText("30080/TCP");
  await page.keyboard.type("kubectl get node");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("ArrowUp");
  await expect(command(page)).toHaveValue(/get service web/);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Control+r");
  await page.keyboard.type("service");
  await page.keyboard.press("Tab");
  await expect(command(page)).toHaveValue(/kubectl get service web/);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await expect(command(page)).not.toBeFocused();
});

test("Ctrl+C stops a command that waits, and the names in output select objects", async ({ page }) => {
  await page.goto("./");
  await command(page).fill("sleep 1000");
  await command(page).press("Enter");
  await command(page).press("Control+c");
  await expect(output(page)).toContainText("^C");
  await command(page).fill("kubectl get svc web");
  await command(page).press("Enter");
  await output(page).getByRole("button", { name: "web", exact: true }).first().click();
  await expect(page.getByRole("region", { name: "Inspector" })).toContainText("web");
});

test("the timeline plays, pauses and steps by keyboard", async ({ page }) => {
  await page.goto("./");
  const timeline = page.getByRole("region", { name: "Timeline" });
  await expect(timeline.getByRole("button", { name: "Pause" })).toBeVisible();
  await page.keyboard.press("Space");
  await expect(timeline.getByRole("button", { name: "Play" })).toBeVisible();
  const before = (await timeline.getByRole("timer").textContent()) ?? "";
  await page.keyboard.press(".");
  await page.keyboard.press("Space");
  await expect(timeline.getByRole("timer")).not.toHaveText(before);
});

test("kubectl edit opens the object, opens it again when it is refused, and sends what is saved", async ({ page }) => {
  await page.goto("./");
  await command(page).fill("kubectl edit service web");
  await command(page).press("Enter");
  const text = page.getByRole("textbox", { name: "Text of the object" });
  await expect(text).toBeFocused();
  await text.fill((await text.inputValue()).replace("port: 80\n", "port: 99999\n"));
  await page.keyboard.press("Control+s");
  await expect(text).toHaveValue(/spec\.ports\[0\]\.port: Invalid value: 99999/);
  await text.fill((await text.inputValue()).replace("port: 99999\n", "port: 8081\n"));
  await page.keyboard.press("Escape");
  await expect(page.getByText("Your changes aren't saved.")).toBeVisible();
  await page.getByRole("button", { name: "Keep editing" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(output(page)).toContainText("service/web edited");
  await expect(text).toBeHidden();
  await command(page).fill("kubectl edit service web");
  await command(page).press("Enter");
  await page.getByRole("button", { name: "Close without saving" }).click();
  await expect(output(page)).toContainText("Edit cancelled, no changes made.");
});

test("names in the output are reached and walked by keyboard", async ({ page }) => {
  await page.goto("./");
  await command(page).fill("kubectl get svc");
  await command(page).press("Enter");
  await expect(output(page)).toContainText("30080/TCP");
  await page.keyboard.press("Shift+Tab");
  await expect(output(page).getByRole("button", { name: "web", exact: true })).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(output(page).getByRole("button", { name: "kubernetes", exact: true })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "Inspector" })).toContainText("web");
  await page.keyboard.press("Escape");
  await expect(command(page)).toBeFocused();
});

test("a log is followed until Ctrl+C, and a shell in a pod stays open until exit", async ({ page }) => {
  await page.goto("./");
  const run = async (line: string) => {
    await command(page).fill(line);
    await command(page).press("Enter");
  };
  await run("kubectl logs -f deployment/web");
  await expect(output(page)).toContainText("Found 3 pods, using pod/web-");
  await command(page).press("Control+c");
  await expect(output(page)).toContainText("^C");
  await run("kubectl run tmp --rm -it --image=busybox -- sh");
  await expect(output(page)).toContainText("If you don't see a command prompt");
  await expect(page.getByText("tmp$", { exact: true })).toBeVisible();
  await run("curl http://web");
  await expect(output(page)).toContainText("sh: curl: not found");
  await run("exit");
  await expect(output(page)).toContainText('pod "tmp" deleted from default namespace');
});
