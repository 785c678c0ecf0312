// Job and CronJob for the engine.
import type { Addon } from "../../cluster/index.ts";
import { cronjob, job } from "./api.ts";
import { startJobController } from "./controller.ts";
import { startCronJobController } from "./controller-cron.ts";

export const kind: Addon = {
  name: "kind job",
  kinds: [
    {
      strategies: { "cronjobs.batch": cronjob, "jobs.batch": job },
      controllers: [
        { name: "job-controller", start: startJobController },
        { name: "cronjob-controller", start: startCronJobController },
      ],
    },
  ],
};
