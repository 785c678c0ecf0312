// Links: a round trip, broken ones, and nothing of the visitor's lost.
import { expect, type Page, test } from "./test.ts";

const command = (page: Page) => page.getByRole("combobox", { name: "Command" });

async function type(page: Page, line: string): Promise<void> {
  await command(page).fill(line);
  await command(page).press("Enter");
}

async function linkOf(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const link = page.getByRole("dialog", { name: "Share" }).getByRole("textbox", { name: "Link" });
  await expect(link).toHaveValue(/#p1:/);
  const address = await link.inputValue();
  await page.getByRole("button", { name: "Close" }).click();
  return address;
}

test("a shared link gives the same run: the same pods, the same commands at the same times", async ({
  page,
  context,
}) => {
  test.slow();
  await page.goto("./");
  await type(page, "kubectl scale deployment web --replicas=5");
  await type(page, "kubectl get pods -o name");
  const console1 = page.getByRole("region", { name: "Console" });
  await expect(console1.getByRole("log")).toContainText("pod/web-");
  const link = await linkOf(page);
  const other = await context.newPage();
  await other.goto(link);
  const log = other.getByRole("region", { name: "Console" }).getByRole("log");
  // The log is replayed at the pace of its own time, which a busy machine shows more slowly.
  await expect(log).toContainText("kubectl get pods -o name", { timeout: 60_000 });
  const pods = /pod\/web-[a-z0-9]+-[a-z0-9]+/g;
  await expect(log).toContainText("pod/web-");
  const before = (await console1.getByRole("log").textContent())?.match(pods);
  expect((await log.textContent())?.match(pods)).toEqual(before);
});

test("a truncated link is reported, and gives back what can be read", async ({ page }) => {
  await page.goto("./");
  const link = await linkOf(page);
  await page.goto("about:blank");
  await page.goto(link.slice(0, -30));
  const banner = page.getByRole("alert").filter({ hasText: "damaged or incomplete" });
  await expect(banner).toBeVisible();
  await banner.getByRole("button", { name: "Open the part that could be read" }).click();
  await expect(banner).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Cluster" })).toBeVisible();
});

test("oversized and unknown links are refused with a reason, and the page stays usable", async ({ page }) => {
  await page.goto(`./#p1:${"A".repeat(500_100)}`);
  await expect(page.getByRole("alert").filter({ hasText: "too long" })).toBeVisible();
  await type(page, "kubectl get service web -o name");
  await expect(page.getByRole("region", { name: "Console" }).getByRole("log")).toContainText("service/web");
  await page.goto("about:blank");
  await page.goto("./#p9:abc");
  await expect(page.getByRole("alert").filter({ hasText: '"p9"' })).toBeVisible();
});

test("another link does not replace what the visitor did without asking", async ({ page }) => {
  await page.goto("./");
  const link = await linkOf(page);
  await type(page, "kubectl create namespace mine");
  await expect(page.getByRole("region", { name: "Console" }).getByRole("log")).toContainText("namespace/mine created");
  await page.evaluate((hash) => {
    location.hash = hash;
  }, new URL(link).hash);
  const banner = page.getByRole("alert").filter({ hasText: "another scenario" });
  await banner.getByRole("button", { name: "Keep mine" }).click();
  await type(page, "kubectl get namespace mine -o name");
  await expect(page.getByRole("region", { name: "Console" }).getByRole("log")).toContainText("namespace/mine\n");
});
