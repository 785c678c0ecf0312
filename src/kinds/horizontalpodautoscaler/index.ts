// HorizontalPodAutoscaler for the engine.
import type { Addon } from "../../cluster/index.ts";
import { autoscaler } from "./api.ts";
import { startAutoscaler } from "./controller.ts";

const RESOURCE = "horizontalpodautoscalers.autoscaling";

export const kind: Addon = {
  name: "kind horizontalpodautoscaler",
  component: "horizontal-pod-autoscaler",
  kinds: [
    {
      strategies: { [RESOURCE]: autoscaler },
    },
  ],
  // With the first object, as controllers of late kinds start; it needs the record of what travelled besides.
  start(host) {
    const stop = host.api.watch(RESOURCE, () => {
      stop();
      startAutoscaler(host, host.trace);
    });
  },
};
