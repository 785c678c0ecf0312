// Links: round trip, limits, damage, and old links that must open for ever.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fault } from "../cluster/index.ts";
import { decode, encode, LINK_LIMIT } from "./codec.ts";
import { newScenario, type Scenario } from "./scenario.ts";

const EXAMPLE: Scenario = {
  ...newScenario("apiVersion: v1\nkind: Service\nmetadata:\n  name: wéb # 🚀\n"),
  title: "Kill a pod",
  settings: { hopLatency: 200, proxyLag: { from: 0, to: 900 }, cloud: true },
  log: [
    { at: 1200, action: { kind: "kill-pod", namespace: "default", name: "web-0" } },
    { at: 1300, action: { kind: "send", from: { kind: "client", name: "laptop" }, host: "192.168.1.11", port: 30080 } },
    { at: 1300, action: { kind: "readiness", namespace: "default", name: "web-1", ready: null } },
  ],
};

describe("links", () => {
  it("[LINK-1] a scenario comes back from its link as it went in", async () => {
    expect(await decode(`#${await encode(EXAMPLE)}`)).toEqual({ kind: "scenario", scenario: EXAMPLE });
  });

  it("[LINK-1] every kind of fault comes back as it went in", async () => {
    const web = { resource: "deployments.apps", namespace: "default", name: "web" } as const;
    const pod = { namespace: "default", pod: "web-0" };
    const faults: Fault[] = [
      { kind: "node-power", node: "node-1" },
      { kind: "kubelet", node: "node-1" },
      { kind: "kube-proxy", node: "node-1" },
      { kind: "cordon", node: "node-1" },
      { kind: "coredns" },
      { kind: "firewall" },
      { kind: "no-route", client: "laptop" },
      { kind: "pod-network", between: ["node-1", "node-2"] },
      { kind: "link", between: ["laptop", "node-1"], latencyMs: 200, loss: 0.3 },
      { kind: "readiness", ...pod, ready: false },
      { kind: "listen", ...pod, loopback: true },
      { kind: "listen", ...pod, loopback: false, port: 9000 },
      { kind: "slow-start", ...web, seconds: 10 },
      { kind: "slow-shutdown", ...web, seconds: 20 },
    ];
    const broken = faults.map((fault) => ({ at: 10, action: { kind: "fail", fault } }) as const);
    const log = [
      ...broken,
      { at: 20, action: { kind: "restore", id: "firewall" } } as const,
      { at: 30, action: { kind: "stop-traffic", from: { kind: "client", name: "laptop" } } } as const,
    ];
    const scenario: Scenario = { ...newScenario("x"), log };
    expect(await decode(await encode(scenario))).toEqual({ kind: "scenario", scenario });
  });

  it.each([
    [{ kind: "earthquake" }, "log[0].action.fault.kind: not a fault"],
    [{ kind: "kubelet" }, "log[0].action.fault.node: expected text"],
    [{ kind: "link", between: ["a", "b"], latencyMs: 1, loss: 2 }, "log[0].action.fault.loss: expected a number"],
    [{ kind: "pod-network", between: "a" }, "log[0].action.fault.between[0]: expected text"],
    [{ kind: "slow-start", resource: "nodes" }, "log[0].action.fault.resource: not a workload"],
    [{ kind: "listen", namespace: "a", pod: "b", loopback: 1 }, "log[0].action.fault.loopback: expected true or false"],
  ])("[LINK-6] a fault %o is refused by its path", async (fault, message) => {
    const hostile = { ...EXAMPLE, log: [{ at: 5, action: { kind: "fail", fault } }] } as unknown as Scenario;
    expect(await decode(await encode(hostile))).toMatchObject({
      kind: "broken",
      message: expect.stringContaining(message),
    });
  });

  it("[LINK-2] a link of version p1 opens for ever", async () => {
    expect(await decode(FIXTURE)).toEqual({
      kind: "scenario",
      scenario: { version: 1, seed: "s", settings: {}, text: "kind: Service\n", log: [] },
    });
  });

  it("[LINK-3] a link that was cut off says so and gives back the manifest as far as it goes", async () => {
    const text = Array.from({ length: 400 }, (_, i) => `line-${i}: ${(i * 7919) % 104729}`).join("\n");
    const link = await encode(newScenario(text));
    const cut = await decode(link.slice(0, Math.floor(link.length * 0.7)));
    if (cut.kind !== "broken") throw new Error("expected a broken link");
    expect(cut.message).toContain("cut off");
    expect(text.startsWith(cut.text ?? "?")).toBe(true);
    expect(cut.text?.length).toBeGreaterThan(100);
  });

  it("[LINK-4] too long, unknown and hostile links are refused with a reason", async () => {
    expect((await decode(`#p1:${"A".repeat(LINK_LIMIT)}`)).kind).toBe("broken");
    expect(await decode("#p9:abc")).toMatchObject({ kind: "broken", message: expect.stringContaining('"p9"') });
    expect(await decode("#section")).toEqual({ kind: "none" });
    expect(await decode("")).toEqual({ kind: "none" });
    const bomb = await encode({ ...newScenario("x"), text: "a".repeat(20_000_000) });
    expect(await decode(bomb)).toMatchObject({ kind: "broken", message: expect.stringContaining("more data") });
  });

  it("[LINK-5] no text whatever makes decode throw", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), async (text) => {
        await decode(`#p1:${text}`);
        await decode(text);
      }),
    );
  });

  it("[LINK-6] fields of the wrong type are named", async () => {
    const hostile = {
      ...EXAMPLE,
      log: [{ at: 5, action: { kind: "scale", namespace: "a", name: "b", replicas: -1 } }],
    };
    expect(await decode(await encode(hostile as Scenario))).toMatchObject({
      kind: "broken",
      message: expect.stringContaining("log[0].action.replicas"),
    });
    const unknownKind = { ...EXAMPLE, log: [{ at: 5, action: { kind: "constructor" } }] } as unknown as Scenario;
    expect(await decode(await encode(unknownKind))).toMatchObject({ kind: "broken" });
  });
});

/** Written by the first version of the codec. */
const FIXTURE = "#p1:FcYxCoAwDAXQq8ifu7j-aziqkw0lKCk0oQildxff9AZC3gBxq2Uum7SulxyGhC7NtRq4JrhIBuH4G6FWHBwz4akF3M_5AQ";
