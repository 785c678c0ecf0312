// What a cluster has before anyone made anything: namespaces, the Service of the API server, the cluster's DNS, a class of disks.
import type { Service } from "../api/types.gen.ts";
import { IsDefaultStorageClassAnnotation, LabelServiceName, LabelSkipMirror } from "../api/well-known.ts";
import { parseCIDR, v4Number, v4Text } from "../apimachinery/net.ts";
import type { ClusterSettings } from "../sim/settings.ts";
import { formatTime } from "../sim/time.ts";
import { deepEqual } from "../sim/values.ts";
import type { ApiServer } from "./server.ts";

const NAMESPACES = ["default", "kube-node-lease", "kube-public", "kube-system"];
/** Where the API server itself listens, beside the nodes. */
const API_SERVER = { ip: "192.168.1.2", port: 6443 };
const TRUSTED = { trusted: true };
/** Who makes volumes for claims that name no class. */
export const PROVISIONER = "disk.podpath.example";

/** Creates the objects every cluster starts with. Nodes are registered by their kubelets. Spec: [BOOT-1] [BOOT-2]. */
// Models kubernetes/pkg/controlplane (Start, kubernetesservice) and kubeadm's dns addon
export function bootstrap(api: ApiServer, settings: ClusterSettings): void {
  for (const name of NAMESPACES) {
    api.create("namespaces", undefined, object("v1", "Namespace", { name }), TRUSTED);
    const meta = { name: "default", namespace: name };
    api.create("serviceaccounts", name, object("v1", "ServiceAccount", meta), TRUSTED);
    api.create("configmaps", name, rootCertificate(name), TRUSTED);
  }
  const cidr = { ...object("networking.k8s.io/v1", "ServiceCIDR", { name: "kubernetes" }), ...serviceCIDR(settings) };
  api.create("servicecidrs.networking.k8s.io", undefined, cidr, TRUSTED);
  ensureApiService(api, settings);
  if (settings.coredns) api.create("services", "kube-system", dnsService(settings));
  api.store.put("storageclasses.storage.k8s.io", storageClass(settings));
}

/** Makes Service default/kubernetes, its Endpoints and its slice as far as they are missing, and sets right where they lead. Spec: [BOOT-1] [BOOT-5]. */
// Models kubernetes/pkg/controlplane/controller/kubernetesservice UpdateKubernetesService
export function ensureApiService(api: ApiServer, settings: ClusterSettings): void {
  const name = "kubernetes";
  if (api.find("services", "default", name) === undefined) api.create("services", "default", apiService(settings));
  const endpoints = api.find("endpoints", "default", name);
  const { subsets } = apiEndpoints();
  if (endpoints === undefined) api.create("endpoints", "default", apiEndpoints(), TRUSTED);
  else if (!deepEqual(endpoints.subsets, subsets)) api.update("endpoints", { ...endpoints, subsets }, TRUSTED);
  const slice = api.find("endpointslices.discovery.k8s.io", "default", name);
  const { endpoints: there, ports } = apiEndpointSlice();
  if (slice === undefined) api.create("endpointslices.discovery.k8s.io", "default", apiEndpointSlice(), TRUSTED);
  else if (!deepEqual(slice.ports, ports) || !deepEqual(slice.endpoints, there))
    api.update("endpointslices.discovery.k8s.io", { ...slice, endpoints: there, ports }, TRUSTED);
}

/** The cluster's class of disks, with a uid of its own: what is drawn after it is as it was before there was one. */
function storageClass(settings: ClusterSettings) {
  const metadata = {
    name: "standard",
    uid: "5d15c0de-0000-4000-8000-000000000001",
    creationTimestamp: formatTime(settings.epoch),
    annotations: { [IsDefaultStorageClassAnnotation]: "true" },
  };
  return {
    ...object("storage.k8s.io/v1", "StorageClass", metadata),
    provisioner: PROVISIONER,
    reclaimPolicy: "Delete",
    volumeBindingMode: "WaitForFirstConsumer",
  };
}

function object<M extends object>(apiVersion: string, kind: string, metadata: M) {
  return { apiVersion, kind, metadata };
}

/** The n-th address of the service network. */
function addressAt(settings: ClusterSettings, n: number): string {
  const cidr = parseCIDR(settings.serviceCIDR);
  if (cidr === undefined) throw new Error(`bootstrap: no service network "${settings.serviceCIDR}"`);
  return v4Text(v4Number(cidr.address) + n);
}

function rootCertificate(namespace: string) {
  return {
    ...object("v1", "ConfigMap", {
      name: "kube-root-ca.crt",
      namespace,
      annotations: {
        "kubernetes.io/description":
          "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.",
      },
    }),
    data: { "ca.crt": "-----BEGIN CERTIFICATE-----\n(simulated)\n-----END CERTIFICATE-----\n" },
  };
}

function serviceCIDR(settings: ClusterSettings) {
  return {
    spec: { cidrs: [settings.serviceCIDR] },
    status: {
      conditions: [
        {
          type: "Ready",
          status: "True",
          reason: "",
          message: "Kubernetes Service CIDR is ready",
          lastTransitionTime: formatTime(settings.epoch),
        },
      ],
    },
  };
}

function apiService(settings: ClusterSettings): Service {
  return {
    ...object("v1", "Service", {
      name: "kubernetes",
      labels: { component: "apiserver", provider: "kubernetes" },
    }),
    spec: {
      type: "ClusterIP",
      clusterIP: addressAt(settings, 1),
      ports: [{ name: "https", protocol: "TCP", port: 443, targetPort: API_SERVER.port }],
    },
  };
}

function apiEndpoints() {
  const metadata = { name: "kubernetes", labels: { [LabelSkipMirror]: "true" } };
  const ports = [{ name: "https", port: API_SERVER.port, protocol: "TCP" }];
  return { ...object("v1", "Endpoints", metadata), subsets: [{ addresses: [{ ip: API_SERVER.ip }], ports }] };
}

function apiEndpointSlice() {
  return {
    ...object("discovery.k8s.io/v1", "EndpointSlice", {
      name: "kubernetes",
      labels: { [LabelServiceName]: "kubernetes" },
    }),
    addressType: "IPv4",
    endpoints: [{ addresses: [API_SERVER.ip], conditions: { ready: true } }],
    ports: [{ name: "https", port: API_SERVER.port, protocol: "TCP" }],
  };
}

function dnsService(settings: ClusterSettings): Service {
  const annotations = { "prometheus.io/port": "9153", "prometheus.io/scrape": "true" };
  const labels = {
    "k8s-app": "kube-dns",
    "kubernetes.io/cluster-service": "true",
    "kubernetes.io/name": "CoreDNS",
  };
  return {
    ...object("v1", "Service", { name: "kube-dns", annotations, labels }),
    spec: {
      clusterIP: addressAt(settings, 10),
      selector: { "k8s-app": "kube-dns" },
      ports: [
        { name: "dns", port: 53, protocol: "UDP", targetPort: 53 },
        { name: "dns-tcp", port: 53, protocol: "TCP", targetPort: 53 },
        { name: "metrics", port: 9153, protocol: "TCP", targetPort: 9153 },
      ],
    },
  };
}
