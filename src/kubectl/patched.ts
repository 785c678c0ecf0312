// What a patch makes of a live object without asking the server: no defaults, no checks.
import {
  applyJsonPatch,
  applyMergePatch,
  applyStrategicPatch,
  isJsonObject,
  PatchError,
  structOfKind,
  type UnknownObject,
} from "../cluster/index.ts";
import { CommandError } from "./errors.ts";
import type { Found } from "./select.ts";
import type { PatchBody } from "./server.ts";

/** The object with the patch applied by kubectl itself. @throws CommandError */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/patch getPatchedJSON
export function patchedHere(target: Found, patch: PatchBody): UnknownObject {
  try {
    const made = applied(target, patch);
    if (!isJsonObject(made)) throw new CommandError("the patch does not leave an object");
    return made as unknown as UnknownObject; // an object with its fields changed
  } catch (error) {
    if (error instanceof PatchError) throw new CommandError(error.message);
    throw error;
  }
}

function applied({ info, object }: Found, { type, body }: PatchBody): unknown {
  if (type === "json") return applyJsonPatch(object, body);
  if (!isJsonObject(body)) throw new CommandError("Invalid JSON Patch");
  if (type === "merge") return applyMergePatch(object, body);
  return applyStrategicPatch({ ...object }, body, structOfKind(info.group, info.version, info.kind));
}
