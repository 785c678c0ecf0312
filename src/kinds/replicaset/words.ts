// What is said about the fields of ReplicaSets.
import type { FieldWords } from "../words.ts";

export const words: FieldWords = {
  ReplicaSet: { "": "Keeps a number of identical pods. A Deployment creates one for each version of its template." },
  ReplicaSetSpec: {
    minReadySeconds: "How long a new pod must be ready before it counts as available.",
    replicas: "How many pods; default 1.",
    selector: "Labels of its pods. It must match the template and can't change.",
    template: "The template for the pods.",
  },
};
