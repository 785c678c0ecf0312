// Fingers: phones, and frames in pages that scroll.
import { expect, type Page, test } from "./test.ts";
import { open, sendRequest } from "./visitor.ts";

test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

type Finger = readonly [x: number, y: number];

/** Moves fingers down or up by this many pixels, as a hand does it. */
async function drag(page: Page, fingers: readonly Finger[], by: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const points = (moved: number) => fingers.map(([x, y], id) => ({ x, y: y + moved, id }));
  await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: points(0) });
  for (let part = 1; part <= 8; part++) {
    await session.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: points((by * part) / 8) });
    await page.waitForTimeout(16);
  }
  await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await session.detach();
}

/** Waits until the page no longer glides on from the last finger: fingers put down before that belong to the page. */
async function rested(page: Page): Promise<void> {
  let last = -1;
  await expect
    .poll(
      async () => {
        const before = last;
        last = await page.evaluate(() => window.scrollY);
        return last === before;
      },
      { intervals: [150] },
    )
    .toBe(true);
}

test("[TOUCH-1] [TOUCH-2] [EMBED-11] in a frame one finger scrolls the page, two move the picture, a tap opens a pod's sheet", async ({
  page,
}) => {
  const body =
    '<body style="margin:0"><p>Before</p><iframe src="/?embed" style="width:390px;height:600px;border:0"></iframe><div style="height:2000px">';
  await page.route("**/host.html", (route) => route.fulfill({ contentType: "text/html", body }));
  await page.goto("/host.html");
  const frame = page.frameLocator("iframe");
  await expect(frame.getByRole("button", { name: /^Pod web-.* ready/ })).toHaveCount(3);
  const place = () => frame.locator(".react-flow__viewport").evaluate((each) => each.style.transform);
  const scrolled = () => page.evaluate(() => window.scrollY);
  const before = await place();
  await drag(page, [[6, 400]], -160);
  await expect.poll(scrolled).toBeGreaterThan(60);
  expect(await place()).toBe(before);
  for (const at of [
    frame.getByRole("button", { name: /^Service web,/ }),
    frame.getByRole("button", { name: /^Kill pod web-/ }).first(),
  ]) {
    await rested(page);
    await page.evaluate(() => window.scrollTo(0, 0));
    await rested(page);
    const { x, y, width, height } = (await at.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const [left, middle, old] = [x + width / 2 - 5, y + height / 2, await place()];
    await drag(
      page,
      [
        [left, middle],
        [left + 10, middle],
      ],
      60,
    );
    await expect.poll(place).not.toBe(old);
    expect(await scrolled()).toBe(0);
  }
  await frame
    .getByRole("button", { name: /^Pod web-/ })
    .first()
    .tap();
  await expect(frame.getByRole("region", { name: "Inspector" })).toContainText("Pod in default");
});

test("[TOUCH-3] on a phone all fits, controls are large, and the header's rarer ones are behind More", async ({
  page,
}) => {
  await open(page);
  await sendRequest(page);
  await expect(page.getByRole("region", { name: "Narration" })).toContainText("gets 200", { timeout: 20_000 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  const small = await page
    .locator("header, .narration, .timeline, .sheet-tabs")
    .locator("button:visible:not(.skip), select:visible")
    .evaluateAll((all) =>
      all.flatMap((each) => {
        const { width, height, right } = each.getBoundingClientRect();
        const isLarge = height >= 40 && width >= 32 && right <= 390;
        const isMark = each.matches(".track *");
        return isLarge || isMark ? [] : [`${each.getAttribute("aria-label") ?? each.textContent} ${width}×${height}`];
      }),
    );
  expect(small).toEqual([]);
  const more = page.getByRole("button", { name: "More" });
  await more.tap();
  await page.getByRole("button", { name: "Help" }).tap();
  const help = page.getByRole("dialog", { name: "Help" });
  await expect(help).toBeVisible();
  await help.getByRole("button", { name: "Close" }).tap();
  await expect(more).toBeFocused();
  await expect(page.getByRole("button", { name: "Share" })).toBeHidden();
});

test.describe("a frame in a column of text", () => {
  test.use({ hasTouch: false, viewport: { width: 720, height: 420 } });

  test("[EMBED-10] [ROUTE-5] split becomes tabs, and a failed request leaves its route and its end", async ({
    page,
  }) => {
    await open(page, "?embed&view=split&scenario=broken-selector");
    await sendRequest(page);
    const end = page.locator('.route-mark[data-end="refused"]').last();
    await expect(end).toBeVisible({ timeout: 20_000 });
    await page.getByRole("tab", { name: "YAML" }).click();
    await expect(page.getByRole("region", { name: "YAML editor" })).toBeVisible();
    await expect(page.getByRole("region", { name: "Cluster" })).toBeHidden();
    await page.getByRole("tab", { name: "Picture" }).click();
    await expect(end).toBeVisible();
    await expect(page.getByRole("region", { name: "Narration" })).toContainText("refused");
  });
});
