// Services and labels are changed on the picture: by keyboard, in a frame, and for a single pod.
import { expect, test } from "./test.ts";
import { cluster, expectReady, manifest, open, packetLog, sendRequest, typeManifest } from "./visitor.ts";

test("[CHANGE-6] a Service is changed by keyboard alone, and one undo returns the text", async ({ page }) => {
  await open(page);
  await typeManifest(page, manifest());
  await expectReady(page, "web", 3);
  const change = cluster(page).getByRole("button", { name: "Change Service web" });
  await change.focus();
  await page.keyboard.press("Enter");
  const sheet = page.getByRole("dialog", { name: "Change Service web" });
  await sheet.getByLabel("nodePort, row 1").focus();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("99");
  await page.keyboard.press("Enter");
  await expect(sheet.getByRole("alert")).toContainText("spec.ports[0].nodePort: Invalid value: 99");
  await expect(sheet.getByLabel("nodePort, row 1")).toBeFocused();
  await sheet.getByLabel("type", { exact: true }).focus();
  await page.keyboard.type("Cl");
  await page.keyboard.press("Escape");
  await expect(sheet.getByRole("alert").last()).toContainText("Your changes are not applied.");
  await expect(sheet.getByRole("button", { name: "Keep editing" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(sheet.getByLabel("type", { exact: true })).toBeFocused();
  await expect(sheet.getByRole("status").last()).toContainText("set spec.type, removed spec.ports[0].nodePort");
  await sheet.getByRole("button", { name: "Apply" }).focus();
  await page.keyboard.press("Enter");
  await expect(sheet).toBeHidden();
  await expect(change).toBeFocused();
  await expect(cluster(page).getByRole("button", { name: /^Service web, ClusterIP/ })).toBeVisible();
  const lines = page.getByRole("region", { name: "YAML editor" }).locator(".view-lines, .plain-shown pre");
  await expect(lines).toContainText("ClusterIP");
  await expect(lines).not.toContainText("nodePort");
  await lines.click();
  await page.keyboard.press("Control+z");
  await expect(cluster(page).getByRole("button", { name: /^Service web, NodePort/ })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.press("ControlOrMeta+C");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(manifest());
});

test("[CHANGE-6] in a frame a selector follows a press; a pod's label takes it out of its Service", async ({
  page,
}) => {
  await open(page, "?embed");
  await expectReady(page, "web", 3);
  await cluster(page).getByRole("button", { name: "Change Service web" }).click();
  const sheet = page.getByRole("dialog", { name: "Change Service web" });
  await expect(sheet.getByText("selects 3 pods")).toBeVisible();
  await sheet.getByRole("button", { name: "app=web without it: no pod" }).click();
  await expect(sheet.getByText(/^Without a selector/)).toBeVisible();
  await page.keyboard.press("Escape");
  await sheet.getByRole("button", { name: "Discard changes" }).click();
  await expect(sheet).toBeHidden();
  await expectReady(page, "web", 3);

  await cluster(page)
    .getByRole("button", { name: /^Pod web-/ })
    .first()
    .click();
  await page.getByRole("button", { name: /^Change Pod web-/ }).click();
  const labels = page.getByRole("dialog", { name: /^Change Pod web-/ });
  await labels.getByLabel("label value, row 1").fill("aside");
  await expect(labels.getByText("No Service selects")).toBeVisible();
  await labels.getByRole("button", { name: "Apply" }).click();
  await expect(labels).toBeHidden({ timeout: 20_000 });
  await expect(cluster(page).getByRole("button", { name: /^Pod web-/ })).toHaveCount(4);
  await expectReady(page, "web", 3);
  await sendRequest(page);
  await expect(packetLog(page)).toContainText("got 200");
});
