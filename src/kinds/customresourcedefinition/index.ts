// CustomResourceDefinition for the engine.
import type { Addon } from "../../cluster/index.ts";
import { customResourceDefinition, DEFINITIONS } from "./api.ts";
import { startDefinitions } from "./controller.ts";

export const kind: Addon = {
  name: "kind customresourcedefinition",
  kinds: [
    {
      strategies: { [DEFINITIONS]: customResourceDefinition },
      controllers: [{ name: "customresourcedefinitions", start: startDefinitions }],
    },
  ],
};
