// What lessons say of help, of things to do, and of results.
import { plural, spoken } from "../language.ts";

export const EN = {
  predict: "Choose what you expect first.",
  podOn: (pod: string, node: string) => `${pod} on ${node}`,
  lookAtRequest: (happened: string) => `Look at the last request. ${happened}`,
  lookAt: (object: string, field: string | undefined) =>
    `Look at ${object}${field === undefined ? "" : `, field ${field}`}.`,

  /** What a solution does to an object of the manifest; a value of `undefined` removes its field. */
  edit: (object: string, changes: ReadonlyArray<readonly [field: string, value: string | undefined]>) => {
    const each = changes.map(([field, value]) =>
      value === undefined ? `remove ${field}` : `set ${field} to ${value}`,
    );
    return `In the manifest, ${object}: ${each.join(", ")}`;
  },
  add: (text: string) => `Add to the manifest:\n${text}`,
  apply: (text: string) => `Replace the manifest by:\n${text}`,
  drop: (object: string) => `Take ${object} out of the manifest`,
  send: (from: string, to: string) => `Send a request from ${from} to ${to}`,
  traffic: (from: string, to: string) => `Start traffic from ${from} to ${to}`,
  stopTraffic: "Stop the traffic",
  kill: (labels: string) => `Delete a pod with the label ${labels}`,
  crash: (labels: string) => `Restart the container of a pod with the label ${labels}`,
  scale: (workload: string, replicas: number) => `Scale ${workload} to ${replicas}`,
  choose: (answer: number) => `Choose answer ${answer}`,
  wait: (seconds: number) => `Let ${seconds} s pass`,
  configure: (settings: string) => `Set ${settings}`,

  grades: { 1: "easy", 2: "medium", 3: "hard" },
  result: ({ changes, par, help, points, most }: ResultIs) =>
    `${plural(changes, { one: "# change", other: "# changes" })}, par ${par}, ${HELP[help]}: ${points} of ${most} points.`,
};

interface ResultIs {
  readonly changes: number;
  readonly par: number;
  readonly help: keyof typeof HELP;
  readonly points: number;
  readonly most: number;
}

const HELP = { none: "no hint", look: "one hint", wrong: "two hints", do: "three hints", solution: "the solution" };

export const W = spoken("lesson-help", EN);
