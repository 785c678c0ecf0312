// ResourceQuota for the engine.
import type { Addon } from "../../cluster/index.ts";
import { quota } from "./api.ts";
import { quotaAdmission } from "./api-admission.ts";
import { startResourceQuotaController } from "./controller.ts";

export const kind: Addon = {
  name: "kind resourcequota",
  kinds: [
    {
      strategies: { resourcequotas: quota },
      admission: quotaAdmission,
      controllers: [{ name: "resourcequota-controller", start: startResourceQuotaController }],
    },
  ],
};
