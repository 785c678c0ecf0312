// kubectl describe of Deployment, ReplicaSet, StatefulSet, DaemonSet and ReplicationController.
import {
  compareText,
  type DaemonSet,
  type Deployment,
  deepCopy,
  deepEqual,
  type PersistentVolumeClaim,
  type PodTemplateSpec,
  type ReplicaSet,
  type ReplicationController,
  type StatefulSet,
} from "../../cluster/index.ts";
import { longDate } from "../duration.ts";
import { storageClassOf } from "../printers/storage.ts";
import { formatLabelSelector, formatLabels, selectorText } from "../text.ts";
import {
  controllerOf,
  type DescribeContext,
  describer,
  writeController,
  writeEvents,
  writeLabels,
} from "./describer.ts";
import type { Page } from "./page.ts";
import { podStatusText, writePodTemplate } from "./podtemplate.ts";

interface ConditionLine {
  readonly type: string;
  readonly status: string;
  readonly reason?: string | undefined;
}

function writeConditions(page: Page, conditions: readonly ConditionLine[] | undefined): void {
  if (conditions === undefined || conditions.length === 0) return;
  page.raw("Conditions:\n  Type\tStatus\tReason\n");
  page.row(1, ["----", "------", "------"]);
  for (const { type, status, reason } of conditions) page.row(1, [`${type} `, status, reason]);
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeDeployment
export const describeDeployment = describer<Deployment>((page, deployment, context) => {
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
  if (copy?.metadata?.labels !== undefined) delete copy.metadata.labels["pod-template-hash"];
  return copy;
}

function replicaSetsText(sets: readonly ReplicaSet[]): string {
  const texts = sets.map(
    ({ metadata, spec, status }) =>
      `${metadata.name} (${status?.replicas ?? 0}/${spec?.replicas ?? 1} replicas created)`,
  );
  return texts.join(", ") || "<none>";
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeReplicaSet
export const describeReplicaSet = describer<ReplicaSet>((page, set, context) => {
  const { metadata, spec, status } = set;
  page.field("Name", metadata.name);
  page.field("Namespace", metadata.namespace);
  page.field("Selector", formatLabelSelector(spec?.selector));
  writeLabels(page, set);
  writeController(page, set);
  page.field("Replicas", `${status?.replicas ?? 0} current / ${spec?.replicas ?? 1} desired`);
  page.field("Pods Status", podStatusText(set, context));
  writePodTemplate(page, spec?.template ?? {});
  writeConditions(page, status?.conditions);
  writeEvents(page, set, context);
});

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeReplicationController
export const describeReplicationController = describer<ReplicationController>((page, controller, context) => {
  const { metadata, spec, status } = controller;
  page.field("Name", metadata.name);
  page.field("Namespace", metadata.namespace);
  page.field("Selector", formatLabels(spec?.selector));
  writeLabels(page, controller);
  page.field("Replicas", `${status?.replicas ?? 0} current / ${spec?.replicas ?? 1} desired`);
  page.field("Pods Status", podStatusText(controller, context));
  writePodTemplate(page, spec?.template);
  writeConditions(page, status?.conditions);
  writeEvents(page, controller, context);
});

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeStatefulSet
export const describeStatefulSet = describer<StatefulSet>((page, set, context) => {
  const { metadata, spec, status } = set;
  page.field("Name", metadata.name);
  page.field("Namespace", metadata.namespace);
  page.field("CreationTimestamp", longDate(metadata.creationTimestamp));
  page.field("Selector", selectorText(spec?.selector));
  writeLabels(page, set);
  page.field("Replicas", `${spec?.replicas ?? 1} desired | ${status?.replicas ?? 0} total`);
  page.field("Update Strategy", spec?.updateStrategy?.type);
  const rolling = spec?.updateStrategy?.rollingUpdate;
  if (rolling?.partition !== undefined) {
    page.field("Partition", rolling.partition, 1);
    if (rolling.maxUnavailable !== undefined) page.field("MaxUnavailable", rolling.maxUnavailable, 1);
  }
  page.field("Pods Status", podStatusText(set, context));
  writePodTemplate(page, spec?.template);
  writeClaimTemplates(page, spec?.volumeClaimTemplates ?? []);
  writeEvents(page, set, context);
});

function writeClaimTemplates(page: Page, templates: readonly PersistentVolumeClaim[]): void {
  if (templates.length === 0) {
    page.field("Volume Claims", "<none>");
    return;
  }
  page.line(0, "Volume Claims:");
  for (const claim of templates) {
    page.field("Name", claim.metadata.name, 1);
    page.field("StorageClass", storageClassOf(claim), 1);
    page.labels("Labels", claim.metadata.labels, "  ");
    page.labels("Annotations", claim.metadata.annotations, "  ");
    page.field("Capacity", claim.spec?.resources?.requests?.storage ?? "<default>", 1);
    page.field("Access Modes", `[${(claim.spec?.accessModes ?? []).join(" ")}]`, 1);
  }
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeDaemonSet
export const describeDaemonSet = describer<DaemonSet>((page, set, context) => {
  const { metadata, spec, status } = set;
  page.field("Name", metadata.name);
  page.field("Namespace", metadata.namespace);
  page.field("Selector", selectorText(spec?.selector));
  page.field("Node-Selector", formatLabels(spec?.template.spec?.nodeSelector));
  writeLabels(page, set);
  page.line(0, `Desired Number of Nodes Scheduled: ${status?.desiredNumberScheduled ?? 0}`);
  page.line(0, `Current Number of Nodes Scheduled: ${status?.currentNumberScheduled ?? 0}`);
  page.line(0, `Number of Nodes Scheduled with Up-to-date Pods: ${status?.updatedNumberScheduled ?? 0}`);
  page.line(0, `Number of Nodes Scheduled with Available Pods: ${status?.numberAvailable ?? 0}`);
  page.line(0, `Number of Nodes Misscheduled: ${status?.numberMisscheduled ?? 0}`);
  page.field("Pods Status", podStatusText(set, context));
  writePodTemplate(page, spec?.template);
  writeEvents(page, set, context);
});
