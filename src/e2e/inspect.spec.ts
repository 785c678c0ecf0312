// What others hold about an object, in its inspector.
import { openExample } from "./parts.ts";
import { expect, test } from "./test.ts";
import { cluster, expectPods, manifest, open, sendRequest, typeManifest } from "./visitor.ts";

test("[INSPECT-1] a Service leads to its EndpointSlice, and the slice back to its Service and pods", async ({
  page,
}) => {
  await open(page);
  await cluster(page)
    .getByRole("button", { name: /^Service web,/ })
    .click();
  const inspector = page.getByRole("region", { name: "Inspector" });
  const slices = inspector.getByRole("region", { name: "EndpointSlices" });
  await expect(slices.getByRole("listitem").first()).toContainText("✓ ready");
  await expect(slices.getByRole("listitem").first()).toContainText("✓ serving");
  await expect(slices.getByRole("listitem").first()).toContainText("✕ not terminating");
  await slices
    .getByRole("button", { name: /^web-\w{5}$/ })
    .first()
    .click();
  await expect(inspector.getByText("EndpointSlice in default")).toBeVisible();
  await inspector.getByRole("button", { name: "web", exact: true }).click();
  await expect(inspector.getByText("Service in default")).toBeVisible();
});

test("[INSPECT-1] a client with session affinity, and the connections that a node translates", async ({ page }) => {
  await open(page);
  await typeManifest(page, manifest().replace("  type: NodePort\n", "  type: NodePort\n  sessionAffinity: ClientIP\n"));
  await expect(cluster(page).getByRole("button", { name: /^Service web,/ })).toBeVisible();
  await page.waitForTimeout(1_500);
  await sendRequest(page);
  await cluster(page)
    .getByRole("button", { name: /^Service web,/ })
    .click();
  const inspector = page.getByRole("region", { name: "Inspector" });
  await expect(inspector.getByRole("region", { name: "Session affinity" })).toContainText("192.168.1.10 on node-1");
  await expect(inspector.getByRole("region", { name: "Session affinity" })).toContainText(/2 h 59 min/);
  await page.getByRole("button", { name: "Start traffic" }).first().click();
  await cluster(page)
    .getByRole("button", { name: /^Node node-1/ })
    .click();
  const connections = inspector.getByRole("region", { name: "Connections" });
  await expect(connections).toContainText(/original192\.168\.1\.10:\d+ → 192\.168\.1\.11:30080/);
  await expect(connections).toContainText(/reply10\.244\.\d\.\d:8080 → 192\.168\.1\.1[01]/);
});

test("[INSPECT-1] a pod's variables, and the Service that came too late for them", async ({ page }) => {
  await open(page);
  await expectPods(page, "web", 3);
  const late = manifest({ nodePort: 30081 }).split("---")[0]?.replace("name: web", "name: late") ?? "";
  await typeManifest(page, `${manifest()}---\n${late}`);
  await cluster(page)
    .getByRole("button", { name: /^Pod web-/ })
    .first()
    .click();
  const variables = page.getByRole("region", { name: "Environment variables" });
  await expect(variables).toContainText("No variables of Service late");
  await variables.getByText(/^Service kubernetes, 8 variables/).click();
  await expect(variables.getByText("KUBERNETES_SERVICE_HOST=10.96.0.1")).toBeVisible();
});

test("[INSPECT-2] a load balancer without an address says so on its card, and why", async ({ page }) => {
  await open(page);
  await openExample(page, "LoadBalancer");
  const card = cluster(page).getByRole("button", {
    name: /^Service load-balancer-service,.*pending: no cloud provider/,
  });
  await expect(card).toBeVisible();
  await expect(cluster(page).getByText("<pending>", { exact: true })).toBeVisible();
  await card.click();
  await expect(page.getByRole("region", { name: "Inspector" })).toContainText("<pending>: no cloud provider");
});
