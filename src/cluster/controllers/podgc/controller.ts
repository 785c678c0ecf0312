// The pod garbage collector: pods of deleted nodes, and pods stuck on nodes declared out of service.

import { keyOf } from "../../api/objects.ts";
import type { Pod } from "../../api/types.gen.ts";
import { TaintNodeOutOfService } from "../../api/well-known.ts";
import type { ComponentContext } from "../../client-go/component.ts";
import { controllerQueue, deleteObject } from "../../client-go/controller.ts";
import { isNodeReady } from "../../client-go/nodes.ts";

/** How long a missing node may come back. */
const QUARANTINE_MS = 40_000;

/** Starts the collector. Spec: [NODE-10]. */
// Models kubernetes/pkg/controller/podgc/gc_controller.go
export function startPodGarbageCollector(context: ComponentContext): void {
  const queue = controllerQueue(context, (key) => collect(context, context.informers.of("pods").get(key)), "pods");
  const look = (name: string, delayMs: number) => {
    for (const pod of context.informers.of("pods").list())
      if (pod.spec?.nodeName === name) queue.addAfter(keyOf(pod), delayMs);
  };
  context.informers.of("nodes").onChange((node, old) => {
    if (node === undefined && old !== undefined) look(old.metadata.name ?? "", QUARANTINE_MS);
    else if (node !== undefined && node.spec?.taints !== old?.spec?.taints) {
      if (node.spec?.taints?.some(({ key }) => key === TaintNodeOutOfService)) look(node.metadata.name ?? "", 0);
    }
  });
  context.informers.of("pods").onChange((pod, old) => {
    const name = pod?.spec?.nodeName;
    if (pod === undefined || name === undefined) return;
    const moved = old?.spec?.nodeName !== name;
    const ending = pod.metadata.deletionTimestamp !== undefined && old?.metadata.deletionTimestamp === undefined;
    if (!moved && !ending) return;
    const node = context.informers.of("nodes").get(name);
    if (node === undefined) queue.addAfter(keyOf(pod), QUARANTINE_MS);
    else if (ending && node.spec?.taints?.some(({ key }) => key === TaintNodeOutOfService)) queue.add(keyOf(pod));
  });
}

function collect(context: ComponentContext, pod: Pod | undefined): void {
  const name = pod?.spec?.nodeName;
  if (pod === undefined || name === undefined) return;
  const node = context.api.find("nodes", undefined, name);
  const ready = node !== undefined && isNodeReady(node);
  const outOfService = node?.spec?.taints?.some(({ key }) => key === TaintNodeOutOfService) === true;
  const stuck = outOfService && !ready && pod.metadata.deletionTimestamp !== undefined;
  if (node === undefined || stuck) deleteObject(context, "pods", pod, { gracePeriodSeconds: 0 });
}
