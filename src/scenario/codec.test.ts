// Links: round trip, limits, damage, and old links that must open forever.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fault } from "../cluster/index.ts";
import { otherFutures, withFutures } from "./branches.ts";
import { decode, encode, encodeFitting } from "./codec.ts";
import { LINK_LIMIT, packPlain } from "./pack.ts";
import { createRun } from "./run.ts";
import { newScenario, type Scenario } from "./scenario.ts";

const EXAMPLE: Scenario = {
  ...newScenario("apiVersion: v1\nkind: Service\nmetadata:\n  name: wéb # 🚀\n"),
  title: "Kill a pod",
  settings: { hopLatency: 200, proxyLag: { from: 0, to: 900 }, cloud: true },
  log: [
    { at: 1200, action: { kind: "kill-pod", namespace: "default", name: "web-0" } },
    { at: 1300, action: { kind: "send", from: { kind: "client", name: "laptop" }, host: "192.168.1.11", port: 30080 } },
    { at: 1300, action: { kind: "restore", id: "pod/default/web-1 --readiness" } },
  ],
};

const TRAFFIC = { kind: "start-traffic", from: { kind: "client", name: "laptop" }, host: "192.168.1.11", port: 30_080 };

const BRANCHED: Scenario = {
  ...EXAMPLE,
  notes: [{ at: 1_200, text: "here <b>it</b> breaks" }],
  branches: {
    name: "First run",
    until: 9_000,
    others: [
      {
        name: "Kept both pods",
        shares: 1,
        log: [{ at: 1_500, action: { kind: "shell", line: "kubectl get pods" } }],
        until: 6_000,
        notes: [{ at: 2_000, text: "both alive" }],
      },
    ],
  },
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

  it("[LINK-10] nodes come back from a link", async () => {
    const one = { name: "minikube", zone: "", region: "r", cpu: "2", memory: "4Gi", pods: 110 };
    const many = Array.from({ length: 100 }, (_, at) => ({ name: `node-${at}` }));
    const log = [{ at: 5, action: { kind: "configure", settings: { nodes: many } } } as const];
    const scenario: Scenario = { ...newScenario("x"), settings: { nodes: [one] }, log };
    expect(await decode(await encode(scenario))).toEqual({ kind: "scenario", scenario });
  });

  it.each([
    [[], ": at least one node is required"],
    [{}, ": expected a list"],
    [Array(101).fill({ name: "a" }), ": at most 100, got 101"],
    [[{ name: "a" }, { name: "a" }], '[1].name: there are two nodes "a"'],
    [[{ name: "laptop" }], "[0].name: laptop is the name of a client outside the cluster"],
    [[{ name: "__proto__" }], "[0].name: expected a node's name, got"],
    [[{ name: "a", zone: "b c" }], "[0].zone: expected a node's zone"],
    [[{ name: "a", cpu: "-1" }], "[0].cpu: expected a node's cpu"],
    [[{ name: "a", memory: 5 }], "[0].memory: expected text, got 5"],
    [[{ name: "a", pods: 1.5 }], "[0].pods: expected a number from 1 to 250"],
  ])("[LINK-10] nodes %j are refused by their path", async (nodes, message) => {
    const hostile = { ...EXAMPLE, settings: { nodes } } as unknown as Scenario;
    expect(await decode(await encode(hostile))).toMatchObject({
      kind: "broken",
      message: expect.stringContaining(`settings.nodes${message}`),
    });
  });

  it("[LINK-10] where a node is and who asked for it is not taken from a link", async () => {
    const nodes = [{ name: "a", address: "192.168.1.10", podCIDR: "1.2.3.0/24", declared: true }];
    const decoded = await decode(await encode({ ...EXAMPLE, settings: { nodes } } as unknown as Scenario));
    expect(decoded).toMatchObject({ kind: "scenario", scenario: { settings: { nodes: [{ name: "a" }] } } });
    expect(JSON.stringify(decoded)).not.toMatch(/address|podCIDR|declared/);
  });

  it("[LINK-1] what mail programs glue to a link is not part of it", async () => {
    const whole = newScenario("kind: Service\n");
    const link = await encode(whole);
    for (const glued of [".", "/", "+", ">", ").", "/)"])
      expect(await decode(link + glued)).toEqual({ kind: "scenario", scenario: whole });
  });

  it("[LINK-2] a link of version p1 opens forever", async () => {
    expect(await decode(FIXTURE)).toEqual({
      kind: "scenario",
      scenario: { version: 1, seed: "s", settings: {}, text: "kind: Service\n", log: [] },
    });
  });

  it("[LINK-13] a link that a template wrote: plain JSON in base64, of either alphabet, its text alone being enough", async () => {
    const text = "kind: Service # ✓ ÿþ?>\n";
    const json = Buffer.from(JSON.stringify({ text }));
    for (const data of [json.toString("base64url"), json.toString("base64")])
      expect(await decode(`#b1:${data}`)).toEqual({ kind: "scenario", scenario: newScenario(text) });
    const { text: _, ...others } = newScenario(text, "other");
    const whole = { text, ...others, log: [{ at: 5, action: { kind: "interrupt" } }] };
    const link = `b1:${Buffer.from(JSON.stringify(whole)).toString("base64url")}`;
    expect(await decode(link)).toEqual({ kind: "scenario", scenario: whole });
    expect(await decode(link.slice(0, -60))).toMatchObject({ kind: "broken", text });
    for (const wrong of ["[]", "5", "null", '{"text":5}', "{"])
      expect(await decode(`b1:${Buffer.from(wrong).toString("base64url")}`)).toMatchObject({ kind: "broken" });
  });

  it("[LINK-14] each link that docs/embed.md writes down opens as its JSON", async () => {
    const text = readFileSync(join(import.meta.dirname, "../../docs/embed.md"), "utf8");
    const rows = [...text.matchAll(/^\| `[bp]1` \| `(\{.*\})` \| `(#\S+)` \|$/gm)];
    expect(rows.length).toBeGreaterThan(5);
    for (const [, json = "", fragment = ""] of rows) {
      const given: unknown = JSON.parse(json);
      expect(await decode(fragment)).toEqual({
        kind: "scenario",
        scenario: { ...newScenario(""), ...(given as object) },
      });
      if (/^#b1:[\w-]+$/.test(fragment)) expect(`#${packPlain(given as object)}`).toBe(fragment);
    }
  });

  it("[LINK-13] a b1 link written down opens forever", async () => {
    expect(await decode("b1:eyJ0ZXh0Ijoia2luZDogU2VydmljZVxuIn0")).toEqual({
      kind: "scenario",
      scenario: newScenario("kind: Service\n"),
    });
  });

  it("[RUN-7] a link with the actions that faults have replaced replays as it did", async () => {
    const decoded = await decode(OLD_FAULTS);
    if (decoded.kind !== "scenario") throw new Error("the link does not open");
    const readiness = { kind: "readiness", namespace: "default", pod: "web" };
    expect(decoded.scenario.log.map(({ action }) => action)).toEqual([
      { kind: "fail", fault: { ...readiness, ready: false } },
      { kind: "fail", fault: { kind: "node-power", node: "node-2" } },
      { kind: "fail", fault: { ...readiness, ready: true } },
      { kind: "restore", id: "node/node-2" },
      { kind: "restore", id: "pod/default/web --readiness" },
      { kind: "fail", fault: { kind: "node-power", node: "node-9" } },
    ]);
    const run = createRun(decoded.scenario);
    run.advance(90_000);
    expect(run.digest).toBe("29123cea8e14bf2d");
  });

  it("[LINK-3] a truncated link is reported, and gives back as much of the manifest as it has", async () => {
    const text = Array.from({ length: 400 }, (_, i) => `line-${i}: ${(i * 7919) % 104729}`).join("\n");
    const link = await encode(newScenario(text));
    const cut = await decode(link.slice(0, Math.floor(link.length * 0.7)));
    if (cut.kind !== "broken") throw new Error("expected a broken link");
    expect(cut.message).toContain("incomplete");
    expect(text.startsWith(cut.text ?? "?")).toBe(true);
    expect(cut.text?.length).toBeGreaterThan(100);
  });

  it("[LINK-4] too long, unknown and hostile links are refused with a reason", async () => {
    expect((await decode(`#p1:${"A".repeat(LINK_LIMIT)}`)).kind).toBe("broken");
    expect(await decode("#p9:abc")).toMatchObject({ kind: "broken", message: expect.stringContaining('"p9"') });
    expect(await decode("#section")).toEqual({ kind: "none" });
    expect(await decode("")).toEqual({ kind: "none" });
    const bomb = await encode({ ...newScenario("x"), text: "a".repeat(21_000_000) });
    expect(await decode(bomb)).toMatchObject({ kind: "broken", message: expect.stringContaining("more data") });
  });

  it("[LINK-5] no text whatever makes decode throw", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), async (text) => {
        await decode(`#p1:${text}`);
        await decode(text);
      }),
    );
  }, 60_000);

  it.each([
    ["a time after thirty days", { at: 1e12, action: { kind: "interrupt" } }, /log\[1\]\.at/],
    ["more requests than a machine sends", { at: 9, action: { ...TRAFFIC, rate: 10_000 } }, /log\[1\]\.action\.rate/],
    ["no requests", { at: 9, action: { ...TRAFFIC, rate: 0 } }, /log\[1\]\.action\.rate/],
    ["a time before the last", { at: 4, action: { kind: "interrupt" } }, /log\[1\]\.at/],
    ["no action", { at: 9 }, /log\[1\]\.action/],
  ])("[LINK-7] %s: the manifest and what was done before come back", async (_, timed, message) => {
    const first = { at: 5, action: { kind: "interrupt" } } as const;
    const hostile = { ...newScenario("kind: Service\n"), log: [first, timed, first] } as unknown as Scenario;
    expect(await decode(await encode(hostile))).toEqual({
      kind: "broken",
      message: expect.stringMatching(message),
      text: "kind: Service\n",
      scenario: { ...newScenario("kind: Service\n"), log: [first] },
    });
  });

  it("[LINK-7] of a log that is too long the first 10,000 actions come back", async () => {
    const log = Array.from({ length: 10_001 }, () => ({ at: 5, action: { kind: "interrupt" } as const }));
    const decoded = await decode(await encode({ ...newScenario("x"), log }));
    if (decoded.kind !== "broken") throw new Error("expected a broken link");
    expect(decoded.message).toContain("at most 10000 actions");
    expect(decoded.scenario?.log).toHaveLength(10_000);
  });

  it("[LINK-8] notes and other futures come back as they went in", async () => {
    expect(await decode(await encode(BRANCHED))).toEqual({ kind: "scenario", scenario: BRANCHED });
    const [kept] = otherFutures(BRANCHED);
    expect(kept).toMatchObject({ name: "Kept both pods", until: 6_000, notes: [{ at: 2_000, text: "both alive" }] });
    expect(kept?.scenario.log[0]).toBe(BRANCHED.log[0]);
    const own = { name: "First run", log: BRANCHED.log, until: 9_000, notes: BRANCHED.notes ?? [] };
    expect(withFutures(BRANCHED, [own, ...(kept === undefined ? [] : [kept])])).toEqual(BRANCHED);
  });

  it("[LINK-8] the first link with notes and futures opens forever", async () => {
    expect(await decode(BRANCHED_FIXTURE)).toEqual({ kind: "scenario", scenario: BRANCHED });
  });

  const own = BRANCHED.branches;
  const [other] = own?.others ?? [];
  it.each([
    ["shares more than there is", { ...own, others: [{ ...other, shares: 4 }] }, "others[0].shares"],
    [
      "goes back before what it shares",
      { ...own, others: [{ ...other, log: [{ ...EXAMPLE.log[0], at: 5 }] }] },
      "log[0].at",
    ],
    ["has an endless name", { ...own, others: [{ ...other, name: "n".repeat(201) }] }, "others[0].name"],
    ["ends after thirty days", { ...own, until: 1e12 }, "branches.until"],
    ["has a note without text", { ...own, others: [{ ...other, notes: [{ at: 1 }] }] }, "notes[0].text"],
    ["is one of many", { ...own, others: Array.from({ length: 9 }, () => other) }, "at most 8, got 9"],
    ["is no list", { ...own, others: { length: 1 } }, "branches.others: expected a list"],
  ])(
    "[LINK-8] a future that %s is refused by its path, and the scenario's own comes back",
    async (_, branches, message) => {
      const hostile = { ...BRANCHED, branches } as unknown as Scenario;
      const { branches: _refused, ...alone } = BRANCHED;
      expect(await decode(await encode(hostile))).toEqual({
        kind: "broken",
        message: expect.stringContaining(message),
        text: BRANCHED.text,
        scenario: alone,
      });
    },
  );

  it("[LINK-9] of a scenario whose link would be too long the other futures are left out", async () => {
    expect(await encodeFitting(BRANCHED)).toEqual({ fragment: await encode(BRANCHED), whole: true });
    let seed = 1;
    const noise = Array.from({ length: 700_000 }, () => {
      seed = (seed * 48_271) % 0x7fffffff;
      return String.fromCharCode(33 + (seed % 90));
    }).join("");
    const log = [{ at: 1_500, action: { kind: "shell", line: noise } as const }];
    const long = {
      ...BRANCHED,
      branches: { name: "a", until: 1, others: [{ name: "b", shares: 1, until: 2_000, log }] },
    };
    const { branches: _left, ...alone } = long;
    const { fragment, whole } = await encodeFitting(long);
    expect([whole, fragment === (await encode(alone))]).toEqual([false, true]);
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

/** Written by the first version that knew notes and futures. */
const BRANCHED_FIXTURE =
  "#p1:jZHBahsxEIZfRfy9Kq7WoSERIcdekluhl9oH7e7EKyxLQpp1Yoygz9FLz32OvlAfoWh3KWkItNeR5ptv5j-D6ZmhYaL9TCnb4LU4Nhu_t77X4hOlo-1o4w_Epjds9MYL4c2BtHj6-aMV78Sv79--bjwkjnM7dCORiXpoxNBHwwNqgdn6XYY-YwjxwTD57gS9VkoipvB8ejC7-viYwgFaSXCAvlGqSHQujD00p5GKBFt2BI1765wwIoYeEi7soL-cYRi6mZim40nmjLoJNPbWuYv5d_XP0XQV09OjGR0vVWg8UXuhUIpcaJdv0jL5Sppt_1Q7Z8m_YDkTOUQUiSHkeuXmZr1qrq5XzappIBFDYuhLpa7VvwYmMr31lPP_-Fd2bThB-9G5UrYSPjDlV0dash8okbht7yzfvm_vRJvI7DNqU5uM7waaYlv4H23KLNJYIx89WzfFpCQCD5TmCcvXe4os2sBDTamK58GkCmteJfbh7RsP5FwN1_pK248tdezEjnjmTWstCleTwt87rtWLHScN4-yRULZlW8pv";

/** Written while `readiness` and `node-power` were actions; the digest is of a run of 90 s at that time. */
const OLD_FAULTS =
  "#p1:rZDdSgMxEEZfZZjrLGwLis4LeFsQvOn2Irs7XYPpJCTpj4S8u-xaWysVEXqZYeZ8J1_GHYdonCDNFEbmHgmd7XF8pGRkiEi5KEx8SEiovXn5PCDYzRp5M9ITLFzfyIaT7nXSBFn0hgn23CqwumUbCbL2fhqV0kj03FEjAJ2TpI1wiATL41mnwGz0wAQyGDkoCKx7IxzjIriWCfJrSv6JE0H2LiSCh7qUsmqkqqpGrhs-c9iZjq9bfhlBjmy5Sy5891UwpkyCp7hVaQQVWjcgLTPqhDSr67pWqLs0tZlxDEbCkz0qHBOj1x0jYc9rvbXpOEXCPbeopvV3pLW2kUtRR_b8Oltcz5V3ew5nzDSbo8Jx8wfm7paKKWzP6Ptffv-n4SVldktB2Vp7Rv-3wsfLClflAw";
