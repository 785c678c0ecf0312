// What is said about the fields of DaemonSets.
import type { FieldWords } from "../words.ts";

export const words: FieldWords = {
  DaemonSet: { "": "Keeps one pod on every suitable node." },
  DaemonSetSpec: {
    selector: "Labels of its pods. It must match the template and can't change.",
    template: "The template for the pods.",
    updateStrategy: "RollingUpdate (default) or OnDelete.",
  },
  RollingUpdateDaemonSet: {
    maxSurge: "On how many nodes an old and a new pod may run at once during an update: a number or a percentage.",
    maxUnavailable: "How many pods may be unavailable during an update: a number or a percentage; default 1.",
  },
};
