// What is said about the fields of StatefulSets.
import type { FieldWords } from "../words.ts";

export const words: FieldWords = {
  StatefulSet: { "": "Keeps numbered pods, each with its own stable name: web-0, web-1." },
  StatefulSetSpec: {
    persistentVolumeClaimRetentionPolicy: "Whether the claims are deleted with their pods.",
    podManagementPolicy: "OrderedReady (default): one by one. Parallel: all at once.",
    replicas: "How many pods; default 1.",
    selector: "Labels of its pods. It must match the template and can't change.",
    serviceName: "The headless Service whose domain contains the pods' names; you must create that Service.",
    template: "The template for the pods.",
    updateStrategy: "RollingUpdate (default), from the last pod to the first, or OnDelete.",
    volumeClaimTemplates: "Claims that each pod gets for itself.",
  },
  RollingUpdateStatefulSetStrategy: {
    maxUnavailable: "How many pods may be unavailable during an update: a number or a percentage.",
    partition: "Pods with a lower number keep the old template.",
  },
};
