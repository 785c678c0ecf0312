// Nodes that join and leave while the visitor looks on.
import { expect, type Page, test } from "./test.ts";
import { cluster, manifest, open, packetLog, sendRequest, typeManifest } from "./visitor.ts";

const bands = (page: Page) => cluster(page).getByRole("button", { name: /^Node node-\d+/ });
const settings = (page: Page) => page.getByRole("button", { name: "Cluster settings" });

async function hurry(page: Page): Promise<void> {
  await page.getByRole("combobox", { name: /speed/i }).selectOption({ label: "10×" });
}

test("[PICTURE-7] [PICTURE-8] 3 nodes become 1, then 5: bands, pods and node ports follow, and a request is answered", async ({
  page,
}) => {
  await open(page);
  await expect(bands(page)).toHaveCount(3);
  await settings(page).click();
  const count = page.getByRole("textbox", { name: "Number of nodes" });
  await count.fill("1");
  await count.press("Enter");
  await expect(bands(page)).toHaveCount(1);
  await expect(cluster(page)).toContainText("gone");
  await page.keyboard.press("Escape");
  await hurry(page);
  await expect(cluster(page).getByText("gone", { exact: true })).toHaveCount(0, { timeout: 20_000 });
  await expect(cluster(page).getByRole("button", { name: /^Kill pod web-/ })).toHaveCount(3, { timeout: 20_000 });
  await settings(page).click();
  const more = page.getByRole("button", { name: "One node more" });
  for (let at = 0; at < 4; at++) await more.click();
  await expect(count).toHaveValue("5");
  await page.getByRole("textbox", { name: "Zone of node-5" }).fill("far");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  await expect(bands(page)).toHaveCount(5);
  await expect(cluster(page)).toContainText("far");
  await cluster(page).getByRole("button", { name: "Aim requests at 192.168.1.15:30080" }).click();
  await sendRequest(page);
  await expect(packetLog(page)).toContainText(/The laptop got 200 from pod web-/, { timeout: 20_000 });
});

test("what is wrong with a size is said, and a Node in the YAML makes a machine join", async ({ page }) => {
  await open(page);
  await settings(page).click();
  await page.getByRole("textbox", { name: "Memory of node-1" }).fill("much");
  await page.keyboard.press("Enter");
  const words = "Memory: it must be an amount of memory, such as 8Gi or 512Mi.";
  await expect(page.getByRole("alert").filter({ hasText: words })).toBeVisible();
  await page.keyboard.press("Escape");
  const node = "apiVersion: v1\nkind: Node\nmetadata:\n  name: node-7\n";
  await typeManifest(page, `${manifest()}---\n${node}`);
  await expect(cluster(page).getByRole("button", { name: "Node node-7" })).toBeVisible({ timeout: 20_000 });
  await settings(page).click();
  await expect(page.getByRole("row", { name: /^node-7/ })).toContainText("YAML");
  await page.keyboard.press("Escape");
  await typeManifest(page, manifest());
  await expect(bands(page)).toHaveCount(3, { timeout: 20_000 });
});
