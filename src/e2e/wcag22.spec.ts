// The criteria that are new in WCAG 2.2 at levels A and AA, one test each, and what else people need who do not point or see.
import { expect, type Page, test } from "./test.ts";
import { cluster, expectReady, open, sendRequest, turnToText } from "./visitor.ts";

const scale = (page: Page) => page.locator(".react-flow__viewport").evaluate((each) => each.style.transform);

test("WCAG 2.4.11 [ACCESS-1] nothing that has the focus is covered", async ({ page }) => {
  await open(page, "?scenario=nodeport");
  await sendRequest(page);
  await expect(page.getByRole("region", { name: "Narration" })).toContainText("gets 200", { timeout: 20_000 });
  await page.getByRole("button", { name: "Step back" }).click();
  const covered: string[] = [];
  let reached = 0;
  for (let turn = 0; turn < 90; turn++) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate(() => {
      const focused = document.activeElement;
      if (focused === null || focused === document.body) return undefined;
      const element = focused.closest(".monaco-editor") ?? focused; // whose text field is a part of it
      const { x, y, width, height } = element.getBoundingClientRect();
      const parts = [0.1, 0.5, 0.9].flatMap((a) =>
        [0.1, 0.5, 0.9].map((b) => [x + a * width, y + b * height] as const),
      );
      const isSeen = parts.some(([left, top]) => {
        const at = document.elementFromPoint(left, top);
        return at !== null && (element.contains(at) || at.contains(element) || at.closest("label") !== null);
      });
      return { name: element.getAttribute("aria-label") ?? element.textContent ?? element.tagName, isSeen };
    });
    if (found === undefined) continue;
    reached++;
    if (!found.isSeen) covered.push(found.name);
  }
  expect(reached).toBeGreaterThan(60);
  expect(covered).toEqual([]);
});

test("WCAG 2.5.7 [ACCESS-2] nothing needs a drag: width, picture, time", async ({ page }) => {
  await open(page);
  const edge = page.getByRole("separator", { name: "Width of the editor" });
  const before = Number(await edge.getAttribute("aria-valuenow"));
  await edge.click({ position: { x: 4, y: 300 } });
  await expect.poll(async () => Number(await edge.getAttribute("aria-valuenow"))).not.toBe(before);
  for (let turn = 0; turn < 4; turn++) await cluster(page).getByRole("button", { name: "Zoom in" }).click();
  const place = await scale(page);
  await cluster(page).getByRole("button", { name: "Look further right" }).click();
  await expect.poll(() => scale(page)).not.toBe(place);
  await cluster(page).getByRole("button", { name: "Show everything" }).click();
  await expect(cluster(page).getByRole("button", { name: "Look further right" })).toBeHidden();
  await page.getByRole("slider", { name: "Timeline" }).click({ position: { x: 20, y: 12 } });
  await expect(page.getByText(/^Looking at/)).toBeVisible();
});

test("WCAG 2.5.8 [ACCESS-3] targets are 24 pixels or stand apart", async ({ page }) => {
  await open(page);
  await expectReady(page, "web", 3);
  await sendRequest(page);
  await expect(page.getByRole("region", { name: "Narration" })).toContainText("gets 200", { timeout: 20_000 });
  const tight = await page.evaluate(() => {
    const targets = [...document.querySelectorAll("button, select, input, a[href], summary, [role='tab']")]
      .filter((each) => each.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      // An endpoint's pod has a card that does the same; lines of text stand in their own order.
      .filter((each) => !each.matches(".endpoint .hit, .monaco-editor *, .log-entry *, .track *, .terminal *"))
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 2 && box.right > 0 && box.bottom > 0);
    const after = (element: Element) => {
      const { inset, content, position } = getComputedStyle(element, "::after");
      return content === "none" || position !== "absolute" ? 0 : -Number.parseFloat(inset);
    };
    const isSmall = ({ element, box }: (typeof targets)[number]) =>
      Math.min(box.width, box.height) + 2 * after(element) < 23.5;
    return targets.filter(isSmall).flatMap(({ element, box }) => {
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      const near = targets.find(({ element: other, box: its }) => {
        if (other === element || other.contains(element) || element.contains(other)) return false;
        const [dx, dy] = [Math.max(its.x - x, 0, x - its.right), Math.max(its.y - y, 0, y - its.bottom)];
        return Math.hypot(dx, dy) < 11.5;
      });
      const name = (each: Element) => each.getAttribute("aria-label") ?? each.textContent;
      return near === undefined ? [] : [`${name(element)} (${box.width}×${box.height}) beside ${name(near.element)}`];
    });
  });
  expect(tight).toEqual([]);
});

test("WCAG 3.2.6 [ACCESS-4] [ACCESS-8] help is in one place, and nothing is lost at 200 and 400 per cent", async ({
  page,
}) => {
  const order = async () => {
    const names = await page
      .locator("header button")
      .evaluateAll((all) => all.map((each) => each.textContent?.trim() || each.getAttribute("aria-label")));
    return names
      .filter((name) => name !== null && /^(Share|Embed|Help|Theme)/.test(name))
      .map((name) => name?.slice(0, 4));
  };
  await open(page);
  expect(await order()).toEqual(["Shar", "Embe", "Help", "Them"]);
  for (const [width, height] of [
    [640, 360],
    [320, 256],
  ] as const) {
    await page.setViewportSize({ width, height });
    expect(await order()).toEqual(["Shar", "Embe", "Help", "Them"]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    const send = page.getByRole("button", { name: "Send request" }).first();
    await send.scrollIntoViewIfNeeded();
    await send.click();
    await expect(page.getByRole("region", { name: "Narration" })).toContainText("gets 200", { timeout: 20_000 });
    for (const sheet of ["YAML", "Console", "Inspector", "Cluster"])
      await page.getByRole("navigation", { name: "Panels" }).getByRole("button", { name: sheet }).click();
    await page.getByRole("button", { name: "Pause", exact: true }).click();
    await page.getByRole("button", { name: "Play", exact: true }).click();
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("button", { name: "Help" }).click();
    await page.getByRole("dialog", { name: "Help" }).getByRole("button", { name: "Close" }).click();
  }
});

test("WCAG 3.3.7 [ACCESS-4] a request that was entered is still there when its form opens again", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Choose what laptop sends" }).click();
  const other = page.getByRole("textbox", { name: /address/i }).first();
  await other.fill("192.168.1.12:30080");
  await other.press("Enter");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Choose what laptop sends" }).click();
  await expect(page.getByRole("combobox", { name: "To" })).toHaveValue(/192\.168\.1\.12:30080/);
});

test("[ACCESS-5] [ACCESS-6] [ACCESS-7] [ACCESS-9] changes are reported, Tab leaves the editor, the story is read aloud when asked, single keys can be off", async ({
  page,
}) => {
  await page.addInitScript(() => {
    const spoken: string[] = [];
    Object.assign(window, { spoken });
    window.speechSynthesis.speak = (words) => void spoken.push(words.text);
  });
  await open(page);
  await expectReady(page, "web", 3);
  await cluster(page)
    .getByRole("button", { name: /^Make web-.* not ready$/ })
    .first()
    .click();
  await expect(page.getByRole("status", { name: "Cluster changes" })).toContainText(/web has 2 ready of 3 endpoints/, {
    timeout: 20_000,
  });
  const text = page.getByRole("region", { name: "YAML editor" });
  await turnToText(page);
  const inside = () => text.evaluate((each) => each.querySelector(".monaco-editor")?.contains(document.activeElement));
  await text.getByRole("textbox").first().focus();
  await expect(text.getByText("lets it indent")).toBeVisible();
  await page.keyboard.press("Control+m");
  await expect(text.getByText("lets it leave")).toBeVisible();
  await page.keyboard.press("Tab");
  expect(await inside()).toBe(true);
  await page.keyboard.press("Control+m");
  await page.keyboard.press("Tab");
  expect(await inside()).toBe(false);
  await sendRequest(page);
  const read = page.getByRole("button", { name: "Read aloud" });
  await expect(read).toHaveAttribute("aria-pressed", "false");
  expect(await page.evaluate(() => (window as unknown as { spoken: string[] }).spoken)).toEqual([]);
  await read.click();
  await page.getByRole("button", { name: "Next stop" }).click();
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { spoken: string[] }).spoken.join(" ")))
    .toMatch(/dot|rules/);
  await page.getByRole("button", { name: "Help" }).click();
  const keys = page.getByRole("checkbox", { name: /^Single letters/ });
  await keys.click();
  await page.keyboard.press("Escape");
  await page.getByRole("heading", { name: "Podpath" }).click();
  await page.keyboard.press("p");
  await expect(page.getByRole("banner")).toBeVisible();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Help" })).toBeHidden();
});
