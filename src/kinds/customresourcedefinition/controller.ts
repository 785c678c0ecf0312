// Serves the kinds that CustomResourceDefinitions define, and deletes their objects with them.
import { resourceName } from "../../cluster/api/scheme.ts";
import type { CustomResourceDefinition } from "../../cluster/api/types.gen.ts";
import type { ApiServer } from "../../cluster/apiserver/server.ts";
import type { ComponentContext } from "../../cluster/client-go/component.ts";
import { controllerQueue, deleteObject, write, writeStatus } from "../../cluster/client-go/controller.ts";
import { DEFINITIONS } from "./api.ts";
import { kindOf } from "./api-custom.ts";
import { CLEANUP, isTrue, withCondition, withNames } from "./api-names.ts";

const POLL_MS = 5000;

/** Starts serving and the controllers of definitions. Spec: [CRD-3] [CRD-4]. */
// Models apiextensions-apiserver/pkg/apiserver crdHandler, pkg/controller/finalizer, pkg/controller/status
export function startDefinitions(context: ComponentContext): void {
  const queue = controllerQueue(context, (name) => sync(context, name, later), DEFINITIONS);
  const later = (name: string) => context.clock.schedule(POLL_MS, () => queue.add(name));
  const take = (definition: CustomResourceDefinition | undefined, old: CustomResourceDefinition | undefined) => {
    serve(context.api, definition, old);
    if (definition?.metadata.deletionTimestamp !== undefined) queue.add(definition.metadata.name ?? "");
    if (definition !== undefined) return;
    for (const each of context.informers.of(DEFINITIONS).list())
      if (!isTrue(each as CustomResourceDefinition, "NamesAccepted")) queue.add(each.metadata.name ?? "");
  };
  context.informers
    .of(DEFINITIONS)
    .onChange((object, old) =>
      take(object as CustomResourceDefinition | undefined, old as CustomResourceDefinition | undefined),
    );
}

/** Serves what is established as it is now defined, and no longer what is gone. */
function serve(
  { kinds }: ApiServer,
  definition: CustomResourceDefinition | undefined,
  old: CustomResourceDefinition | undefined,
): void {
  if (definition !== undefined && isTrue(definition, "Established")) kinds.define(kindOf(definition));
  else if (definition === undefined && old !== undefined) kinds.remove(resourceName(kindOf(old).info));
}

function sync(context: ComponentContext, name: string, later: (name: string) => void): void {
  const found = context.api.find(DEFINITIONS, undefined, name) as CustomResourceDefinition | undefined;
  if (found === undefined) return;
  if (found.metadata.deletionTimestamp !== undefined) cleanUp(context, found, later);
  else acceptNames(context, found);
}

/** Another definition went: names that it held may be free now. */
function acceptNames(context: ComponentContext, definition: CustomResourceDefinition): void {
  const others = [...context.api.list(DEFINITIONS)] as CustomResourceDefinition[];
  const next = withNames(
    definition,
    others.filter(({ metadata }) => metadata.uid !== definition.metadata.uid),
    context.timestamp(),
  );
  writeStatus(context, DEFINITIONS, next);
}

const ended = (reason: string, message: string) => ({ type: "Terminating", status: "False", reason, message });

/** Deletes the objects of a definition, waits for the last of them, and lets the definition go. */
function cleanUp(context: ComponentContext, definition: CustomResourceDefinition, later: (name: string) => void): void {
  const { name = "", finalizers = [] } = definition.metadata;
  if (!finalizers.includes(CLEANUP)) return;
  const resource = resourceName(kindOf(definition).info);
  const isServed = isTrue(definition, "Established");
  const left = () => (isServed ? context.api.list(resource) : []);
  for (const object of left())
    if (object.metadata.deletionTimestamp === undefined) deleteObject(context, resource, object);
  const isOver = left().length === 0;
  const date = context.timestamp();
  const condition = !isOver
    ? {
        type: "Terminating",
        status: "True",
        reason: "InstanceDeletionInProgress",
        message: "CustomResource deletion is in progress",
      }
    : isServed
      ? ended("InstanceDeletionCompleted", "removed all instances")
      : ended("NeverEstablished", "resource was never established");
  const next = withCondition(definition, condition, date);
  writeStatus(context, DEFINITIONS, next);
  if (!isOver) {
    later(name);
    return;
  }
  const now = context.api.find(DEFINITIONS, undefined, name);
  if (now === undefined) return;
  const metadata = { ...now.metadata, finalizers: finalizers.filter((each) => each !== CLEANUP) };
  write(context, DEFINITIONS, { ...now, metadata });
}
