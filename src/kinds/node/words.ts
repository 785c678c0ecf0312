// What is said about the fields of Nodes.
import type { FieldWords } from "../words.ts";

export const words: FieldWords = {
  Node: { "": "A machine that runs pods." },
  NodeSpec: {
    podCIDR: "The range from which its pods get their addresses.",
    taints: "What keeps away pods that don't tolerate it.",
    unschedulable: "Whether new pods are kept away; kubectl cordon sets it.",
  },
  Taint: {
    effect: "NoSchedule: no new pods. PreferNoSchedule: none if possible. NoExecute: running pods must go too.",
    key: "Its key.",
    value: "Its value.",
  },
};
