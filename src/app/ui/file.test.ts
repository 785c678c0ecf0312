// Scenario files: what was written is read, and what is broken says so.
import { expect, it } from "vitest";
import { newScenario } from "../../scenario/index.ts";
import { fileName, readScenarioFile } from "./file.ts";

const scenario = { ...newScenario("kind: Service\n"), title: "Kill a pod!" };

it("[SHARE-3] a scenario comes back from its file", () => {
  expect(fileName(scenario)).toBe("kill-a-pod.podpath.json");
  expect(readScenarioFile(fileName(scenario), JSON.stringify(scenario, null, 2))).toEqual({
    kind: "scenario",
    scenario,
  });
});

it("[SHARE-4] a manifest begins a new scenario, as YAML or as JSON", () => {
  expect(readScenarioFile("web.yaml", "kind: Service\n")).toEqual({
    kind: "scenario",
    scenario: newScenario("kind: Service\n"),
  });
  const json = '{"apiVersion":"v1","kind":"Service"}';
  expect(readScenarioFile("web.json", json)).toEqual({ kind: "scenario", scenario: newScenario(json) });
});

it("[SHARE-5] broken files are refused with a reason", () => {
  expect(readScenarioFile("a.podpath.json", '{"version":1')).toMatchObject({
    message: expect.stringContaining("damaged"),
  });
  expect(readScenarioFile("a.podpath.json", '{"version":2}')).toMatchObject({ kind: "broken" });
  expect(readScenarioFile("a.yaml", "x".repeat(8_000_001))).toMatchObject({ kind: "broken" });
});

it("[SHARE-6] of a scenario with a wrong action the part before it is opened, and the reason said", () => {
  const first = { at: 5, action: { kind: "interrupt" } };
  const wrong = { ...scenario, log: [first, { at: 1e12, action: { kind: "interrupt" } }] };
  expect(readScenarioFile("a.podpath.json", JSON.stringify(wrong))).toEqual({
    kind: "scenario",
    scenario: { ...scenario, log: [first] },
    problem: expect.stringMatching(/log\[1\]\.at.*one action/),
  });
  const long = JSON.stringify({ apiVersion: "v1", kind: "List", text: "x".repeat(8_000_001) });
  expect(readScenarioFile("a.json", long)).toMatchObject({ kind: "broken" });
});
