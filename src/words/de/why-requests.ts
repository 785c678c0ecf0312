import type { EN } from "../en/why-requests.ts";

export const DE: typeof EN = {
  noPing: (address) => `${address} antwortet nicht auf Ping, und das ist normal`,
  noPingLong: (address, service, ports) =>
    `${address} gehört keiner Maschine; es gibt sie nur in den Regeln der Nodes, eine je Protokoll und Port, die Service ${service} deklariert: ${ports}. Eine Echo-Anfrage (ICMP) hat keinen Port, also passt keine Regel, und nichts antwortet. Über den Service sagt das nichts.`,
  isNodePort: (port) => `${port} ist sein nodePort, der an den Adressen der Nodes offen ist, nicht an seiner ClusterIP`,
  isTarget: (port, own) => `${port} ist sein targetPort, auf dem seine Pods lauschen; sein eigener Port ist ${own}`,
  has: (ports) => `er hat ${ports}`,
  noPort: (service, port, protocol) => `Service ${service} hat keinen Port ${port}${protocol}`,
  noPortLong: (address, service, what, port, legal) =>
    `${address} ist eine Adresse von Service ${service}, und ${what}. Kein Node hat eine Regel für ${address}:${port}, also verlässt das Paket den Node über seine Default-Route, und nichts antwortet je. ${legal}`,
  portsWithRules: "die Ports, die Regeln haben",
  nodePort: (port) => `nodePort ${port}`,
  port: (port) => `Port ${port}`,
  setProtocol: (path, name, protocol) => `${path} von ${name} auf ${protocol} setzen`,
  sendOver: (protocol) => `Stattdessen über ${protocol} senden`,
  protocolOnly: (nodePort, port, service, own, was) =>
    `${nodePort ? "NodePort" : "Port"} ${port} von Service ${service} ist für ${own}, aber das war ${was}`,
  protocolLong: (address, service, number, own, was, port) =>
    `${address} ist ${service === undefined ? "die Adresse eines Nodes" : `eine Adresse von Service ${service}`}, und ihr ${number} ist nur für ${own}; die Anfrage benutzte ${was}. Eine Regel passt auf Protokoll und Port zugleich, also passt keine auf ${address}:${port}/${was}. Ein Service-Port ohne Protokoll ist TCP.`,
  onlyInside: (address) => `${address} gibt es nur im Cluster`,
  onlyInsideLong: (address, service, sender, clusterIP) =>
    `${address} ist die ClusterIP von Service ${service}. Sie gehört keiner Maschine: Es gibt sie nur in den Regeln der Nodes des Clusters, und der Router von ${sender} hat keine Route dorthin. Von außen dient nodeIP:nodePort${clusterIP ? `, aber Service ${service} ist vom Typ ClusterIP und hat keinen nodePort` : ""}.`,
  fromNode: "von einem Node geht dieselbe Adresse",
  noNodePort: (port, node) => `An ${node} ist kein nodePort ${port} offen`,
  itself: (address, node, what, open, legal) =>
    `${address} ist ${node} selbst. ${what} ${open} Ein Service lauscht nicht auf dem Node: Ohne Regel für den Port weist der Kernel des Nodes die Verbindung ab. ${legal}`,
  meantPort: (port, own, service, nodePort) =>
    `${port} ist ${own ? "der Port" : "der targetPort"} von Service ${service}, den die Nodes als nodePort ${nodePort} öffnen.`,
  innerPort: (port, service, type) =>
    `${port} ist ein Port von Service ${service}, der vom Typ ${type} ist und keinen nodePort hat.`,
  noSuchNodePort: "Kein Service hat diesen nodePort.",
  noneOpen: "Überhaupt kein nodePort ist offen.",
  openAre: (ports) => `Offen sind ${ports}.`,
  nothingOn: (port) => `nichts auf ${port}`,
  meansNothing: (port, nodePort, service) =>
    ` ${port} ist der ${nodePort ? "nodePort" : "port"} von Service ${service}, aber an der eigenen Adresse eines Pods bedeutet das nichts: Keine Regel schreibt ihn dort um.`,
  podLoopback: (pod, port) => `Pod ${pod} lauscht nur auf 127.0.0.1:${port}`,
  podNobody: (port, pod) => `Auf Port ${port} von Pod ${pod} lauscht nichts`,
  podAddress: (address, pod, open, what, legal) =>
    `${address} ist die Adresse von Pod ${pod}, der ${open === undefined ? "keine offenen Ports hat" : `auf ${open} lauscht`}.${what} ${legal}`,
  podRefuses: "der Pod selbst weist ab",
  podInside: (address) => `${address} ist die Adresse eines Pods, die nur der Cluster erreicht`,
  podInsideLong: (address, pod, node, sender, services) =>
    `${address} ist Pod ${pod} auf ${node}. Pod-Adressen werden zwischen den Nodes des Clusters geroutet und nirgends sonst, also kommt kein Paket von ${sender} dorthin.${services === undefined ? " Kein Service wählt den Pod." : ` Service ${services} wählt ihn.`}`,
  ipAndNode: "IP und NODE des Pods",
  usePortForward: "kubectl port-forward benutzen",
  legal: "Drei Paare gehen: clusterIP:port (oder der Name des Service damit), nodeIP:nodePort und podIP:targetPort.",
  sendTo: (host, port) => `Stattdessen an ${host}:${port} senden`,
  setNodePort: (service) => `spec.type von ${service} auf NodePort setzen (und an einen Node an diesem Port senden)`,
  pod: (name) => `Pod ${name}`,
  reused: (pod) => `Sie benutzte eine offene Verbindung, also ging sie wieder an ${pod}`,
  reusedLong: (node, endpoint, service, ready) =>
    `Der Endpoint wird einmal je Verbindung gezogen: ${node ?? "Der Node"} kannte diese (conntrack) und sandte die Anfrage an ${endpoint} wie die früheren, was immer die Regeln jetzt zögen. Service ${service} hat ${ready} ${ready === 1 ? "bereiten Endpoint" : "bereite Endpoints"}; neue Pods bekommen nichts von Verbindungen, die offen bleiben (Keep-Alive, HTTP/2, gRPC, Datenbanken). Zum Ausgleichen ab und zu neue Verbindungen öffnen oder über die Pods selbst verteilen: mit einem Headless-Service, einem Proxy oder einem Mesh.`,
  toChoose: "die Endpoints, die zur Wahl stehen",
  newConnection: "Über eine neue Verbindung senden",
  senderOff: (node) => `${node}, wo der Absender läuft, hat keinen Strom`,
  senderOffLong: (node, pod) =>
    `${pod === undefined ? node : `Pod ${pod} ist auf ${node}, und der`} ist ausgeschaltet: Nichts verlässt ihn, wie immer es um den Service steht.`,
  notReadyLater: (node) => `${node} NotReady, sobald die Control Plane es bemerkt`,
  switchOn: (node) => `${node} einschalten`,
  sawNode: (seen, who) => `Der Pod sah ${seen}, nicht ${who}`,
  sawNodeLong: (node, own, seen, service, policy) =>
    `${node} ersetzte ${own} durch seine eigene Adresse ${seen} (Masquerade), weil externalTrafficPolicy von Service ${service} ${policy} ist: Der Pod kann auf einem anderen Node sein, und seine Antwort muss durch ${node} zurückkommen, um umgeschrieben zu werden. Programme protokollieren und begrenzen also nach der Adresse des Nodes. Mit Local benutzt ein Node nur seine eigenen Pods und behält die Adresse des Absenders; Nodes ohne Pod verwerfen das Paket dann.`,
  setLocal: "spec.externalTrafficPolicy auf Local setzen",
  podAt: (pod, endpoint) => `Pod ${pod} bei ${endpoint}`,
  bytesThrough: (port, service, target) =>
    ` Port ${port} von Service ${service} führt dort zu Port ${target}, und ein Service reicht Bytes unverändert durch: Weder die Zahl ${port} noch https in der URL lässt ein Programm TLS sprechen.`,
  noTls: (who) => `${who} spricht kein TLS`,
  noTlsLong: (who, port, led) =>
    `Die Anfrage erreichte ${who}: Name, Service, Endpoints und Regeln stimmen. Der Absender begann einen TLS-Handshake (https), aber das Programm auf Port ${port} antwortete mit einfachem HTTP, also gab der Absender auf.${led}`,
  tlsFails: "TLS scheitert am Pod selbst",
  portMapped: "der Port, zu dem er führt",
  sendHttp: (host, port) => `Stattdessen an http://${host}:${port} senden`,
  setTls: (path, port) => `${path} auf ${port} setzen, wo der Pod TLS spricht`,
  shuttingDown: (pod) => `Pod ${pod} wurde gerade beendet`,
  shuttingDownLong: (pod) =>
    `Die Regeln des Nodes führten noch zu Pod ${pod}, der gerade angehalten wurde. Wird ein Pod gelöscht, beginnt zweierlei zugleich: Das kubelet sendet SIGTERM an sein Programm, und der Endpoint wird aus dem EndpointSlice entfernt, was die Regeln jedes Nodes bis zu eine Sekunde später erreicht. Ein Programm, das sofort endet, bekommt dazwischen noch Verbindungen. Eine Pause im preStop lässt es antworten, bis sich die Regeln geändert haben.`,
  no: (what) => `kein ${what}`,
  preStop: (name) => `Die Pods von ${name} 5 s warten lassen, bevor sie anhalten (preStop sleep)`,
  sendAgain: "Erneut senden",
  forwardGone: (pod) => `Der Pod ${pod} des Port-Forwards ist weg`,
  forwardRefused: (pod) => `Pod ${pod} nahm sie nicht an`,
  forwardLong: (pod, gone) =>
    `kubectl port-forward wählte Pod ${pod} beim Start und trägt jede Verbindung zur Loopback-Schnittstelle dieses Pods, an den Regeln des Service vorbei. ${gone ? "Der Pod ist weg, und das Port-Forward wechselt nicht zu einem anderen: neu starten." : "Über den Service beweist es nichts."}`,
  portsNow: "seine Ports und Endpoints jetzt",
  rulesNow: "wohin die Regeln jetzt führen",
  passed: "Das Problem ist vorüber",
  noCause: "Die Objekte zeigen keine Ursache",
  hasNow: (service) =>
    `${service === undefined ? "Es" : `Service ${service}`} hat jetzt, was nötig ist, und die Regeln des Nodes würden das Paket annehmen: Als es gesendet wurde, fehlten sie, oder ein Endpoint änderte sich gerade.`,
  nothingNow: (service) =>
    `Im jetzigen Cluster erklärt es nichts${service === undefined ? "" : ` an Service ${service}`}.`,
  waitedFor: (seconds) => `Der Absender wartete ${seconds} s, und das Paket war noch unterwegs`,
  slow: (ms, hop) =>
    `Nichts wies das Paket ab oder verwarf es: Jeder Hop dauert in diesem Cluster ${ms} ms${hop === undefined ? "" : `, und es war auf Hop ${hop}`}, als sein Absender aufgab.`,
  latency: (ms) => `Latenz je Hop ${ms} ms`,
  noTimeout: "Erneut ohne Zeitgrenze senden",
  faster: "Hops 50 ms dauern lassen",
  program: "das Programm",
  answeredItself: (status) => `Das Programm selbst antwortete ${status}`,
  arrived: (who, endpoint, status, path) =>
    `Das Paket kam an: ${who} antwortete bei ${endpoint}. Status ${status} kommt vom Programm${path === undefined ? "" : `, das unter ${path} nichts hat`}; Name, Service, Endpoints und Regeln stimmen.`,
  fromPod: (status) => `${status} vom Pod selbst`,
  requestRoot: "Stattdessen / anfragen",
  noRule: (what) => `Kein Ingress hat eine Regel für ${what}`,
  noRuleLong: (what, rules) =>
    `Der Ingress-Controller vergleicht den Host-Header, dann den Pfad. ${what} passt auf keine Regel, also antwortet er selbst 404, und kein Service ist beteiligt. Regeln gibt es für ${rules ?? "nichts"}.`,
  sendHost: (host) => `Stattdessen Host: ${host} senden`,
  nodeNetwork:
    "Sie liegt im Netz der Nodes, also fragt die Maschine des Absenders dort nach ihr, hört 3 s lang nichts und meldet, dass es keine Route zum Host gibt",
  defaultRoute:
    "Das Paket ging über die Default-Route, und nichts meldet, dass es verloren ging, also wartet der Absender, bis seine Zeit abläuft",
  noMachine: (address) => `Keine Maschine hat die Adresse ${address}`,
  knownMachines: (ends, known) => `${ends}. Bekannte Maschinen sind ${known}.`,
  noInternal: (address) => `keine INTERNAL-IP ${address}`,
  serviceAt: (name, address) => `Service ${name} (${address})`,
  portOf: (port, n, names) => ` Port ${port} ${n === 1 ? "hat" : "haben"} ${names}.`,
  noServiceHas: (address) => `Kein Service hat die Adresse ${address}`,
  noPodHas: (address) => `Kein Pod hat die Adresse ${address}`,
  inServiceRange: (address, range, others) =>
    `${address} liegt im Bereich der ClusterIPs (${range}), aber kein Service hat sie jetzt. Ein Service, der gelöscht und neu angelegt wird, bekommt eine neue Adresse; eine gemerkte Adresse veraltet also, sein Name nicht.${others}`,
  inPodRange: (address) =>
    `${address} liegt im Bereich der Pod-Adressen eines Nodes, aber kein Pod hat sie jetzt. Ein ersetzter Pod bekommt eine neue Adresse; sein Service behält seine.`,
  nothingWith: (address) => `nichts mit ${address}`,
  nodePortThere: (port, what, who) =>
    ` ${port} ist der nodePort von ${what}: Er ist an den Adressen der Nodes offen, nicht auf ${who}, genau wie bei kind, minikube oder Docker Desktop, wo der Node ein Container oder eine virtuelle Maschine ist.`,
  portThere: (port, what) =>
    ` ${port} ist ein Port von ${what}, der unter seinem eigenen Namen und seiner Adresse antwortet.`,
  isSelf: (host, who) => `${host} ist ${who} selbst`,
  isSelfLong: (host, port, who, _pod, what) =>
    `${host}:${port} verlässt ${who} nie, und kein Programm dort lauscht auf ${port}.${what}`,
  internalIp: "INTERNAL-IP: wo nodePorts offen sind",
};
