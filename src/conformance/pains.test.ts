// What people meet most often, with the commands one finds it by: what the client sees, what each command says, and what mends it.
import { expect, test } from "vitest";
import { SHELL_SETTINGS } from "../cluster/index.ts";
import { applied, asks, code, MY_APP_SERVICE, POD_IP, times, typed, web } from "./article.ts";
import { apply, invalid, play, pod, type Session, type Step, service, wanted } from "./session.ts";

const REFUSED = (host: string, port = 80) =>
  `curl: (7) Failed to connect to ${host}:${port} after 0 ms: Could not connect to server\ncommand terminated with exit code 7`;
const curl = (url: string, from = "client") => `kubectl exec ${from} -- curl -sS -m 3 ${url}`;
const settled = " | sed -e 's/after [0-9]* ms/after 0 ms/'";
const TIMED_OUT = "curl: (28) Connection timed out after 3000 milliseconds\ncommand terminated with exit code 28";
const CLIENT = "kubectl run client --image=curlimages/curl --command -- sleep 3600";
const endpoints = (name: string) => `kubectl get endpoints ${name} --no-headers 2>/dev/null | awk '{print $2}'`;
const described = (name: string) => `kubectl describe svc ${name} | grep '^Endpoints' | tr -s ' '`;
const patch = (name: string, spec: object) => `kubectl patch svc ${name} -p '${JSON.stringify({ spec })}'`;
const one = (name: string, spec: object = {}): Step =>
  apply(pod(`${name}-1`, 1), service(name, spec as Record<string, unknown>));

const REACHED_BY_NOBODY: readonly Session[] = [
  [
    "[pain-1] a selector that matches nothing: refused, <none>, a blank, No resources found",
    ...web(2),
    applied(MY_APP_SERVICE.replace("app: my-app", "app: my-ap")),
    "sleep 1",
    [`${curl("http://my-app-service")} 2>&1${settled}`, REFUSED("my-app-service")],
    [endpoints("my-app-service"), "<none>"],
    [described("my-app-service"), "Endpoints:"],
    ["kubectl get pods -l app=my-ap", "No resources found in default namespace."],
    ["kubectl get pods --show-labels --no-headers -l app | awk '{print $6}' | cut -d, -f1 | sort -u", "app=my-app"],
    patch("my-app-service", { selector: { app: "my-app" } }),
    "sleep 1",
    [asks("http://my-app-service"), "200"],
  ],
  [
    "[pain-3] an address that stays pending: no events, and the node port works already",
    ...web(1),
    applied(typed("LoadBalancer", "\n      nodePort: 30080")),
    "sleep 1",
    ["kubectl get svc my-app-service --no-headers | awk '{print $4}'", "<pending>"],
    ["kubectl describe svc my-app-service | grep Events | tr -s ' '", "Events: <none>"],
    [code("http://192.168.1.11:30080"), "200"],
  ],
  [
    "[pain-4] a target port that nothing listens on: endpoints are there, the pod refuses",
    ...web(1),
    applied(MY_APP_SERVICE.replace("8080", "9090")),
    "sleep 1",
    [`${endpoints("my-app-service")} | grep -c :9090`, "1"],
    [`${curl("http://my-app-service")} 2>&1${settled}`, REFUSED("my-app-service")],
    [asks(`http://${POD_IP}:8080`), "200"],
    [
      "kubectl exec deploy/my-app -- ss -ltn 2>&1 | grep -o 'exec: .ss.: .*PATH'",
      'exec: "ss": executable file not found in $PATH',
    ],
    patch("my-app-service", { ports: [{ port: 80, targetPort: 8080 }] }),
    "sleep 1",
    [asks("http://my-app-service"), "200"],
  ],
  [
    "[pain-5] the wrong pairs of address and port, each with its failure",
    ...web(1),
    applied(
      typed("NodePort", "\n      nodePort: 30080\n")
        .replace("  type", "  clusterIP: 10.96.50.1\n  type")
        .replace("\n\n", "\n"),
    ),
    "sleep 1",
    [curl("http://10.96.50.1:30080"), TIMED_OUT],
    [curl("http://10.96.50.1:8080"), TIMED_OUT],
    [`${curl("http://192.168.1.11:80")} 2>&1${settled}`, REFUSED("192.168.1.11")],
    [`${curl("http://192.168.1.11:8080")} 2>&1${settled}`, REFUSED("192.168.1.11", 8080)],
    [asks("http://10.96.50.1"), "200"],
    [asks("http://192.168.1.11:30080"), "200"],
    [asks(`http://${POD_IP}:8080`), "200"],
  ],
  [
    "[pain-6] a program on 127.0.0.1 only: its own pod reaches it, and a port-forward, nobody else",
    one("lo"),
    CLIENT,
    "sleep 2",
    "sim fail pod/lo-1 --listen 127.0.0.1",
    "sleep 1",
    [`${curl("http://lo")} 2>&1${settled}`, REFUSED("lo")],
    [`${curl("http://10.244.1.2:8080")} 2>&1${settled}`, REFUSED("10.244.1.2", 8080)],
    [asks("http://localhost:8080", "lo-1"), "200"],
  ],
  [
    "[pain-7] pods that are not ready: blank endpoints (not <none>), addresses in the slice with ready false",
    one("slow"),
    CLIENT,
    "sleep 2",
    "sim fail pod/slow-1 --readiness",
    "sleep 40",
    ["kubectl get pod slow-1 --no-headers | awk '{print $2, $3}'", "0/1 Running"],
    [
      "kubectl get endpoints slow --no-headers 2>/dev/null | tr -s ' ' | sed -e 's/[0-9]*[ms]$//;s/[0-9]*m[0-9]*s$//'",
      "slow",
    ],
    [described("slow"), "Endpoints:"],
    [
      "kubectl get endpointslices -l kubernetes.io/service-name=slow -o jsonpath='{.items[0].endpoints[*].conditions}'",
      '{"ready":false,"serving":false,"terminating":false}',
    ],
    [`${curl("http://slow")} 2>&1${settled}`, REFUSED("slow")],
  ],
  [
    "[pain-8] a short name expands in its own namespace only",
    "kubectl create namespace prod",
    "kubectl create service clusterip api -n prod --tcp=80:8080",
    "kubectl create deployment api -n prod --image=nginx --port=8080",
    CLIENT,
    "sleep 3",
    [curl("http://api"), "curl: (6) Could not resolve host: api\ncommand terminated with exit code 6"],
    [asks("http://api.prod"), "200"],
  ],
  [
    "[pain-15] a named target port that no pod has: <none> although pods are ready, addresses without a port in the slice",
    one("typo", { ports: [{ port: 80, targetPort: "wbe" }] }),
    CLIENT,
    "sleep 2",
    [`${curl("http://typo")} 2>&1${settled}`, REFUSED("typo")],
    [endpoints("typo"), "<none>"],
    [
      "kubectl get endpointslices -l kubernetes.io/service-name=typo --no-headers | awk '{print $3, $4}'",
      "<unset> 10.244.1.2",
    ],
  ],
  [
    "[pain-25] a Service without a selector has no endpoints of its own; a slice with its label mends it",
    apply(pod("db-1", 1), {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "db" },
      spec: { ports: [{ port: 80 }] },
    }),
    "sleep 1",
    CLIENT,
    "sleep 2",
    [`${curl("http://db")} 2>&1${settled}`, REFUSED("db")],
    [described("db"), "Endpoints: <none>"],
    apply({
      apiVersion: "discovery.k8s.io/v1",
      kind: "EndpointSlice",
      metadata: { name: "db-1", labels: { "kubernetes.io/service-name": "db" } },
      addressType: "IPv4",
      ports: [{ port: 8080 }],
      endpoints: [{ addresses: ["10.244.1.2"] }],
    }),
    "sleep 1",
    [asks("http://db"), "200"],
  ],
];

const REACHED_IN_PART: readonly Session[] = [
  [
    "[pain-9] [pain-19] policy Local: a node without a pod drops, its own answers",
    one("local", {
      type: "NodePort",
      externalTrafficPolicy: "Local",
      ports: [{ port: 80, targetPort: 8080, nodePort: 30200 }],
    }),
    "sleep 2",
    ["kubectl get svc local -o yaml | grep '^  externalTrafficPolicy'", "  externalTrafficPolicy: Local"],
    [code("http://192.168.1.11:30200"), "200"],
    ["curl -m 3 http://192.168.1.12:30200", "curl: (28) Connection timed out after 3000 milliseconds"],
  ],
  [
    "[pain-9] the network between two nodes broken: a node port answers on the pod's own node only",
    one("far", { type: "NodePort", ports: [{ port: 80, targetPort: 8080, nodePort: 30200 }] }),
    "sleep 2",
    "sim fail network node-1 node-2",
    [code("http://192.168.1.11:30200"), "200"],
    ["curl -m 3 http://192.168.1.12:30200", "curl: (28) Connection timed out after 3000 milliseconds"],
    ["ssh node-2 ping -c 1 -W 1 10.244.1.2 | grep -o '[0-9]*% packet loss'", "100% packet loss"],
  ],
  [
    "[pain-10] the pod sees the node as its client, with policy Local the client itself",
    one("who", { type: "NodePort", ports: [{ port: 80, targetPort: 8080, nodePort: 30200 }] }),
    "sleep 2",
    "curl -s http://192.168.1.11:30200 > /dev/null",
    ["kubectl logs who-1 | tail -1 | awk '{print $1}'", "192.168.1.11"],
    patch("who", { externalTrafficPolicy: "Local" }),
    "sleep 1",
    "curl -s http://192.168.1.11:30200 > /dev/null",
    ["kubectl logs who-1 | tail -1 | awk '{print $1}' | grep -c '^192.168.1.11$'", "0"],
  ],
  [
    "[pain-11] a cluster IP answers no ping",
    one("noping", { clusterIP: "10.96.50.1" }),
    CLIENT,
    "sleep 2",
    [
      "kubectl exec client -- ping -c 2 -W 1 10.96.50.1 2>/dev/null | tail -1",
      "2 packets transmitted, 0 packets received, 100% packet loss",
    ],
    [asks("http://10.96.50.1"), "200"],
  ],
  [
    "[pain-12] a firewall before the nodes: a node port times out from outside, and works from a node",
    one("wall", { type: "NodePort", ports: [{ port: 80, targetPort: 8080, nodePort: 30200 }] }),
    "sleep 2",
    "sim fail firewall",
    ["curl -m 3 http://192.168.1.11:30200", "curl: (28) Connection timed out after 3000 milliseconds"],
    [`ssh node-2 ${code("http://192.168.1.11:30200")}`, "200"],
  ],
  [
    "[pain-14] one connection stays with one pod",
    ...web(3),
    applied(MY_APP_SERVICE),
    "sleep 1",
    [
      "kubectl exec client -- curl -s http://my-app-service http://my-app-service http://my-app-service http://my-app-service | sort -u | wc -l",
      "1",
    ],
  ],
  [
    "[pain-21] a dead node: some requests time out at first, none when its endpoints are gone",
    ...web(3),
    applied(MY_APP_SERVICE),
    "sleep 1",
    "sim fail node/node-2",
    [
      `${times(20, "kubectl exec client -- curl -s -m 1 -o /dev/null -w '%{http_code}\\n' http://my-app-service 2>/dev/null")} | sort -u`,
      "000\n200",
    ],
    "sleep 60",
    ["kubectl get node node-2 --no-headers | awk '{print $2}'", "NotReady"],
    [
      `${times(20, "kubectl exec client -- curl -s -m 1 -o /dev/null -w '%{http_code}\\n' http://my-app-service 2>/dev/null")} | sort -u`,
      "200",
    ],
  ],
  [
    "[pain-26] two programs with one label: more endpoints than replicas",
    apply(pod("shop-1", 1), pod("shop-2", 2), pod("database", 3, {}, { app: "shop" }), service("shop")),
    "sleep 2",
    [
      "kubectl get ep shop -o jsonpath='{.subsets[0].addresses[*].targetRef.name}' 2>/dev/null",
      "shop-1 shop-2 database",
    ],
  ],
  [
    "[pain-30] a port-forward reaches a pod that the Service cannot",
    apply(pod("fwd-1", 1), service("fwd", { selector: { app: "other" } })),
    CLIENT,
    "sleep 2",
    "kubectl port-forward pod/fwd-1 9000:8080 &",
    [code("http://localhost:9000"), "200"],
    [`${curl("http://fwd")} 2>&1${settled}`, REFUSED("fwd")],
    ["kubectl port-forward svc/fwd 9001:80", "error: timed out waiting for the condition"],
  ],
];

const NAMES: readonly Session[] = [
  [
    "[pain-17] an ExternalName is an alias: an address as its name is warned of and does not resolve",
    [
      apply(
        service("ext", { type: "ExternalName", externalName: "203.0.113.9", selector: undefined, ports: undefined }),
      ),
      "service/ext created",
    ],
    ["sim dns ext.default.svc.cluster.local A | head -1", "NXDOMAIN"],
  ],
  [
    "[pain-18] headless: the name is the pods' addresses, so the port is the pod's",
    one("hl", { clusterIP: "None" }),
    CLIENT,
    "sleep 2",
    ["kubectl get svc hl --no-headers | awk '{print $3}'", "None"],
    [`${curl("http://hl")} 2>&1${settled}`, REFUSED("hl")],
    [asks("http://hl:8080"), "200"],
    ["sim dns hl.default.svc.cluster.local A", "NOERROR\nhl.default.svc.cluster.local. 30 IN A 10.244.1.2"],
  ],
  [
    "[pain-28] variables of Services: REDIS_PORT is a URL, and enableServiceLinks false leaves it out",
    "kubectl create service clusterip redis --tcp=6379 --clusterip=10.96.50.1",
    apply(pod("a", 1), pod("b", 1, { enableServiceLinks: false })),
    "sleep 2",
    ["kubectl exec a -- env | grep ^REDIS_PORT=", "REDIS_PORT=tcp://10.96.50.1:6379"],
    ["kubectl exec b -- env | grep -c REDIS", "0"],
  ],
  [
    "[pain-31] dig does not search, the other clients do",
    one("web"),
    "kubectl run tools --image=nicolaka/netshoot --command -- sleep 3600",
    "sleep 3",
    ["kubectl exec tools -- dig +short web", ""],
    ["kubectl exec tools -- dig +short +search web | wc -l", "1"],
    ["kubectl exec tools -- dig +short web.default.svc.cluster.local | wc -l", "1"],
  ],
  [
    "[pain-33] a StatefulSet's pods have names under its headless Service only",
    applied(
      "apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: db\nspec:\n  serviceName: db\n  replicas: 2\n  selector:\n    matchLabels:\n      app: db\n  template:\n    metadata:\n      labels:\n        app: db\n    spec:\n      containers:\n      - name: db\n        image: nginx",
    ),
    "sleep 10",
    ["sim dns db-0.db.default.svc.cluster.local A | head -1", "NXDOMAIN"],
    "kubectl create service clusterip db --clusterip=None",
    "sleep 6",
    ["sim dns db-0.db.default.svc.cluster.local A | head -1", "NOERROR"],
  ],
  [
    "[pain-37] a pod of the node's network asks the node's name server",
    one("etcd"),
    apply(
      pod("host", 1, {
        hostNetwork: true,
        containers: [{ name: "c", image: "curlimages/curl", command: ["sleep", "1d"] }],
      }),
    ),
    apply(
      pod("host2", 2, {
        hostNetwork: true,
        dnsPolicy: "ClusterFirstWithHostNet",
        containers: [{ name: "c", image: "curlimages/curl", command: ["sleep", "1d"] }],
      }),
    ),
    "sleep 3",
    [curl("http://etcd", "host"), "curl: (6) Could not resolve host: etcd\ncommand terminated with exit code 6"],
    [asks("http://etcd", "host2"), "200"],
  ],
];

const REFUSED_BY_THE_SERVER: readonly Session[] = [
  [
    "[pain-22] a cluster IP is fixed: to headless and back means delete and create",
    apply(service("fixed", { clusterIP: "10.96.50.1" })),
    [
      apply(service("fixed", { clusterIP: "None" })),
      invalid("fixed", 'spec.clusterIPs[0]: Invalid value: ["None"]: may not change once set'),
    ],
    "kubectl delete svc fixed",
    [apply(service("fixed", { clusterIP: "None" })), "service/fixed created"],
  ],
  [
    "[pain-23] a node port that is taken, and one out of the range",
    apply(service("a", { type: "NodePort", ports: [{ port: 80, nodePort: 30007 }] })),
    [
      apply(service("b", { type: "NodePort", ports: [{ port: 80, nodePort: 30007 }] })),
      invalid("b", "spec.ports[0].nodePort: Invalid value: 30007: provided port is already allocated"),
    ],
    [
      apply(service("b", { type: "NodePort", ports: [{ port: 80, nodePort: 80 }] })),
      invalid(
        "b",
        "spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767",
      ),
    ],
  ],
  [
    "[pain-24] a node port without type: NodePort",
    [
      apply(service("c", { ports: [{ port: 80, nodePort: 30080 }] })),
      invalid("c", "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'"),
    ],
  ],
  [
    "[pain-36] the shapes that YAML goes wrong in",
    [
      applied(MY_APP_SERVICE.replace("targetPort", "targetport")),
      'Error from server (BadRequest): error when creating "STDIN": Service in version "v1" cannot be handled as a Service: strict decoding error: unknown field "spec.ports[0].targetport"',
    ],
    [
      applied(MY_APP_SERVICE.replace("port: 80\n", 'port: "80"\n')),
      'Error from server (BadRequest): error when creating "STDIN": Service in version "v1" cannot be handled as a Service: json: cannot unmarshal string into Go struct field ServicePort.spec.ports.port of type int32',
    ],
    [
      applied(MY_APP_SERVICE.replace("    app: my-app", "    matchLabels:\n      app: my-app")),
      'Error from server (BadRequest): error when creating "STDIN": Service in version "v1" cannot be handled as a Service: json: cannot unmarshal object into Go struct field ServiceSpec.spec.selector of type string',
    ],
    [
      applied(MY_APP_SERVICE.replace("  selector:", "\tselector:")),
      "error: error parsing STDIN: error converting YAML to JSON: yaml: line 6: found character that cannot start any token",
    ],
    [
      applied(MY_APP_SERVICE.replace("kind: Service", "kind: service")),
      'Error from server (BadRequest): error when creating "STDIN": service in version "v1" cannot be handled as a Service: no kind "service" is registered for version "v1" in scheme "pkg/api/legacyscheme/scheme.go:30"',
    ],
  ],
];

test.each([...REACHED_BY_NOBODY, ...REACHED_IN_PART, ...NAMES, ...REFUSED_BY_THE_SERVER])(
  "%s",
  (_sentence, ...steps) => {
    expect(play(steps, SHELL_SETTINGS)).toEqual(wanted(steps));
  },
);
