// The kubelet behind exec, logs and port-forward: whether the API server reaches it.
import type { Cluster, Pod } from "../cluster/index.ts";

const KUBELET_PORT = 10_250;

/** What the API server says when it cannot connect to the kubelet of a pod's node; undefined when it can. Spec: [EXEC-4]. */
export function dialFailure(pod: Pod, cluster: Cluster): string | undefined {
  const node = pod.spec?.nodeName ?? "";
  if (cluster.network.hasKubelet(node)) return undefined;
  const why = cluster.network.isOn(node) ? "connection refused" : "no route to host";
  return `dial tcp ${cluster.network.nodeAddress(node) ?? node}:${KUBELET_PORT}: connect: ${why}`;
}
