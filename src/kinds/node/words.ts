// What is said about the fields of Nodes.
import type { FieldWords } from "../words.ts";

export const words: FieldWords = {
  Node: {
    "": "A machine that runs pods. Here a Node without a machine makes one join; on a real cluster the kubelet of a machine makes its Node, and a Node alone stays NotReady.",
    status: "What its kubelet reports. Here the capacity of a new Node is the size of the machine that joins.",
  },
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
