// The gallery: manifests to start from, in the order in which they are offered.
import { own } from "../../cluster/index.ts";
import { newScenario, type Scenario, type SharedSettings } from "../../scenario/index.ts";
import { W } from "../../words/en/examples.ts";
import { loadPart } from "../store/parts.ts";

/** What someone wants to know who looks for an example; the gallery shows them in this order. */
export const QUESTIONS: readonly string[] = W.questions;

/** One manifest of the gallery. */
export interface Example {
  /** Stable name, usable in `?scenario=`. */
  readonly name: string;
  readonly title: string;
  /** One of `QUESTIONS`. */
  readonly question: string;
  /** The visitor finds out what is wrong: the gallery doesn't show it. */
  readonly riddle: boolean;
  /** What of the cluster's surroundings it needs. */
  readonly settings: Partial<Pick<SharedSettings, "cloud" | "ingress" | "gateway">>;
  /** Loads the YAML. */
  readonly load: () => Promise<string>;
  /** Loads the example as a whole, where it is more than its YAML: what is done in it, and its other futures. */
  readonly whole?: () => Promise<Scenario>;
}

const TEXTS = import.meta.glob<string>("./*.yaml", { query: "?raw", import: "default" });

type Row = readonly [name: keyof typeof W.titles, ...more: readonly ("cloud" | "ingress" | "gateway" | "riddle")[]];

/** By the place of the question that they answer. */
const ROWS: readonly (readonly Row[])[] = [
  [
    ["nodeport"],
    ["my-app-service"],
    ["load-balancer"],
    ["three-load-balancers", "cloud"],
    ["ingress", "cloud", "ingress"],
    ["gateway", "cloud", "ingress", "gateway"],
  ],
  [["clusterip"], ["headless"], ["external-name"], ["no-selector"]],
  [["three-ports"], ["nodeport-8080"], ["named-port"], ["multi-port"], ["http-https"]],
  [["broken-selector", "riddle"], ["port-forward"]],
  [["rolling-update"], ["bookshop"]],
];

/** All examples; the first is what a new visitor sees. */
export const EXAMPLES: readonly Example[] = ROWS.flatMap((rows, at) =>
  rows.map(([name, ...more]) => ({
    name,
    title: W.titles[name],
    question: QUESTIONS[at] ?? "",
    riddle: more.includes("riddle"),
    settings: Object.fromEntries(more.filter((each) => each !== "riddle").map((need) => [need, true])),
    load: () => {
      const load = own(TEXTS, `./${name}.yaml`);
      if (load === undefined) throw new Error(`examples: no file for "${name}"`);
      return loadPart(W.theExample(W.titles[name]), load);
    },
    ...wholeOf(name),
  })),
);

function wholeOf(name: keyof typeof W.titles): Pick<Example, "whole"> {
  if (name !== "rolling-update") return {};
  const title = W.theExample(W.titles[name]);
  const whole = () => loadPart(title, async () => (await import("./rolling-update.ts")).ROLLING_UPDATE);
  return { whole };
}

/** An example as a scenario to be opened. */
export async function scenarioOf({ load, settings, whole }: Example): Promise<Scenario> {
  return whole?.() ?? { ...newScenario(await load()), settings };
}

/** The example of this name; the first, when there is none of that name. */
export function exampleNamed(name: string | undefined): Example {
  const found = EXAMPLES.find((each) => each.name === name) ?? EXAMPLES[0];
  if (found === undefined) throw new Error("examples: the gallery is empty");
  return found;
}
