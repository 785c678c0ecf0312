// Presenting: the picture alone, large, gone through with the keys of a speaker or a clicker.
import { expect, type Page, test } from "./test.ts";
import { cluster, open } from "./visitor.ts";

const narration = (page: Page) => page.getByRole("region", { name: "Narration" });
const visible = (page: Page, names: readonly string[]) =>
  Promise.all(names.map((name) => page.getByRole("region", { name }).isVisible()));

/** The smallest letters of the picture and of what is reported, in pixels of the screen. */
function smallest(page: Page): Promise<number> {
  return cluster(page).evaluate((region) => {
    const sizes = [...region.querySelectorAll("*")].flatMap((element) => {
      const hasWords = [...element.childNodes].some((each) => each.nodeType === 3 && each.textContent?.trim() !== "");
      const { width } = element.getBoundingClientRect();
      if (!hasWords || width < 2 || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
        return [];
      const inPicture = element.closest(".react-flow__viewport");
      const zoom = inPicture === null ? 1 : new DOMMatrix(getComputedStyle(inPicture).transform).a;
      const mark = element.closest(".route-mark");
      const scale =
        mark === null ? 1 : Number(/scale\(([\d.]+)\)/.exec(mark.getAttribute("transform") ?? "")?.[1] ?? 1);
      return [Number.parseFloat(getComputedStyle(element).fontSize) * zoom * scale];
    });
    return sizes.length < 20 ? 0 : Math.min(...sizes);
  });
}

for (const [width, height, query] of [
  [1024, 768, ""],
  [1280, 720, "?scenario=bookshop"],
] as const)
  test(`[PRESENT-1] [PRESENT-2] [PRESENT-3] [PRESENT-4] nothing but the picture, no letter under 13 px, a clicker's keys: ${width}×${height}${query}`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await open(page, query);
    await page.getByRole("button", { name: "Present" }).click();
    await expect(narration(page)).toContainText("Page Down");
    expect(await visible(page, ["YAML editor", "Console", "Inspector", "Timeline"])).toEqual([
      false,
      false,
      false,
      false,
    ]);
    await expect(page.getByRole("banner")).toBeHidden();
    expect(await smallest(page)).toBeGreaterThanOrEqual(13);
    await page.keyboard.press("PageDown");
    await expect(narration(page)).toContainText("The laptop sends a request");
    await page.keyboard.press("PageDown");
    await expect(narration(page)).toContainText(/Nothing listens|rules of/);
    const mark = cluster(page).locator('.route-mark[data-state="now"]');
    for (let stop = 0; stop < 2; stop++) {
      const told = await narration(page).locator(".narration-sentence").textContent();
      await page.keyboard.press("ArrowRight");
      await expect(narration(page).locator(".narration-sentence")).not.toHaveText(told ?? "");
      await expect(mark).toBeInViewport();
    }
    expect(await smallest(page)).toBeGreaterThanOrEqual(13);
    const told = await narration(page).locator(".narration-sentence").textContent();
    await page.keyboard.press("PageUp");
    await expect(narration(page).locator(".narration-sentence")).not.toHaveText(told ?? "");
    await page.mouse.move(300, 300);
    await expect(page.locator(".present-spot")).toBeVisible();
    await page.keyboard.press("r");
    await expect(narration(page)).toContainText("Nothing has been sent yet");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("banner")).toBeVisible();
    await expect(page.getByRole("button", { name: "Present" })).toBeFocused();
  });

test("[PRESENT-1] ?present begins so, in a frame too, and P and the button leave", async ({ page }) => {
  await open(page, "?embed&present");
  await expect(page.getByRole("region", { name: "Timeline" })).toBeHidden();
  await page.keyboard.press("p");
  await expect(page.getByRole("region", { name: "Timeline" })).toBeVisible();
  await page.keyboard.press("p");
  await page.getByRole("button", { name: "Leave presenting" }).click();
  await expect(page.getByRole("region", { name: "Timeline" })).toBeVisible();
});
