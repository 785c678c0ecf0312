// Scenarios as files: written whole, read with the same care as a link.
import { newScenario, parseScenario, type Scenario, ScenarioError, TEXT_LIMIT } from "../../scenario/index.ts";
import { W } from "../../words/en/ui-more.ts";

/** What a file held. */
export type ReadFile =
  /** `problem`: why that is not all of it. */
  | { readonly kind: "scenario"; readonly scenario: Scenario; readonly problem?: string }
  | { readonly kind: "broken"; readonly message: string };

/** Larger files are not read: no scenario is that large. */
export const FILE_LIMIT = 20_000_000;

/** The name under which a scenario is saved. */
export function fileName(scenario: Scenario): string {
  const words = (scenario.title ?? "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
  return `${words === "" ? "scenario" : words}.podpath.json`;
}

/** A scenario from the text of a file: Podpath's own JSON, or a manifest to begin with. */
export function readScenarioFile(name: string, text: string): ReadFile {
  if (!name.endsWith(".json")) return manifest(name, text);
  try {
    const value: unknown = JSON.parse(text);
    if (isManifest(value)) return manifest(name, text);
    return { kind: "scenario", scenario: parseScenario(value) };
  } catch (error) {
    if (error instanceof SyntaxError) return { kind: "broken", message: W.damaged(name) };
    if (!(error instanceof ScenarioError)) throw error;
    const { saved, message } = error;
    if (saved === undefined) return { kind: "broken", message: W.invalid(name, message) };
    const problem = W.notWhole(name, message, saved.log.length);
    return { kind: "scenario", scenario: saved, problem };
  }
}

function manifest(name: string, text: string): ReadFile {
  if (text.length <= TEXT_LIMIT) return { kind: "scenario", scenario: newScenario(text) };
  return { kind: "broken", message: W.tooLong(name, TEXT_LIMIT) };
}

function isManifest(value: unknown): boolean {
  return typeof value === "object" && value !== null && "apiVersion" in value && "kind" in value;
}
