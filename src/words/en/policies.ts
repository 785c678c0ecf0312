// NetworkPolicies: shields on pods, who may reach whom, what a policy says.
import { plural, spoken } from "../language.ts";

const WAYS = { ingress: "ingress", egress: "egress", both: "ingress and egress" } as const;

export const EN = {
  button: "Policies",
  buttonTitle: "Who may reach whom, by the NetworkPolicies",
  isolated: (pod: string, way: keyof typeof WAYS, by: string) => `Pod ${pod} is isolated for ${WAYS[way]} by ${by}`,
  wouldIsolate: (pod: string, way: keyof typeof WAYS, by: string) =>
    `Pod ${pod} would be isolated for ${WAYS[way]} by ${by}, if the network plugin enforced policies`,
  matrix: "Who may reach whom",
  matrixAbout:
    "Worked out from the NetworkPolicies; no packet is sent. Each row is a sender, each column a receiver's port. Traffic from outside comes through a node, with the node's address.",
  ignored: "The network plugin ignores policies now, so everything passes.",
  noPorts: "No pod listens on any port yet.",
  from: "from",
  press: "Press a cell to see why.",
  yes: "yes",
  no: "no",
  some: "some",
  admitted: (from: string, to: string, port: string) => `${from} may connect to ${to} on ${port}.`,
  dropped: (from: string, to: string, port: string, why: string) =>
    `${from} may not connect to ${to} on ${port}: ${why}.`,
  mixed: (from: string, to: string, port: string, why: string) =>
    `Some pods of ${from} and ${to} may connect on ${port}. Of another: ${why}.`,
  whatIf: "What if …",
  comparison: "The comparison",
  whatIfAbout: "Paste or edit a NetworkPolicy. It is compared with the cluster as it is; nothing is applied yet.",
  startFrom: "Start from",
  nothingYet: "nothing",
  newPolicy: "a policy that admits nothing",
  manifest: "Manifest of NetworkPolicies",
  theManifest: "the manifest",
  compare: "Compare",
  compareTitle: "Compare (Ctrl+Enter)",
  onlyPolicies: (what: string) => `Only NetworkPolicies are compared here, and this is ${what}.`,
  noPolicy: "There is no NetworkPolicy in this text.",
  apply: "Apply",
  applyTitle: "Put it into the YAML, which is applied",
  back: "Show the present state",
  ways: (opens: number, closes: number) => {
    if (opens === 0 && closes === 0) return "Nothing changes.";
    if (opens === 0) return `${plural(closes, { one: "1 way closes", other: "# ways close" })}, none opens.`;
    const first = plural(opens, { one: "1 way opens", other: "# ways open" });
    return `${first}, ${closes === 0 ? "none closes" : plural(closes, { one: "1 closes", other: "# close" })}.`;
  },
  cut: "Only a part of it is in the table; `sim matrix --diff FILE` prints all.",
  opens: "now allowed",
  opensSome: "now some",
  closes: "now dropped",
  closesSome: "now only some",
  withIt: (what: string) => `With the change: ${what}`,
  asItIs: (what: string) => `As it is: ${what}`,
  inYaml: (names: string) => `In the YAML now: ${names}.`,
  selects: "Selects",
  everyPod: (namespace: string) => `every pod of namespace ${namespace}`,
  notLimited: "not limited by this policy",
  nothing: "admits nothing",
};

export const W = spoken("policies", EN);
