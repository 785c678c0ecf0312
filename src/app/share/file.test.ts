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
  expect(readScenarioFile("a.yaml", "x".repeat(1_000_001))).toMatchObject({ kind: "broken" });
});
