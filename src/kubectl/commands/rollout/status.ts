// How far a rollout is, in kubectl's sentences.
import type { DaemonSet, Deployment, KubeObject, ResourceInfo, StatefulSet } from "../../../cluster/index.ts";
import { resourceName } from "../../../cluster/index.ts";
import { CommandError } from "../../command-error.ts";

/** What is to be said, and whether the rollout is over. */
export interface RolloutStatus {
  readonly text: string;
  readonly done: boolean;
}

const waiting = (text: string): RolloutStatus => ({ text: `Waiting for ${text}...\n`, done: false });
const over = (text: string): RolloutStatus => ({ text: `${text}\n`, done: true });

/** The status of a workload. @throws CommandError for kinds without one, and for a rollout that failed. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/polymorphichelpers StatusViewer
export function rolloutStatus(info: ResourceInfo, object: KubeObject): RolloutStatus {
  switch (resourceName(info)) {
    case "deployments.apps":
      return deploymentStatus(object as Deployment); // of this resource
    case "daemonsets.apps":
      return daemonSetStatus(object as DaemonSet); // of this resource
    case "statefulsets.apps":
      return statefulSetStatus(object as StatefulSet); // of this resource
    default:
      throw new CommandError(`no status viewer has been implemented for ${info.kind}`);
  }
}

function deploymentStatus({ metadata, spec, status }: Deployment): RolloutStatus {
  const name = JSON.stringify(metadata.name);
  if ((metadata.generation ?? 0) > (status?.observedGeneration ?? 0))
    return waiting("deployment spec update to be observed");
  if (status?.conditions?.some(({ type, reason }) => type === "Progressing" && reason === "ProgressDeadlineExceeded"))
    throw new CommandError(`deployment ${name} exceeded its progress deadline`);
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = status ?? {};
  const wanted = spec?.replicas ?? 1;
  const head = `deployment ${name} rollout to finish:`;
  if (updatedReplicas < wanted)
    return waiting(`${head} ${updatedReplicas} out of ${wanted} new replicas have been updated`);
  if (replicas > updatedReplicas)
    return waiting(`${head} ${replicas - updatedReplicas} old replicas are pending termination`);
  if (availableReplicas < updatedReplicas)
    return waiting(`${head} ${availableReplicas} of ${updatedReplicas} updated replicas are available`);
  return over(`deployment ${name} successfully rolled out`);
}

function daemonSetStatus({ metadata, spec, status }: DaemonSet): RolloutStatus {
  const name = JSON.stringify(metadata.name);
  if (spec?.updateStrategy?.type === "OnDelete")
    throw new CommandError("rollout status is only available for RollingUpdate strategy type");
  if ((metadata.generation ?? 0) > (status?.observedGeneration ?? 0))
    return waiting("daemon set spec update to be observed");
  const { updatedNumberScheduled = 0, desiredNumberScheduled = 0, numberAvailable = 0 } = status ?? {};
  const head = `daemon set ${name} rollout to finish:`;
  if (updatedNumberScheduled < desiredNumberScheduled)
    return waiting(`${head} ${updatedNumberScheduled} out of ${desiredNumberScheduled} new pods have been updated`);
  if (numberAvailable < desiredNumberScheduled)
    return waiting(`${head} ${numberAvailable} of ${desiredNumberScheduled} updated pods are available`);
  return over(`daemon set ${name} successfully rolled out`);
}

function statefulSetStatus({ metadata, spec, status }: StatefulSet): RolloutStatus {
  if (spec?.updateStrategy?.type === "OnDelete")
    throw new CommandError("rollout status is only available for RollingUpdate strategy type");
  const { observedGeneration = 0, readyReplicas = 0, updatedReplicas = 0, currentReplicas = 0 } = status ?? {};
  if (observedGeneration === 0 || (metadata.generation ?? 0) > observedGeneration)
    return waiting("statefulset spec update to be observed");
  const replicas = spec?.replicas ?? 1;
  if (readyReplicas < replicas) return waiting(`${replicas - readyReplicas} pods to be ready`);
  const rolling = spec?.updateStrategy?.rollingUpdate;
  if (rolling !== undefined) {
    const target = replicas - (rolling.partition ?? 0);
    if (rolling.partition !== undefined && updatedReplicas < target)
      return waiting(`partitioned roll out to finish: ${updatedReplicas} out of ${target} new pods have been updated`);
    return over(`partitioned roll out complete: ${updatedReplicas} new pods have been updated...`);
  }
  const { updateRevision, currentRevision } = status ?? {};
  if (updateRevision !== currentRevision)
    return {
      text: `waiting for statefulset rolling update to complete ${updatedReplicas} pods at revision ${updateRevision}...\n`,
      done: false,
    };
  return over(`statefulset rolling update complete ${currentReplicas} pods at revision ${currentRevision}...`);
}
