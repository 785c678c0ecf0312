// What is said about the fields of HorizontalPodAutoscalers.
import type { FieldWords } from "../words.ts";

export const words: FieldWords = {
  HorizontalPodAutoscalerSpec: {
    maxReplicas: "How many pods at most.",
    metrics: "The metrics it uses.",
    minReplicas: "How many pods at least; default 1.",
    scaleTargetRef: "What it scales.",
  },
};
