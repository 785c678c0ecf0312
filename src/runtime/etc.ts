// The files that the kubelet writes into /etc of a container: hosts, hostname and resolv.conf.
import { type AddonHost, own, type Pod } from "../cluster/index.ts";

const DOMAIN = "cluster.local";
/** The resolver of the nodes, which stands for any router's. */
const NODE_RESOLVER = { nameservers: ["192.168.1.1"], searches: [], options: [] };

const LOCAL_HOSTS = [
  "127.0.0.1\tlocalhost",
  "::1\tlocalhost ip6-localhost ip6-loopback",
  "fe00::0\tip6-localnet",
  "fe00::0\tip6-mcastprefix",
  "fe00::1\tip6-allnodes",
  "fe00::2\tip6-allrouters",
];

/** What a pod is called on the network: its host name, and with a subdomain its full name. */
export interface HostNames {
  readonly hostname: string;
  readonly full: string;
}

/** The names of a pod. Models kubernetes/pkg/kubelet/kubelet_pods.go GeneratePodHostNameAndDomain. */
export function hostNames({ metadata, spec }: Pod, hostname: string): HostNames {
  const { subdomain = "" } = spec ?? {};
  const full = subdomain === "" ? hostname : `${hostname}.${subdomain}.${metadata.namespace}.svc.${DOMAIN}`;
  return { hostname, full };
}

/** The text of /etc/hosts. Spec: [WORLD-3]. */
// Models kubernetes/pkg/kubelet/kubelet_pods.go managedHostsFileContent, nodeHostsFileContent
export function hostsFile(pod: Pod, hostname: string, address: string): string {
  const aliases = pod.spec?.hostAliases ?? [];
  const added =
    aliases.length === 0
      ? []
      : [
          "",
          "# Entries added by HostAliases.",
          ...aliases.map(({ ip, hostnames = [] }) => [ip, ...hostnames].join("\t")),
        ];
  if (pod.spec?.hostNetwork === true)
    return `${["# Kubernetes-managed hosts file (host network).", "127.0.0.1\tlocalhost", `${address}\t${hostname}`, ...added].join("\n")}\n`;
  const { full } = hostNames(pod, hostname);
  const self = full === hostname ? `${address}\t${hostname}` : `${address}\t${full}\t${hostname}`;
  return `${["# Kubernetes-managed hosts file.", ...LOCAL_HOSTS, self, ...added].join("\n")}\n`;
}

/** The address that a hosts file gives a name. */
export function lookUpHost(text: string, name: string): string | undefined {
  for (const line of text.split("\n")) {
    const [address = "", ...names] = line.replace(/#.*/, "").trim().split(/\s+/);
    if (/^\d+(?:\.\d+){3}$/.test(address) && names.includes(name)) return address;
  }
  return undefined;
}

interface Resolv {
  readonly nameservers: readonly string[];
  readonly searches: readonly string[];
  readonly options: readonly string[];
}

/** The text of /etc/resolv.conf: no line without content. Spec: [WORLD-4]. */
// Models kubernetes/pkg/kubelet/network/dns GetPodDNS, appendDNSConfig; containerd parseDNSOptions
export function resolvConf(pod: Pod, settings: ReturnType<AddonHost["settings"]>): string {
  const { nameservers, searches, options } = resolvOf(pod, settings.serviceCIDR);
  const lines = [
    ...(searches.length === 0 ? [] : [`search ${searches.join(" ")}`]),
    ...nameservers.map((each) => `nameserver ${each}`),
    ...(options.length === 0 ? [] : [`options ${options.join(" ")}`]),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function resolvOf({ metadata, spec }: Pod, serviceCIDR: string): Resolv {
  const { dnsPolicy = "ClusterFirst", hostNetwork, dnsConfig = {} } = spec ?? {};
  const { namespace = "default" } = metadata;
  const cluster = dnsPolicy === "ClusterFirstWithHostNet" || (dnsPolicy === "ClusterFirst" && hostNetwork !== true);
  const base: Resolv = cluster
    ? {
        nameservers: [tenth(serviceCIDR)],
        searches: [`${namespace}.svc.${DOMAIN}`, `svc.${DOMAIN}`, DOMAIN],
        options: ["ndots:5"],
      }
    : dnsPolicy === "None"
      ? { nameservers: [], searches: [], options: [] }
      : NODE_RESOLVER;
  const unique = (list: readonly string[]) => [...new Set(list)];
  const options = new Map(base.options.map((each) => [each.split(":")[0] ?? "", each]));
  for (const { name = "", value } of dnsConfig.options ?? [])
    options.set(name, value === undefined || value === "" ? name : `${name}:${value}`);
  return {
    nameservers: unique([...base.nameservers, ...(dnsConfig.nameservers ?? [])]),
    searches: unique([...base.searches, ...(dnsConfig.searches ?? [])]),
    options: [...options.values()],
  };
}

/** The address of the cluster's DNS: the tenth of the service network. */
function tenth(cidr: string): string {
  const parts = (cidr.split("/")[0] ?? "").split(".").map(Number);
  return [parts[0], parts[1], parts[2], (parts[3] ?? 0) + 10].join(".");
}

/** The text of a field that the downward API gives; undefined for one that it does not know. */
export function downwardField(pod: Pod, path: string): string | undefined {
  const { metadata, spec, status } = pod;
  const listed = (map: Readonly<Record<string, string>> | undefined) =>
    Object.entries(map ?? {})
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
      .join("\n");
  const key = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path);
  if (key !== null) return own(key[1] === "labels" ? metadata.labels : metadata.annotations, key[2] ?? "") ?? "";
  const fields: Readonly<Record<string, string | undefined>> = {
    "metadata.name": metadata.name,
    "metadata.namespace": metadata.namespace,
    "metadata.uid": metadata.uid,
    "metadata.labels": listed(metadata.labels),
    "metadata.annotations": listed(metadata.annotations),
    "spec.nodeName": spec?.nodeName,
    "spec.serviceAccountName": spec?.serviceAccountName,
    "status.podIP": status?.podIP,
    "status.hostIP": status?.hostIP,
  };
  return own(fields, path);
}
