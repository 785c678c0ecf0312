// The commands of kubectl.
import type { Command } from "./command.ts";
import { apply } from "./commands/apply.ts";
import { describe } from "./commands/describe.ts";
import { get } from "./commands/get.ts";

/** Every verb that is simulated, in the order of `kubectl help`. */
export const COMMANDS: readonly Command[] = [get, describe, apply];
