// What a patch makes of a live object without asking the server: no defaults, no checks.
import { applyPatch, PatchError, type UnknownObject } from "../cluster/index.ts";
import { CommandError } from "./command-error.ts";
import { isMap } from "./maps.ts";
import type { Found } from "./select.ts";
import type { PatchBody } from "./server.ts";

/** The object with the patch applied by kubectl itself. @throws CommandError */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/patch getPatchedJSON
export function patchedHere({ info, object }: Found, patch: PatchBody): UnknownObject {
  try {
    if (patch.type !== "json" && !isMap(patch.body)) throw new CommandError("Invalid JSON Patch");
    const made = applyPatch(info, { ...object }, patch);
    if (!isMap(made)) throw new CommandError("the patch does not leave an object");
    return made as unknown as UnknownObject; // an object with its fields changed
  } catch (error) {
    if (error instanceof PatchError) throw new CommandError(error.message);
    throw error;
  }
}
