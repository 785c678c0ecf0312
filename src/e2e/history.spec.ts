// The whole way through time: send, kill, edit, go back before the kill, change the selector there, compare both futures, run
// back to the cause of a failure, and share the moment; by mouse, and by keyboard alone.
import { expect, type Locator, type Page, test } from "./test.ts";
import { cluster, expectReady, manifest, open, packetLog, typeManifest } from "./visitor.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const slider = (page: Page) => page.getByRole("slider", { name: "Timeline" });
const timeline = (page: Page) => page.getByRole("region", { name: "Timeline" });
const kill = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name: typeof name === "string" ? `Kill pod ${name}` : name });

/** How a visitor presses a button. */
type Press = (button: Locator) => Promise<void>;
const byMouse: Press = (button) => button.click();
const byKeyboard: Press = async (button) => {
  await button.focus();
  await button.page().keyboard.press("Enter");
};

/** Sends, kills a pod, and applies another text. Gives the pod's name. */
async function live(page: Page, press: Press): Promise<string> {
  await expectReady(page, "web", 3);
  await press(page.getByRole("button", { name: "Send request" }).first());
  await expect(packetLog(page)).toContainText("The laptop got 200 from");
  const name =
    (
      await kill(page, /^Kill pod /)
        .first()
        .getAttribute("aria-label")
    )?.replace("Kill pod ", "") ?? "";
  await press(kill(page, name));
  await expect(kill(page, name)).toHaveCount(0, { timeout: 20_000 });
  await typeManifest(page, manifest({ replicas: 2 }));
  await expect(kill(page, /^Kill pod /)).toHaveCount(2, { timeout: 20_000 });
  return name;
}

/** Goes back to the moment at which the request was sent, and on to where its packet flies. */
async function backToTheRequest(page: Page, press: Press): Promise<void> {
  await press(timeline(page).getByRole("button", { name: "Event list" }));
  await press(page.getByRole("button", { name: /Send from laptop/ }).first());
  await page.keyboard.press("Escape");
  await expect(page.getByText(/^Looking at/)).toBeVisible();
  await press(timeline(page).getByRole("button", { name: "Step", exact: true }));
  await expect(packetLog(page)).toContainText("The laptop sent a packet");
  await expect(packetLog(page)).not.toContainText("The laptop got 200");
}

/** What is the same for both: from the moment in the past on. */
async function changeCompareAndShare(page: Page, press: Press): Promise<string> {
  await typeManifest(page, manifest({ selector: "nobody" }));
  await expect(page.getByRole("button", { name: "Branches (2)" })).toBeVisible({ timeout: 20_000 });
  await press(page.getByRole("button", { name: "Play", exact: true }));
  await expectReady(page, "web", 0);
  await press(page.getByRole("button", { name: "Send request" }).first());
  await expect(packetLog(page)).toContainText(/refused|no endpoints/, { timeout: 20_000 });

  await press(page.getByRole("button", { name: "Compare branches" }));
  const comparison = page.getByRole("dialog", { name: "Compare" });
  await expect(comparison).toContainText("services default/web spec.selector.app", { timeout: 20_000 });
  await expect(comparison).toContainText("They diverge here.");
  await page.keyboard.press("Escape");

  await press(page.getByRole("tab", { name: "Packets" }));
  await press(page.getByRole("table", { name: "Packets" }).locator("tr button.terminal-link").first());
  const inspector = page.getByRole("region", { name: "Inspector" });
  await press(inspector.getByRole("button", { name: "Rewind to the cause" }));
  await expect(inspector).toContainText(/Answered until .*; then Apply the YAML/, { timeout: 30_000 });
  await press(inspector.getByRole("button", { name: /^Look at / }));
  await expect(page.getByText(/^Looking at/)).toBeVisible();

  const moment = (await slider(page).getAttribute("aria-valuenow")) ?? "";
  await press(page.getByRole("button", { name: "Share" }));
  const dialog = page.getByRole("dialog", { name: "Share" });
  await expect(dialog.getByRole("checkbox", { name: /^Opens at/ })).toBeChecked();
  await expect(dialog.getByRole("checkbox", { name: "With the other branch" })).toBeChecked();
  await expect(dialog.getByRole("textbox", { name: "Link" })).toHaveValue(/\?at=.*#p1:/, { timeout: 20_000 });
  const link = await dialog.getByRole("textbox", { name: "Link" }).inputValue();
  // The slider goes in steps of 100 ms at most, the link holds the very moment.
  expect(Math.abs(Number(new URL(link).searchParams.get("at")) - Number(moment))).toBeLessThanOrEqual(100);
  return link;
}

/** Opens the link as someone else would. */
async function openThere(page: Page, link: string, name: string): Promise<void> {
  await page.goto("about:blank");
  await page.goto(link);
  await expect(cluster(page)).toBeVisible();
  await expect(kill(page, name)).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole("button", { name: "Branches (2)" })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole("button", { name: "Play" })).toBeVisible();
}

test("by mouse: back before the kill, another future, both compared, the cause found, the moment shared", async ({
  page,
}) => {
  test.setTimeout(180_000);
  await open(page);
  const name = await live(page, byMouse);
  const box = await slider(page).boundingBox();
  if (box === null) throw new Error("the timeline is not on the page");
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.6);
  await page.mouse.down();
  await page.mouse.move(box.x + 2, box.y + box.height * 0.6, { steps: 10 });
  await page.mouse.up();
  await expect(page.getByText(/^Looking at/)).toBeVisible();
  await backToTheRequest(page, byMouse);
  await expect(kill(page, name)).toBeVisible();
  const link = await changeCompareAndShare(page, byMouse);
  await openThere(page, link, name);
});

test("by keyboard alone: the same", async ({ page }) => {
  test.setTimeout(180_000);
  await open(page);
  const name = await live(page, byKeyboard);
  await slider(page).focus();
  for (let most = 6; most > 0 && (await kill(page, name).count()) === 0; most--) {
    await page.keyboard.press("Shift+ArrowLeft");
    await expect(page.getByText(/^Looking at/)).toBeVisible();
  }
  await expect(kill(page, name)).toBeVisible();
  await backToTheRequest(page, byKeyboard);
  await expect(kill(page, name)).toBeVisible();
  const link = await changeCompareAndShare(page, byKeyboard);
  await openThere(page, link, name);
});

test("every line leads to its moment, each list is one tab stop, and a note is a mark that a link carries", async ({
  page,
}) => {
  test.setTimeout(120_000);
  await open(page);
  await expectReady(page, "web", 3);
  await page.getByRole("button", { name: "Send request" }).first().click();
  await expect(packetLog(page)).toContainText("The laptop got 200 from");
  await packetLog(page).getByRole("button").last().focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/^Looking at/)).toBeVisible();
  await expect(packetLog(page)).not.toContainText("The laptop got 200 from");
  expect(await packetLog(page).locator("button[tabindex='0']").count()).toBe(1);
  await page.getByRole("tab", { name: "Events" }).click();
  await page
    .getByRole("table", { name: "Events" })
    .getByRole("button", { name: /^Go to 0:0/ })
    .last()
    .click();
  await expect(slider(page)).toHaveAttribute("aria-valuetext", /^0:0.*before now$/);

  await timeline(page).getByRole("button", { name: "Event list" }).click();
  await page.getByRole("textbox", { name: /^Note on / }).fill("<b>look</b> here");
  await page.getByRole("button", { name: "Add note" }).click();
  await expect(page.getByRole("button", { name: /<b>look<\/b> here/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.locator(".track-mark[data-kind='note']")).toHaveAttribute("title", /<b>look<\/b> here/);
  await page.getByRole("button", { name: "Share" }).click();
  const field = page.getByRole("dialog", { name: "Share" }).getByRole("textbox", { name: "Link" });
  await expect(field).toHaveValue(/#p1:/);
  const link = await field.inputValue();
  await page.goto("about:blank");
  await page.goto(link);
  await timeline(page).getByRole("button", { name: "Event list" }).click();
  await expect(page.getByRole("button", { name: /<b>look<\/b> here/ })).toBeVisible();
});

test("the example that compares opens with both futures, and says what differs", async ({ page }) => {
  await page.goto("/?scenario=rolling-update");
  await page.getByRole("button", { name: "Compare branches" }).click();
  const comparison = page.getByRole("dialog", { name: "Compare" });
  await expect(comparison).toContainText("refused", { timeout: 30_000 });
  await expect(comparison.getByRole("row").filter({ hasText: "refused" })).toContainText(/[1-9]/);
});
