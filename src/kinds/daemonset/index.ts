// DaemonSet for the engine.
import type { Addon } from "../../cluster/index.ts";
import { daemonset } from "./api.ts";
import { startDaemonSetController } from "./controller.ts";

export const kind: Addon = {
  name: "kind daemonset",
  kinds: [
    {
      strategies: { "daemonsets.apps": daemonset },
      controllers: [{ name: "daemonset-controller", start: startDaemonSetController }],
    },
  ],
};
