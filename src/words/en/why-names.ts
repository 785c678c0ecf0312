// Why a name is not resolved.
import { spoken } from "../language.ts";

export const EN = {
  isAddress: (address: string) => `externalName ${address} is an address, not a name`,
  isAddressLong: (service: string, address: string, name: string) =>
    `Service ${service} is an ExternalName, which makes its name an alias (CNAME) of another name, but ${address} is not a name: the cluster's DNS skips such a Service and answers NXDOMAIN for ${name}. The API server accepts it, but clients can't resolve it. For an address, use a Service without a selector and an EndpointSlice that lists the address.`,
  withoutSelector: (address: string) => `Make it a Service without a selector, with ${address} in an EndpointSlice`,
  noSuchName: (name: string) => `The name ${name} doesn't exist`,
  badAlias: (service: string, name: string, why: string) =>
    `Service ${service} is an alias (CNAME) of ${name}, but the cluster's DNS has no address for it: ${why}.`,
  noServiceIn: (service: string | undefined, namespace: string | undefined) =>
    `there is no Service ${service} in namespace ${namespace}`,
  noAddressNow: "that Service has no address now",
  noAddress: "no address",
  setExternal: (value: string) => `Set spec.externalName to ${value}`,
  onlyAlias: (service: string, name: string) => `${service} is only an alias of ${name}`,
  portsNoEffect: "The ports of an ExternalName have no effect",
  aliasLong: (name: string, external: string, port: number | undefined, target: number | string | undefined) =>
    `A client that calls http://${name} connects to ${external} itself, on the port that the client chooses${port === undefined ? "" : `: port ${port} is not mapped to ${target}`}. It still sends Host: ${name}, and checks the certificate against that name, so a server that serves by host name answers 404 or fails the handshake. No node's rules are involved.`,
  cnameTo: (name: string) => `a CNAME to ${name}.`,
  removePorts: "Remove the ports, which have no effect (clients choose the port)",
  whichServices: "which Services there are, and which have CLUSTER-IP None",
  unresolved: (name: string) => `${name} does not resolve`,
  stableNames: (name: string, wanted: string, why: string, headless: string | undefined) =>
    `The pods of StatefulSet ${name} get stable names, such as ${wanted}, from the Service in spec.serviceName: ${why}.${headless === undefined ? "" : ` The headless Service ${headless} selects them, but their names don't come from it.`}`,
  notSet: "it is not set",
  noSuchService: (name: string) => `it is ${name}, but there is no Service ${name}`,
  selectorMisses: (name: string) => `the selector of Service ${name} does not match the pods`,
  recreate: (name: string | undefined, service: string | undefined) =>
    `Recreate StatefulSet ${name} with serviceName ${service} (the field can't be changed)`,
  setSelector: (service: string, labels: string) => `Set spec.selector of ${service} to ${labels}`,
  createHeadless: (name: string) => `Create the headless Service ${name}`,
  noClusterDns: (who: string, node: boolean) => `The ${node ? "resolver of " : ""}${who} doesn't use the cluster's DNS`,
  noClusterDnsLong: (host: string, service: string | undefined, client: string | undefined, gates: boolean) =>
    `${host} is ${service === undefined ? "a name that its own resolver doesn't know" : `the name of Service ${service}, which only CoreDNS knows`}. Pods ask CoreDNS because the kubelet writes its address into their /etc/resolv.conf; ${client === undefined ? "a node" : `the ${client}`} uses its own name server.${service === undefined ? "" : ` From there, reach the Service by an address${gates ? " and its nodePort" : ""}.`}`,
  whatCoreDns: "what CoreDNS answers",
  otherServer: (policy: string, server: string, cluster: string) =>
    `has dnsPolicy ${policy} and uses the name server ${server}, which is not the cluster's DNS${cluster} and knows no Services`,
  hostNetwork:
    "has hostNetwork: true, and its dnsPolicy ClusterFirst then falls back to the node's own /etc/resolv.conf, which knows no Services",
  nodesResolver: (policy: string) =>
    `has dnsPolicy ${policy}, so the kubelet gives it the node's /etc/resolv.conf, which knows no Services`,
  usesNodes: (pod: string) => `Pod ${pod} uses its node's resolver`,
  usesServer: (pod: string, server: string) => `Pod ${pod} uses the name server ${server}`,
  withPolicy: (pod: string, why: string, policy: string) =>
    `Pod ${pod} ${why}. With dnsPolicy ${policy} it uses the cluster's DNS.`,
  setPolicy: (value: string) => `Set dnsPolicy to ${value}`,
  noKubeDns: "There is no Service kube-dns",
  noKubeDnsLong:
    "Pods use the name server in their /etc/resolv.conf, the ClusterIP of Service kube-dns, but that Service doesn't exist. Until it does, no name resolves.",
  noKubeDnsThere: "no kube-dns",
  dnsSilent: "The cluster's DNS doesn't answer",
  dnsSilentLong: (address: string | undefined, why: string) =>
    `Pods ask kube-system/kube-dns at ${address} for every name, but it doesn't answer: ${why}`,
  dnsLate: "The cluster's DNS gave no answer in time",
  dnsLateLong: (host: string) =>
    `The sender asked the cluster's DNS for ${host} and got no answer before it timed out. The current state of Service kube-dns doesn't explain why.`,
  whereCoreDns: "where CoreDNS runs",
  noPodOf: (service: string, pod: string) => `Service ${service} has no pod ${pod}`,
  noPodLong: (host: string, pod: string, service: string, names: string | undefined) =>
    `${host} refers to pod ${pod} behind Service ${service}, but there is no such pod. ${names === undefined ? "None of the pods behind it has its own name there." : `These pods have their own names: ${names}.`}`,
  no: (what: string) => `no ${what}`,
  knownName: "the name that DNS knows",
  namedLike: (domain: string) => `Services in this cluster are named NAME.NAMESPACE.svc.${domain}`,
  otherDomain: (service: string, full: string, host: string, typed: string, domain: string) =>
    `Service ${service} exists, and its full name is ${full}. ${host} ends in ${typed}, which is not the domain of this cluster's Services (svc.${domain}), so DNS answers NXDOMAIN.`,
  noSearch: "has no search list",
  search: (list: string) => `has the search list ${list}`,
  searchMisses: (pod: string, full: string) => `The search list of pod ${pod} doesn't lead to ${full}`,
  searchLong: (
    service: string,
    full: string,
    pod: string,
    list: string,
    policy: string | undefined,
    server: string | undefined,
    names: string,
  ) =>
    `Service ${service} exists, and its full name is ${full}. A short name is completed by the search list of the pod that asks, and pod ${pod} ${list} in its /etc/resolv.conf${policy === undefined ? "" : ` (dnsPolicy ${policy})`}: it asked ${server ?? "its name server"} for ${names} and found nothing.`,
  clusterFirst: "Set dnsPolicy to ClusterFirst",
  namespaceHas: (namespace: string, n: number, names: string) =>
    `namespace ${namespace} has ${n === 0 ? "no Service" : `the ${n === 1 ? "Service" : "Services"} ${names}`}`,
  noNamespaceHere: (namespace: string) => `there is no namespace ${namespace} here`,
  noServiceNamed: (service: string, namespace: string) => `There is no Service ${service} in namespace ${namespace}`,
  noNamespace: (namespace: string) => `There is no namespace ${namespace}`,
  nxdomain: (pod: string | undefined, who: string, names: string, what: string) =>
    `The resolver of ${pod === undefined ? who : `pod ${pod}`} asked for ${names}, and the cluster's DNS answers NXDOMAIN: ${what}.`,
  theseAndNo: (names: string, name: string) => `${names}, and no ${name}`,
  shortNameMeans: (pod: string, own: string, host: string, name: string, namespace: string, domain: string) =>
    `A name without a namespace is looked up in the namespace of the pod that asks: pod ${pod} is in ${own}, so ${host} becomes ${name}.${namespace}.svc.${domain}, but there is no such Service.`,
  nameMeans: (host: string, name: string, namespace: string, domain: string) =>
    `${host} means ${name}.${namespace}.svc.${domain}, but there is no such Service.`,
  isIn: (service: string, there: string, namespace: string) =>
    `Service ${service} is in namespace ${there}, not in ${namespace}`,
  isInLong: (why: string, service: string, there: string, name: string) =>
    `${why} Service ${service} is in namespace ${there}: from here its name is ${name}.`,
  inColumn: (name: string, namespaces: string) => `${name} in NAMESPACE ${namespaces}`,
};

export const W = spoken("why-names", EN);
