// The front door: what a first visit offers, and the tour, by keyboard and at a person's speed.
import { expect, test } from "./test.ts";
import { cluster, open } from "./visitor.ts";

test.use({ firstVisit: true });

test("[WELCOME-1] [WELCOME-2] a first visit is shown around, by keyboard; it is offered once, and never in a frame", async ({
  page,
}) => {
  await open(page, "?embed");
  await expect(page.getByRole("region", { name: "Welcome" })).toHaveCount(0);
  await open(page);
  const welcome = page.getByRole("region", { name: "Welcome" });
  await expect(welcome.getByRole("button", { name: "Learn" })).toBeVisible();
  const [line, picture] = [await welcome.boundingBox(), await cluster(page).boundingBox()];
  expect((line?.y ?? 0) + (line?.height ?? 0)).toBeLessThanOrEqual((picture?.y ?? 0) + 1);
  await welcome.getByRole("button", { name: "Show me" }).press("Enter");
  const tour = page.getByRole("region", { name: "Show me" });
  await expect(tour.getByRole("button", { name: "Next" })).toBeFocused();
  for (const words of [
    "The laptop's request goes to",
    "draw one of 3 ready pods",
    "the Deployment's new pod became one",
  ]) {
    await expect(tour.getByRole("status")).toContainText(words);
    await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
    await expect(page.getByRole("region", { name: "Narration" })).toHaveCount(0);
    await page.keyboard.press("Enter");
  }
  await expect(tour).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Pause", exact: true })).toBeVisible();
  await page.reload();
  await expect(cluster(page)).toBeVisible();
  await expect(welcome).toHaveCount(0);
  await page.getByRole("button", { name: "Help" }).click();
  const help = page.getByRole("dialog", { name: "Help" });
  await expect(help.getByRole("heading", { name: "What is simulated and what is not" })).toBeVisible();
  await help.getByRole("button", { name: "Show me" }).click();
  await expect(tour.getByRole("status")).toContainText("The laptop's request goes to");
  await page.keyboard.press("Escape");
  await expect(tour).toHaveCount(0);
});
