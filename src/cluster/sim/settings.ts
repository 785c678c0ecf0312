// The cluster's settings: addresses, lags, add-ons; two presets.

/** A machine of the cluster. */
export interface NodeSettings {
  readonly name: string;
  readonly address: string;
  readonly zone: string;
  readonly podCIDR: string;
  /** Label `topology.kubernetes.io/region`; the cluster's unless given, "" for none. */
  readonly region?: string;
  /** What it reports as its capacity, as quantities; a size that suffices for a classroom unless given. */
  readonly cpu?: string;
  readonly memory?: string;
  readonly pods?: number;
  /** A Node object made it join; it leaves with that object. */
  readonly declared?: true;
}

/** Everything about a cluster that is not an API object. All times are virtual milliseconds. */
export interface ClusterSettings {
  /** What `kubectl version` says, as v1.36.2. */
  readonly version: string;
  /** Virtual time 0 as a date, in milliseconds since 1970. */
  readonly epoch: number;
  readonly nodes: readonly NodeSettings[];
  /** Machines outside: name and address. */
  readonly clients: ReadonlyArray<{
    readonly name: string;
    readonly address: string;
  }>;
  readonly podCIDR: string;
  readonly serviceCIDR: string;
  readonly nodePortRange: { readonly from: number; readonly to: number };
  /** Label `topology.kubernetes.io/region` of every node; "" for none. */
  readonly region: string;
  /** Whether CoreDNS runs as a Deployment behind kube-system/kube-dns. Off on the recording cluster. */
  readonly coredns: boolean;
  /** Whether a cloud provider serves LoadBalancer Services. */
  readonly cloud: boolean;
  /**
   * What kind of load balancers the cloud makes from now on: ones that pass packets on to a node as they are (ipMode VIP), ones that
   * end connections and make their own to a node port (ipMode Proxy), or such that have a name instead of an address.
   */
  readonly balancer: "vip" | "proxy" | "hostname";
  /** Whether an ingress controller is installed; its code is handed to the cluster (`Cluster.attach`). */
  readonly ingress: boolean;
  /** Whether a controller of the Gateway API is installed; its code is handed to the cluster too. */
  readonly gateway: boolean;
  /** Whether there are hosts and names outside the cluster. Off on the recording cluster: its CoreDNS forwards nothing. */
  readonly internet: boolean;
  /** How long a packet is on the way from one place to the next. */
  readonly hopLatency: number;
  /** A kube-proxy writes its rules this long after a change, drawn per node between both. */
  readonly proxyLag: { readonly from: number; readonly to: number };
  /** How long controllers and the scheduler wait before they act on a change; they batch what comes in between. */
  readonly controllerLag: number;
  /** From binding to the pod's network (its IP), pulling included. */
  readonly imagePull: number;
  /** From the pod's network to a running container. */
  readonly containerStart: number;
  /** How long an ordinary process takes to exit after SIGTERM. */
  readonly processExit: number;
  /** Whether httpGet, tcpSocket and exec probes are acted on; the recording cluster has none. */
  readonly probes: boolean;
  /** How long an unknown program takes where it has to end: in init containers and Jobs. */
  readonly programTime: number;
  /** Whether ports of the host (hostPort) answer on the nodes, as they do with a network plugin that has portmap. */
  readonly hostPorts: boolean;
  /** Whether the network plugin enforces NetworkPolicies. */
  readonly networkPolicies: boolean;
  /** Whether a metrics server runs: then pods are measured, autoscalers scale and `kubectl top` answers. */
  readonly metricsServer: boolean;
  /** What one answered request costs a pod, in thousandths of a core for a second. */
  readonly requestCpu: number;
  /** Whether a machine joins for a Node object that has none. On a real cluster none does. */
  readonly machinesJoin: boolean;
  /** A node that is silent for this long becomes NotReady. docs/semantics.md 3.11: 50 s since v1.32. */
  readonly nodeMonitorGracePeriod: number;
  readonly nodeMonitorPeriod: number;
}

const BASE = {
  version: "v1.36.2",
  epoch: 1767225600000, // 2026-01-01T00:00:00Z
  nodes: [
    {
      name: "node-1",
      address: "192.168.1.11",
      zone: "zone-a",
      podCIDR: "10.244.1.0/24",
    },
    {
      name: "node-2",
      address: "192.168.1.12",
      zone: "zone-b",
      podCIDR: "10.244.2.0/24",
    },
    {
      name: "node-3",
      address: "192.168.1.13",
      zone: "zone-c",
      podCIDR: "10.244.3.0/24",
    },
  ],
  clients: [
    { name: "laptop", address: "192.168.1.10" },
    { name: "phone", address: "192.168.1.20" },
  ],
  podCIDR: "10.244.0.0/16",
  serviceCIDR: "10.96.0.0/16",
  nodePortRange: { from: 30000, to: 32767 },
  region: "region-1",
  cloud: false,
  balancer: "vip",
  ingress: false,
  gateway: false,
  internet: true,
  programTime: 5_000,
  hostPorts: true,
  networkPolicies: true,
  metricsServer: false,
  requestCpu: 100,
  nodeMonitorGracePeriod: 50_000,
  nodeMonitorPeriod: 5_000,
} as const;

/** What the page uses: lags that people can follow. */
export const PAGE_SETTINGS: ClusterSettings = {
  ...BASE,
  coredns: true,
  hopLatency: 400,
  proxyLag: { from: 100, to: 600 },
  controllerLag: 30,
  imagePull: 900,
  containerStart: 500,
  processExit: 1_500,
  probes: true,
  machinesJoin: true,
};

/** What the headless shell uses: packets arrive at once and pods start and stop within 0.3 s. src/shell/SPEC.md. */
export const SHELL_SETTINGS: ClusterSettings = {
  ...BASE,
  coredns: true,
  hopLatency: 0,
  proxyLag: { from: 20, to: 40 },
  controllerLag: 5,
  imagePull: 100,
  containerStart: 100,
  processExit: 150,
  probes: true,
  machinesJoin: false,
};

/** The cluster the transcripts were recorded on: no kube-dns Service, a stand-in kubelet without probes. docs/semantics.md 7. */
export const RECORDED_SETTINGS: ClusterSettings = {
  ...SHELL_SETTINGS,
  coredns: false,
  internet: false,
  probes: false,
};
