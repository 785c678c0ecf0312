// The Deployment controller: one ReplicaSet per template, and the way from the old ones to the new one.
import { keyOf, splitKey } from "../../cluster/api/objects.ts";
import type { Deployment, ReplicaSet } from "../../cluster/api/types.gen.ts";
import { selectorFromLabelSelector } from "../../cluster/apimachinery/labels.ts";
import type { ComponentContext } from "../../cluster/client-go/component.ts";
import { controllerQueue } from "../../cluster/client-go/controller.ts";
import { BY_CONTROLLER, controllerOf, indexByController, indexByNamespace } from "../../cluster/client-go/owners.ts";
import type { WorkQueue } from "../../cluster/client-go/workqueue.ts";
import { claim } from "../../cluster/controllers/claim.ts";
import { watchOwned } from "../../cluster/controllers/enqueue.ts";
import { Rollout } from "./controller-rollout.ts";

const BY_UID = "uid";

/** Starts the controller. Spec: [DEP-1] and following. */
// Models kubernetes/pkg/controller/deployment/deployment_controller.go
export function startDeploymentController(context: ComponentContext): void {
  const deployments = context.informers.of("deployments.apps");
  const sets = context.informers.of("replicasets.apps");
  const pods = context.informers.of("pods");
  indexByNamespace(deployments);
  indexByController(sets);
  indexByController(pods);
  sets.addIndex(
    BY_UID,
    (set) => [set.metadata.uid ?? ""],
    () => true,
  );
  const queue: WorkQueue = controllerQueue(context, (key) => sync(context, queue, key), "deployments.apps");
  deployments.onChange((deployment, old) => {
    const changed = deployment ?? old;
    if (changed !== undefined) queue.add(keyOf(changed));
  });
  watchOwned({
    owned: sets,
    owners: deployments,
    kind: "Deployment",
    selectorOf: (deployment) => selectorFromLabelSelector(deployment.spec?.selector),
    queue,
  });
  pods.onChange((pod, old) => {
    if (pod !== undefined || old === undefined) return;
    const deployment = deploymentOfPod(context, controllerOf(old)?.uid, old.metadata.namespace);
    if (deployment?.spec?.strategy?.type === "Recreate") queue.add(keyOf(deployment)); // the last old pod may be gone
  });
}

function deploymentOfPod(
  context: ComponentContext,
  setUid: string | undefined,
  namespace: string | undefined,
): Deployment | undefined {
  const set = context.informers.of("replicasets.apps").byIndex(BY_UID, setUid ?? "")[0];
  const owner = set === undefined ? undefined : controllerOf(set);
  return owner === undefined ? undefined : context.api.find("deployments.apps", namespace, owner.name);
}

function sync(context: ComponentContext, queue: WorkQueue, key: string): void {
  const { namespace, name } = splitKey(key);
  const deployment = context.api.find("deployments.apps", namespace, name);
  if (deployment === undefined) {
    queue.wake(key, undefined);
    return;
  }
  const sets: ReplicaSet[] = claim(context, "replicasets.apps", {
    owner: deployment,
    selector: selectorFromLabelSelector(deployment.spec?.selector),
    mayAdopt: () => true,
  });
  const podsOf = (set: ReplicaSet) => context.informers.of("pods").byIndex(BY_CONTROLLER, set.metadata.uid ?? "");
  const rollout = new Rollout(context, deployment, sets, podsOf);
  const wakeAt = rollout.sync();
  const wait = (wakeAt ?? 0) - (context.settings().epoch + context.clock.now);
  queue.wake(key, wakeAt === undefined ? undefined : Math.max(0, wait) + 1_000); // a second later, as upstream, because times are in whole seconds
}
