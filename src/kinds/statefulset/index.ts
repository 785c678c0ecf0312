// StatefulSet for the engine.
import type { Addon } from "../../cluster/index.ts";
import { statefulset } from "./api.ts";
import { startStatefulSetController } from "./controller.ts";

export const kind: Addon = {
  name: "kind statefulset",
  kinds: [
    {
      strategies: { "statefulsets.apps": statefulset },
      controllers: [{ name: "statefulset-controller", start: startStatefulSetController }],
    },
  ],
};
