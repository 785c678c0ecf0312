// The page without a network, after one visit.
import { expect, test } from "./test.ts";
import { open, turnToText } from "./visitor.ts";

test.use({ serviceWorkers: "allow" });

test("[OFFLINE-1] after a first visit the page opens another example, its console and its editor without a network", async ({
  page,
  context,
}) => {
  await open(page);
  const kept = page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    return (await caches.keys()).length;
  });
  expect(await kept).toBe(1);
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  await context.setOffline(true);
  await page.goto("./?scenario=clusterip");
  await expect(page.getByRole("button", { name: /^Service / }).first()).toBeVisible();
  await page.getByRole("combobox", { name: "Command" }).fill("kubectl get nodes");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("log", { name: "Console output" })).toContainText(/node-1 +Ready/);
  await turnToText(page);
});
