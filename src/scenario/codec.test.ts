// Links: round trip, limits, damage, and old links that must open for ever.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
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
