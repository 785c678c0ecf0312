// What Tab finds at the cursor: programs, kubectl's own words, nodes and addresses.
import { completeKubectl } from "../../kubectl/index.ts";
import { completeSim } from "../../shell/index.ts";
import type { Run } from "../store/run.ts";
import type { Candidate, Completion } from "./completion.ts";

const PROGRAMS: readonly Candidate[] = [
  { text: "kubectl", detail: "talk to the cluster" },
  { text: "curl", detail: "send a request" },
  { text: "dig", detail: "ask the cluster's DNS" },
  { text: "nslookup", detail: "ask the cluster's DNS" },
  { text: "wget", detail: "send a request" },
  { text: "ssh", detail: "work on a node" },
  { text: "sim", detail: "what a cluster hasn't" },
  { text: "sleep", detail: "let virtual time pass" },
  { text: "ping", detail: "try an address" },
  { text: "nc", detail: "try a port" },
  { text: "clear", detail: "empty the screen" },
  { text: "help", detail: "what is simulated" },
];
const LISTED = 200;

/** Words that may stand at the cursor of a line. */
export function completeIn({ cluster, shell }: Run, line: string, cursor: number): Completion {
  const words = wordsBefore(line.slice(0, cursor));
  const [program = ""] = words;
  const partial = words.at(-1) ?? "";
  const from = cursor - partial.length;
  const fitting = (candidates: readonly Candidate[]) =>
    candidates.filter(({ text }) => text.startsWith(partial) && text !== partial).slice(0, LISTED);
  if (words.length <= 1) return { from, candidates: fitting(PROGRAMS) };
  if (program === "kubectl" || program === "k") {
    const world = { cluster, files: shell?.files ?? new Map<string, string>(), namespace: "default" };
    return { from, candidates: completeKubectl(words.slice(1), world).slice(0, LISTED) };
  }
  if (program === "sim") return { from, candidates: completeSim(words.slice(1), cluster).slice(0, LISTED) };
  if (program === "ssh" && words.length === 2)
    return {
      from,
      candidates: fitting(cluster.settings.nodes.map(({ name, address }) => ({ text: name, detail: address }))),
    };
  return { from, candidates: [] };
}

/** The words of the command that the cursor stands in; the last one is what is being typed, "" behind a blank. */
function wordsBefore(text: string): readonly string[] {
  const command = text.slice(Math.max(...["|", ";", "&", "("].map((sign) => text.lastIndexOf(sign))) + 1);
  const words = command.trimStart().split(/\s+/);
  return words;
}
