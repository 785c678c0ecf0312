// A node's rules as text, from a hop and from the Node.
import { expect, test } from "./test.ts";
import { cluster, expectReady, open, packetLog, sendRequest } from "./visitor.ts";

test("a hop's rule leads to its place in the node's iptables-save, where all that the packet matched is lit", async ({
  page,
}) => {
  await open(page);
  await expectReady(page, "web", 3);
  await sendRequest(page);
  await expect(packetLog(page)).toContainText(/got 200/, { timeout: 10_000 });
  await page
    .getByText(/^\d+ matched rules$/)
    .first()
    .click();
  await page
    .getByRole("button", { name: /^-A KUBE-NODEPORTS/ })
    .first()
    .click();
  const dialog = page.getByRole("dialog", { name: /^Rules of node-/ });
  const text = dialog.getByRole("region", { name: /iptables/ });
  await expect(text.locator("mark").filter({ hasText: "--dport 30080" }).first()).toBeInViewport();
  await expect(text).toContainText("--to-destination 10.244.");
  await dialog.getByRole("button", { name: "nftables" }).click();
  await expect(dialog.locator("mark").first()).toContainText(/30080 : goto external-|numgen|dnat to/);
  await dialog.getByRole("button", { name: "iptables-save" }).click();
  await dialog.getByRole("searchbox", { name: "Find in the rules" }).fill("kube-dns:dns-tcp");
  await expect(dialog.getByRole("status")).toHaveText(/^\d+ lines$/);
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toHaveCount(0);
});

test("a Node's inspector shows its rules, and a chain's name leads to the chain", async ({ page }) => {
  await open(page);
  await cluster(page).getByRole("button", { name: "Node node-2" }).click();
  await page.getByRole("tab", { name: "Rules" }).click();
  const text = page.getByRole("region", { name: "Rules of node-2, iptables" });
  await page.getByRole("searchbox", { name: "Find in the rules" }).fill("--dport 30080");
  await page.keyboard.press("Enter");
  const jump = text
    .locator(".rules-line", { hasText: "--dport 30080" })
    .getByRole("button", { name: /^KUBE-EXT-/ })
    .first();
  const chain = (await jump.textContent()) ?? "";
  await jump.click();
  await expect(text.locator('[data-shown="true"]')).toContainText(`-A ${chain} `);
});
