// The first packet and its ways to fail, on the real small engine.
import { describe, expect, test } from "vitest";
import { aClusterWith, outcomeOf, pod, service, slice } from "../testing.ts";

const LAPTOP = { kind: "client", name: "laptop" } as const;

describe("a packet", () => {
  test("[WALK-1] goes laptop, node, pod and comes back the way it went", () => {
    const cluster = aClusterWith([
      pod("web-1", "node-1", "10.244.1.2", [8080]),
      service("web", {
        type: "NodePort",
        clusterIP: "10.96.0.50",
        ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }],
      }),
      slice("web", [{ port: 8080 }], [{ ip: "10.244.1.2", node: "node-1", pod: "web-1" }]),
    ]);
    const outcome = outcomeOf(cluster, { from: LAPTOP, host: "192.168.1.12", port: 30080, path: "/" });
    expect(outcome).toMatchObject({
      kind: "answered",
      status: 200,
      endpoint: "10.244.1.2:8080",
      clientSeen: "192.168.1.12",
      servedBy: { kind: "pod", namespace: "default", name: "web-1" },
    });
    const exchange = [...cluster.trace.exchanges()][0];
    const roads = (exchange?.packets ?? []).map((id) =>
      (cluster.trace.packet(id)?.hops ?? []).map((hop) =>
        `${hop.from.kind === "outside" ? "" : hop.from.name}>${hop.to.kind === "outside" ? "" : hop.to.name} ${hop.header.source}>${hop.header.destination}:${hop.header.destinationPort} ${hop.verdict}`.replace(
          /:\d{5}\b/,
          (port) => (port === ":30080" ? port : ":*"),
        ),
      ),
    );
    expect(roads).toEqual([
      [
        "laptop>node-2 192.168.1.10>192.168.1.12:30080 forwarded",
        "node-2>node-1 192.168.1.12>10.244.1.2:8080 forwarded",
        "node-1>web-1 192.168.1.12>10.244.1.2:8080 delivered",
      ],
      [
        "web-1>node-1 10.244.1.2>192.168.1.12:* forwarded",
        "node-1>node-2 10.244.1.2>192.168.1.12:* forwarded",
        "node-2>laptop 192.168.1.12>192.168.1.10:* delivered",
      ],
    ]);
  });
});
