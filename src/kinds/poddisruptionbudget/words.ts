// What is said about the fields of PodDisruptionBudgets.
import type { FieldWords } from "../words.ts";

export const words: FieldWords = {
  PodDisruptionBudgetSpec: {
    "": "How many pods of a set may be taken down on purpose, for example when a node is drained.",
    maxUnavailable: "How many may be unavailable: a number or a percentage.",
    minAvailable: "How many must stay available: a number or a percentage.",
    selector: "The pods it applies to.",
    unhealthyPodEvictionPolicy:
      "Whether pods that are not ready may always be evicted (AlwaysAllow), or only if enough others are ready (IfHealthyBudget).",
  },
};
