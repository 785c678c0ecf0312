// Mistakes in a `kind: List` are marked at the line of their item.
import { expect, test } from "vitest";
import { createRun, newScenario } from "../../scenario/index.ts";
import { problemsOf } from "./place.ts";

const TEXT = `apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: ConfigMap
  metadata: {name: fine}
- apiVersion: example.com/v1
  kind: Widget
  metadata: {name: unknown}
- apiVersion: v1
  kind: Service
  metadata: {name: wrong}
  spec:
    ports:
    - port: 99999
`;

test("[LIST-1] each item of a list is applied or marked by itself", () => {
  const run = createRun(newScenario(""));
  const { text: report } = run.perform({ kind: "apply", text: TEXT });
  const problems = report === undefined ? [] : problemsOf(report);
  expect(problems.map(({ line, message }) => [line, message.split(":")[0]])).toEqual([
    [8, 'no matches for kind "Widget" in version "example.com/v1"'],
    [15, "spec.ports[0].port"],
    [15, "spec.ports[0].targetPort"],
  ]);
  expect(run.cluster.api.find("configmaps", "default", "fine")).toBeDefined();
});

test("[LIST-1] a kind of the Gateway API that is not installed says how to install it", () => {
  const run = createRun(newScenario(""));
  const text = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: shop}\n";
  const { text: report } = run.perform({ kind: "apply", text });
  const [problem] = report === undefined ? [] : problemsOf(report);
  expect(problem?.message).toMatch(/^no matches for kind "Gateway" .*`sim gateway on`, first\.$/);
});
