// What one run of kubectl remembers while it talks to the API server: warnings already printed.
import { type Answer, type KubeObject, StatusError, type UnknownObject, type WriteOptions } from "../cluster/index.ts";
import type { CommandIO } from "./io.ts";
import { type PatchBody, type PatchTarget, sendPatch } from "./server.ts";

/** Asks the API server and tells its warnings on stderr, each text once per run, also those that come with an error. */
// Models kubernetes/staging/src/k8s.io/client-go/rest warningWriter with Deduplicate
export function ask<T extends KubeObject>(io: CommandIO, request: () => Answer<T>): UnknownObject {
  try {
    const { object, warnings } = request();
    warn(io, warnings);
    return object as unknown as UnknownObject; // every object has fields of some name
  } catch (error) {
    if (error instanceof StatusError) warn(io, error.warnings);
    throw error;
  }
}

/** Tells warnings of the server. */
export function warn(io: CommandIO, warnings: readonly string[]): void {
  for (const text of warnings) {
    if (io.warned?.has(text)) continue;
    io.warned?.add(text);
    io.err(`Warning: ${text}\n`);
  }
}

/** Sends a patch and gives the object as it then is. */
export function patchObject(
  io: CommandIO,
  target: PatchTarget,
  patch: PatchBody,
  options: WriteOptions = {},
): UnknownObject {
  return ask(io, () => sendPatch(io.cluster.api, target, patch, options));
}

/** What the server warns of whenever this resource is read. */
export function warningsOf(io: CommandIO, resource: string): readonly string[] {
  return io.cluster.api.warningsOf(resource);
}
