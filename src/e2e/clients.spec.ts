// What the page's clients can send beside one request over a connection of its own.
import { expect, test } from "./test.ts";
import { cluster, expectReady, open, packetLog, typeManifest } from "./visitor.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const CHOOSE = "Choose what laptop sends";

test("with keep-alive the pods that a scale-up adds stay idle", async ({ page }) => {
  await open(page);
  await expectReady(page, "web", 3);
  await page.getByRole("button", { name: CHOOSE }).click();
  const panel = page.getByRole("dialog", { name: "Request" });
  await panel.getByRole("checkbox", { name: /^Keep-alive/ }).check();
  await panel.getByRole("button", { name: "Start traffic" }).click();
  await page.keyboard.press("Escape");
  await expect(packetLog(page)).toContainText(/got 200 from pod web-/, { timeout: 20_000 });
  for (let i = 0; i < 2; i++) await page.getByRole("button", { name: "Scale up web" }).first().click();
  await expectReady(page, "web", 5);
  const answers = async () => ((await packetLog(page).textContent()) ?? "").match(/got 200 from pod \S+/g) ?? [];
  await expect.poll(async () => (await answers()).length, { timeout: 30_000 }).toBeGreaterThan(4);
  expect(new Set(await answers()).size).toBe(1);
});

const UDP = `apiVersion: v1
kind: Service
metadata:
  name: names
spec:
  type: NodePort
  selector:
    app: names
  ports:
    - port: 53
      protocol: UDP
      nodePort: 30053
---
apiVersion: v1
kind: Pod
metadata:
  name: names
  labels:
    app: names
spec:
  containers:
    - name: names
      image: example.com/names
      ports:
        - containerPort: 53
          protocol: UDP
`;

test("a datagram reaches a UDP port from the menu", async ({ page }) => {
  await open(page);
  await typeManifest(page, UDP);
  await expectReady(page, "names", 1);
  await expect(cluster(page)).toContainText("UDP");
  await page.getByRole("button", { name: CHOOSE }).click();
  const panel = page.getByRole("dialog", { name: "Request" });
  await panel.getByRole("combobox", { name: "To" }).selectOption("192.168.1.12:30053/UDP");
  await panel.getByRole("button", { name: "Send once" }).click();
  await expect(packetLog(page)).toContainText(/192\.168\.1\.12:30053 \(UDP\)/);
  await expect(packetLog(page)).toContainText(/got an answer by UDP from pod names/, { timeout: 15_000 });
});
