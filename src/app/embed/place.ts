// What the address of the whole page asks for.
import { type EmbedOptions, parseAt, parseFlag, parseScenarioName, parseStep } from "./options.ts";

/** Which scenario the address of the whole page asks for, at which moment, and whether to present it; of its query it knows nothing else. */
export function parsePlace(
  search: string,
  scenarios: readonly string[],
): Pick<EmbedOptions, "scenario" | "step" | "at" | "present" | "predict"> & { readonly problems: readonly string[] } {
  const query = new URLSearchParams(search);
  const problems: string[] = [];
  const scenario = parseScenarioName(query.get("scenario"), scenarios, problems);
  const [step, at] = [parseStep(query.get("step"), problems), parseAt(query.get("at"), problems)];
  const present = parseFlag(query, "present", { otherwise: false, problems });
  const predict = parseFlag(query, "predict", { otherwise: false, problems });
  return { scenario, step, at, present, predict, problems };
}
