// `sim node`: machines join the cluster and leave it.
import { freeName, type NodePlan, own, planProblem, whyNoNode } from "../../cluster/index.ts";
import type { ProgramIO } from "../program.ts";
import type { Verb, Words } from "./sim-words.ts";

/** The lines of `sim`'s usage that belong to nodes. */
export const NODE_USAGE = `sim node add [NAME] [--zone ZONE] [--cpu N] [--memory M] [--pods N] | sim node remove NAME`;

export const node: Verb = (words, io) => {
  const { rest } = words;
  const run = own(VERBS, rest[0] ?? "");
  if (run === undefined) return "specify add [NAME] or remove NAME, for example sim node add --zone zone-b";
  if (rest.length > 2) return `unexpected word: ${rest[2]}`;
  return run(rest[1]?.replace(/^node\//, ""), words, io);
};

function add(name: string | undefined, { options }: Words, { cluster, out }: ProgramIO): string | undefined {
  const { settings } = cluster;
  const objects = cluster.api.list("nodes").map(({ metadata }) => metadata.name ?? "");
  const plan: NodePlan = {
    name: name ?? freeName(settings, objects),
    ...given("zone", options.get("--zone")),
    ...given("cpu", options.get("--cpu")),
    ...given("memory", options.get("--memory")),
    ...given("pods", options.has("--pods") ? Number(options.get("--pods")) : undefined),
  };
  const problem = planProblem(plan);
  if (problem !== undefined)
    return `${problem.field === "name" ? JSON.stringify(plan.name) : `--${problem.field}`}: ${problem.reason}`;
  const refusal = whyNoNode(plan.name, settings);
  if (refusal !== undefined) return refusal;
  cluster.configure({ nodes: [...settings.nodes, plan] });
  const made = cluster.settings.nodes.find((each) => each.name === plan.name);
  const zone = made === undefined || made.zone === "" ? "without a zone" : made.zone;
  out(`node/${plan.name} joined: address ${made?.address}, ${zone}, pods in ${made?.podCIDR}\n`);
  return undefined;
}

function given<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V }); // a computed key loses its name
}

function remove(name: string | undefined, _: Words, { cluster, out }: ProgramIO): string | undefined {
  const { nodes } = cluster.settings;
  if (name === undefined) return "the NAME of a node is required";
  const others = nodes.filter((each) => each.name !== name);
  if (others.length === nodes.length)
    return cluster.api.find("nodes", undefined, name) === undefined
      ? `there is no node ${JSON.stringify(name)}`
      : `node ${JSON.stringify(name)} has no machine: delete the object with kubectl delete node ${name}`;
  if (others.length === 0) return "a cluster needs at least one node";
  cluster.configure({ nodes: others });
  out(`node/${name} was removed\n`);
  return undefined;
}

const VERBS: Readonly<Record<string, typeof add>> = { add, remove };
