// What all controllers share: a queue on the cluster's clock with the controllers' lag, and writes that tolerate what is gone.
import type { KubeObject } from "../api/objects.ts";
import type { ResourceName } from "../api/scheme.ts";
import { StatusError } from "../apimachinery/errors.ts";
import type { DeleteOptions } from "../apiserver/server.ts";
import type { ComponentContext } from "./component.ts";
import { WorkQueue } from "./workqueue.ts";

/** A queue whose keys, of objects of `resource` if it is given, wait for the controllers' lag. */
export function controllerQueue(
  context: ComponentContext,
  sync: (key: string) => unknown,
  resource?: ResourceName,
): WorkQueue {
  return new WorkQueue({
    clock: context.clock,
    lag: () => context.settings().controllerLag,
    sync,
    failed: (key, error) => tellFailure(context, { resource, key }, error),
  });
}

/** Says by a Warning about the object that work on it failed and comes again; what is no refusal is a mishap besides. Spec: [SAFE-2]. */
export function tellFailure(
  context: ComponentContext,
  { resource, key }: { readonly resource: ResourceName | undefined; readonly key: string },
  error: unknown,
): void {
  const { clock, name, informers, recorder } = context;
  const where = `${name} ${key}`;
  const isRefusal = error instanceof StatusError;
  if (!isRefusal) clock.mishaps.note(where, error);
  const object = resource === undefined ? undefined : informers.of(resource).get(key);
  if (object === undefined) return;
  const words = `${isRefusal ? "" : "internal error: "}${error instanceof Error ? error.message : String(error)}`;
  const message = `error syncing ${JSON.stringify(key)}, which is tried again: ${words}`;
  clock.mishaps.guard(where, () => recorder.record(object, { type: "Warning", reason: "FailedSync", message }));
}

/** Writes the status of an object that is still there. */
export function writeStatus<T extends KubeObject>(context: ComponentContext, resource: ResourceName, object: T): void {
  context.api.update(resource, object, { subresource: "status", trusted: true });
}

/** Writes an object, its spec and metadata. */
export function write<T extends KubeObject>(context: ComponentContext, resource: ResourceName, object: T): void {
  context.api.update(resource, object, { trusted: true });
}

/** Deletes an object if it is still there and still the same one. */
export function deleteObject(
  context: ComponentContext,
  resource: ResourceName,
  object: KubeObject,
  options: DeleteOptions = {},
): void {
  const { namespace, name = "", uid } = object.metadata;
  if (context.api.find(resource, namespace, name) === undefined) return;
  ignoreRefusal(() =>
    context.api.delete(resource, namespace, name, {
      ...options,
      ...(uid === undefined ? {} : { preconditions: { uid } }),
    }),
  );
}

/** Runs a write and returns what the API server refused it with, if it did. */
export function ignoreRefusal(run: () => void): StatusError | undefined {
  try {
    run();
  } catch (error) {
    if (error instanceof StatusError) return error;
    throw error;
  }
  return undefined;
}
