import type { EN } from "../en/why-names.ts";

export const DE: typeof EN = {
  isAddress: (address) => `externalName ${address} ist eine Adresse, kein Name`,
  isAddressLong: (service, address, name) =>
    `Service ${service} ist ein ExternalName, was seinen Namen zum Alias (CNAME) eines anderen macht, aber ${address} ist kein Name: Das DNS des Clusters übergeht einen solchen Service und antwortet NXDOMAIN für ${name}. Der API-Server nimmt ihn an, aber Clients können ihn nicht auflösen. Für eine Adresse dient ein Service ohne Selector mit einem EndpointSlice, der die Adresse führt.`,
  withoutSelector: (address) => `Ihn zu einem Service ohne Selector machen, mit ${address} in einem EndpointSlice`,
  noSuchName: (name) => `Den Namen ${name} gibt es nicht`,
  badAlias: (service, name, why) =>
    `Service ${service} ist ein Alias (CNAME) von ${name}, aber das DNS des Clusters hat keine Adresse dafür: ${why}.`,
  noServiceIn: (service, namespace) => `es gibt keinen Service ${service} im Namespace ${namespace}`,
  noAddressNow: "dieser Service hat jetzt keine Adresse",
  noAddress: "keine Adresse",
  setExternal: (value) => `spec.externalName auf ${value} setzen`,
  onlyAlias: (service, name) => `${service} ist nur ein Alias von ${name}`,
  portsNoEffect: "Die Ports eines ExternalName haben keine Wirkung",
  aliasLong: (name, external, port, target) =>
    `Ein Client, der http://${name} aufruft, verbindet sich mit ${external} selbst, auf dem Port, den der Client wählt${port === undefined ? "" : `: Port ${port} führt nicht zu ${target}`}. Er sendet weiterhin Host: ${name} und prüft das Zertifikat gegen diesen Namen; ein Server, der nach Hostnamen bedient, antwortet also 404 oder scheitert beim Handshake. Regeln eines Nodes sind nicht beteiligt.`,
  cnameTo: (name) => `ein CNAME auf ${name}.`,
  removePorts: "Die Ports entfernen, die keine Wirkung haben (Clients wählen den Port)",
  whichServices: "welche Services es gibt und welche CLUSTER-IP None haben",
  unresolved: (name) => `${name} wird nicht aufgelöst`,
  stableNames: (name, wanted, why, headless) =>
    `Die Pods von StatefulSet ${name} bekommen feste Namen wie ${wanted} vom Service in spec.serviceName: ${why}.${headless === undefined ? "" : ` Der Headless-Service ${headless} wählt sie, aber ihre Namen kommen nicht von ihm.`}`,
  notSet: "es ist nicht gesetzt",
  noSuchService: (name) => `es ist ${name}, aber es gibt keinen Service ${name}`,
  selectorMisses: (name) => `der Selector von Service ${name} passt nicht auf die Pods`,
  recreate: (name, service) =>
    `StatefulSet ${name} mit serviceName ${service} neu anlegen (das Feld lässt sich nicht ändern)`,
  setSelector: (service, labels) => `spec.selector von ${service} auf ${labels} setzen`,
  createHeadless: (name) => `Den Headless-Service ${name} anlegen`,
  noClusterDns: (who, node) => `${node ? `Der Resolver von ${who}` : who} benutzt nicht das DNS des Clusters`,
  noClusterDnsLong: (host, service, client, gates) =>
    `${host} ist ${service === undefined ? "ein Name, den sein eigener Resolver nicht kennt" : `der Name von Service ${service}, den nur CoreDNS kennt`}. Pods fragen CoreDNS, weil das kubelet dessen Adresse in ihre /etc/resolv.conf schreibt; ${client ?? "ein Node"} benutzt seinen eigenen Nameserver.${service === undefined ? "" : ` Von dort ist der Service über eine Adresse${gates ? " und seinen nodePort" : ""} erreichbar.`}`,
  whatCoreDns: "was CoreDNS antwortet",
  otherServer: (policy, server, cluster) =>
    `hat dnsPolicy ${policy} und benutzt den Nameserver ${server}, der nicht das DNS des Clusters${cluster} ist und keine Services kennt`,
  hostNetwork:
    "hat hostNetwork: true, und seine dnsPolicy ClusterFirst weicht dann auf die /etc/resolv.conf des Nodes aus, die keine Services kennt",
  nodesResolver: (policy) =>
    `hat dnsPolicy ${policy}, deshalb gibt ihm das kubelet die /etc/resolv.conf des Nodes, die keine Services kennt`,
  usesNodes: (pod) => `Pod ${pod} benutzt den Resolver seines Nodes`,
  usesServer: (pod, server) => `Pod ${pod} benutzt den Nameserver ${server}`,
  withPolicy: (pod, why, policy) => `Pod ${pod} ${why}. Mit dnsPolicy ${policy} benutzt er das DNS des Clusters.`,
  setPolicy: (value) => `dnsPolicy auf ${value} setzen`,
  noKubeDns: "Es gibt keinen Service kube-dns",
  noKubeDnsLong:
    "Pods benutzen den Nameserver in ihrer /etc/resolv.conf, die ClusterIP von Service kube-dns, aber diesen Service gibt es nicht. Bis es ihn gibt, wird kein Name aufgelöst.",
  noKubeDnsThere: "kein kube-dns",
  dnsSilent: "Das DNS des Clusters antwortet nicht",
  dnsSilentLong: (address, why) =>
    `Pods fragen kube-system/kube-dns bei ${address} nach jedem Namen, aber es antwortet nicht: ${why}`,
  dnsLate: "Das DNS des Clusters antwortete nicht in der Zeit",
  dnsLateLong: (host) =>
    `Der Absender fragte das DNS des Clusters nach ${host} und bekam keine Antwort, bevor seine Zeit ablief. Der jetzige Zustand von Service kube-dns erklärt nicht, warum.`,
  whereCoreDns: "wo CoreDNS läuft",
  noPodOf: (service, pod) => `Service ${service} hat keinen Pod ${pod}`,
  noPodLong: (host, pod, service, names) =>
    `${host} meint Pod ${pod} hinter Service ${service}, aber diesen Pod gibt es nicht. ${names === undefined ? "Keiner der Pods dahinter hat dort einen eigenen Namen." : `Diese Pods haben eigene Namen: ${names}.`}`,
  no: (what) => `kein ${what}`,
  knownName: "der Name, den das DNS kennt",
  namedLike: (domain) => `Services heißen in diesem Cluster NAME.NAMESPACE.svc.${domain}`,
  otherDomain: (service, full, host, typed, domain) =>
    `Service ${service} gibt es, und sein voller Name ist ${full}. ${host} endet auf ${typed}, was nicht die Domain der Services dieses Clusters ist (svc.${domain}), also antwortet das DNS NXDOMAIN.`,
  noSearch: "hat keine Suchliste",
  search: (list) => `hat die Suchliste ${list}`,
  searchMisses: (pod, full) => `Die Suchliste von Pod ${pod} führt nicht zu ${full}`,
  searchLong: (service, full, pod, list, policy, server, names) =>
    `Service ${service} gibt es, und sein voller Name ist ${full}. Ein kurzer Name wird durch die Suchliste des fragenden Pods ergänzt, und Pod ${pod} ${list} in seiner /etc/resolv.conf${policy === undefined ? "" : ` (dnsPolicy ${policy})`}: Er fragte ${server ?? "seinen Nameserver"} nach ${names} und fand nichts.`,
  clusterFirst: "dnsPolicy auf ClusterFirst setzen",
  namespaceHas: (namespace, n, names) =>
    `der Namespace ${namespace} hat ${n === 0 ? "keinen Service" : `${n === 1 ? "den Service" : "die Services"} ${names}`}`,
  noNamespaceHere: (namespace) => `einen Namespace ${namespace} gibt es hier nicht`,
  noServiceNamed: (service, namespace) => `Im Namespace ${namespace} gibt es keinen Service ${service}`,
  noNamespace: (namespace) => `Einen Namespace ${namespace} gibt es nicht`,
  nxdomain: (pod, who, names, what) =>
    `Der Resolver von ${pod === undefined ? who : `Pod ${pod}`} fragte nach ${names}, und das DNS des Clusters antwortet NXDOMAIN: ${what}.`,
  theseAndNo: (names, name) => `${names}, und kein ${name}`,
  shortNameMeans: (pod, own, host, name, namespace, domain) =>
    `Ein Name ohne Namespace wird im Namespace des fragenden Pods gesucht: Pod ${pod} ist in ${own}, also wird ${host} zu ${name}.${namespace}.svc.${domain}, aber diesen Service gibt es nicht.`,
  nameMeans: (host, name, namespace, domain) =>
    `${host} meint ${name}.${namespace}.svc.${domain}, aber diesen Service gibt es nicht.`,
  isIn: (service, there, namespace) => `Service ${service} ist im Namespace ${there}, nicht in ${namespace}`,
  isInLong: (why, service, there, name) =>
    `${why} Service ${service} ist im Namespace ${there}: Von hier heißt er ${name}.`,
  inColumn: (name, namespaces) => `${name} unter NAMESPACE ${namespaces}`,
};
