// The first packet, and what happens to packets when the world changes under them.
import { expect, test } from "./test.ts";
import { cluster, expectPods, expectReady, manifest, open, packetLog, sendRequest, typeManifest } from "./visitor.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

test("a newcomer presses one button and within ten seconds the packet has arrived and returned", async ({ page }) => {
  await open(page);
  const from = Date.now();
  await sendRequest(page);
  await expect(packetLog(page)).toContainText(/192\.168\.1\.1[123]:30080/);
  await expect(packetLog(page)).toContainText(/10\.244\.\d\.\d+:8080/);
  await expect(packetLog(page)).toContainText(/answer|200|reply/i, { timeout: 10_000 });
  expect(Date.now() - from).toBeLessThan(10_000);
});

test("killing a pod while traffic runs gives a new pod, and the traffic continues", async ({ page }) => {
  await open(page);
  await expectPods(page, "web", 3);
  await page
    .getByRole("button", { name: /^(Start|Continuous) traffic/ })
    .first()
    .click();
  await expect(packetLog(page)).toContainText(/10\.244\.\d\.\d+:8080/);
  const kill = cluster(page)
    .getByRole("button", { name: /^Kill pod web-/ })
    .first();
  const name = (await kill.getAttribute("aria-label"))?.replace("Kill pod ", "") ?? "";
  expect(name).toMatch(/^web-/);
  await kill.click();
  await expect(page.getByRole("button", { name: `Kill pod ${name}`, exact: true })).toHaveCount(0, { timeout: 60_000 });
  await expectPods(page, "web", 3);
});

test("a Deployment scales 3 → 5 → 0, is refused at 0, and answers again at 2", async ({ page }) => {
  await open(page);
  await expectPods(page, "web", 3);
  const up = page.getByRole("button", { name: "Scale up web" }).first();
  const down = page.getByRole("button", { name: "Scale down web" }).first();
  for (let i = 0; i < 2; i++) await up.click();
  await expectPods(page, "web", 5);
  for (let i = 0; i < 5; i++) await down.click();
  await expectPods(page, "web", 0);
  await sendRequest(page);
  await expect(packetLog(page)).toContainText(/refused/i);
  for (let i = 0; i < 2; i++) await up.click();
  await expectPods(page, "web", 2);
  await expectReady(page, "web", 2);
  await expect(async () => {
    await sendRequest(page);
    await expect(packetLog(page)).toContainText(/10\.244\.\d\.\d+:8080/, { timeout: 3_000 });
  }).toPass({ timeout: 30_000 });
});

test("a targetPort that nobody listens on is refused by the pod", async ({ page }) => {
  await open(page);
  await expectPods(page, "web", 3);
  await typeManifest(page, manifest({ targetPort: "9090" }));
  await expect(cluster(page)).toContainText("9090");
  await sendRequest(page);
  await expect(packetLog(page)).toContainText(/refused/i);
  await expect(packetLog(page)).toContainText(/9090/);
});

test("a changed nodePort is open at once, and the old one is closed", async ({ page }) => {
  await open(page);
  await expectPods(page, "web", 3);
  await typeManifest(page, manifest({ nodePort: 31234 }));
  await expect(cluster(page)).toContainText("31234");
  await sendRequest(page);
  await expect(packetLog(page)).toContainText(/192\.168\.1\.1[123]:31234/);
});

test("a selector typo leaves no endpoints and is reported; its repair brings them back", async ({ page }) => {
  await open(page);
  await expectPods(page, "web", 3);
  await typeManifest(page, manifest({ selector: "wep" }));
  await expectReady(page, "web", 0);
  await expect(async () => {
    await sendRequest(page);
    await expect(packetLog(page)).toContainText(/refused/i, { timeout: 3_000 });
  }).toPass({ timeout: 30_000 });
  await typeManifest(page, manifest());
  await expect(async () => {
    await sendRequest(page);
    await expect(packetLog(page)).toContainText(/answer|200|reply/i, { timeout: 5_000 });
  }).toPass({ timeout: 30_000 });
});
