// How long a look at a large cluster takes.
import { expect, test } from "vitest";
import { createCluster } from "../cluster/index.ts";
import { diagnose } from "./index.ts";

test("[DIAG-2] a thousand Services are looked at in a blink", () => {
  const cluster = createCluster({ seed: "many", settings: { hopLatency: 0 } });
  for (let i = 0; i < 30; i++)
    for (let j = 0; j < 10; j++)
      cluster.api.create("pods", "default", {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: `pod-${i}-${j}`, labels: { app: `app-${i}` } },
        spec: { containers: [{ name: "web", image: "nginx:1.29", ports: [{ containerPort: 8080 }] }] },
      });
  for (let i = 0; i < 1_000; i++)
    cluster.api.create("services", "default", {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: `svc-${i}` },
      spec: { selector: { app: i === 500 ? "app-x" : `app-${i % 30}` }, ports: [{ port: 80, targetPort: 8080 }] },
    });
  cluster.advance(5_000);
  const from = performance.now();
  const found = diagnose(cluster);
  const ms = performance.now() - from;
  expect(found.map((each) => each.class)).toEqual(["selector-matches-nothing"]);
  expect(ms).toBeLessThan(1_000); // about 60 ms on an idle machine; this one may be busy
}, 60_000);
