// What Tab finds, on a real cluster.
import { expect, it } from "vitest";
import { newScenario } from "../../scenario/index.ts";
import { createRun } from "../store/run.ts";
import { completeIn } from "./complete.ts";

const run = createRun(
  newScenario("apiVersion: v1\nkind: Service\nmetadata:\n  name: shop\nspec:\n  ports:\n  - port: 80\n"),
);
const texts = (line: string) => completeIn(run, line, line.length).candidates.map((each) => each.text);

it("[CONSOLE-28] programs, verbs, resource types and names are found", () => {
  expect(texts("ku")).toEqual(["kubectl"]);
  expect(texts("kubectl desc")).toEqual(["describe"]);
  expect(texts("kubectl get servi")).toContain("services");
  expect(texts("kubectl get svc sh")).toEqual(["shop"]);
  expect(texts("kubectl get svc; kubectl get svc sh")).toEqual(["shop"]);
});

it("[CONSOLE-30] after a pipe come programs that read, behind -- and ssh those of that place", () => {
  expect(texts("kubectl get svc | gr")).toEqual(["grep"]);
  expect(texts("kubectl get svc | kub")).toEqual([]);
  expect(texts("kubectl exec shop-1 -- cu")).toEqual(["curl", "cut"]);
  expect(texts("kubectl exec shop-1 -- curl http://s")).toEqual(["http://shop"]);
  expect(texts("ssh node-1 cu")).toEqual(["curl", "cut"]);
  expect(texts("ssh node-1 curl ")[0]).toMatch(/^https?:\/\/10\.96\./);
  expect(texts("curl ")).toEqual([]);
  expect(texts("dig sho")).toEqual(["shop.default.svc.cluster.local"]);
});

it("[CONSOLE-29] other programs know their first word, and unknown ones know nothing", () => {
  expect(texts("ssh node-")).toEqual(["node-1", "node-2", "node-3"]);
  expect(texts("sim ro")).toEqual(["route"]);
  expect(texts("frobnicate x")).toEqual([]);
  expect(completeIn(run, "kubectl get svc sh", 18).from).toBe(16);
});
