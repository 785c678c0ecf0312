// Breaking things by a click or a command: what the picture then shows, what packets come to, and the way back.
import { expect, type Locator, type Page, test } from "./test.ts";
import { cluster, expectPods, expectReady, open, packetLog, sendRequest } from "./visitor.ts";

const faultsButton = (page: Page) => cluster(page).getByRole("button", { name: /^Faults.* active$/ });
const menu = (page: Page, name: string | RegExp) => page.getByRole("dialog", { name });

/** Types a line into the console. */
async function type(page: Page, line: string): Promise<void> {
  const command = page.getByRole("combobox", { name: "Command" });
  await command.fill(line);
  await command.press("Enter");
}

/** Presses an entry of an open menu and sees that it is active. */
async function press(entry: Locator): Promise<void> {
  await entry.click();
  await expect(entry).toHaveAttribute("aria-pressed", "true");
}

test("a stopped kubelet and kube-proxy are marked on their node, listed, and undone, by keyboard alone", async ({
  page,
}) => {
  await open(page);
  await expect(faultsButton(page)).toHaveAccessibleName("Faults, none active");
  const opener = cluster(page).getByRole("button", { name: "Break node-2" });
  await opener.focus();
  await page.keyboard.press("Enter");
  await menu(page, "Break node-2").getByRole("button", { name: "Stop the kubelet" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(menu(page, "Break node-2")).toHaveCount(0);
  await expect(opener).toBeFocused();
  await expect(
    cluster(page).getByRole("button", { name: "Node node-2, kubelet stopped, kube-proxy stopped" }),
  ).toBeVisible();
  await expect(faultsButton(page)).toHaveAccessibleName("Faults 2 active");
  await faultsButton(page).focus();
  await page.keyboard.press("Enter");
  const list = menu(page, "Faults").getByRole("region", { name: "Broken now" });
  await expect(list.getByRole("listitem")).toHaveCount(2);
  await list.getByRole("button", { name: "Undo: Stop the kubelet of node-2" }).press("Enter");
  await list.getByRole("button", { name: "Undo: Stop the kube-proxy of node-2" }).press("Enter");
  await expect(list).toContainText("Nothing is broken");
  await page.keyboard.press("Escape");
  await expect(cluster(page).getByRole("button", { name: "Node node-2", exact: true })).toBeVisible();
});

test("a firewall before node ports is drawn, drops what the laptop sends, and lets it through when undone", async ({
  page,
}) => {
  await open(page);
  await expectReady(page, "web", 3);
  await cluster(page).getByRole("button", { name: "Break the network of laptop" }).click();
  await press(menu(page, "Break laptop").getByRole("button", { name: "Firewall in front of node ports" }));
  await page.keyboard.press("Escape");
  await expect(cluster(page).getByText("firewall", { exact: true })).toBeVisible();
  await sendRequest(page);
  await expect(packetLog(page)).toContainText(/firewall dropped the packet for 192\.168\.1\.1\d:30080/);
  await faultsButton(page).click();
  await menu(page, "Faults").getByRole("button", { name: "Undo: Add the firewall in front of the nodes" }).click();
  await page.keyboard.press("Escape");
  await sendRequest(page);
  await expect(packetLog(page)).toContainText("got 200", { timeout: 10_000 });
});

test("a program that listens on 127.0.0.1 refuses, its pod is marked, and it answers again when undone", async ({
  page,
}) => {
  await open(page);
  await expectPods(page, "web", 3);
  for (let i = 0; i < 2; i++) await page.getByRole("button", { name: "Scale down web" }).click();
  await expectPods(page, "web", 1);
  await expectReady(page, "web", 1);
  await cluster(page)
    .getByRole("button", { name: /^Break pod web-/ })
    .press("Enter");
  await press(menu(page, /^Break pod web-/).getByRole("button", { name: "Listen on 127.0.0.1 only" }));
  await page.keyboard.press("Escape");
  await expect(cluster(page).getByRole("button", { name: /^Pod web-.*, broken$/ })).toBeVisible();
  await sendRequest(page);
  await expect(packetLog(page)).toContainText("listens on 127.0.0.1:8080 only");
  await faultsButton(page).click();
  await menu(page, "Faults")
    .getByRole("button", { name: /^Undo: Change the port that pod web-.* listens on$/ })
    .click();
  await page.keyboard.press("Escape");
  await sendRequest(page);
  await expect(packetLog(page)).toContainText("got 200", { timeout: 10_000 });
});

test("a broken pod network and a slow link are drawn between the places, with amounts", async ({ page }) => {
  await open(page);
  await faultsButton(page).click();
  const faults = menu(page, "Faults");
  await faults.getByRole("form", { name: "Pod network" }).getByRole("button", { name: "Break" }).click();
  const link = faults.getByRole("form", { name: "Link of laptop" });
  await link.getByLabel("Latency").fill("350");
  await link.getByLabel("Loss").fill("0");
  await link.getByRole("button", { name: "Break" }).click();
  await expect(faults).toContainText("The link between laptop and node-1 takes 350 ms longer.");
  await page.keyboard.press("Escape");
  await expect(cluster(page).getByText("pods ✕")).toBeVisible();
  await expect(cluster(page).getByText("+350 ms")).toBeVisible();
  await faultsButton(page).click();
  await menu(page, "Faults").getByRole("button", { name: "Undo all" }).click();
  await expect(cluster(page).getByText("pods ✕")).toHaveCount(0);
});

test("what the console breaks and starts shows on the canvas, and can be ended there", async ({ page }) => {
  await open(page);
  await expectPods(page, "web", 3);
  await type(page, "sim traffic --from phone --rate 3 http://192.168.1.11:30080/");
  const stop = cluster(page).getByRole("button", { name: "Stop traffic" });
  await expect(stop).toHaveText("3/s");
  await stop.click();
  await expect(stop).toHaveCount(0);
  const kill = cluster(page)
    .getByRole("button", { name: /^Kill pod web-/ })
    .first();
  const pod = (await kill.getAttribute("aria-label"))?.replace("Kill pod ", "") ?? "";
  await type(page, `sim fail pod/${pod} --readiness`);
  await cluster(page)
    .getByRole("button", { name: `Make ${pod} ready` })
    .press("Enter");
  await type(page, "sim faults");
  await expect(page.getByRole("log", { name: "Console output" })).toContainText("nothing is broken");
});

test("without a route to the nodes the laptop times out, and a port-forward still works", async ({ page }) => {
  await open(page);
  await expectReady(page, "web", 3);
  await cluster(page).getByRole("button", { name: "Break the network of laptop" }).click();
  await press(menu(page, "Break laptop").getByRole("button", { name: "No route from the laptop to the nodes" }));
  await page.keyboard.press("Escape");
  const output = page.getByRole("log", { name: "Console output" });
  await type(page, "curl -sS -m 2 http://192.168.1.11:30080");
  await expect(output).toContainText("curl: (28) Connection timed out after 2000 milliseconds", { timeout: 10_000 });
  await type(page, "kubectl port-forward service/web 8080:80 > /dev/null &");
  await type(page, "sleep 2; curl -s -o /dev/null -w 'forwarded: %{http_code}' http://localhost:8080");
  await expect(output).toContainText("forwarded: 200", { timeout: 20_000 });
});

test("a node is cordoned and drained from its menu, by the command that the console then shows", async ({ page }) => {
  await open(page);
  await expectReady(page, "web", 3);
  await cluster(page).getByRole("button", { name: "Break node-3" }).click();
  await menu(page, "Break node-3")
    .getByRole("button", { name: /^Drain/ })
    .click();
  await page.keyboard.press("Escape");
  const output = page.getByRole("log", { name: "Console output" });
  await expect(output).toContainText("kubectl drain node-3 --ignore-daemonsets");
  await expect(output).toContainText("node/node-3 drained", { timeout: 20_000 });
  await expect(cluster(page).getByRole("button", { name: "Node node-3, cordoned" })).toBeVisible();
  await type(page, "kubectl uncordon node-3");
  await expect(faultsButton(page)).toHaveAccessibleName("Faults, none active");
});

test("an embed has the same menu", async ({ page }) => {
  await page.goto("./?embed&view=canvas");
  await cluster(page).getByRole("button", { name: "Break node-1" }).click();
  await press(menu(page, "Break node-1").getByRole("button", { name: "Power off" }));
  await page.keyboard.press("Escape");
  await expect(cluster(page).getByRole("button", { name: "Node node-1, power off" })).toBeVisible();
});
