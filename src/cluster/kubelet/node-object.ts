// The Node and Lease objects with which a kubelet registers.
import type { Lease, Node, NodeCondition } from "../api/types.gen.ts";
import {
  ControllerManagedAttachAnnotation,
  LabelArchBeta,
  LabelArchStable,
  LabelHostname,
  LabelOSBeta,
  LabelOSStable,
  LabelTopologyRegion,
  LabelTopologyZone,
} from "../api/well-known.ts";
import { LEASES, RENEWED } from "../client-go/leases.ts";
import type { ClusterSettings, NodeSettings } from "../sim/settings.ts";

export const RENEW_INTERVAL_MS = 10_000;
const LEASE_SECONDS = 40;

const CPU = "8";
const MEMORY = "32Gi";
const STORAGE = "100Gi";
/** Pods that fit on a node with 256 addresses. Unlike upstream: 250 instead of the kubelet's default of 110, so that a classroom fits on three nodes. */
const PODS_PER_256_ADDRESSES = 250;

/** A Node as it registers: not yet with a status. Spec: [NODE-1]. */
export function nodeObject(settings: ClusterSettings, node: NodeSettings): Node {
  const { region = settings.region } = node;
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name: node.name,
      labels: {
        [LabelArchBeta]: "amd64",
        [LabelOSBeta]: "linux",
        [LabelArchStable]: "amd64",
        [LabelHostname]: node.name,
        [LabelOSStable]: "linux",
        ...(region === "" ? {} : { [LabelTopologyRegion]: region }),
        ...(node.zone === "" ? {} : { [LabelTopologyZone]: node.zone }),
      },
      annotations: {
        "node.alpha.kubernetes.io/ttl": "0",
        [ControllerManagedAttachAnnotation]: "true",
      },
    },
    spec: { podCIDR: node.podCIDR, podCIDRs: [node.podCIDR] },
  };
}

/** The status a kubelet posts when all is well. */
export function nodeStatus(settings: ClusterSettings, node: NodeSettings, timestamp: string): Node["status"] {
  const { cpu, memory, pods } = sizeOf(node);
  const amounts = {
    cpu,
    "ephemeral-storage": STORAGE,
    "hugepages-1Gi": "0",
    "hugepages-2Mi": "0",
    memory,
    pods: String(pods),
  };
  return {
    addresses: [
      { type: "InternalIP", address: node.address },
      { type: "Hostname", address: node.name },
    ],
    allocatable: amounts,
    capacity: amounts,
    conditions: healthyConditions(timestamp, undefined),
    daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
    nodeInfo: {
      architecture: "amd64",
      bootID: "",
      containerRuntimeVersion: "containerd://2.1.0",
      kernelVersion: "6.1.0",
      kubeProxyVersion: "",
      kubeletVersion: settings.version,
      machineID: "",
      operatingSystem: "linux",
      osImage: "Debian GNU/Linux 12 (bookworm)",
      systemUUID: "",
    },
  };
}

/** What a machine has unless its settings say otherwise. */
export function sizeOf({ cpu = CPU, memory = MEMORY, pods, podCIDR }: NodeSettings) {
  return { cpu, memory, pods: pods ?? podCapacity(podCIDR) };
}

function podCapacity(cidr: string): number {
  const addresses = 2 ** (32 - Number(cidr.split("/")[1] ?? "24"));
  return Math.floor((addresses * PODS_PER_256_ADDRESSES) / 256);
}

const HEALTHY: ReadonlyArray<readonly [type: string, status: string, reason: string, message: string]> = [
  ["MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"],
  ["DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"],
  ["PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"],
  ["Ready", "True", "KubeletReady", "kubelet is posting ready status"],
];

/** The conditions of a node that is well; those that were so before keep their transition time. */
export function healthyConditions(timestamp: string, before: readonly NodeCondition[] | undefined): NodeCondition[] {
  return HEALTHY.map(([type, status, reason, message]) => {
    const old = before?.find((condition) => condition.type === type);
    const since = old?.status === status ? old.lastTransitionTime : timestamp;
    return { type, status, reason, message, lastHeartbeatTime: timestamp, lastTransitionTime: since ?? timestamp };
  });
}

/** The lease of a node as renewed at `renewedAt` (RFC 3339); `healthy` when it keeps being renewed. */
export function leaseObject(node: string, renewedAt: string, healthy: boolean): Lease {
  return {
    apiVersion: "coordination.k8s.io/v1",
    kind: "Lease",
    metadata: { name: node, namespace: LEASES, ...(healthy ? { annotations: { [RENEWED]: "true" } } : {}) },
    spec: {
      holderIdentity: node,
      leaseDurationSeconds: LEASE_SECONDS,
      renewTime: renewedAt.replace("Z", ".000000Z"),
    },
  };
}
