// The reason for a drop is reported at the drop, at the speed at which a visitor comes, and that the sender does not know yet.
import { expect, type Page, test } from "./test.ts";
import { cluster, expectReady, open, packetLog, sendRequest } from "./visitor.ts";

/** A drop is seen a few hops after the request was sent: long before anyone gives up. */
const SOON = { timeout: 12_000 };

async function type(page: Page, line: string): Promise<void> {
  const command = page.getByRole("combobox", { name: "Command" });
  await command.fill(line);
  await command.press("Enter");
}

const why = (page: Page) => page.getByRole("region", { name: "Why it failed" });

const DROPS = [
  ["a firewall", "sim fail firewall", /firewall/i, "the firewall in front of the nodes lets nothing through"],
  ["a laptop without a route", "sim fail route laptop", /route|network/i, "the nodes are in a separate network"],
  ["a node without power", "sim fail node/node-1", /node-1/, "node-1 has no power"],
] as const;

for (const [what, line, title, reason] of DROPS)
  test(`${what}: canvas, inspector and log tell why at the drop, and until when the laptop waits`, async ({ page }) => {
    await open(page);
    await expectReady(page, "web", 3);
    await type(page, line);
    await sendRequest(page);
    await expect(why(page)).toBeVisible(SOON);
    await expect(why(page)).toContainText("no answer yet");
    await expect(why(page).locator(".why-failed-cause")).toHaveText(title);
    await expect(
      page.getByRole("complementary", { name: "Inspector" }).or(page.getByRole("region", { name: "Inspector" })),
    ).toContainText(/The laptop doesn't know yet: it waits for an answer until 2:1\d\.\d\./);
    await expect(cluster(page).locator(".loss-note")).toContainText(reason);
    await expect(packetLog(page)).toContainText(
      new RegExp(`The laptop doesn't know it yet and waits for .* 130 s in all: ${reason}`),
    );
    await expect(page.getByRole("timer", { name: "Elapsed virtual time" })).toHaveText(/^0:[0-3]\d\.\d$/);
  });
