// What a route's stops say, over every example and every way a request can end.
import { describe, expect, test } from "vitest";
import type { Cluster, Place, SendRequest } from "../../../cluster/index.ts";
import { newScenario } from "../../../scenario/index.ts";
import { EXAMPLES } from "../../examples/index.ts";
import { Playground } from "../../store/playground.ts";
import { drafted } from "../../store/request.ts";
import { openRun } from "../../store/run.ts";
import type { Stop, Story } from "./stop.ts";
import { storyOf } from "./story.ts";
import { inShort, LONGEST, shorten, TERMS, termsIn } from "./words.ts";

const STILL = { request: () => 0, cancel: () => undefined };
const LAPTOP: Place = { kind: "client", name: "laptop" };

async function runOf(text: string, settings = {}) {
  const run = await openRun({ ...newScenario(text), settings });
  run.advance(15_000);
  return run;
}

/** A Service and two pods of it, its names as long as names may be. */
function manifest(
  change: { name?: string; spec?: string; selector?: string; port?: number; replicas?: number } = {},
): string {
  const { name = "web", spec = "", selector = "web", port = 80, replicas = 2 } = change;
  return `apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec:
  type: NodePort
  ${spec}
  selector: { app: ${selector} }
  ports: [{ port: 80, targetPort: ${port}, nodePort: 30080 }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: c, image: nginx, ports: [{ containerPort: 80 }] }] }
---
apiVersion: v1
kind: Pod
metadata: { name: client }
spec: { containers: [{ name: c, image: curlimages/curl, command: [sleep, infinity] }] }
`;
}

function send(cluster: Cluster, request: Partial<SendRequest>, ms = 140_000): Story {
  const id = cluster.send({ from: LAPTOP, host: "192.168.1.11", port: 30080, path: "/", ...request });
  cluster.advance(ms);
  return storyOf(id, cluster.trace) ?? expect.fail("forgotten");
}

function expectSound({ stops }: Story): void {
  expect(stops.length).toBeGreaterThan(1);
  stops.forEach((stop, at) => {
    expect(stop.number).toBe(at + 1);
    expect(stop.at).toBeGreaterThanOrEqual(stops[at - 1]?.at ?? 0);
    expect([stop.sentence, stop.sentence.length <= LONGEST]).toEqual([stop.sentence, true]);
    expect(stop.sentence).toMatch(/^[^\s].*[.…?]$/u);
    expect(stop.sentence).not.toMatch(/undefined|NaN| {2}/);
  });
}

const ends = ({ stops }: Story) => stops.flatMap((stop: Stop) => stop.end ?? []);

describe("[ROUTE-1] each stop is one sentence of at most 90 characters", () => {
  test.each(EXAMPLES.map((each) => [each.name, each] as const))("%s", async (_name, { load, settings }) => {
    const run = await openRun({ ...newScenario(await load()), settings });
    run.advance(5_000);
    const playground = new Playground(run, STILL);
    const { from, target = expect.fail("no target") } = drafted(playground.store.getState(), undefined);
    const { exchange = -1 } = playground.run({ kind: "send", from, ...target });
    for (let step = 0; step < 40; step++) {
      run.advance(500);
      const story = storyOf(exchange, run.cluster.trace) ?? expect.fail("forgotten");
      if (story.stops.length > 1) expectSound(story);
    }
  });

  const long = "a-service-whose-name-is-as-long-as-the-name-of-a-service-may-be";
  const client: Place = { kind: "pod", namespace: "default", name: "client" };
  const cases: readonly [
    string,
    { text?: string; before?: (cluster: Cluster) => void; request?: Partial<SendRequest>; ends: readonly string[] },
  ][] = [
    ["answered", { ends: ["answered"] }],
    ["refused by rules", { text: manifest({ name: long, selector: "nobody" }), ends: ["refused", "refused"] }],
    ["refused by the pod", { text: manifest({ name: long, port: 8081 }), ends: ["refused", "refused"] }],
    [
      "dropped",
      {
        text: manifest({ name: long, spec: "externalTrafficPolicy: Local", replicas: 1 }),
        request: { host: "192.168.1.13" },
        ends: ["dropped", "timeout"],
      },
    ],
    ["no power", { before: (cluster) => cluster.failNode("node-1"), ends: ["lost", "timeout"] }],
    ["unresolved", { request: { from: client, host: `no-${long.slice(3)}`, port: 80 }, ends: ["unresolved"] }],
    [
      "by name",
      { text: manifest({ name: long }), request: { from: client, host: long, port: 80 }, ends: ["answered"] },
    ],
    ["an echo", { request: { host: "192.168.1.12", port: 0, protocol: "ICMP" }, ends: ["answered"] }],
    [
      "dropped by a policy",
      {
        text: `${manifest()}---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${long} }
spec: { podSelector: {}, policyTypes: [Ingress] }
`,
        ends: ["dropped", "timeout"],
      },
    ],
    ["a ClusterIP from outside", { request: { host: "10.96.1.1", port: 80 }, ends: ["dropped", "timeout"] }],
  ];
  test.each(cases)("%s", async (_name, { text = manifest({ name: long }), before, request = {}, ends: expected }) => {
    const { cluster } = await runOf(text);
    before?.(cluster);
    const story = send(cluster, request);
    expectSound(story);
    expect(ends(story)).toEqual(expected);
  });
});

test("[ROUTE-2] a NodePort's packet joins the rules of the ClusterIP, by the chains that it matched", async () => {
  const { cluster } = await runOf(manifest());
  const story = send(cluster, {}, 5_000);
  const service = cluster.api.get("services", "default", "web");
  const address = `${service.spec?.clusterIP}:80`;
  const joined = story.stops.filter((stop) => stop.phase === "service");
  expect(joined.map(({ sentence }) => sentence)).toEqual([
    `It joins the rules of ${address}: KUBE-NODEPORTS → KUBE-EXT → KUBE-SVC.`,
  ]);
  expect(joined[0]?.service).toEqual({ key: "default/web", address });
  expect(story.stops.flatMap(({ changes }) => changes).some(({ before }) => before === address)).toBe(false);
});

test("[ROUTE-3] addresses before and after are shown at the stop that rewrites, and nowhere else", async () => {
  const { cluster } = await runOf(manifest());
  const story = send(cluster, {}, 5_000);
  const rewrites = story.stops.filter(({ changes }) => changes.length > 0);
  expect(rewrites.map(({ changes }) => changes.map(({ what }) => what))).toEqual([["to"], ["from"], ["from", "to"]]);
  const [drawn, masked, back] = rewrites.map(({ changes }) => changes);
  expect(drawn?.[0]?.before).toBe("192.168.1.11:30080");
  expect(masked?.[0]?.after).toMatch(/^192\.168\.1\.11:/);
  expect(back?.[0]).toEqual({ what: "from", before: drawn?.[0]?.after, after: drawn?.[0]?.before });
});

test("[ROUTE-4] a term is explained where it first appears, once", async () => {
  const { cluster } = await runOf(manifest());
  const { stops } = send(cluster, {}, 5_000);
  const explained = stops.flatMap(({ terms }) => terms);
  expect(new Set(explained).size).toBe(explained.length);
  expect(explained).toEqual(expect.arrayContaining(["NodePort", "chain", "endpoint", "masquerade"]));
  for (const stop of stops) for (const term of stop.terms) expect(termsIn(stop.sentence)).toContain(term);
  for (const line of Object.values(TERMS)) expect(line.length).toBeLessThanOrEqual(100);
});

test("names are shortened in their middle, and only as far as they must be", () => {
  expect(shorten("web-6b4c5c6bb7-57l28", 14)).toBe("web-6b4…-57l28");
  expect(inShort((name) => `pod ${name("web-1")} takes it`)).toBe("Pod web-1 takes it.");
  const text = inShort((name) => `pod ${name("a".repeat(63))} passes it on to pod ${name("b".repeat(63))}, unchanged`);
  expect(text.length).toBeLessThanOrEqual(LONGEST);
  expect(text).toContain("unchanged");
});
