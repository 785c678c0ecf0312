// Moving about in the picture: wheel, buttons, drag; the built page carries a D3 without transitions.
import { expect, type Page, test } from "./test.ts";
import { cluster, expectReady, open } from "./visitor.ts";

const scale = (page: Page) =>
  page.locator(".react-flow__viewport").evaluate((element) => new DOMMatrix(getComputedStyle(element).transform).a);

test("the picture follows the wheel, the buttons and a drag", async ({ page }) => {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  await open(page);
  await expectReady(page, "web", 3);
  const pane = await page.locator(".react-flow__pane").boundingBox();
  if (pane === null) throw new Error("no picture");
  const spot = { x: pane.x + 30, y: pane.y + pane.height - 20 };
  const fitted = await scale(page);

  await cluster(page).getByRole("button", { name: "Zoom in" }).click();
  await expect.poll(() => scale(page)).toBeGreaterThan(fitted);
  await cluster(page).getByRole("button", { name: "Show everything" }).click();
  await expect.poll(() => scale(page)).toBeLessThan(fitted * 1.1);

  const before = await scale(page);
  await page.mouse.move(spot.x, spot.y);
  await page.mouse.wheel(0, -300);
  await expect.poll(() => scale(page)).toBeGreaterThan(before);

  const left = () =>
    page.locator(".react-flow__viewport").evaluate((e) => new DOMMatrix(getComputedStyle(e).transform).e);
  const there = await left();
  await page.mouse.move(spot.x, spot.y);
  await page.mouse.down();
  await page.mouse.move(spot.x + 60, spot.y, { steps: 4 });
  await page.mouse.up();
  await expect.poll(left).toBeGreaterThan(there);
  expect(complaints).toEqual([]);
});
