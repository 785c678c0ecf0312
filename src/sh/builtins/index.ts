// The commands that are part of the shell.
import type { Builtin } from "../shell.ts";
import { FLOW_BUILTINS } from "./control.ts";
import { JOB_BUILTINS } from "./jobs.ts";
import { OPTION_BUILTINS } from "./options.ts";
import { TEXT_BUILTINS } from "./texts.ts";
import { VARIABLE_BUILTINS } from "./variables.ts";

/** Builtins by name. */
export const BUILTINS: ReadonlyMap<string, Builtin> = new Map(
  Object.entries({ ...FLOW_BUILTINS, ...JOB_BUILTINS, ...OPTION_BUILTINS, ...TEXT_BUILTINS, ...VARIABLE_BUILTINS }),
);
