// The pin of a client and the pods that are no endpoints, on the real engine.
import { expect, test } from "vitest";
import { pinOf, strangersOf } from "./choice.ts";
import { Lab, service, web } from "./lab.ts";

const PINNED = service(
  "type: NodePort, sessionAffinity: ClientIP, sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } }, selector: { app: web }, ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]",
);

/** The pin of a request from the laptop to node-2, and where it was led. */
function send(lab: Lab) {
  const exchange = lab.send("laptop", "192.168.1.12", 30080);
  const hops = exchange.packets.flatMap((id) => [...(lab.cluster.trace.packet(id)?.hops ?? [])]);
  const pins = hops.flatMap((hop) => pinOf(lab.cluster, hop) ?? []);
  return { pins, endpoint: exchange.outcome.kind === "answered" ? exchange.outcome.endpoint : "" };
}

test("[DIAG-32] the first connection is drawn, the next is pinned until the time is up", () => {
  const lab = new Lab(`${PINNED}${web({ replicas: 3 })}`);
  const first = send(lab);
  expect(first.pins).toEqual([]);
  lab.cluster.advance(20_000);
  const second = send(lab);
  expect(second.endpoint).toBe(first.endpoint);
  expect(second.pins).toHaveLength(1);
  expect(second.pins[0]).toMatchObject({ node: "node-2", client: "192.168.1.10", timeoutSeconds: 60 });
  expect(second.pins[0]?.remaining).toBeGreaterThan(59_000);
  lab.cluster.advance(61_000);
  expect(send(lab).pins).toEqual([]);
});

test("[DIAG-33] pods that are no endpoints are reported with what differs, the nearest first", () => {
  const lab = new Lab(
    `${service("selector: { app: web, tier: front }, ports: [{ port: 80 }]")}${web({ replicas: 1, labels: "app: web, tier: front" })}${web({ name: "old", replicas: 1, labels: "app: web" })}${web({ name: "other", replicas: 1, labels: "app: db" })}`,
  );
  const strangers = strangersOf(lab.cluster, lab.cluster.api.get("services", "default", "web"));
  expect(strangers.map(({ name, differences }) => [name.replace(/-.*/, ""), differences])).toEqual([
    ["old", [{ key: "tier", wanted: "front", found: undefined }]],
    [
      "other",
      [
        { key: "app", wanted: "web", found: "db" },
        { key: "tier", wanted: "front", found: undefined },
      ],
    ],
  ]);
});
