// docs/pains.md 2, 3, 5, 8, 10, 14, 17, 19, 20, 21: names, pairs, routes and nodes; read, cured, answered.

import {
  apply,
  CLIENT,
  deployment,
  expectArrival,
  fromPod,
  inspectLast,
  nodePort,
  openWith,
  play,
  service,
  type,
  worthKnowing,
} from "./pains.ts";
import { expect, test } from "./test.ts";
import { cluster, packetLog, sendRequest } from "./visitor.ts";

const GOOD = `${nodePort()}${deployment({ replicas: 3 })}`;

test("2: a laptop that has no route to the nodes, and localhost, which is not a node", async ({ page }) => {
  await play(page, {
    text: GOOD,
    before: ["sim fail route laptop"],
    says: ["no route to the nodes", "kind, minikube or Docker Desktop"],
    cure: "Restore the route from the laptop to the nodes",
  });
  await type(page, "curl -s localhost:30080");
  await inspectLast(page, "failed");
  const why = page.getByRole("region", { name: "Why it failed" });
  await expect(why).toContainText("the laptop itself");
  const answered = await packetLog(page).locator('[data-kind="answered"]').count();
  await apply(why, /Apply: Send to 192\.168\.1\.11:30080 instead/);
  await expect(packetLog(page).locator('[data-kind="answered"]')).not.toHaveCount(answered);
});

test("3: a load balancer that stays pending is reported by the health panel; with a provider its address answers", async ({
  page,
}) => {
  await openWith(
    page,
    `${service("type: LoadBalancer, selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }]")}${deployment()}`,
  );
  await page.getByRole("button", { name: /^Health: 1 problem/ }).click();
  const health = page.getByRole("region", { name: "Health", exact: true });
  await expect(health).toContainText("EXTERNAL-IP of Service web stays <pending>");
  await apply(health, "Turn the cloud provider on");
  await expect(page.getByRole("button", { name: "Health: nothing is wrong" })).toBeVisible();
  const address = "$(kubectl get service web -o jsonpath={.status.loadBalancer.ingress[0].ip})";
  await expectArrival(page, () => type(page, `curl -s http://${address}`));
});

const WRONG_PAIRS: readonly (readonly [pair: string, url: string, says: string])[] = [
  ["clusterIP:nodePort", "http://10.96.50.50:30080", "30080 is its nodePort"],
  ["nodeIP:port", "http://192.168.1.12:80", "nodePort 30080"],
  ["Service:targetPort", "http://web:8080", "8080 is its targetPort"],
];

test("5: each wrong pair is reported, and the legal one is sent instead", async ({ page }) => {
  const text = `${nodePort({ more: ", clusterIP: 10.96.50.50" })}${deployment()}${CLIENT}`;
  await openWith(page, text);
  const why = page.getByRole("region", { name: "Why it failed" });
  for (const [, url, says] of WRONG_PAIRS) {
    const failures = await packetLog(page).locator('[data-kind="failed"]').count();
    await type(page, fromPod(url));
    await expect(packetLog(page).locator('[data-kind="failed"]')).not.toHaveCount(failures);
    await inspectLast(page, "failed");
    await expect(why).toContainText(says);
    await expect(why).toContainText("Three pairs work");
    const answered = await packetLog(page).locator('[data-kind="answered"]').count();
    await apply(why, /Apply: Send to \S+ instead/);
    await expect(packetLog(page).locator('[data-kind="answered"]')).not.toHaveCount(answered);
  }
});

test("8: a short name from another namespace", async ({ page }) => {
  await play(page, {
    text: `apiVersion: v1
kind: Namespace
metadata:
  name: prod
${service("selector: { app: api }, ports: [{ port: 80, targetPort: 8080 }]", "api", "prod")}${deployment({ name: "api", labels: "app: api", namespace: "prod" })}${CLIENT}`,
    request: fromPod("http://api"),
    says: ["name not resolved", "from here its name is api.prod"],
    cure: "Send to api.prod:80 instead",
    again: "none",
  });
});

test("10: the pod saw the node instead of the laptop; with Local it sees the laptop", async ({ page }) => {
  await openWith(page, GOOD);
  await sendRequest(page);
  const told = worthKnowing(page);
  await told.getByText(/The pod saw 192\.168\.1\.1\d, not the laptop/).click();
  await apply(told, "Set spec.externalTrafficPolicy to Local");
  await expectArrival(page, () => sendRequest(page));
  await expect(packetLog(page).locator('[data-kind="answered"]').last()).toContainText(
    /saw 192\.168\.1\.10 as the sender/,
  );
});

test("14: requests on one connection stay with one pod", async ({ page }) => {
  await openWith(page, GOOD);
  await type(page, "curl -s http://192.168.1.12:30080 http://192.168.1.12:30080");
  await inspectLast(page, "answered");
  const told = worthKnowing(page);
  await told.getByText("It used an open connection").click();
  await expect(told).toContainText("drawn once per connection");
  const answered = await packetLog(page).locator('[data-kind="answered"]').count();
  await apply(told, "Send it on a new connection");
  await expect(packetLog(page).locator('[data-kind="answered"]')).not.toHaveCount(answered);
});

test("17: an address as externalName", async ({ page }) => {
  await play(page, {
    text: `${service("type: ExternalName, externalName: 192.168.1.12, ports: [{ port: 30080 }]", "db")}${GOOD}${CLIENT}`,
    request: fromPod("http://db:30080"),
    says: ["name not resolved", "is an address, not a name"],
    cure: /Apply: Make it a Service without a selector/,
  });
});

test("19: externalTrafficPolicy Local drops at nodes without a pod", async ({ page }) => {
  await openWith(page, `${nodePort({ more: ", externalTrafficPolicy: Local" })}${deployment({ replicas: 1 })}`);
  const empty = page.getByRole("region", { name: "Health", exact: true });
  await page.getByRole("button", { name: /^Health: 1 problem/ }).click();
  await expect(empty).toContainText(/node-\d and node-\d drop the packets of Service web/);
  const node = /(node-\d) and node-\d drop/.exec((await empty.textContent()) ?? "")?.[1]?.at(-1) ?? "1";
  await page.getByRole("button", { name: "Close health" }).click();
  const request = `curl -s -m 3 192.168.1.1${node}:30080`;
  await type(page, request);
  await inspectLast(page, "failed");
  const why = page.getByRole("region", { name: "Why it failed" });
  await expect(why).toContainText("no answer in time");
  await expect(why).toContainText("externalTrafficPolicy of Service web is Local");
  await apply(why, /Apply: Set spec\.externalTrafficPolicy to Cluster/);
  await expectArrival(page, () => type(page, request));
});

test("20: a pod that is stopped while nodes still lead to it; a preStop pause bridges that", async ({ page }) => {
  await openWith(page, `${nodePort()}${deployment({ replicas: 1 })}`);
  await type(page, "sim set proxy-lag 4000");
  const stopAndAsk = "kubectl delete pod -l app=web --wait=false; sleep 2; curl -s -m 5 192.168.1.11:30080";
  await type(page, stopAndAsk);
  await inspectLast(page, "failed");
  const why = page.getByRole("region", { name: "Why it failed" });
  await expect(why).toContainText("was shutting down");
  await apply(why, /Apply: Make the pods of web wait 5 s/);
  await expect(page.getByRole("region", { name: "YAML editor" })).toContainText("preStop");
  await type(page, "kubectl rollout status deployment/web");
  await type(page, "sleep 20");
  await expectArrival(page, () => type(page, stopAndAsk));
});

test("21: a dead node", async ({ page }) => {
  await play(page, {
    text: GOOD,
    before: ["sim fail node/node-2"],
    request: "curl -s -m 4 192.168.1.12:30080",
    says: ["node-2 has no power", "the same nodePort works on every other node", "kubectl get nodes"],
    cure: "Switch node-2 on",
  });
  await expect(cluster(page)).toContainText("node-2");
});

test("34: [POLICY-1] [POLICY-2] [POLICY-3] [POLICY-4] a NetworkPolicy that lists the Service's port", async ({
  page,
}) => {
  const policy = `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec: { podSelector: { matchLabels: { app: web } }, ingress: [{ ports: [{ port: 80 }] }] }
`;
  await openWith(page, `${GOOD}${policy}`);
  const shields = page.getByRole("button", { name: /^Pod web-\S+ is isolated for ingress by web$/ });
  await expect(shields).toHaveCount(3);
  await page.getByRole("button", { name: "Policies", exact: true }).click();
  const table = page.getByRole("dialog", { name: "Who may reach whom" });
  await table
    .getByRole("row", { name: /^outside/ })
    .getByRole("button", { name: "no" })
    .click();
  await expect(table).toContainText("rule 1 fits node-1 (192.168.1.11), but lists TCP 80, not TCP 8080");
  await table.getByText("What if …").click();
  await table.getByRole("combobox", { name: "Start from" }).selectOption("default/web");
  const wanted = table.getByRole("textbox", { name: "Manifest of NetworkPolicies" });
  const written = await wanted.inputValue();
  await wanted.fill(written.replace("port: 80", "port: 80800"));
  await wanted.press("Control+Enter");
  await expect(table.getByRole("alert")).toContainText("must be between 1 and 65535");
  await expect(wanted).toBeFocused();
  await wanted.fill(written.replace("port: 80", "port: 8080"));
  await wanted.press("Control+Enter");
  await expect(table.getByText(/^\d ways open, none closes\.$/)).toBeVisible();
  await expect(table.getByRole("row", { name: /^outside/ })).toContainText("now allowed");
  await table.getByRole("button", { name: "Close" }).click();
  const request = "curl -s -m 4 192.168.1.12:30080";
  await type(page, request);
  await inspectLast(page, "failed");
  const why = page.getByRole("region", { name: "Why it failed" });
  await expect(why).toContainText("no answer in time");
  await expect(why).toContainText("A policy sees the port of the pod (8080)");
  await apply(why, /Apply: Change port 80 to the pod's port 8080/);
  await expectArrival(page, () => type(page, request));
  await type(page, "sim cni policy off");
  await expect(page.getByRole("button", { name: /if the network plugin enforced policies$/ })).toHaveCount(3);
});
