// What lessons need to run without a page: everything attached, and the examples' manifests.
import { own } from "../cluster/index.ts";
import { gatewayController } from "../gateway/index.ts";
import { ingressNginx } from "../ingress/index.ts";
import { ALL_KINDS } from "../kinds/index.ts";
import { createRun, newScenario } from "../scenario/index.ts";
import { containers, createShell } from "../shell/index.ts";
import { loadLesson } from "./catalogue.ts";
import type { Stage } from "./play.ts";

const EXAMPLES = import.meta.glob<string>("../app/examples/*.yaml", { query: "?raw", import: "default" });

/** Opens runs without a page. */
export const HEADLESS: Stage = {
  open: async (scenario) =>
    createRun(scenario, { createShell, addons: [...ALL_KINDS, containers, ingressNginx, gatewayController] }),
  lesson: loadLesson,
  example: async (name) => {
    const load = own(EXAMPLES, `../app/examples/${name}.yaml`);
    if (load === undefined) throw new Error(`There is no example "${name}".`);
    return newScenario(await load());
  },
};
