// Predict mode in a frame, by keyboard: a packet waits for a choice, then moves, and is explained.
import { expect, test } from "./test.ts";
import { cluster, open, sendRequest } from "./visitor.ts";

test("[PREDICT-1] a frame asks where the packet goes, by keyboard, and keeps a score", async ({ page }) => {
  await page.setViewportSize({ width: 760, height: 480 });
  await open(page, "?embed&predict");
  await sendRequest(page);
  const asked = page.getByRole("region", { name: "Prediction" });
  await expect(asked.getByRole("status")).toContainText("node-1 gets the packet 192.168.1.10 → 192.168.1.11:30080.");
  const choices = asked.getByRole("list", { name: "Choices" }).getByRole("button");
  await expect(choices).toHaveCount(4);
  await expect(choices.first()).toBeFocused();
  await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
  await expect(cluster(page).locator(".route-mark")).toHaveCount(1);
  await asked.getByRole("button", { name: /3 ready pods, :8080, from 192\.168\.1\.11, node-1/ }).press("Enter");
  await expect(asked.getByRole("status")).toContainText("Right.");
  await expect(asked.getByRole("status")).toContainText("KUBE-NODEPORTS → KUBE-EXT → KUBE-SVC");
  await expect(asked.getByText("1 of 1 right")).toBeVisible();
  await expect(asked.getByRole("button", { name: "Next" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(asked.getByRole("status")).toContainText("node-1 gets the answer");
  await expect(choices.first()).toBeFocused();
  await asked.getByRole("button", { name: "Nowhere: it is addressed to node-1" }).press("Enter");
  await expect(asked.getByRole("status")).toContainText(
    /Not quite. The answer: To 192\.168\.1\.10:\d+, from 192\.168\.1\.11:30080/,
  );
  await expect(asked.getByText("1 of 2 right")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(asked).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Next stop" })).toBeFocused();
  await expect(cluster(page).locator(".route-mark").last()).toHaveAttribute("data-end", "answered");
  await page.getByRole("button", { name: "Predict" }).click();
  await sendRequest(page);
  await expect(page.getByRole("region", { name: "Narration" })).toBeVisible();
  await expect(asked).toHaveCount(0);
});
