// A visitor goes back in time: sees the packet in flight and the old pod alive, acts there, and keeps both futures.
import { expect, type Page, test } from "./test.ts";
import { open as openPlayground } from "./visitor.ts";

const slider = (page: Page) => page.getByRole("slider", { name: "Timeline" });
const button = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name, exact: typeof name === "string" });
const pods = (page: Page) => page.getByRole("button", { name: /^Kill pod / });

/** Sends a request, waits for its answer, and kills the first pod. Gives the pod's name. */
async function liveAWhile(page: Page): Promise<string> {
  await button(page, "Send request").first().click();
  await expect(page.getByRole("log", { name: "Packet log" })).toContainText("The laptop got 200 from");
  const name = (await pods(page).first().getAttribute("aria-label"))?.replace("Kill pod ", "") ?? "";
  await button(page, `Kill pod ${name}`).click();
  await expect(button(page, `Kill pod ${name}`)).toHaveCount(0);
  return name;
}

test("by keyboard alone: back before the kill, the old pod is alive, and Home and End are the ends of time", async ({
  page,
}) => {
  await openPlayground(page);
  const name = await liveAWhile(page);
  await slider(page).focus();
  await page.keyboard.press("Shift+ArrowLeft");
  await expect(slider(page)).toHaveAttribute("aria-valuetext", /before now$/);
  await expect(button(page, `Kill pod ${name}`)).toBeVisible();
  await expect(page.getByText(/^Looking at/)).toBeVisible();
  await page.keyboard.press("Home");
  await expect(slider(page)).toHaveAttribute("aria-valuetext", /^0:00\.0/);
  await page.keyboard.press("End");
  await expect(slider(page)).toHaveAttribute("aria-valuetext", /, now$/);
  await expect(page.getByText(/^Looking at/)).toHaveCount(0);
  await expect(button(page, `Kill pod ${name}`)).toHaveCount(0);
});

test("by mouse: dragging back shows the packet in flight; what is done there begins a branch, and both are kept", async ({
  page,
}) => {
  await openPlayground(page);
  const name = await liveAWhile(page);
  await button(page, "Pause").click();
  const before = (await slider(page).getAttribute("aria-valuetext")) ?? "";
  const box = await slider(page).boundingBox();
  if (box === null) throw new Error("the timeline is not on the page");
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.6);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.1, box.y + box.height * 0.6, { steps: 10 });
  await page.mouse.up();
  await expect(slider(page)).not.toHaveAttribute("aria-valuetext", before);
  await button(page, /^Event list/).click();
  await page.getByRole("button", { name: /Send from laptop/ }).click();
  await page.keyboard.press("Escape");
  await button(page, "Step").click();
  await expect(page.getByRole("log", { name: "Packet log" })).toContainText("The laptop sent a packet");
  await expect(page.getByRole("log", { name: "Packet log" })).not.toContainText("The laptop got 200");
  await button(page, "Scale up web").click();
  await button(page, /^Branches/).click();
  const branches = page.getByRole("list", { name: "Branches" });
  await expect(branches.getByRole("listitem")).toHaveCount(2);
  await expect(branches).toContainText("Scale web to 4 at");
  await branches.getByRole("button", { name: /^First run/ }).click();
  await page.keyboard.press("Escape");
  await expect(button(page, `Kill pod ${name}`)).toHaveCount(0);
  await expect(slider(page)).toHaveAttribute("aria-valuetext", /, now$/);
});

test("undo and redo go back before the last action and on after it", async ({ page }) => {
  await openPlayground(page);
  await button(page, "Scale up web").click();
  await expect(pods(page)).toHaveCount(4);
  await page.getByRole("region", { name: "Cluster" }).click({ position: { x: 300, y: 300 } });
  await page.keyboard.press("Control+z");
  await expect(pods(page)).toHaveCount(3);
  await page.keyboard.press("Control+y");
  await slider(page).focus();
  await page.keyboard.press("End");
  await expect(pods(page)).toHaveCount(4);
});

test("a step at rest says that nothing is due, and time does not move", async ({ page }) => {
  await openPlayground(page);
  await button(page, "Pause").click();
  await expect(button(page, "Play")).toBeVisible();
  const before = (await slider(page).getAttribute("aria-valuenow")) ?? "";
  await button(page, "Step").click();
  await expect(page.getByText(/Nothing is scheduled/)).toBeVisible();
  expect(await slider(page).getAttribute("aria-valuenow")).toBe(before);
});
