import { expect, test } from "vitest";
import { asLive, asObjects, diffLines } from "./compare.ts";
import { portMarks } from "./portMarks.ts";

const show = (before: string, after: string) =>
  diffLines(before, after).map(({ kind, text }) => `${{ same: " ", added: "+", removed: "-" }[kind]}${text}`);

test.each([
  ["a\nb\nc", "a\nb\nc", [" a", " b", " c"]],
  ["a\nb\nc", "a\nx\nc", [" a", "-b", "+x", " c"]],
  ["a\nc", "a\nb\nc", [" a", "+b", " c"]],
  ["a\nb\nc\nd", "b\nd\ne", ["-a", " b", "-c", " d", "+e"]],
  ["", "a", ["-", "+a"]],
])("the difference of %j and %j", (before, after, lines) => {
  expect(show(before, after)).toEqual(lines);
});

test("applying the difference to the old text gives the new one", () => {
  const [before, after] = ["a\nb\nb\nc\nd\na", "b\na\nb\nd\nd\nc\na"];
  const lines = diffLines(before, after);
  expect(lines.flatMap((line) => (line.kind === "removed" ? [] : [line.text])).join("\n")).toBe(after);
  expect(lines.flatMap((line) => (line.kind === "added" ? [] : [line.text])).join("\n")).toBe(before);
});

test("the live form of a text has the live values and the comments", () => {
  const text = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 3 # three\n";
  const live = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", namespace: "default" },
    spec: { replicas: 5 },
  };
  const lister = { list: (resource: string) => (resource === "deployments.apps" ? [live] : []) };
  expect(asLive(text, lister)).toBe(text.replace("3 #", "5 #"));
});

test("all live fields are shown beside the typed ones: defaults, allocated values, what was changed; without bookkeeping", () => {
  const text = "kind: Service\napiVersion: v1\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n";
  const live = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web", namespace: "default", uid: "u", resourceVersion: "7", creationTimestamp: "t" },
    spec: { clusterIP: "10.96.5.5", ports: [{ port: 80, protocol: "TCP" }] },
    status: { loadBalancer: {} },
  };
  const lister = { list: (resource: string) => (resource === "services" ? [live] : []) };
  const { typed, live: now } = asObjects(text, lister);
  expect(show(typed, now).filter((line) => !line.startsWith(" "))).toEqual([
    "+  namespace: default",
    "+  clusterIP: 10.96.5.5",
    "+    protocol: TCP",
  ]);
});

test("port numbers are found by their role", () => {
  const text =
    "kind: Service\nspec:\n  ports:\n    - port: 80\n      targetPort: http\n      nodePort: 30080\n---\nkind: Pod\nspec:\n  containers:\n    - ports:\n        - containerPort: 8080\n      readinessProbe:\n        httpGet:\n          port: 8080\n";
  expect(portMarks(text).map(({ line, role }) => [line, role])).toEqual([
    [4, "port"],
    [5, "target-port"],
    [6, "node-port"],
    [12, "target-port"],
  ]);
});
