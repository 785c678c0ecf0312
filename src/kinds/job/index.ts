// Job and CronJob for the engine.
import type { Addon } from "../../cluster/index.ts";
import { cronjob, job } from "./api.ts";
import { startJobController } from "./controller.ts";

export const kind: Addon = {
  name: "kind job",
  kinds: [
    {
      strategies: { "cronjobs.batch": cronjob, "jobs.batch": job },
      controllers: [{ name: "job-controller", start: startJobController }],
    },
  ],
};
