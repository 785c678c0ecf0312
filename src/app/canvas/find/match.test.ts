// What is typed finds what it should, the best first, and costs no more than its length.
import { describe, expect, test } from "vitest";
import { findIn, MOST_HITS, type Subject } from "./match.ts";
import { missingSubjects } from "./subjects.ts";

function subject(kind: string, name: string, more: Partial<Subject> = {}): Subject {
  const lower = kind.toLowerCase();
  return {
    selection: { kind: "object", resource: `${lower}s`, key: `shop/${name}` },
    kind,
    kinds: [lower, `${lower}s`],
    name,
    namespace: "shop",
    labels: [],
    addresses: [],
    ports: [],
    order: 0,
    ...more,
  };
}

const web = subject("Service", "web", {
  kinds: ["service", "services", "svc"],
  labels: [{ key: "app", value: "web", what: "selects" }],
  addresses: [
    { address: "10.96.0.10", what: "ClusterIP" },
    { address: "203.0.113.5", what: "external IP" },
  ],
  ports: [
    { port: 30080, what: "node port", gate: true },
    { port: 80, what: "port" },
  ],
});
const pod = subject("Pod", "web-7d4f-x2x9q", {
  kinds: ["pod", "pods", "po"],
  labels: [
    { key: "app", value: "web", what: "label" },
    { key: "example.com/tier", value: "front", what: "label" },
  ],
  addresses: [{ address: "10.244.1.2", what: "pod IP" }],
  ports: [{ port: 8080, what: "container port" }],
});
const node = subject("Node", "node-1", {
  namespace: undefined,
  addresses: [{ address: "192.168.1.11", what: "InternalIP" }],
});
const all = [pod, node, web, subject("Deployment", "cart", { namespace: "stock" })];

function names(text: string): readonly string[] {
  return findIn(all, text, ["192.168.1.11"]).hits.map(({ subject: { kind, name } }) => `${kind} ${name}`);
}

const [WEB, POD, NODE, CART] = ["Service web", "Pod web-7d4f-x2x9q", "Node node-1", "Deployment cart"];

describe("[FIND-2]", () => {
  test.each([
    ["a name, the whole one first", "web", [WEB, POD]],
    ["a part of a name, whatever its case", "X2X9", [POD]],
    ["a kind", "pods", [POD]],
    ["a short name of a kind", "svc", [WEB]],
    ["the beginning of a kind", "deploy", [CART]],
    ["a namespace", "stock", [CART]],
    ["every one of several words", "web pod", [POD]],
    ["a label", "app=web", [WEB, POD]],
    ["the beginning of a label", "app=w", [WEB, POD]],
    ["a label as selectors write it too", "app==web", [WEB, POD]],
    ["a key of a label", "app", [WEB, POD]],
    ["a key with a prefix", "example.com/tier", [POD]],
    ["a value of a label", "front", [POD]],
    ["a pod IP", "10.244.1.2", [POD]],
    ["a ClusterIP", "10.96.0.10", [WEB]],
    ["an external IP", "203.0.113.5", [WEB]],
    ["the address of a Node", "192.168.1.11", [NODE]],
    ["the beginning of an address", "10.", [POD, WEB]],
    ["a node port", ":30080", [WEB]],
    ["a port without a colon", "80", [WEB]],
    ["an address with its port", "10.96.0.10:80", [WEB]],
    ["the address of a Node with a node port", "192.168.1.11:30080", [WEB]],
    ["nothing where the port is another", "10.96.0.10:81", []],
    ["nothing where a node port is asked for at an address of the cluster", "10.96.0.10:30080", []],
    ["nothing for a number that is no port", ":99999", []],
    ["nothing for a label that nobody has", "app=api", []],
    ["nothing for nothing", "  ", []],
  ])("finds by %s: %s", (_what, text, found) => {
    expect([...names(text)].sort()).toEqual([...found].sort());
  });

  test("says what matched where it is not the name", () => {
    const why = (text: string) => findIn(all, text).hits.map((hit) => hit.why);
    expect(why("web")).toEqual(["", ""]);
    expect(why(":30080")).toEqual(["node port 30080"]);
    expect(why("10.96.0.1")).toEqual(["ClusterIP 10.96.0.10"]);
    expect(why("svc app=web :80")).toEqual(["selects app=web, port 80"]);
  });

  test("lists the whole name before the beginning, and that before the rest", () => {
    const list = ["my-web", "web-2", "web"].map((name) => subject("Pod", name));
    expect(findIn(list, "web").hits.map((hit) => hit.subject.name)).toEqual(["web", "web-2", "my-web"]);
  });
});

describe("[FIND-3]", () => {
  test("lists a bounded number and counts the rest", () => {
    const many = Array.from({ length: 264 }, (_, at) => subject("Pod", `web-${at}`));
    const { hits, count } = findIn(many, "web");
    expect([hits.length, count]).toEqual([MOST_HITS, 264]);
  });

  test("takes signs of regular expressions as text", () => {
    expect(names("(a+)+$")).toEqual([]);
    expect(names("web-.*")).toEqual([]);
  });

  test("a text of any length costs about as much as a short one", () => {
    const many = Array.from({ length: 5_000 }, (_, at) => subject("Pod", `${"a".repeat(240)}-${at}`));
    const started = performance.now();
    expect(findIn(many, `${"a".repeat(100_000)}b`).count).toBe(5_000);
    expect(findIn(many, "a ".repeat(100_000)).count).toBe(5_000);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

test("[FIND-2] what is missing is found by its name and as what it is", () => {
  const by = { resource: "services", key: "shop/web", path: "spec.selector.app" } as const;
  const missing = missingSubjects([{ id: "pods 1", name: "no pod has app=wep", hint: "pods have app=web", by }]);
  for (const text of ["missing", "wep", "app=wep", "missing shop"]) {
    const [hit] = findIn([...all, ...missing], text).hits;
    expect([hit?.subject.kind, hit?.subject.ghost?.id], text).toEqual(["Missing", "pods 1"]);
  }
  expect(findIn(missing, "web").count).toBe(0);
});
