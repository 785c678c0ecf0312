// kubectl describe deployment.
import {
  compareText,
  DefaultDeploymentUniqueLabelKey,
  type Deployment,
  deepCopy,
  deepEqual,
  type PodTemplateSpec,
  type ReplicaSet,
} from "../../cluster/index.ts";
import { writeConditions } from "../../kubectl/describe/conditions.ts";
import {
  controllerOf,
  type DescribeContext,
  type Describers,
  describer,
  writeEvents,
  writeLabels,
} from "../../kubectl/describe/describer.ts";
import { writePodTemplate } from "../../kubectl/describe/podtemplate.ts";
import { longDate } from "../../kubectl/duration.ts";
import { selectorText } from "../../kubectl/text.ts";

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeDeployment
const describeDeployment = describer<Deployment>((page, deployment, context) => {
  const { metadata, spec, status } = deployment;
  page.field("Name", metadata.name);
  page.field("Namespace", metadata.namespace);
  page.field("CreationTimestamp", longDate(metadata.creationTimestamp));
  writeLabels(page, deployment);
  page.field("Selector", selectorText(spec?.selector));
  page.field(
    "Replicas",
    `${spec?.replicas ?? 1} desired | ${status?.updatedReplicas ?? 0} updated | ${status?.replicas ?? 0} total | ${status?.availableReplicas ?? 0} available | ${status?.unavailableReplicas ?? 0} unavailable`,
  );
  page.field("StrategyType", spec?.strategy?.type);
  page.field("MinReadySeconds", spec?.minReadySeconds ?? 0);
  const rolling = spec?.strategy?.rollingUpdate;
  if (rolling !== undefined)
    page.field("RollingUpdateStrategy", `${rolling.maxUnavailable} max unavailable, ${rolling.maxSurge} max surge`);
  writePodTemplate(page, spec?.template);
  writeConditions(page, status?.conditions);
  const { old, current } = replicaSetsOf(deployment, context);
  if (old.length > 0 || current !== undefined) {
    page.field("OldReplicaSets", replicaSetsText(old));
    page.field("NewReplicaSet", replicaSetsText(current === undefined ? [] : [current]));
  }
  writeEvents(page, deployment, context);
});

/** The ReplicaSets of a Deployment: the oldest one with today's template, and the others. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/util/deployment GetAllReplicaSetsInChunks
function replicaSetsOf(deployment: Deployment, { api }: DescribeContext) {
  const { namespace, uid } = deployment.metadata;
  const owned = api
    .list("replicasets.apps", namespace === undefined ? {} : { namespace })
    .filter((each) => controllerOf(each)?.uid === uid);
  const template = withoutHash(deployment.spec?.template);
  const current = [...owned]
    .sort((a, b) => compareText(a.metadata.creationTimestamp ?? "", b.metadata.creationTimestamp ?? ""))
    .find((each) => deepEqual(withoutHash(each.spec?.template), template));
  return { old: owned.filter((each) => each !== current), current };
}

function withoutHash(template: PodTemplateSpec | undefined): PodTemplateSpec | undefined {
  const copy = deepCopy(template);
  if (copy?.metadata?.labels !== undefined) delete copy.metadata.labels[DefaultDeploymentUniqueLabelKey];
  return copy;
}

function replicaSetsText(sets: readonly ReplicaSet[]): string {
  const texts = sets.map(
    ({ metadata, spec, status }) =>
      `${metadata.name} (${status?.replicas ?? 0}/${spec?.replicas ?? 1} replicas created)`,
  );
  return texts.join(", ") || "<none>";
}

export const describers: Describers = { "deployments.apps": describeDeployment };
