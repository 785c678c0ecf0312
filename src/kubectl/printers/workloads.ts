// The tables of what keeps pods running: Deployment, ReplicaSet, StatefulSet, DaemonSet and their kin.
import type {
  Container,
  ControllerRevision,
  DaemonSet,
  Deployment,
  ObjectMeta,
  PodTemplate,
  ReplicaSet,
  ReplicationController,
  StatefulSet,
} from "../../cluster/index.ts";
import { ageOf } from "../duration.ts";
import { formatLabelSelector, formatLabels, selectorText } from "../text.ts";
import { printer } from "./printer.ts";

/** The columns of a pod template; wide only. */
const TEMPLATE = ["CONTAINERS*", "IMAGES*"] as const;

/** The CONTAINERS and IMAGES cells. */
export function containerCells(containers: readonly Container[] | undefined): [names: string, images: string] {
  return [
    (containers ?? []).map((each) => each.name).join(","),
    (containers ?? []).map((each) => each.image ?? "").join(","),
  ];
}

// Models kubernetes/pkg/printers/internalversion printDeployment
export const deploymentPrinter = printer<Deployment>(
  ["NAME", "READY", "UP-TO-DATE", "AVAILABLE", "AGE", ...TEMPLATE, "SELECTOR*"],
  ({ metadata, spec, status }, { now }) => [
    metadata.name,
    `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 1}`,
    status?.updatedReplicas ?? 0,
    status?.availableReplicas ?? 0,
    ageOf(metadata.creationTimestamp, now),
    ...containerCells(spec?.template.spec?.containers),
    selectorText(spec?.selector),
  ],
);

/** ReplicaSets and their elder kin differ in their selectors only. */
function replicasPrinter<T extends ReplicaSet | ReplicationController>(selectorOf: (set: T) => string) {
  return printer<T>(["NAME", "DESIRED", "CURRENT", "READY", "AGE", ...TEMPLATE, "SELECTOR*"], (set, { now }) => [
    set.metadata.name,
    set.spec?.replicas ?? 1,
    set.status?.replicas ?? 0,
    set.status?.readyReplicas ?? 0,
    ageOf(set.metadata.creationTimestamp, now),
    ...containerCells(set.spec?.template?.spec?.containers),
    selectorOf(set),
  ]);
}

// Models kubernetes/pkg/printers/internalversion printReplicaSet
export const replicaSetPrinter = replicasPrinter<ReplicaSet>(({ spec }) => formatLabelSelector(spec?.selector));

// Models kubernetes/pkg/printers/internalversion printReplicationController
export const replicationControllerPrinter = replicasPrinter<ReplicationController>(({ spec }) =>
  formatLabels(spec?.selector),
);

// Models kubernetes/pkg/printers/internalversion printStatefulSet
export const statefulSetPrinter = printer<StatefulSet>(
  ["NAME", "READY", "AGE", ...TEMPLATE],
  ({ metadata, spec, status }, { now }) => [
    metadata.name,
    `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 1}`,
    ageOf(metadata.creationTimestamp, now),
    ...containerCells(spec?.template.spec?.containers),
  ],
);

// Models kubernetes/pkg/printers/internalversion printDaemonSet
export const daemonSetPrinter = printer<DaemonSet>(
  ["NAME", "DESIRED", "CURRENT", "READY", "UP-TO-DATE", "AVAILABLE", "NODE SELECTOR", "AGE", ...TEMPLATE, "SELECTOR*"],
  ({ metadata, spec, status }, { now }) => [
    metadata.name,
    status?.desiredNumberScheduled ?? 0,
    status?.currentNumberScheduled ?? 0,
    status?.numberReady ?? 0,
    status?.updatedNumberScheduled ?? 0,
    status?.numberAvailable ?? 0,
    formatLabels(spec?.template.spec?.nodeSelector),
    ageOf(metadata.creationTimestamp, now),
    ...containerCells(spec?.template.spec?.containers),
    formatLabelSelector(spec?.selector),
  ],
);

// Models kubernetes/pkg/printers/internalversion printControllerRevision
export const controllerRevisionPrinter = printer<ControllerRevision>(
  ["NAME", "CONTROLLER", "REVISION", "AGE"],
  ({ metadata, revision }, { now }) => [
    metadata.name,
    controllerCell(metadata),
    revision,
    ageOf(metadata.creationTimestamp, now),
  ],
);

function controllerCell(metadata: ObjectMeta): string {
  const owner = metadata.ownerReferences?.find((each) => each.controller === true);
  if (owner === undefined) return "<none>";
  const slash = owner.apiVersion.indexOf("/");
  const group = slash < 0 ? "" : `.${owner.apiVersion.slice(0, slash)}`;
  return `${`${owner.kind}${group}`.toLowerCase()}/${owner.name}`;
}

// Models kubernetes/pkg/printers/internalversion printPodTemplate
export const podTemplatePrinter = printer<PodTemplate>(
  ["NAME", "CONTAINERS", "IMAGES", "POD LABELS"],
  ({ metadata, template }) => [
    metadata.name,
    ...containerCells(template?.spec?.containers),
    formatLabels(template?.metadata?.labels),
  ],
);
