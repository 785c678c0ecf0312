// ReplicationController for the engine.
import type { Addon } from "../../cluster/index.ts";
import { replicationcontroller } from "./api.ts";

export const kind: Addon = {
  name: "kind replicationcontroller",
  kinds: [
    {
      strategies: { replicationcontrollers: replicationcontroller },
    },
  ],
};
