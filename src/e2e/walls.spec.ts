// What fails in one place stays there: a box of the picture, a hop, a panel; all else runs on and the place can be tried again.
import { expect, type Page, test } from "./test.ts";
import { cluster, expectPods, open, packetLog, sendRequest, turnToText } from "./visitor.ts";

/** Reaches the page's own store through React, as no visitor can, and spoils what `spoil` names. */
async function spoil(page: Page, what: "pod" | "packets" | "hop"): Promise<void> {
  await page.evaluate((kind) => {
    const element = document.querySelector(".page") ?? document.body;
    const key = Object.keys(element).find((each) => each.startsWith("__reactFiber$")) ?? "";
    let fiber = Reflect.get(element, key);
    while (fiber !== null && fiber.memoizedProps?.value?.store === undefined) fiber = fiber.return;
    const playground = fiber.memoizedProps.value;
    const state = playground.store.getState();
    const fail = () => {
      throw new Error("spoilt by a test");
    };
    if (kind === "pod") {
      const pods = new Map<string, object>(state.objects.get("pods"));
      const [name, pod] = [...pods].find(([each]) => each.startsWith("default/")) ?? ["", {}];
      const status = Object.defineProperty({ ...Reflect.get(pod, "status") }, "containerStatuses", { get: fail });
      pods.set(name, { ...pod, status }); // read by the pod's own card
      playground.store.setState({ objects: new Map(state.objects).set("pods", pods) });
    }
    if (kind === "packets") {
      const { trace } = state.world;
      const before = trace.inFlight;
      trace.inFlight = fail;
      Reflect.set(window, "mend", () => {
        trace.inFlight = before;
      });
      playground.frames.request();
    }
    if (kind === "hop") {
      const { trace } = state.world;
      const before = trace.packet;
      trace.packet = (id: number) => {
        const packet = before.call(trace, id);
        if (packet === undefined || packet.kind !== "request") return packet;
        const hops = packet.hops.map((hop: object, at: number) =>
          at === 0 ? Object.defineProperty({ ...hop }, "rewrites", { get: fail }) : hop,
        );
        return { ...packet, hops };
      };
      Reflect.set(window, "mend", () => {
        trace.packet = before;
      });
    }
  }, what);
}

const mend = (page: Page) => page.evaluate("mend()");

async function expectAlive(page: Page): Promise<void> {
  const before = await packetLog(page).textContent();
  await sendRequest(page);
  await expect(packetLog(page)).not.toHaveText(before ?? "", { timeout: 20_000 });
}

test("[PARTS-4] a pod that cannot be drawn fails in its own box, and the others stay", async ({ page }) => {
  await open(page);
  await expectPods(page, "web", 3);
  await page.getByRole("button", { name: "Pause" }).click();
  await spoil(page, "pod");
  const failed = cluster(page).locator(".react-flow__node").getByRole("alert");
  await expect(failed.first()).toContainText("stopped working");
  await expect(cluster(page).getByRole("button", { name: /^Pod web-/ })).toHaveCount(2);
  await page.getByRole("button", { name: "Play" }).click();
  await expectAlive(page);
  await cluster(page).getByRole("button", { name: "Kill pod" }).first().click(); // objects are reread
  for (let left = await failed.count(); left > 0; left--)
    await failed.first().getByRole("button", { name: "Retry" }).click();
  await expect(failed).toHaveCount(0);
});

test("[PARTS-4] what draws packets may fail; the picture stays and draws them again", async ({ page }) => {
  await open(page);
  await spoil(page, "packets");
  const failed = page.getByRole("alert").filter({ hasText: "What draws packets stopped working." });
  await expect(failed).toBeVisible();
  await expectAlive(page);
  await mend(page);
  await failed.getByRole("button", { name: "Retry" }).click();
  await expect(failed).toHaveCount(0);
  await expect(page.locator("canvas.packets")).toBeVisible();
});

test("[PARTS-4] a hop that cannot be described fails in its own card", async ({ page }) => {
  await open(page);
  await sendRequest(page);
  const inspector = page.getByRole("region", { name: "Inspector" });
  await expect(inspector.getByText(/^The laptop got 200/).first()).toBeVisible({ timeout: 20_000 });
  await spoil(page, "hop");
  await page.getByRole("tab", { name: "Packets" }).click();
  await inspector.getByRole("button", { name: "Close what is inspected" }).click();
  await page
    .getByRole("table", { name: "Packets" })
    .getByRole("button", { name: /^(?!Go to)/ })
    .first()
    .click();
  const failed = inspector.getByRole("alert").filter({ hasText: "Hop 1 stopped working." });
  await expect(failed).toBeVisible();
  await expect(inspector.locator(".hop").first()).toBeVisible();
  await mend(page);
  await inspector.getByRole("button", { name: "Close what is inspected" }).click();
  await page
    .getByRole("table", { name: "Packets" })
    .getByRole("button", { name: /^(?!Go to)/ })
    .first()
    .click();
  await expect(failed).toHaveCount(0);
});

for (const [name, script] of [
  [
    "null",
    "Object.defineProperty(window, 'localStorage', { value: null }); Object.defineProperty(window, 'sessionStorage', { value: null });",
  ],
  ["undefined", "Object.defineProperty(window, 'localStorage', { value: undefined });"],
  [
    "throwing",
    "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } }); Object.defineProperty(window, 'indexedDB', { get() { throw new Error('no'); } });",
  ],
] as const)
  test(`[KEPT-1] with storage ${name} the page opens, is typed in and sends`, async ({ page }) => {
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await page.addInitScript(script);
    await open(page);
    // Nothing remembers that someone was here before.
    const welcome = page.getByRole("region", { name: "Welcome" });
    await welcome.getByRole("button", { name: "Play" }).click();
    await expect(welcome).toBeHidden();
    const editor = page.getByRole("region", { name: "YAML editor" });
    await turnToText(page);
    await editor.locator(".view-lines").click();
    await page.keyboard.press("ControlOrMeta+Home");
    await page.keyboard.type("# a b", { delay: 30 });
    await page.keyboard.press("Enter");
    await expect(editor.getByRole("status")).toContainText("nothing to change");
    // A first request pauses, and its end is remembered as long as the page is open.
    await sendRequest(page);
    await page.getByRole("region", { name: "Narration" }).getByRole("button", { name: "Follow" }).click();
    await expectAlive(page);
    expect(errors).toEqual([]);
  });
