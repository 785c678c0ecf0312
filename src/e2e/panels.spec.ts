// Panels: each folds and changes its size, by mouse and by keyboard, and stays so; where there is less room they take turns.
import { expect, type Page, test } from "./test.ts";
import { cluster, open, sendRequest, turnToText } from "./visitor.ts";

const editor = (page: Page) => page.getByRole("region", { name: "YAML editor" });
const inspector = (page: Page) => page.getByRole("region", { name: "Inspector" });
const widthOf = async (page: Page, name: string) =>
  (await page.getByRole("region", { name }).boundingBox())?.width ?? 0;

test("the picture has most of the first screen, and the inspector comes with the first request", async ({ page }) => {
  await open(page);
  await expect(inspector(page)).toBeHidden();
  const box = await cluster(page).boundingBox();
  expect((box?.width ?? 0) * (box?.height ?? 0)).toBeGreaterThan(0.5 * 1440 * 900);
  await sendRequest(page);
  await expect(inspector(page)).toContainText("Request 1");
  await inspector(page).getByRole("button", { name: "Close what is inspected" }).click();
  await expect(inspector(page)).not.toContainText("Request 1");
  await expect(page.getByRole("log", { name: "Packet log" })).toContainText("The laptop sent a packet");
  await inspector(page).getByRole("button", { name: "Collapse the inspector" }).click();
  await sendRequest(page);
  await expect(inspector(page)).toBeHidden();
  await expect(page.getByRole("log", { name: "Packet log" })).toContainText("The laptop got 200");
});

test("panels are folded and resized by keyboard, and stay so after a reload", async ({ page }) => {
  await open(page);
  const handle = page.getByRole("separator", { name: "Width of the editor" });
  await expect(editor(page)).toBeVisible();
  await expect.poll(() => widthOf(page, "YAML editor")).toBeGreaterThan(200);
  const before = await widthOf(page, "YAML editor");
  await handle.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => widthOf(page, "YAML editor")).toBeCloseTo(before + 48, -1);
  await page.getByRole("button", { name: "Open the inspector" }).focus();
  await page.keyboard.press("Enter");
  await expect(inspector(page)).toBeVisible();
  await expect(page.getByRole("button", { name: "Collapse the inspector" })).toBeFocused();
  await page.reload();
  await expect(inspector(page)).toBeVisible();
  await expect.poll(() => widthOf(page, "YAML editor")).toBeCloseTo(before + 48, -1);
  await page.getByRole("button", { name: "Collapse the editor" }).click();
  await expect(page.getByRole("button", { name: "Open the editor" })).toBeFocused();
  await expect(editor(page)).toBeHidden();
  await page.reload();
  await expect(cluster(page)).toBeVisible();
  await expect(editor(page)).toBeHidden();
  await page.getByRole("button", { name: "Open the editor" }).click();
  await expect(editor(page)).toBeVisible();
});

test("a panel is resized by dragging its edge", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Open the inspector" }).click();
  const before = await widthOf(page, "Inspector");
  const edge = await page.getByRole("separator", { name: "Width of the inspector" }).boundingBox();
  if (edge === null) throw new Error("the inspector has no handle");
  await page.mouse.move(edge.x + 4, edge.y + 100);
  await page.mouse.down();
  await page.mouse.move(edge.x - 76, edge.y + 120, { steps: 8 });
  await page.mouse.up();
  await expect.poll(() => widthOf(page, "Inspector")).toBeCloseTo(before + 80, -1);
});

test("on a projector one panel at a time lies beside the picture, and a pod opens the inspector", async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await open(page);
  await expect(editor(page)).toBeHidden();
  await cluster(page)
    .getByRole("button", { name: /^Pod web-/ })
    .first()
    .click();
  await expect(inspector(page)).toContainText("Pod in default");
  const panels = page.getByRole("navigation", { name: "Panels" });
  await panels.getByRole("button", { name: "YAML" }).click();
  await expect(inspector(page)).toBeHidden();
  await expect(editor(page)).toBeVisible();
  const [picture, text] = [await cluster(page).boundingBox(), await editor(page).boundingBox()];
  expect((picture?.x ?? 0) + (picture?.width ?? 0)).toBeLessThanOrEqual((text?.x ?? 0) + 1);
  await panels.getByRole("button", { name: "Cluster" }).click();
  await expect(editor(page)).toBeHidden();
});

test("clicking into the text leaves the panels as they are", async ({ page }) => {
  await open(page);
  await turnToText(page);
  await editor(page).locator(".view-line").filter({ hasText: "replicas: 3" }).click();
  await page.waitForTimeout(500);
  await expect(inspector(page)).toBeHidden();
});

test("all examples are in sight by their questions, and one opens in a fresh cluster", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Scale up web" }).first().click();
  await page.getByRole("button", { name: "Examples" }).click();
  const gallery = page.getByRole("region", { name: "Gallery" });
  await expect(gallery.getByRole("heading", { name: "How do I get in from outside?" })).toBeInViewport();
  await expect(gallery.getByRole("button", { name: /^A bookshop/ })).toBeInViewport({ ratio: 1 });
  await gallery.getByRole("button", { name: /^Headless/ }).click();
  await expect(gallery).toHaveCount(0);
  await expect(cluster(page).getByRole("button", { name: /^Deployment web/ })).toHaveCount(0);
  await expect(page.getByRole("timer", { name: "Elapsed virtual time" })).toHaveText(/^0:(0|1)/);
});

test("starting over takes cluster, text and time back, and can be undone", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Scale up web" }).first().click();
  await expect(cluster(page).getByRole("button", { name: /^Pod web-/ })).toHaveCount(4);
  await expect(editor(page)).toContainText("replicas: 4");
  await sendRequest(page);
  await expect(page.getByRole("log", { name: "Packet log" })).toContainText("The laptop got 200");
  await page.getByRole("button", { name: "Start over" }).click();
  await expect(cluster(page).getByRole("button", { name: /^Pod web-/ })).toHaveCount(3);
  await expect(editor(page)).toContainText("replicas: 3");
  await expect(page.getByRole("log", { name: "Packet log" })).not.toContainText("The laptop got 200");
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(cluster(page).getByRole("button", { name: /^Pod web-/ })).toHaveCount(4);
  await expect(editor(page)).toContainText("replicas: 4");
});
