// The page for those who use it otherwise than by looking and pointing: names, the way of the focus, forced colours.
import { expect, type Locator, type Page, test } from "./test.ts";
import { cluster, expectPods, manifest, open, sendRequest, turnToText, typeManifest } from "./visitor.ts";

const inspector = (page: Page) => page.getByRole("region", { name: "Inspector" });

/** All accessible names of the page, as the browser computes them. */
async function namesOn(page: Page): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  return nodes.flatMap(({ ignored, name, role }) =>
    ignored || role?.value === "StaticText" || typeof name?.value !== "string" ? [] : [name.value],
  );
}

/** As boxes, lines and resources are called inside. */
const INTERNAL =
  /\b(?:gate|client|service|pod|node|group|workload|cloud|world|pending):|\bcolumn\b|>|undefined|\[object|\.(?:apps|k8s\.io)\b|^Edge /;

for (const [name, prepare] of [
  ["the first example", async () => undefined],
  [
    "a cluster with faults and everything shown",
    async (page: Page) => {
      await page.getByRole("button", { name: "System" }).click();
      await page.getByRole("button", { name: "phone, 192.168.1.20" }).click();
      await page.getByRole("button", { name: /^Faults/ }).click();
      await page
        .getByRole("dialog", { name: "Faults" })
        .getByRole("button", { name: /firewall/i })
        .click();
      await page.keyboard.press("Escape");
      await expect(cluster(page).getByText("firewall", { exact: true })).toBeVisible();
    },
  ],
  ["many pods", (page: Page) => typeManifest(page, manifest({ replicas: 150 }))],
] as const)
  test(`no accessible name of ${name} is one of the inside`, async ({ page }) => {
    await open(page);
    await prepare(page);
    const names = await namesOn(page);
    expect(names.length).toBeGreaterThan(40);
    expect(names.filter((each) => INTERNAL.test(each) && !each.startsWith("# "))).toEqual([]);
  });

test("[NAMES-1] routes and ports have names that a person understands", async ({ page }) => {
  await open(page);
  await expect(page.getByRole("img", { name: "Route from node-1's port 30080 to Service web" })).toBeAttached();
  await expect(page.getByRole("img", { name: /^Route from Service web to pod web-\S+, ready$/ })).toHaveCount(3);
  await expect(page.getByRole("group", { name: "Open ports of node-1" })).toBeAttached();
  await page.getByRole("button", { name: /^laptop, / }).click();
  await expect(page.getByRole("img", { name: "Route from laptop to node-2" })).toBeAttached();
});

/** What has the focus: its name, or the element. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { activeElement: element } = document;
    if (element === null || element === document.body) return "body";
    return element.getAttribute("aria-label") ?? element.textContent ?? element.tagName;
  });
}

/** The focus never falls to the page, now or a little later. */
async function expectFocus(page: Page, name: RegExp): Promise<void> {
  await expect.poll(() => focused(page)).toMatch(name);
}

test("[FOCUS-1] killing a pod leaves the focus beside it, and later on a neighbour", async ({ page }) => {
  await open(page);
  await expectPods(page, "web", 3);
  const kill = cluster(page)
    .getByRole("button", { name: /^Kill pod web-/ })
    .first();
  const name = (await kill.getAttribute("aria-label"))?.replace("Kill pod ", "") ?? "";
  await kill.focus();
  await page.keyboard.press("Enter");
  await expectFocus(page, new RegExp(name));
  await expect(cluster(page).getByRole("button", { name: `Kill pod ${name}` })).toHaveCount(0, { timeout: 45_000 });
  await expectFocus(page, /^(?!body)/);
  expect(await focused(page)).toMatch(/^Pod web-|^Kill pod|^Make|^Break pod/);
});

test("undoing a fault leaves the focus in the menu", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: /^Faults/ }).click();
  const menu = page.getByRole("dialog", { name: "Faults" });
  await menu.getByRole("button", { name: /firewall/i }).click();
  await menu.getByRole("button", { name: "Undo: Add the firewall in front of the nodes" }).focus();
  await page.keyboard.press("Enter");
  await expect(menu.getByText("Nothing is broken")).toBeVisible();
  await expectFocus(page, /^(?!body)/);
  expect(await menu.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  await page.keyboard.press("Escape");
  await expectFocus(page, /^Faults/);
});

for (const [name, opener] of [
  ["Share", "Share"],
  ["Embed", "Embed"],
  ["Help", "Help"],
  ["Your work", "Your work"],
] as const)
  test(`closing ${name} gives the focus back to its button`, async ({ page }) => {
    await open(page);
    const button = page.getByRole("button", { name: opener, exact: false }).first();
    await button.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name });
    await expect(dialog).toBeVisible();
    await dialog.getByRole("button", { name: "Close" }).press("Enter");
    await expectFocus(page, new RegExp(opener));
  });

test("closing the health panel, a menu and the inspector gives the focus back", async ({ page }) => {
  await open(page);
  await typeManifest(page, manifest({ selector: "nobody" }));
  const health = page.getByRole("button", { name: /^Health: 1 problem/ });
  await health.press("Enter");
  await page.getByRole("region", { name: "Health" }).getByRole("button", { name: /close/i }).press("Enter");
  await expectFocus(page, /^Health/);
  const menu = page.getByRole("button", { name: "Break node-1" });
  await menu.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Break node-1" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expectFocus(page, /^Break node-1/);
  const node = cluster(page).getByRole("button", { name: /^Node node-1/ });
  await node.focus();
  await page.keyboard.press("Enter");
  await inspector(page).getByRole("button", { name: "Close what is inspected" }).press("Enter");
  await expectFocus(page, /^Node node-1/);
});

test("choosing an example and dismissing a message leave the focus where it is of use", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Examples" }).press("Enter");
  const list = page.getByRole("list", { name: "Examples" });
  await list.getByRole("button").nth(1).press("Enter");
  await expect(list).toHaveCount(0);
  await expectFocus(page, /^(?!body)/);
  await page.getByRole("button", { name: "Step", exact: true }).focus();
  for (let steps = 0; steps < 200 && !(await page.getByText("Nothing is scheduled").isVisible()); steps++)
    await page.keyboard.press(".");
  await page.getByRole("button", { name: "Dismiss" }).press("Enter");
  await expectFocus(page, /^(?!body)/);
});

test("a click beside everything takes the focus away, and it stays away", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "System" }).focus();
  await page.getByRole("heading", { name: "Podpath" }).click();
  await expectFocus(page, /^body$/);
  await page.waitForTimeout(300);
  expect(await focused(page)).toBe("body");
});

/** Contrast of two CSS colours as WCAG counts it. */
function contrast(a: string, b: string): number {
  const light = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map((part) => {
      const share = Number(part) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [x, y] = [light(a), light(b)].sort((one, two) => two - one) as [number, number];
  return (x + 0.05) / (y + 0.05);
}

const colourOf = (locator: Locator, name: "color" | "backgroundColor") =>
  locator.evaluate((element, each) => getComputedStyle(element)[each], name);

for (const colorScheme of ["light", "dark"] as const)
  test(`[COLOURS-1] with forced colours on ${colorScheme} ground the YAML can be read and packets be seen`, async ({
    page,
  }) => {
    await page.emulateMedia({ forcedColors: "active", colorScheme });
    await open(page);
    const editor = page.locator(".monaco-editor").first();
    await turnToText(page);
    const word = editor.locator(".view-line span span").first();
    const ground = editor.locator(".monaco-editor-background").first();
    await expect
      .poll(async () => contrast(await colourOf(word, "color"), await colourOf(ground, "backgroundColor")))
      .toBeGreaterThan(7);
    const surface = await page.evaluate(() => {
      const probe = document.createElement("span");
      probe.style.color = "Canvas";
      document.body.append(probe);
      const { color } = getComputedStyle(probe);
      probe.remove();
      return color;
    });
    await page.getByRole("combobox", { name: "Speed" }).selectOption("0.1");
    await sendRequest(page);
    const painted = () =>
      page.locator("canvas.packets").evaluate((canvas) => {
        if (!(canvas instanceof HTMLCanvasElement)) return [];
        const pixels = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
        const counts = new Map<string, number>();
        for (let at = 0; at < pixels.length; at += 4) {
          if (pixels[at + 3] !== 255) continue;
          const colour = `rgb(${pixels[at]}, ${pixels[at + 1]}, ${pixels[at + 2]})`;
          counts.set(colour, (counts.get(colour) ?? 0) + 1);
        }
        return [...counts].filter(([, count]) => count > 100).map(([colour]) => colour);
      });
    await expect
      .poll(async () => Math.max(0, ...(await painted()).map((colour) => contrast(colour, surface))), {
        timeout: 10_000,
      })
      .toBeGreaterThan(4.5);
    const primary = page.getByRole("button", { name: "Send request" }).first();
    expect(contrast(await colourOf(primary, "color"), await colourOf(primary, "backgroundColor"))).toBeGreaterThan(4.5);
    await expect(page.getByRole("button", { name: "Logical route" })).toHaveCSS("outline-style", "solid");
  });
