// What is said about the fields of NetworkPolicies.
import type { FieldWords } from "../words.ts";

export const words: FieldWords = {
  NetworkPolicySpec: {
    "": "Which connections the pods may have. It lists what is allowed; everything else is dropped.",
    egress: "Where the pods may connect to.",
    ingress: "Who may connect to the pods.",
    podSelector: "The pods it applies to; empty means all in the namespace.",
    policyTypes: "Ingress, Egress or both.",
  },
  NetworkPolicyPort: {
    endPort: "The end of a range that begins with port.",
    port: "The pods' port, after every translation: a number, or the name of a container port. By default, every port.",
    protocol: "TCP (default), UDP or SCTP.",
  },
};
