// The namespace controller: a namespace that is being deleted takes all it holds with it.
import { RESOURCES, resourceName } from "../../api/scheme.ts";
import type { ComponentContext } from "../../client-go/component.ts";
import { controllerQueue, deleteObject } from "../../client-go/controller.ts";

const FINALIZER = "kubernetes";
const NAMESPACED = RESOURCES.filter((info) => info.namespaced).map(resourceName);

/** Starts the controller. Spec: [NS-1] [NS-2]. */
// Models kubernetes/pkg/controller/namespace/deletion/namespaced_resources_deleter.go
export function startNamespaceController(context: ComponentContext): void {
  const ending = new Set<string>();
  const queue = controllerQueue(context, (name) => sync(context, ending, name));
  context.informers.of("namespaces").onChange((namespace) => {
    if (namespace?.metadata.deletionTimestamp === undefined) return;
    ending.add(namespace.metadata.name ?? "");
    queue.add(namespace.metadata.name ?? "");
  });
  context.api.watch("*", ({ object }) => {
    if (ending.size > 0 && ending.has(object.metadata.namespace ?? "")) queue.add(object.metadata.namespace ?? "");
  });
}

function sync(context: ComponentContext, ending: Set<string>, name: string): void {
  const namespace = context.api.find("namespaces", undefined, name);
  if (namespace === undefined) {
    ending.delete(name);
    return;
  }
  let left = 0;
  for (const resource of NAMESPACED)
    for (const object of context.api.list(resource, { namespace: name })) {
      if (object.metadata.deletionTimestamp === undefined) deleteObject(context, resource, object);
      if (context.api.find(resource, name, object.metadata.name ?? "") !== undefined) left++;
    }
  if (left > 0) return; // the deletion of the last one brings the key back
  const finalizers = (namespace.spec?.finalizers ?? []).filter((each) => each !== FINALIZER);
  ending.delete(name);
  context.api.update("namespaces", { ...namespace, spec: { finalizers } }, { subresource: "finalize", trusted: true });
}
