// Ingress for the engine.
import type { Addon } from "../../cluster/index.ts";
import { ingress } from "./api.ts";

export const kind: Addon = {
  name: "kind ingress",
  kinds: [
    {
      strategies: { "ingresses.networking.k8s.io": ingress },
    },
  ],
};
