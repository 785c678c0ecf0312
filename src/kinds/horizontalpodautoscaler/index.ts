// HorizontalPodAutoscaler for the engine.
import type { Addon } from "../../cluster/index.ts";
import { autoscaler } from "./api.ts";

export const kind: Addon = {
  name: "kind horizontalpodautoscaler",
  kinds: [
    {
      strategies: { "horizontalpodautoscalers.autoscaling": autoscaler },
    },
  ],
};
