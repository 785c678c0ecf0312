// `kubectl apply --force`: an object whose patch is refused is deleted, waited for and recreated.
import { resourceName, type UnknownObject } from "../../cluster/index.ts";
import { CommandError } from "../command-error.ts";
import type { SourceObject } from "../documents.ts";
import { describeFailure } from "../errors.ts";
import { guard } from "../guard.ts";
import type { CommandIO } from "../io.ts";
import { withLastApplied } from "../last-applied.ts";
import { ask } from "../session.ts";
import { type Deletion, LONG_MS } from "./delete.ts";

/**
 * Deletes the object and, when it is gone, calls `then` with what makes the manifest's one.
 * That throws what the server says against it, after the old object was put back.
 */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/apply Patcher.deleteAndCreate
export function recreate(
  source: SourceObject,
  current: UnknownObject,
  { io, deletion }: { io: CommandIO; deletion: Deletion },
  then: (make: () => UnknownObject) => void,
): void {
  const { info, namespace, name } = source;
  const { api } = io.cluster;
  const { timeoutMs, ...options } = deletion;
  api.delete(resourceName(info), namespace, name, options);
  const isGone = () => api.find(resourceName(info), namespace, name) === undefined;
  const make = () => {
    try {
      return ask(io, () => api.create(resourceName(info), namespace, withLastApplied(source.object), {}));
    } catch (error) {
      putBack(source, current, io, error);
      throw error;
    }
  };
  if (isGone()) then(make);
  else
    io.cluster.until(isGone, timeoutMs || LONG_MS, (held) =>
      guard(io, () => {
        if (!held) throw new CommandError("timed out waiting for the condition");
        then(make);
      }),
    );
}

function putBack({ info, namespace }: SourceObject, current: UnknownObject, io: CommandIO, first: unknown): void {
  const { resourceVersion: _, ...metadata } = current.metadata;
  try {
    ask(io, () => io.cluster.api.create(resourceName(info), namespace, { ...current, metadata }, {}));
  } catch (second) {
    throw new CommandError(
      `An error occurred force-replacing the existing object with the newly provided one:\n\n${told(first)}.\n\nAdditionally, an error occurred attempting to restore the original object:\n\n${told(second)}`,
    );
  }
}

const told = (error: unknown) => describeFailure(error).text.trimEnd();
