// A visitor's first request is shown stop by stop; later ones run on, and their route stays to be read.
import { overlapping } from "./legible.ts";
import { expect, type Page, test } from "./test.ts";
import { cluster, open, sendRequest } from "./visitor.ts";

const narration = (page: Page) => page.getByRole("region", { name: "Narration" });
const next = (page: Page) => narration(page).getByRole("button", { name: "Next stop" });
const marks = (page: Page) => cluster(page).locator(".route-mark");
const isOver = (page: Page) => expect(marks(page).last()).toHaveAttribute("data-end", "answered", { timeout: 20_000 });

/** A frame in which time is paused until the visitor acts: its first request is shown stop by stop. */
const STILL = "?embed&autoplay=0";

test.describe("the first request", () => {
  test.use({ firstVisit: true });

  test("[ROUTE-7] pauses at each stop until Next, by mouse", async ({ page }) => {
    await open(page, STILL);
    await sendRequest(page);
    await expect(narration(page)).toContainText("The laptop sends a request to 192.168.1.11:30080");
    await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
    const told: string[] = [];
    for (let turn = 0; turn < 12 && (await next(page).getAttribute("aria-disabled")) === "false"; turn++) {
      const words = (await narration(page).locator(".narration-sentence").textContent()) ?? "";
      expect(words.length).toBeLessThanOrEqual(90);
      told.push(words);
      await next(page).click();
      await expect(narration(page).locator(".narration-sentence")).not.toHaveText(words);
    }
    expect(
      told.some((each) => /^It joins the rules of 10\.96\.\S+: KUBE-NODEPORTS → KUBE-EXT → KUBE-SVC/.test(each)),
    ).toBe(true);
    await isOver(page);
    await expect(page.getByRole("button", { name: "Pause", exact: true })).toBeVisible();
    await sendRequest(page);
    await isOver(page);
    await expect(page.getByRole("button", { name: "Pause", exact: true })).toBeVisible();
  });

  test("[ROUTE-7] continues with Space, and runs on with Follow", async ({ page }) => {
    await open(page, STILL);
    await page.getByRole("button", { name: "Send request" }).first().press("Enter");
    await expect(next(page)).toBeFocused();
    await page.keyboard.press("Space");
    await expect(narration(page)).toContainText("Nothing listens on node-1's port 30080");
    await page.getByRole("button", { name: "Follow" }).click();
    await isOver(page);
    await page.reload();
    await sendRequest(page);
    await page.getByRole("button", { name: "Play", exact: true }).click();
    await isOver(page);
  });

  test("[ROUTE-7] pauses on the whole page too, says why, and only this once", async ({ page }) => {
    await open(page);
    await sendRequest(page);
    await expect(narration(page)).toContainText("Space continues");
    await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
    await page.keyboard.press("Space");
    await expect(narration(page)).toContainText("Nothing listens on node-1's port 30080");
    await narration(page).getByRole("button", { name: "Follow" }).click();
    await isOver(page);
    await sendRequest(page);
    await isOver(page);
    await expect(page.getByRole("button", { name: "Pause", exact: true })).toBeVisible();
  });

  test("[ROUTE-7] runs on when the visitor does something else", async ({ page }) => {
    await open(page, STILL);
    await sendRequest(page);
    await expect(narration(page)).toContainText("The laptop sends");
    await page.getByRole("button", { name: "Scale up web" }).click();
    await isOver(page);
  });

  test("[ROUTE-7] does not pause in an embed that plays by itself", async ({ page }) => {
    await open(page, "?embed");
    await sendRequest(page);
    await isOver(page);
  });
});

test.describe("by touch", () => {
  test.use({ firstVisit: true, hasTouch: true, viewport: { width: 390, height: 844 } });

  test("[ROUTE-7] the first request pauses, its strip below the picture", async ({ page }) => {
    await open(page, STILL);
    await page.getByRole("button", { name: "Send request" }).first().tap();
    await expect(narration(page)).toContainText("The laptop sends");
    await next(page).tap();
    await expect(narration(page)).toContainText("Nothing listens");
    const box = await next(page).boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(32);
  });
});

test("[ROUTE-5] [ROUTE-6] the route stays, its stops lead through time, and Escape clears it", async ({ page }) => {
  await open(page);
  await sendRequest(page);
  await isOver(page);
  await page.waitForTimeout(1_500);
  await expect(marks(page)).toHaveCount(await marks(page).count());
  await narration(page).getByRole("button", { name: "Previous stop" }).click();
  await expect(page.getByText(/^Looking at/)).toBeVisible();
  await expect(narration(page)).toContainText("knows the connection");
  await page.getByRole("button", { name: "Return to now" }).click();
  await expect(narration(page)).toContainText("gets 200");
  await page.getByRole("combobox", { name: "Command" }).press("Escape");
  await expect(narration(page)).toBeVisible();
  await page.getByRole("heading", { name: "Podpath" }).click();
  await page.keyboard.press("Escape");
  await expect(narration(page)).toBeHidden();
  await expect(marks(page)).toHaveCount(0);
});

for (const [width, height, query] of [
  [1440, 900, ""],
  [1024, 768, ""],
  [720, 420, "?embed"],
  [360, 640, "?embed"],
] as const)
  test(`[ROUTE-8] letters are 11 px and more, and none covers another: ${width}×${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page, query);
    await sendRequest(page);
    await isOver(page);
    const texts = await page
      .locator(".route-label, .route-mark text:not(.route-sign), .narration p")
      .evaluateAll((all) =>
        all.flatMap((each) => {
          const { x, y, width: wide, height: high } = each.getBoundingClientRect();
          return wide === 0
            ? []
            : [
                {
                  px: Number.parseFloat(getComputedStyle(each).fontSize),
                  x,
                  y,
                  width: wide,
                  height: high,
                  text: each.textContent ?? "",
                },
              ];
        }),
      );
    expect(texts.length).toBeGreaterThan(5);
    expect(texts.filter(({ px }) => px < 11)).toEqual([]);
    expect(overlapping(texts)).toEqual([]);
  });
