// PodDisruptionBudget for the engine.
import type { Addon } from "../../cluster/index.ts";
import { budget } from "./api.ts";
import { startDisruptionController } from "./controller.ts";

export const kind: Addon = {
  name: "kind poddisruptionbudget",
  kinds: [
    {
      strategies: { "poddisruptionbudgets.policy": budget },
      controllers: [{ name: "controllermanager", start: startDisruptionController }],
    },
  ],
};
