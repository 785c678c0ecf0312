// The request follows the scenario: after another example, after edits, from a sender that reaches the target.
import { expect, type Page, test } from "./test.ts";
import { cluster, expectReady, manifest, open, packetLog, sendRequest, typeManifest } from "./visitor.ts";

async function openExample(page: Page, title: string): Promise<void> {
  await page.getByRole("button", { name: "Examples" }).click();
  const entry = page.getByRole("list", { name: "Examples" }).getByRole("button");
  await entry.filter({ has: page.locator("strong", { hasText: new RegExp(`^${title}$`) }) }).click();
}

/** Sends by the blue button and gives its outcome. */
async function outcomeOfRequest(page: Page): Promise<string> {
  await sendRequest(page);
  const outcome = page.locator(".outcome").first();
  await expect(outcome).toHaveText(/ got | refused | gave up | resolve /, { timeout: 20_000 });
  return (await outcome.textContent()) ?? "";
}

const target = (page: Page) => page.getByRole("combobox", { name: "To", exact: true });
const openPanel = (page: Page) => page.getByRole("button", { name: "Choose what laptop sends" }).click();

test("the blue button arrives straight after one example and another: cluster IPs from a pod, the Ingress by its host", async ({
  page,
}) => {
  await open(page);
  await openExample(page, "ClusterIP");
  await expect(cluster(page).getByText("from pod client")).toBeVisible();
  expect(await outcomeOfRequest(page)).toMatch(/^Pod client got 200 from pod my-app-/);
  await openExample(page, "Three load balancers");
  await expect(cluster(page).getByText("from pod client")).toHaveCount(0);
  expect(await outcomeOfRequest(page)).toMatch(/^The laptop got 200/);
  await openExample(page, "Ingress");
  await expect(cluster(page).getByRole("button", { name: /^Service docs,/ })).toBeVisible();
  await openPanel(page);
  await expect(target(page)).toHaveValue(/^shop\.example\.com\/ at 203\.0\.113\.10:80$/, { timeout: 20_000 });
  await page.keyboard.press("Escape");
  expect(await outcomeOfRequest(page)).toMatch(/^The laptop got 200/);
  await expect(page.getByRole("button", { name: /^Health/ })).toHaveText(/^Health\s*$/);
});

test("the panel never holds what is gone, follows a port that changes, and keeps a typed stranger", async ({
  page,
}) => {
  await open(page);
  await expectReady(page, "web", 3);
  await openPanel(page);
  await target(page).selectOption({ value: "192.168.1.13:30080" });
  await page.keyboard.press("Escape");
  await typeManifest(page, manifest({ nodePort: 30081 }));
  await openPanel(page);
  await expect(target(page)).toHaveValue("192.168.1.13:30081");
  await page.keyboard.press("Escape");
  await typeManifest(
    page,
    manifest({ nodePort: 30082 }).replace("name: web\nspec:\n  type", "name: shop\nspec:\n  type"),
  );
  await openPanel(page);
  await expect(target(page)).toHaveValue("192.168.1.11:30082");
  const other = page.getByRole("textbox", { name: "Other address and port" });
  await other.fill("198.51.100.9:8443");
  await other.press("Enter");
  await page.keyboard.press("Escape");
  await typeManifest(page, manifest());
  await expectReady(page, "web", 3);
  await openPanel(page);
  await expect(target(page)).toHaveValue("198.51.100.9:8443");
  await page.keyboard.press("Escape");
  await expect(packetLog(page)).toBeVisible();
});
