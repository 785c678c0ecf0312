// Pods as policies see them.
import type { Labels, Pod } from "../../cluster/index.ts";
import type { PolicyPod } from "./rules.ts";

/** A pod with its labels, its namespace's, and the names of its ports. */
// Models kube-network-policies/pkg/api NewPodInfo
export function policyPod(
  { namespace, name }: Pick<PolicyPod, "namespace" | "name">,
  pod: Pod | undefined,
  namespaceLabels: Labels,
): PolicyPod {
  const containers = pod?.spec?.containers ?? [];
  const ports = containers.flatMap(({ ports: declared = [] }) =>
    declared.flatMap(({ name: port, containerPort, protocol = "TCP" }) =>
      port === undefined ? [] : [{ name: port, port: containerPort, protocol }],
    ),
  );
  return { namespace, name, labels: pod?.metadata.labels, namespaceLabels, ports };
}
