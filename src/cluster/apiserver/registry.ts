// Which strategy each resource has.
import type { ResourceName } from "../api/scheme.ts";
import { autoscaler, budget } from "./strategy/autoscaler.ts";
import { claim, volume } from "./strategy/claim.ts";
import { configmap } from "./strategy/configmap.ts";
import { daemonset } from "./strategy/daemonset.ts";
import { deployment } from "./strategy/deployment.ts";
import { endpoints } from "./strategy/endpoints.ts";
import { endpointslice } from "./strategy/endpointslice.ts";
import { event, generic, withGeneration } from "./strategy/generic.ts";
import { ingress } from "./strategy/ingress.ts";
import { cronjob, job } from "./strategy/job.ts";
import { namespace } from "./strategy/namespace.ts";
import { networkpolicy } from "./strategy/networkpolicy.ts";
import { node } from "./strategy/node.ts";
import { pod } from "./strategy/pod.ts";
import { replicaset } from "./strategy/replicaset.ts";
import { replicationcontroller } from "./strategy/replicationcontroller.ts";
import { secret } from "./strategy/secret.ts";
import { service } from "./strategy/service.ts";
import { statefulset } from "./strategy/statefulset.ts";
import type { AnyStrategy } from "./strategy/strategy.ts";

const STRATEGIES: ReadonlyMap<ResourceName, AnyStrategy> = new Map<ResourceName, AnyStrategy>([
  ["configmaps", configmap],
  ["cronjobs.batch", cronjob],
  ["daemonsets.apps", daemonset],
  ["deployments.apps", deployment],
  ["endpoints", endpoints],
  ["endpointslices.discovery.k8s.io", endpointslice],
  ["events", event],
  ["horizontalpodautoscalers.autoscaling", autoscaler],
  ["ingresses.networking.k8s.io", ingress],
  ["jobs.batch", job],
  ["namespaces", namespace],
  ["networkpolicies.networking.k8s.io", networkpolicy],
  ["nodes", node],
  ["persistentvolumeclaims", claim],
  ["persistentvolumes", volume],
  ["poddisruptionbudgets.policy", budget],
  ["pods", pod],
  ["replicasets.apps", replicaset],
  ["replicationcontrollers", replicationcontroller],
  ["secrets", secret],
  ["services", service],
  ["statefulsets.apps", statefulset],
]);

/** Kinds without rules of their own whose generation counts the changes of their spec. */
const COUNTED: ReadonlySet<ResourceName> = new Set([
  "ingressclasses.networking.k8s.io",
  "priorityclasses.scheduling.k8s.io",
  "customresourcedefinitions.apiextensions.k8s.io",
  "mutatingwebhookconfigurations.admissionregistration.k8s.io",
  "validatingwebhookconfigurations.admissionregistration.k8s.io",
  "validatingadmissionpolicies.admissionregistration.k8s.io",
  "validatingadmissionpolicybindings.admissionregistration.k8s.io",
]);

/** The strategy of a resource; one that checks metadata only when the kind has no rules of its own here. */
export function strategyFor(resource: ResourceName): AnyStrategy {
  return STRATEGIES.get(resource) ?? (COUNTED.has(resource) ? withGeneration : generic);
}
