// Which strategy each resource has.

import { configmap } from "../../kinds/configmap/api.ts";
import { deployment } from "../../kinds/deployment/api.ts";
import { endpoints } from "../../kinds/endpoints/api.ts";
import { endpointslice } from "../../kinds/endpointslice/api.ts";
import { event } from "../../kinds/event/api.ts";
import { namespace } from "../../kinds/namespace/api.ts";
import { node } from "../../kinds/node/api.ts";
import { pod } from "../../kinds/pod/api.ts";
import { LATE } from "../../kinds/registry.ts";
import { replicaset } from "../../kinds/replicaset/api.ts";
import { rbac } from "../../kinds/role/api.ts";
import { secret } from "../../kinds/secret/api.ts";
import { service } from "../../kinds/service/api.ts";
import type { ResourceName } from "../api/scheme.ts";
import { generic, withGeneration } from "./strategy/generic.ts";
import type { AnyStrategy } from "./strategy/strategy.ts";

const STRATEGIES: ReadonlyMap<ResourceName, AnyStrategy> = new Map<ResourceName, AnyStrategy>([
  ["configmaps", configmap],
  ["deployments.apps", deployment],
  ["endpoints", endpoints],
  ["endpointslices.discovery.k8s.io", endpointslice],
  ["events", event],
  ["namespaces", namespace],
  ["nodes", node],
  ["pods", pod],
  ...["clusterrolebindings", "clusterroles", "rolebindings", "roles"].map(
    (name) => [`${name}.rbac.authorization.k8s.io`, rbac] as const,
  ),
  ["replicasets.apps", replicaset],
  ["secrets", secret],
  ["services", service],
]);

/** Kinds without rules of their own whose generation counts the changes of their spec. */
const COUNTED: ReadonlySet<ResourceName> = new Set([
  "ingressclasses.networking.k8s.io",
  "priorityclasses.scheduling.k8s.io",
  "mutatingwebhookconfigurations.admissionregistration.k8s.io",
  "validatingwebhookconfigurations.admissionregistration.k8s.io",
  "validatingadmissionpolicies.admissionregistration.k8s.io",
  "validatingadmissionpolicybindings.admissionregistration.k8s.io",
]);

const LATE_RESOURCES: ReadonlySet<ResourceName> = new Set([...LATE.values()].flatMap(({ resources }) => resources));

/** Whether the rules of a resource are loaded late. */
export const isLate = (resource: ResourceName): boolean => LATE_RESOURCES.has(resource);

/** The strategy of a resource that is always there; one that checks metadata only when the kind has no rules of its own here. */
export function builtInStrategy(resource: ResourceName): AnyStrategy {
  return STRATEGIES.get(resource) ?? (COUNTED.has(resource) ? withGeneration : generic);
}
