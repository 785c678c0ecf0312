// What the founding articles say, row by row: each claim about behaviour as the console answers it. docs/seeds.md names the rows about nothing a console can show, and why.
import { expect, test } from "vitest";
import { SHELL_SETTINGS } from "../cluster/index.ts";
import { applied, asks, code, MY_APP_SERVICE, POD_IP, times, typed, web } from "./article.ts";
import { apply, invalid, play, pod, type Session, type Step, service, specField, wanted } from "./session.ts";

const WARNING = "Warning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice";
const CLUSTER_IP = "$(kubectl get svc my-app-service -o jsonpath='{.spec.clusterIP}')";
const POD = "$(kubectl get pod -l app=my-app -o jsonpath='{.items[0].metadata.name}')";
const NAMES = "awk '{print $1}' | sort -u | wc -l";

const LIFE: readonly Session[] = [
  [
    "[000-1] [000-5] [001-1] [003-1] [004-1] pods come and go behind one name and one address",
    ...web(2),
    applied(MY_APP_SERVICE),
    "kubectl get svc my-app-service -o jsonpath='{.spec.clusterIP}' > addresses",
    "sleep 1",
    [asks("http://my-app-service"), "200"],
    `kubectl delete pod ${POD}`,
    "kubectl scale deployment my-app --replicas=4",
    "sleep 3",
    [asks("http://my-app-service"), "200"],
    "echo >> addresses; kubectl get svc my-app-service -o jsonpath='{.spec.clusterIP}' >> addresses",
    ["sort -u addresses | wc -l", "1"],
    ["kubectl get ep my-app-service -o jsonpath='{.subsets[0].addresses[*].ip}' 2>/dev/null | wc -w", "4"],
  ],
  [
    "[000-2] [001-1] a replaced pod has another name and another address",
    apply(pod("solo-1", 1)),
    "sleep 2",
    ["kubectl get pod solo-1 -o jsonpath='{.status.podIP}'", "10.244.1.2"],
    "kubectl delete pod solo-1",
    apply(pod("solo-2", 2)),
    "sleep 2",
    ["kubectl get pods --no-headers -o custom-columns=N:.metadata.name,IP:.status.podIP", "solo-2   10.244.2.3"],
  ],
  [
    "[000-3] [000-16] [002-10] a front end asks its back end by the Service's name and port",
    ...web(1),
    applied(MY_APP_SERVICE),
    "kubectl create service clusterip backend --tcp=80:8080",
    "kubectl create deployment backend --image=hashicorp/http-echo --port=8080",
    "sleep 3",
    [asks("http://backend"), "200"],
    [asks("http://my-app-service:80"), "200"],
  ],
  [
    "[000-4] [002-23] [002-25] [003-6] each connection goes to one ready pod drawn at random",
    ...web(3),
    applied(MY_APP_SERVICE),
    "sleep 1",
    [`${times(60, "kubectl exec client -- curl -s http://my-app-service")} | ${NAMES}`, "3"],
  ],
  [
    "[000-7] [001-3] [001-18] [002-19] [002-22] [002-28] [003-5] matching pods become endpoints by themselves, and leave when their label does",
    ...web(1),
    applied(MY_APP_SERVICE),
    "kubectl scale deployment my-app --replicas=3",
    "sleep 3",
    ["kubectl get endpoints my-app-service 2>/dev/null | awk '{print $2}' | tr ',' '\\n' | grep -c :8080", "3"],
    ["kubectl get endpoints my-app-service 2>&1 >/dev/null", WARNING],
    [
      "kubectl get endpointslices -l kubernetes.io/service-name=my-app-service -o jsonpath='{.items[0].endpoints[*].conditions.ready}'",
      "true true true",
    ],
    `kubectl label pod ${POD} app=quarantine --overwrite`,
    "kubectl scale deployment my-app --replicas=2",
    "sleep 2",
    ["kubectl get ep my-app-service -o jsonpath='{.subsets[0].addresses[*].ip}' 2>/dev/null | wc -w", "2"],
  ],
  [
    "[001-2] [003-5] the right label is not enough: namespace, readiness and life count too",
    "kubectl create namespace other",
    apply(
      pod("matrix-1", 1, {}, { app: "matrix" }),
      pod("unready", 2, { readinessGates: [{ conditionType: "example.com/warm" }] }, { app: "matrix" }),
      pod("pending", 0, { nodeSelector: { disk: "none" } }, { app: "matrix" }),
      pod("half", 1, {}, { app: "matri" }),
      { ...pod("elsewhere", 1), metadata: { name: "elsewhere", namespace: "other", labels: { app: "matrix" } } },
      service("matrix"),
    ),
    "sleep 2",
    ["kubectl get ep matrix -o jsonpath='{.subsets[0].addresses[*].targetRef.name}' 2>/dev/null", "matrix-1"],
    ["kubectl get ep matrix -o jsonpath='{.subsets[0].notReadyAddresses[*].targetRef.name}' 2>/dev/null", "unready"],
  ],
];

const WAYS: readonly Session[] = [
  [
    "[000-6] [000-8] [001-4] [003-11] [004-2] [004-4] ClusterIP: pods and nodes reach it, the laptop does not, and it answers no ping",
    ...web(1),
    applied(MY_APP_SERVICE),
    "sleep 1",
    [specField("my-app-service", "type"), "ClusterIP"],
    [asks(`http://${CLUSTER_IP}`), "200"],
    [`ssh node-1 ${code(`http://${CLUSTER_IP}`)}`, "200"],
    [`curl -m 2 http://${CLUSTER_IP}`, "curl: (28) Connection timed out after 2000 milliseconds"],
    [
      `kubectl exec client -- ping -c 1 -W 1 ${CLUSTER_IP} 2>/dev/null | tail -1`,
      "1 packets transmitted, 0 packets received, 100% packet loss",
    ],
  ],
  [
    "[001-5] [001-6] the full name works everywhere in the cluster, the short one in its own namespace",
    ...web(1),
    applied(MY_APP_SERVICE),
    "kubectl create namespace far",
    "kubectl run away -n far --image=curlimages/curl --command -- sleep 3600",
    "sleep 2",
    [asks("http://my-app-service.default.svc.cluster.local"), "200"],
    [asks("http://my-app-service"), "200"],
    [asks("http://my-app-service.default.svc.cluster.local", "-n far away"), "200"],
    [
      "kubectl exec -n far away -- curl http://my-app-service",
      "curl: (6) Could not resolve host: my-app-service\ncommand terminated with exit code 6",
    ],
    ["ssh node-1 curl http://my-app-service", "curl: (6) Could not resolve host: my-app-service"],
    ["curl http://my-app-service", "curl: (6) Could not resolve host: my-app-service"],
  ],
  [
    "[000-10] [000-19] [000-21] [001-7] [002-3] [002-13] [002-26] [003-12] [003-14] [004-5] [004-6] [004-8] NodePort: one number on every node, with and without pods, and a cluster IP as well",
    ...web(1),
    applied(typed("NodePort", "\n      nodePort: 30080")),
    "sleep 1",
    ...["192.168.1.11", "192.168.1.12", "192.168.1.13"].map((ip): Step => [code(`http://${ip}:30080`), "200"]),
    [asks("http://my-app-service"), "200"],
    ["kubectl get svc my-app-service --no-headers | awk '{print $2, $5}'", "NodePort 80:30080/TCP"],
    ["kubectl get nodes -o wide --no-headers | awk '{print $7}' | sort -u", "<none>"],
  ],
  [
    "[000-10] [001-7] [002-17] [003-13] a node port outside the range, and one that is taken",
    [
      applied(typed("NodePort", "\n      nodePort: 8080")),
      invalid(
        "my-app-service",
        "spec.ports[0].nodePort: Invalid value: 8080: provided port is not in the valid range. The range of valid ports is 30000-32767",
      ),
    ],
    [applied(typed("NodePort")), "service/my-app-service created"],
    ["kubectl get svc my-app-service -o jsonpath='{.spec.ports[0].nodePort}' | grep -cE '^3[0-2][0-9]{3}$'", "1"],
    apply(service("a", { type: "NodePort", ports: [{ port: 80, nodePort: 30007 }] })),
    [
      apply(service("b", { type: "NodePort", ports: [{ port: 80, nodePort: 30007 }] })),
      invalid("b", "spec.ports[0].nodePort: Invalid value: 30007: provided port is already allocated"),
    ],
  ],
  [
    "[002-14] [002-16] [003-2] nothing listens on a node for a Service: rules of the kernel do the work",
    ...web(1),
    applied(typed("NodePort", "\n      nodePort: 30080")),
    "sleep 1",
    ["ssh node-1 ss -ltn | grep -c 30080", "0"],
    ["sim rules node-1 | grep -c 'dport 30080'", "1"],
  ],
  [
    "[003-15] [003-17] [002-27] any node's request may go to a pod elsewhere; policy Local keeps it, and drops it where no pod is",
    apply(
      pod("local-1", 2),
      service("local", { type: "NodePort", ports: [{ port: 80, targetPort: 8080, nodePort: 30200 }] }),
    ),
    "sleep 2",
    ["sim route 192.168.1.11:30200", "ACCEPT 10.244.2.3:8080 masquerade"],
    `kubectl patch svc local -p '{"spec":{"externalTrafficPolicy":"Local"}}'`,
    "sleep 1",
    ["sim route 192.168.1.11:30200", "DROP"],
    ["sim route 192.168.1.12:30200", "ACCEPT 10.244.2.3:8080"],
  ],
  [
    "[000-13] [000-14] [001-9] [001-10] [002-4] [003-19] [003-20] [003-21] [003-22] [003-24] [004-11] [004-12] a load balancer is pending without a provider and gets an address with one, over the node ports",
    ...web(2),
    [applied(typed("LoadBalancer", "\n      nodePort: 32075")), "service/my-app-service created"],
    ["kubectl get svc my-app-service --no-headers | awk '{print $4, $5}'", "<pending> 80:32075/TCP"],
    [code("http://192.168.1.13:32075"), "200"],
    "sim cloud on",
    "sleep 5",
    ["kubectl get svc my-app-service --no-headers | awk '{print $4}'", "203.0.113.10"],
    [code("http://203.0.113.10"), "200"],
    [
      "kubectl get events --field-selector involvedObject.name=my-app-service -o custom-columns=R:.reason --no-headers",
      "EnsuringLoadBalancer\nEnsuredLoadBalancer",
    ],
  ],
  [
    "[003-23] an address typed into the status is dropped",
    [
      `${applied(`${typed("LoadBalancer")}\nstatus:\n  loadBalancer:\n    ingress:\n    - ip: 192.0.2.127`)}`,
      "service/my-app-service created",
    ],
    ["kubectl get svc my-app-service --no-headers | awk '{print $4}'", "<pending>"],
  ],
  [
    "[001-12] [001-13] [002-5] [003-25] [003-26] an ExternalName Service is an alias in the DNS: no address, no ports, no proxy",
    applied(
      "apiVersion: v1\nkind: Service\nmetadata:\n  name: external-service\nspec:\n  type: ExternalName\n  externalName: endpoint.database.site.com",
    ),
    [
      "kubectl get svc external-service --no-headers | awk '{print $2, $3, $4, $5}'",
      "ExternalName <none> endpoint.database.site.com <none>",
    ],
    [
      "sim dns external-service.default.svc.cluster.local CNAME",
      "NOERROR\nexternal-service.default.svc.cluster.local. 30 IN CNAME endpoint.database.site.com.",
    ],
    ["sim rules node-1 | grep -c external-service", "0"],
  ],
  [
    "[004-9] a node that goes down takes its own node port along; the others answer on, first with gaps",
    ...web(3),
    applied(typed("NodePort", "\n      nodePort: 30080")),
    "sleep 1",
    "sim fail node/node-2",
    ["curl -m 2 http://192.168.1.12:30080", "curl: (28) Connection timed out after 2000 milliseconds"],
    "sleep 60",
    [
      "kubectl get ep my-app-service -o jsonpath='{.subsets[0].addresses[*].nodeName}' 2>/dev/null | tr ' ' '\\n' | sort",
      "node-1\nnode-3",
    ],
    [`${times(10, `${code("http://192.168.1.11:30080")}; echo`)} | sort -u`, "200"],
  ],
  [
    "[002-11] [002-12] the laptop has no route to a pod, a node has",
    ...web(1),
    [`curl -m 2 http://${POD_IP}:8080`, "curl: (28) Connection timed out after 2000 milliseconds"],
    [`ping -c 1 -W 1 ${POD_IP} | grep -o '[0-9]*% packet loss'`, "100% packet loss"],
    [`ssh node-2 ${code(`http://${POD_IP}:8080`)}`, "200"],
  ],
];

test.each([...LIFE, ...WAYS])("%s", (_sentence, ...steps) => {
  expect(play(steps, SHELL_SETTINGS)).toEqual(wanted(steps));
});
