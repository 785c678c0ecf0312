// A pod's /etc/resolv.conf.
import type { Pod } from "../api/types.gen.ts";
import type { PodAttachment } from "../network/network.ts";

const DOMAIN = "cluster.local";
const CLUSTER_NDOTS = 5;

/** The resolver of a pod; undefined when it uses its node's. Spec: [KUBELET-12]. */
// Models kubernetes/pkg/kubelet/network/dns GetPodDNS
export function resolverOf(pod: Pod, clusterDns: string): PodAttachment["resolver"] {
  const { dnsPolicy = "ClusterFirst", hostNetwork, dnsConfig } = pod.spec ?? {};
  const usesCluster = dnsPolicy === "ClusterFirstWithHostNet" || (dnsPolicy === "ClusterFirst" && hostNetwork !== true);
  if (!usesCluster && dnsPolicy !== "None") return undefined;
  const { namespace = "default" } = pod.metadata;
  const search = usesCluster ? [`${namespace}.svc.${DOMAIN}`, `svc.${DOMAIN}`, DOMAIN] : [];
  const ndots = dnsConfig?.options?.find(({ name }) => name === "ndots")?.value;
  const nameserver = usesCluster ? clusterDns : dnsConfig?.nameservers?.[0];
  if (nameserver === undefined) return undefined;
  return {
    nameserver,
    search: [...new Set([...search, ...(dnsConfig?.searches ?? [])])],
    ndots: ndots === undefined ? (usesCluster ? CLUSTER_NDOTS : 1) : Number(ndots),
  };
}

/** The address of the cluster's DNS: the tenth of the service network. */
export function clusterDnsAddress(serviceCIDR: string): string {
  const parts = (serviceCIDR.split("/")[0] ?? "").split(".").map(Number);
  return [parts[0], parts[1], parts[2], (parts[3] ?? 0) + 10].join(".");
}
