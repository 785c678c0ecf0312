// The gallery: manifests to start from, in the order in which they are offered.
import { own } from "../../cluster/index.ts";
import { newScenario, type Scenario, type SharedSettings } from "../../scenario/index.ts";
import { loadPart } from "../store/parts.ts";

/** What someone wants to know who looks for an example; the gallery shows them in this order. */
export const QUESTIONS = [
  "How do I get in from outside?",
  "How do pods reach each other?",
  "Which port is which?",
  "Why does it fail?",
  "How do the parts fit together?",
] as const;
export type Question = (typeof QUESTIONS)[number];

/** One manifest of the gallery. */
export interface Example {
  /** Stable name, usable in `?scenario=`. */
  readonly name: string;
  readonly title: string;
  readonly question: Question;
  /** The visitor finds out what is wrong: the gallery doesn't show it. */
  readonly riddle: boolean;
  /** What of the cluster's surroundings it needs. */
  readonly settings: Partial<Pick<SharedSettings, "cloud" | "ingress">>;
  /** Loads the YAML. */
  readonly load: () => Promise<string>;
  /** Loads the example as a whole, where it is more than its YAML: what is done in it, and its other futures. */
  readonly whole?: () => Promise<Scenario>;
}

const TEXTS = import.meta.glob<string>("./*.yaml", { query: "?raw", import: "default" });

type Row = readonly [name: string, title: string, ...more: readonly ("cloud" | "ingress" | "riddle")[]];

const ROWS: Readonly<Record<Question, readonly Row[]>> = {
  "How do I get in from outside?": [
    ["nodeport", "NodePort"],
    ["my-app-service", "Inside and outside"],
    ["load-balancer", "LoadBalancer"],
    ["three-load-balancers", "Three load balancers", "cloud"],
    ["ingress", "Ingress", "cloud", "ingress"],
  ],
  "How do pods reach each other?": [
    ["clusterip", "ClusterIP"],
    ["headless", "Headless"],
    ["external-name", "ExternalName"],
    ["no-selector", "Without a selector"],
  ],
  "Which port is which?": [
    ["three-ports", "Three ports"],
    ["nodeport-8080", "Three different ports"],
    ["named-port", "Named targetPort"],
    ["multi-port", "Several ports"],
    ["http-https", "http and https"],
  ],
  "Why does it fail?": [
    ["broken-selector", "Find the mistake", "riddle"],
    ["port-forward", "Port-forward"],
  ],
  "How do the parts fit together?": [
    ["rolling-update", "Rolling update"],
    ["bookshop", "A bookshop"],
  ],
};

/** All examples; the first is what a new visitor sees. */
export const EXAMPLES: readonly Example[] = QUESTIONS.flatMap((question) =>
  ROWS[question].map(([name, title, ...more]) => ({
    name,
    title,
    question,
    riddle: more.includes("riddle"),
    settings: Object.fromEntries(more.filter((each) => each !== "riddle").map((need) => [need, true])),
    load: () => {
      const load = own(TEXTS, `./${name}.yaml`);
      if (load === undefined) throw new Error(`examples: no file for "${name}"`);
      return loadPart(`The example “${title}”`, load);
    },
    ...wholeOf(name),
  })),
);

function wholeOf(name: string): Pick<Example, "whole"> {
  if (name !== "rolling-update") return {};
  const whole = () =>
    loadPart("The example “Rolling update”", async () => (await import("./rolling-update.ts")).ROLLING_UPDATE);
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
