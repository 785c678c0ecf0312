// NetworkPolicy for the engine.
import type { Addon } from "../../cluster/index.ts";
import { networkpolicy } from "./api.ts";

export const kind: Addon = {
  name: "kind networkpolicy",
  kinds: [
    {
      strategies: { "networkpolicies.networking.k8s.io": networkpolicy },
    },
  ],
};
