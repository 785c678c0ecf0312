// LimitRange for the engine.
import type { Addon } from "../../cluster/index.ts";
import { limits } from "./api.ts";
import { limitAdmission } from "./api-admission.ts";

export const kind: Addon = {
  name: "kind limitrange",
  kinds: [{ strategies: { limitranges: limits }, admission: limitAdmission }],
};
