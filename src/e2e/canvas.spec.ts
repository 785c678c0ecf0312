// The canvas: what it shows, what renders when one pod changes, and that everything can be done by keyboard.
import { readFileSync } from "node:fs";
import { expect, type Page, test } from "./test.ts";
import { cluster, expectPods, open, packetLog } from "./visitor.ts";

declare global {
  interface Window {
    /** Names of the cards that rendered since the list was emptied. */
    rendered: string[];
  }
}

/** Reads from React itself which cards of the canvas did work in each commit. */
function watchRenders(): void {
  interface Fiber {
    readonly flags: number;
    readonly alternate: Fiber | null;
    readonly memoizedProps: { readonly id?: unknown; readonly data?: unknown } | null;
    readonly child: Fiber | null;
    readonly sibling: Fiber | null;
  }
  window.rendered = [];
  const look = (fiber: Fiber | null): void => {
    for (let each = fiber; each !== null; each = each.sibling) {
      const props = each.memoizedProps;
      const isCard =
        props !== null && typeof props === "object" && typeof props.id === "string" && props.data !== undefined;
      if (isCard && each.alternate !== null && (each.flags & 1) !== 0) window.rendered.push(String(props.id));
      if (each.child !== each.alternate?.child) look(each.child);
    }
  };
  Object.assign(window, {
    __REACT_DEVTOOLS_GLOBAL_HOOK__: {
      supportsFiber: true,
      inject: () => 1,
      onCommitFiberRoot: (_id: number, root: { current: Fiber }) => look(root.current),
      onCommitFiberUnmount: () => undefined,
    },
  });
}

test("a change of one pod renders that pod, its owner and its Services, and no other card", async ({ page }) => {
  await page.addInitScript(watchRenders);
  await open(page);
  await expectPods(page, "web", 3);
  await page.waitForTimeout(2_000);
  const pod = cluster(page)
    .getByRole("button", { name: /^Make web-.* not ready$/ })
    .first();
  const name = (await pod.getAttribute("aria-label"))?.replace(/^Make (.*) not ready$/, "$1") ?? "";
  await page.evaluate(() => {
    window.rendered = [];
  });
  await pod.click();
  await expect(cluster(page).getByRole("button", { name: /^Service web,.* 2 ready of 3/ })).toBeVisible();
  const rendered = await page.evaluate(() =>
    [...new Set(window.rendered)].filter((id) => /^(pod|service|workload|gate|node|client):/.test(id)),
  );
  expect(rendered).toContain(`pod:default/${name}`);
  const others = rendered.filter((id) => !/^(service|workload):/.test(id) && id !== `pod:default/${name}`);
  expect(others).toEqual([]);
});

test("a request can be sent, followed and inspected by keyboard alone", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Send request" }).focus();
  await page.keyboard.press("Enter");
  await expect(packetLog(page)).toContainText("got 200", { timeout: 10_000 });
  const inspector = page.getByRole("region", { name: "Inspector" });
  await expect(inspector).toContainText("Why this endpoint?");
  await inspector.getByRole("group").first().focus();
  await cluster(page)
    .getByRole("button", { name: /^Pod web-/ })
    .first()
    .focus();
  await page.keyboard.press("Enter");
  await page.getByRole("tab", { name: "YAML" }).focus();
  await page.keyboard.press("Enter");
  await expect(inspector).toContainText("kind: Pod");
});

async function seriousFindings(page: Page): Promise<unknown[]> {
  await page.evaluate(readFileSync("node_modules/axe-core/axe.min.js", "utf8"));
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<{ violations: { id: string; impact: string }[] }> } };
    const { violations } = await axe.run();
    return violations.filter((each) => each.impact === "serious" || each.impact === "critical").map((each) => each.id);
  });
}

for (const colorScheme of ["light", "dark"] as const)
  for (const [width, height] of [
    [1440, 900],
    [1280, 720],
    [720, 420],
    [390, 844],
  ] as const)
    test(`at ${width} × ${height} in ${colorScheme} the first packet flies, and axe finds nothing serious`, async ({
      page,
    }) => {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      await open(page);
      await page.getByRole("button", { name: "Send request" }).click();
      await expect(packetLog(page)).toContainText("got 200", { timeout: 10_000 });
      expect(await seriousFindings(page)).toEqual([]);
    });

test("[PICTURE-1] [PICTURE-2] [PICTURE-3] [PICTURE-4] cables, legend, what a hop lights, room for rules", async ({
  page,
}) => {
  await open(page);
  await expectPods(page, "web", 3);
  await page.getByRole("button", { name: "On the wire" }).click();
  const cables = page.getByRole("img", { name: /^Cable from/ });
  await expect(cables).toHaveCount(11); // two senders to three nodes, two between nodes, three to pods
  await expect(page.getByRole("img", { name: /^Route from/ })).toHaveCount(0);
  await page.getByRole("button", { name: "Legend" }).click();
  for (const title of ["Packets", "The route of a request", "Ports", "Places", "Lines", "Pods and endpoints"])
    await expect(page.getByRole("heading", { name: title, exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Logical route" }).click();
  await page.getByRole("button", { name: "Send request" }).first().click();
  await expect(packetLog(page)).toContainText("got 200", { timeout: 20_000 });
  await page
    .locator(".hop")
    .nth(1)
    .hover({ position: { x: 40, y: 14 } });
  await expect(page.locator(".lit-box")).toHaveCount(3); // the node, the Service, the pod
  await expect(page.locator(".lit-routes path")).toHaveCount(1);
  await page.getByRole("button", { name: /^Node node-1/ }).click();
  await page.getByRole("tab", { name: "Rules" }).click();
  const rules = page.locator(".inspector .rules-text");
  await expect.poll(async () => (await rules.boundingBox())?.width ?? 0).toBeGreaterThan(450);
  expect((await rules.boundingBox())?.height).toBeGreaterThan(500);
});
