// Which strategy each resource has.
import type { ResourceName } from "../api/scheme.ts";
import { generic, withGeneration } from "./strategy/generic.ts";
import { namespace } from "./strategy/namespace.ts";
import { service } from "./strategy/service.ts";
import type { AnyStrategy } from "./strategy/strategy.ts";

const STRATEGIES: ReadonlyMap<ResourceName, AnyStrategy> = new Map<ResourceName, AnyStrategy>([
  ["namespaces", namespace],
  ["services", service],
]);

/** Kinds without rules of their own whose generation counts the changes of their spec. */
const COUNTED: ReadonlySet<ResourceName> = new Set([
  "pods",
  "deployments.apps",
  "replicasets.apps",
  "statefulsets.apps",
  "daemonsets.apps",
  "jobs.batch",
  "cronjobs.batch",
  "ingresses.networking.k8s.io",
  "networkpolicies.networking.k8s.io",
  "poddisruptionbudgets.policy",
  "replicationcontrollers",
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
