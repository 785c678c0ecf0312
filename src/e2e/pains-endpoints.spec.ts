// docs/pains.md 1, 4, 6, 7, 15, 18, 25, 26: no endpoints, or endpoints that do not answer; read, cured, answered.
import { readFileSync } from "node:fs";
import { apply, CLIENT, deployment, expectArrival, fromPod, nodePort, openWith, play, service, type } from "./pains.ts";
import { expect, type Page, test } from "./test.ts";
import { expectReady, packetLog, sendRequest } from "./visitor.ts";

test("1: a selector that matches no pod is set side by side with the pods' labels, and set right", async ({ page }) => {
  await play(page, {
    text: `${nodePort({ selector: "app: wep" })}${deployment()}`,
    says: ["connection refused", "No pod has the labels app=wep", "app: web", "kubectl get pods -l app=wep"],
    cure: "Set spec.selector.app to web",
  });
  await expect(page.getByRole("region", { name: "YAML editor" })).toContainText("app: web");
});

test("4: a targetPort on which nobody listens", async ({ page }) => {
  await play(page, {
    text: `${nodePort({ targetPort: "9090" })}${deployment()}`,
    says: ["Nothing listens on port 9090", "it listens on 8080", "curl -sv"],
    cure: "Set spec.ports[0].targetPort to 8080",
  });
});

test("6: a program that listens on 127.0.0.1 only", async ({ page }) => {
  await play(page, {
    text: `${nodePort()}${deployment({ container: 'args: ["--host", "127.0.0.1", "--port", "8080"]' })}`,
    says: ["listens on 127.0.0.1:8080 only", "through kubectl port-forward, because both use"],
    cure: "Listen on every address: 0.0.0.0",
  });
});

test("7: pods that are not ready", async ({ page }) => {
  await play(page, {
    text: `${nodePort()}${deployment({ container: "readinessProbe: { httpGet: { path: /healthz, port: 8080 }, periodSeconds: 1 }" })}`,
    says: ["No pod is ready", "HTTP probe failed with statuscode: 404", "ready: false"],
    cure: "Set the path of the readinessProbe to /",
  });
});

test("15: a named targetPort with a typo", async ({ page }) => {
  await play(page, {
    text: `${nodePort({ targetPort: "htttp" })}${deployment({ ports: "[{ containerPort: 8080, name: http }]" })}`,
    says: ["No container port of the pods is named htttp", "their ports are named http"],
    cure: "Set spec.ports[0].targetPort to http",
  });
});

test("18: a headless Service does not apply targetPort", async ({ page }) => {
  await play(page, {
    text: `${service("clusterIP: None, selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }]")}${deployment()}${CLIENT}`,
    request: fromPod("http://web"),
    says: ["doesn't map port 80 to 8080", "targetPort 8080 is ignored"],
    cure: "Set spec.ports[0].port to 8080",
    again: fromPod("http://web:8080"),
  });
});

test("25: a Service without selector whose EndpointSlice is labelled for another", async ({ page }) => {
  const slice = `---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: legacy-1
  labels:
    kubernetes.io/service-name: legcay # a typo
addressType: IPv4
ports: [{ port: 30080 }]
endpoints: [{ addresses: ["192.168.1.12"] }]
`;
  await play(page, {
    text: `${service("ports: [{ port: 80 }]", "legacy")}${slice}${nodePort()}${deployment()}${CLIENT}`,
    request: fromPod("http://legacy"),
    says: ["has no selector and no EndpointSlice", "its label names legcay"],
    cure: "Label EndpointSlice legacy-1 with kubernetes.io/service-name: legacy",
  });
  await expect(page.getByRole("region", { name: "YAML editor" })).toContainText("# a typo");
});

test("26: two programs that share a label are reported in the health panel before a packet is sent", async ({
  page,
}) => {
  await openWith(
    page,
    `${service("type: NodePort, selector: { app: shop }, ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]", "shop")}${deployment({ name: "shop", labels: "app: shop, tier: front" })}${deployment({ name: "db", labels: "app: shop, tier: db", image: "postgres:17", ports: "[{ containerPort: 5432 }]" })}`,
  );
  await expectReady(page, "shop", 4);
  const button = page.getByRole("button", { name: /^Health: \d problem/ });
  await button.press("Enter");
  const health = page.getByRole("region", { name: "Health", exact: true });
  await expect(health).toContainText("Service shop also selects pods of another program");
  await expect(health).toContainText("about 50 % of the requests");
  await apply(health, "Add tier: front to the selector");
  await expect(page.getByRole("button", { name: "Health: nothing is wrong" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expectArrival(page, () => sendRequest(page));
});

test("28: a program whose own variable a Service overrides", async ({ page }) => {
  await play(page, {
    text: `${service("type: NodePort, selector: { app: redisinsight }, ports: [{ port: 80, targetPort: 8001, nodePort: 30080 }]", "redisinsight")}${deployment({ name: "redisinsight", labels: "app: redisinsight", image: "redislabs/redisinsight:1.14", ports: "[]" })}`,
    says: [/REDISINSIGHT_PORT=tcp:\/\/10\.96\.\d+\.\d+:80/, "exits with code 1"],
    cure: "Set enableServiceLinks to false",
  });
});

test("33: a StatefulSet whose headless Service is missing", async ({ page }) => {
  await play(page, {
    text: `---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
spec:
  serviceName: db
  replicas: 1
  selector:
    matchLabels: { app: db }
  template:
    metadata:
      labels: { app: db }
    spec:
      containers: [{ name: db, image: "nginx:1.29", ports: [{ containerPort: 5432 }] }]
${CLIENT}`,
    request: fromPod("http://db-0.db:5432"),
    says: ["name not resolved", "db-0.db does not resolve", "there is no Service db"],
    cure: "Create the headless Service db",
  });
});

test("30: port-forward answers while the Service refuses, and the page says why", async ({ page }) => {
  await openWith(page, `${nodePort()}${deployment({ container: 'args: ["--host", "127.0.0.1", "--port", "8080"]' })}`);
  await type(page, "kubectl port-forward deploy/web 8080:8080 &");
  await type(page, "curl -s localhost:8080");
  await expect(packetLog(page).locator('[data-kind="answered"]').last()).toContainText(/127\.0\.0\.1|localhost|8080/);
  await sendRequest(page);
  const why = page.getByRole("region", { name: "Why it failed" });
  await expect(why).toContainText("through kubectl port-forward, because both use 127.0.0.1");
  await apply(why, "Listen on every address: 0.0.0.0");
  await expectArrival(page, () => sendRequest(page));
});

async function seriousFindings(page: Page): Promise<unknown[]> {
  await page.evaluate(readFileSync("node_modules/axe-core/axe.min.js", "utf8"));
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<{ violations: { id: string; impact: string }[] }> } };
    const { violations } = await axe.run();
    return violations.filter((each) => each.impact === "serious" || each.impact === "critical").map((each) => each.id);
  });
}

test("explanation and health panel have nothing serious for axe, and a command goes behind the prompt", async ({
  page,
}) => {
  await openWith(page, `${nodePort({ selector: "app: wep" })}${deployment()}`);
  await sendRequest(page);
  await expect(page.getByRole("region", { name: "Why it failed" })).toBeVisible();
  await page.getByRole("button", { name: /^Health: 1 problem/ }).click();
  const health = page.getByRole("region", { name: "Health", exact: true });
  await expect(health).toContainText("No pod has the labels app=wep");
  expect(await seriousFindings(page)).toEqual([]);
  await health.getByRole("button", { name: "kubectl get pods -l app=wep" }).click();
  await expect(page.getByRole("combobox", { name: "Command" })).toHaveValue("kubectl get pods -l app=wep");
});
