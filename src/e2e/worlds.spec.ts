// In every world and every frame each letter can be read: none is small, none covers another.
import { encode } from "../scenario/link.ts";
import { overlapping, textsOnPicture } from "./legible.ts";
import { expect, test } from "./test.ts";
import { cluster } from "./visitor.ts";
import { WORLDS } from "./worlds.ts";

const SIZES = [
  [1440, 900],
  [1280, 720],
  [1024, 768],
  [720, 420],
  [390, 844],
] as const;
const LEAST_PX = 11;

for (const [name, make] of Object.entries(WORLDS))
  test(`[PICTURE-5] every letter of ${name} is at least ${LEAST_PX} px high and covers no other`, async ({ page }) => {
    const scenario = { ...(await make()), log: [] };
    await page.goto(`/#${await encode(scenario)}`);
    await expect(
      cluster(page)
        .getByRole("button", { name: /^Service / })
        .first(),
    ).toBeVisible({ timeout: 20_000 });
    await page.getByRole("button", { name: "Pause" }).click();
    for (const [width, height] of SIZES) {
      await page.setViewportSize({ width, height });
      await page.waitForTimeout(300);
      const texts = await textsOnPicture(page);
      const where = `${name} at ${width}×${height}`;
      expect(texts.length, where).toBeGreaterThan(5);
      expect(
        texts.filter(({ px }) => px < LEAST_PX - 0.01).map(({ text, px }) => `${text} ${px.toFixed(1)} px`),
        where,
      ).toEqual([]);
      expect(overlapping(texts), where).toEqual([]);
    }
  });
