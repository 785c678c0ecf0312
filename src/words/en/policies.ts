// NetworkPolicies: shields on pods, who may reach whom, what a policy says.
import { spoken } from "../language.ts";

const WAYS = { ingress: "ingress", egress: "egress", both: "ingress and egress" } as const;

export const EN = {
  button: "Policies",
  buttonTitle: "Who may reach whom, by the NetworkPolicies",
  isolated: (pod: string, way: keyof typeof WAYS, by: string) => `Pod ${pod} is isolated for ${WAYS[way]} by ${by}`,
  wouldIsolate: (pod: string, way: keyof typeof WAYS, by: string) =>
    `Pod ${pod} would be isolated for ${WAYS[way]} by ${by}, if the network plugin enforced policies`,
  matrix: "Who may reach whom",
  matrixAbout:
    "Worked out from the NetworkPolicies, without a packet. A row is who connects, a column a port of whom; outside comes by a node, with the node's address.",
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
  selects: "Selects",
  everyPod: (namespace: string) => `every pod of namespace ${namespace}`,
  notLimited: "not limited by this policy",
  nothing: "admits nothing",
};

export const W = spoken("policies", EN);
