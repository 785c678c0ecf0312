// The namespace controller: a namespace that is being deleted takes all it holds with it.
import type { KubeObject } from "../../cluster/api/objects.ts";
import { resourceName } from "../../cluster/api/scheme.ts";
import type { Namespace } from "../../cluster/api/types.gen.ts";
import type { ComponentContext } from "../../cluster/client-go/component.ts";
import { controllerQueue, deleteObject, writeStatus } from "../../cluster/client-go/controller.ts";

const FINALIZER = "kubernetes";

/** Starts the controller. Spec: [NS-1] [NS-2]. */
// Models kubernetes/pkg/controller/namespace/deletion/namespaced_resources_deleter.go
export function startNamespaceController(context: ComponentContext): void {
  const ending = new Set<string>();
  const queue = controllerQueue(context, (name) => sync(context, ending, name), "namespaces");
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
  const left = new Map<string, number>();
  const held = new Map<string, number>();
  const namespaced = context.api.kinds.all.filter((info) => info.namespaced).map(resourceName);
  for (const resource of namespaced)
    for (const object of context.api.list(resource, { namespace: name })) {
      if (object.metadata.deletionTimestamp === undefined) deleteObject(context, resource, object);
      const rest: KubeObject | undefined = context.api.find(resource, name, object.metadata.name ?? "");
      if (rest === undefined) continue;
      count(left, resource.includes(".") ? resource : `${resource}.`);
      for (const finalizer of rest.metadata.finalizers ?? []) count(held, finalizer);
    }
  if (left.size > 0) {
    tell(context, namespace, left, held);
    return; // the deletion of the last one brings the key back
  }
  const finalizers = (namespace.spec?.finalizers ?? []).filter((each) => each !== FINALIZER);
  ending.delete(name);
  context.api.update("namespaces", { ...namespace, spec: { finalizers } }, { subresource: "finalize", trusted: true });
}

function count(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}

/** Says in the status what the namespace waits for. Spec: [NS-4]. */
// Models kubernetes/pkg/controller/namespace/deletion/status_condition_utils.go
function tell(
  context: ComponentContext,
  namespace: Namespace,
  left: ReadonlyMap<string, number>,
  held: ReadonlyMap<string, number>,
): void {
  const listed = (counts: ReadonlyMap<string, number>, has: string) =>
    [...counts].map(([what, n]) => `${what} ${has} ${n} resource instances`).join(", ");
  const finalizers: readonly [string, string, string, string] =
    held.size === 0
      ? ["FinalizersRemaining", "False", "ContentHasNoFinalizers", "All content-preserving finalizers finished"]
      : [
          "FinalizersRemaining",
          "True",
          "SomeFinalizersRemain",
          `Some content in the namespace has finalizers remaining: ${listed(held, "in")}`,
        ];
  const rows: ReadonlyArray<readonly [string, string, string, string]> = [
    ["DeletionDiscoveryFailure", "False", "ResourcesDiscovered", "All resources successfully discovered"],
    ["DeletionGroupVersionParsingFailure", "False", "ParsedGroupVersions", "All legacy kube types successfully parsed"],
    [
      "DeletionContentFailure",
      "False",
      "ContentDeleted",
      "All content successfully deleted, may be waiting on finalization",
    ],
    ["ContentRemaining", "True", "SomeResourcesRemain", `Some resources are remaining: ${listed(left, "has")}`],
    finalizers,
  ];
  const before = namespace.status?.conditions ?? [];
  const conditions = rows.map(([name, status, reason, message]) => {
    const type = `Namespace${name}`;
    const old = before.find((each) => each.type === type);
    if (old?.status === status && old.message === message) return old;
    return { type, status, reason, message, lastTransitionTime: context.timestamp() };
  });
  if (conditions.every((each, i) => each === before[i])) return;
  writeStatus(context, "namespaces", { ...namespace, status: { ...namespace.status, conditions } });
}
