// Routes out of and into the cluster: an Ingress beside three load balancers, ExternalName, headless, port-forward.
import { expect, type Page, test } from "./test.ts";
import { cluster, expectPods, expectReady, open, packetLog, sendRequest } from "./visitor.ts";

async function choose(page: Page, example: string): Promise<void> {
  await page.getByRole("button", { name: "Examples" }).click();
  const title = new RegExp(`^${example}`);
  await page.getByRole("list", { name: "Examples" }).getByRole("button", { name: title }).click();
}

async function type(page: Page, line: string): Promise<void> {
  const prompt = page.getByRole("region", { name: "Console" }).getByRole("combobox", { name: "Command" });
  await prompt.fill(line);
  await prompt.press("Enter");
}

const output = (page: Page) => page.getByRole("region", { name: "Console" });
const balancer = (page: Page, address: string) =>
  cluster(page).getByRole("button", { name: `Load balancer ${address} of ` });

/** A fast clock, where a test waits for the cluster rather than looks at packets. */
async function hurry(page: Page): Promise<void> {
  await page.getByRole("combobox", { name: /speed/i }).selectOption({ label: "10×" });
}

test("three load balancers have three addresses and a bill; an Ingress puts the same apps behind one", async ({
  page,
}) => {
  await open(page);
  await choose(page, "Three load balancers");
  for (const last of [10, 11, 12]) await expect(balancer(page, `203.0.113.${last}`)).toBeVisible({ timeout: 20_000 });
  await expect(cluster(page)).toContainText("3 × $0.025/h");
  await expect(cluster(page)).toContainText("$54.75 a month");

  await page.getByRole("button", { name: "Cluster settings" }).click();
  await page.getByRole("spinbutton", { name: /Price per load balancer/ }).fill("0.1");
  await expect(cluster(page)).toContainText("$219.00 a month");
  await page.getByRole("spinbutton", { name: /Price per load balancer/ }).fill("0.025");
  await page.keyboard.press("Escape");

  await choose(page, "Ingress");
  await expectPods(page, "web", 2);
  await hurry(page);
  await expect(cluster(page).getByRole("button", { name: /^Ingress shop, 203\.0\.113\.1/ })).toBeVisible({
    timeout: 30_000,
  });
  await expect(cluster(page)).toContainText("1 × $0.025/h", { timeout: 30_000 });
});

test("a request through an Ingress goes to the controller pod, which connects to an endpoint itself", async ({
  page,
}) => {
  await open(page, "?embed&scenario=ingress&controls=1");
  await expect(cluster(page).getByRole("button", { name: /^Ingress shop, 203\.0\.113\.10/ })).toBeVisible({
    timeout: 30_000,
  });
  await sendRequest(page);
  const log = packetLog(page);
  await expect(log).toContainText("The laptop sent a packet for 203.0.113.10:80 to the load balancer 203.0.113.10.");
  await expect(log).toContainText(/Service ingress-nginx\/ingress-nginx-controller, its only usable endpoint/, {
    timeout: 10_000,
  });
  await expect(log).toContainText(
    /matched shop\.example\.com\/ to Ingress default\/shop \(Prefix \/ → Service web:80\), chose 10\.\S+:80, one of 2 ready endpoints, itself, so no Service rule applies/,
    { timeout: 10_000 },
  );
  await expect(log).toContainText("The laptop got 200 from pod ingress-nginx/", { timeout: 15_000 });
});

test("without a controller an Ingress has no address; switching one on in the settings gives it one", async ({
  page,
}) => {
  await open(page);
  await choose(page, "Ingress");
  await expectPods(page, "web", 2);
  await page.getByRole("button", { name: "Cluster settings" }).click();
  await page.getByRole("checkbox", { name: "Ingress controller" }).uncheck();
  await page.keyboard.press("Escape");
  await hurry(page);
  await expect(cluster(page).getByRole("button", { name: "Ingress shop, no address" })).toBeVisible({
    timeout: 30_000,
  });
  await type(page, "curl -m 2 -H 'Host: shop.example.com' http://203.0.113.10/");
  await expect(output(page)).toContainText("curl: (28)", { timeout: 20_000 });
  await page.getByRole("button", { name: "Cluster settings" }).click();
  await page.getByRole("checkbox", { name: "Ingress controller" }).check();
  await expect(cluster(page).getByRole("button", { name: /^Ingress shop, 203\.0\.113\.10/ })).toBeVisible({
    timeout: 30_000,
  });
});

test("an ExternalName leads to a host outside, which wants its own name in the Host header", async ({ page }) => {
  await open(page);
  await choose(page, "ExternalName");
  await expect(cluster(page).getByRole("button", { name: "Kill pod client", exact: true })).toBeVisible({
    timeout: 30_000,
  });
  await expect(cluster(page)).toContainText("my.external-database.com");
  await expect(cluster(page)).toContainText("198.51.100.10");
  await type(page, "kubectl wait --for=condition=Ready pod/client");
  await expect(output(page)).toContainText("condition met", { timeout: 20_000 });
  await type(page, "kubectl exec client -- curl -s http://external-service");
  await expect(packetLog(page)).toContainText("does not hold that name and forwards the question", { timeout: 20_000 });
  await expect(packetLog(page)).toContainText(
    "took external-service for its alias my.external-database.com, as DNS said, so no Service rule applies",
    { timeout: 20_000 },
  );
  await expect(output(page)).toContainText('404 Not Found: there is no site "external-service" here', {
    timeout: 20_000,
  });
  await hurry(page);
  await type(page, "kubectl exec client -- curl -s -H 'Host: my.external-database.com' http://external-service");
  await expect(output(page)).toContainText("my.external-database.com at 198.51.100.10, you are 192.168.1.", {
    timeout: 20_000,
  });
  await type(page, "kubectl exec client -- curl -s -S https://external-service");
  await expect(output(page)).toContainText(
    "no alternative certificate subject name matches target host name 'external-service'",
    { timeout: 20_000 },
  );
});

test("a headless name gives pod addresses, and targetPort counts for nothing", async ({ page }) => {
  await open(page);
  await choose(page, "Headless");
  await expectReady(page, "peers", 3);
  await type(page, "kubectl wait --for=condition=Ready pod/client");
  await expect(output(page)).toContainText("condition met", { timeout: 20_000 });
  await hurry(page);
  await type(page, "kubectl exec client -- curl -s http://peers:8080");
  await expect(packetLog(page)).toContainText(
    /took the first of the 3 pod addresses that DNS gave for peers, so no Service rule applies/,
    { timeout: 20_000 },
  );
  await expect(output(page)).toContainText(/peers-\S+ on node-\d, you are 10\.244\./, { timeout: 20_000 });
  await type(page, "kubectl exec client -- curl -sS http://peers");
  await expect(output(page)).toContainText("curl: (7)", { timeout: 20_000 });
});

test("a port-forward reaches the app that its Service cannot, and says that no rule was used", async ({ page }) => {
  await open(page);
  await choose(page, "Port-forward");
  await type(page, "kubectl rollout status deployment/web");
  await expect(output(page)).toContainText("successfully rolled out", { timeout: 40_000 });
  await sendRequest(page);
  await expect(packetLog(page)).toContainText(/listens on 127\.0\.0\.1:8080 only/, { timeout: 15_000 });
  await type(page, "kubectl port-forward svc/web 8080:80 &");
  await expect(output(page)).toContainText("Forwarding from 127.0.0.1:8080 -> 8080");
  await type(page, "curl -s localhost:8080");
  await expect(packetLog(page)).toContainText("for pod web-", { timeout: 15_000 });
  await expect(packetLog(page)).toContainText("no Service rule was used", { timeout: 15_000 });
  await expect(output(page)).toContainText(/web-\S+ on node-\d/, { timeout: 15_000 });
});
