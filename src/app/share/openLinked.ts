// Opens what a link in the address holds.
import type { Scenario } from "../../scenario/index.ts";
import type { Playground } from "../store/playground.ts";

/** Opens the scenario of a link; one with a lesson opens with the page. */
export function openLinked(playground: Playground, scenario: Scenario): void {
  if (scenario.lesson === undefined) void playground.attempt(() => playground.open(scenario));
  else location.reload();
}
