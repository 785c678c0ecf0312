// What nodes and containers remember: clients with session affinity, connections, Service variables.
import { expect, test } from "vitest";
import { pinnedTo, serviceLinks } from "./index.ts";
import { Lab, service, web } from "./lab.ts";

const STICKY =
  "sessionAffinity: ClientIP, sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } }, type: NodePort, selector: { app: web }, ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]";

test("[DIAG-51] session affinity: who is held where, by the lists of the nodes, until the time is over", () => {
  const lab = new Lab(`${service(STICKY)}${web()}${service(STICKY.replace("30080", "30081"), "web-2")}`);
  const sticky = lab.cluster.api.get("services", "default", "web");
  expect(pinnedTo(lab.cluster, sticky)).toEqual([]);
  lab.send("laptop", "192.168.1.11", 30080);
  const [pinned, ...others] = pinnedTo(lab.cluster, sticky);
  expect(others).toEqual([]);
  expect(pinned).toMatchObject({ node: "node-1", client: "192.168.1.10" });
  expect(pinned?.endpoint).toMatch(/^10\.244\.\d+\.\d+:8080$/);
  expect(pinned?.remaining).toBeGreaterThan(50_000);
  expect(pinnedTo(lab.cluster, lab.cluster.api.get("services", "default", "web-2"))).toEqual([]);
  lab.cluster.advance(61_000);
  expect(pinnedTo(lab.cluster, sticky)).toEqual([]);
});

test("[DIAG-51] Service variables: those of the start, and the Services that came later or moved", () => {
  const lab = new Lab(
    `${service("selector: { app: web }, ports: [{ port: 80, name: http }]")}${service("clusterIP: None, selector: { app: web }, ports: [{ port: 80 }]", "headless")}`,
  );
  lab.apply(web({ replicas: 1 }));
  lab.cluster.advance(5_000);
  lab.apply(service("selector: { app: web }, ports: [{ port: 80 }]", "web-late"));
  const [pod] = lab.cluster.api.list("pods", { namespace: "default" });
  const variables = lab.cluster.environment("default", pod?.metadata.name ?? "");
  if (pod === undefined || variables === undefined) throw new Error("the pod does not run");
  const links = serviceLinks(lab.cluster, pod, variables);
  expect(links.map(({ service: name, variables: its }) => [name, Object.keys(its).length])).toEqual([
    ["kubernetes", 8],
    ["web", 8],
    ["web-late", 0],
  ]);
  expect(links[1]?.variables).toMatchObject({ WEB_SERVICE_PORT: "80", WEB_SERVICE_PORT_HTTP: "80" });
  expect(links.every(({ now }) => now === undefined)).toBe(true);
  lab.cluster.api.delete("services", "default", "web");
  lab.apply(service("selector: { app: web }, ports: [{ port: 80 }]"));
  const moved = serviceLinks(lab.cluster, pod, variables).find((link) => link.service === "web");
  expect(moved?.now).toBe(lab.cluster.api.get("services", "default", "web").spec?.clusterIP);
});
