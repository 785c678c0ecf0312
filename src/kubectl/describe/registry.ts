// Which describer each resource has.
import type { ResourceName } from "../../cluster/index.ts";
import { describeHorizontalPodAutoscaler, describePodDisruptionBudget } from "./autoscaling.ts";
import { describeCronJob, describeJob } from "./batch.ts";
import {
  describeConfigMap,
  describeLimitRange,
  describeNamespace,
  describePriorityClass,
  describeResourceQuota,
  describeSecret,
  describeServiceAccount,
} from "./config.ts";
import type { Describer } from "./describer.ts";
import { describeEndpointSlice, describeEndpoints } from "./endpoints.ts";
import { describeGeneric } from "./generic.ts";
import { describeIngress, describeIngressClass, describeIPAddress, describeServiceCIDR } from "./networking.ts";
import { describeNetworkPolicy } from "./networkpolicy.ts";
import { describeNode } from "./node.ts";
import { describePod } from "./pod.ts";
import { describeRole, describeRoleBinding } from "./rbac.ts";
import { describeService } from "./service.ts";
import { describePersistentVolume, describePersistentVolumeClaim, describeStorageClass } from "./storage.ts";
import {
  describeDaemonSet,
  describeDeployment,
  describeReplicaSet,
  describeReplicationController,
  describeStatefulSet,
} from "./workloads.ts";

const DESCRIBERS: Readonly<Record<ResourceName, Describer>> = {
  configmaps: describeConfigMap,
  endpoints: describeEndpoints,
  limitranges: describeLimitRange,
  namespaces: describeNamespace,
  nodes: describeNode,
  persistentvolumeclaims: describePersistentVolumeClaim,
  persistentvolumes: describePersistentVolume,
  pods: describePod,
  replicationcontrollers: describeReplicationController,
  resourcequotas: describeResourceQuota,
  secrets: describeSecret,
  serviceaccounts: describeServiceAccount,
  services: describeService,
  "cronjobs.batch": describeCronJob,
  "daemonsets.apps": describeDaemonSet,
  "deployments.apps": describeDeployment,
  "jobs.batch": describeJob,
  "replicasets.apps": describeReplicaSet,
  "statefulsets.apps": describeStatefulSet,
  "clusterrolebindings.rbac.authorization.k8s.io": describeRoleBinding,
  "clusterroles.rbac.authorization.k8s.io": describeRole,
  "endpointslices.discovery.k8s.io": describeEndpointSlice,
  "horizontalpodautoscalers.autoscaling": describeHorizontalPodAutoscaler,
  "ingressclasses.networking.k8s.io": describeIngressClass,
  "ingresses.networking.k8s.io": describeIngress,
  "ipaddresses.networking.k8s.io": describeIPAddress,
  "networkpolicies.networking.k8s.io": describeNetworkPolicy,
  "poddisruptionbudgets.policy": describePodDisruptionBudget,
  "priorityclasses.scheduling.k8s.io": describePriorityClass,
  "rolebindings.rbac.authorization.k8s.io": describeRoleBinding,
  "roles.rbac.authorization.k8s.io": describeRole,
  "servicecidrs.networking.k8s.io": describeServiceCIDR,
  "storageclasses.storage.k8s.io": describeStorageClass,
};

/** The describer of a resource; kinds without one are described field by field. */
export function describerOf(resource: ResourceName): Describer {
  return DESCRIBERS[resource] ?? describeGeneric;
}
