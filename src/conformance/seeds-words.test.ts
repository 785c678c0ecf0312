// What the founding articles say of a Service's fields, their commands and their presets, as the console answers them.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { SHELL_SETTINGS } from "../cluster/index.ts";
import { applied, asks, file, MY_APP_SERVICE, POD_IP, times, typed, web } from "./article.ts";
import { apply, invalid, play, type Session, type Step, service, specField, wanted } from "./session.ts";

const NAMES = "awk '{print $1}' | sort -u | wc -l";

const WORDS: readonly Session[] = [
  [
    "[000-15] [000-17] [003-7] [003-8] protocol and target port when they are not written",
    applied(
      "apiVersion: v1\nkind: Service\nmetadata:\n  name: short\nspec:\n  selector:\n    app: my-app\n  ports:\n  - port: 80",
    ),
    [specField("short", "ports"), '[{"port":80,"protocol":"TCP","targetPort":80}]'],
    [
      apply(service("p", { ports: [{ port: 80, protocol: "HTTP" }] })),
      invalid("p", 'spec.ports[0].protocol: Unsupported value: "HTTP": supported values: "SCTP", "TCP", "UDP"'),
    ],
  ],
  [
    "[000-18] containerPort is a note: the program's own port is what answers",
    "kubectl run undeclared --image=nginx --labels=app=undeclared",
    "kubectl expose pod undeclared --port=80 --name=undeclared --selector=app=undeclared",
    "kubectl run client --image=curlimages/curl --command -- sleep 3600",
    "sleep 3",
    [asks("http://undeclared"), "200"],
  ],
  [
    "[000-20] the range of node ports is the API server's",
    ["sim status | grep -o 'node ports .*'", "node ports 30000-32767"],
  ],
  [
    "[000-22] [002-18] ports without a dash",
    [
      applied("apiVersion: v1\nkind: Service\nmetadata:\n  name: x\nspec:\n  ports:\n    port: 80"),
      'Error from server (BadRequest): error when creating "STDIN": Service in version "v1" cannot be handled as a Service: json: cannot unmarshal object into Go struct field ServiceSpec.spec.ports of type []v1.ServicePort',
    ],
  ],
  [
    "[000-23] [002-2] [003-10] [004-3] four types and no more",
    [
      apply(service("x", { type: "External" })),
      invalid(
        "x",
        'spec.type: Unsupported value: "External": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
      ),
    ],
  ],
  [
    "[002-6] [002-7] Headless is no type, and neither is a selector",
    [
      apply(service("x", { type: "Headless" })),
      invalid(
        "x",
        'spec.type: Unsupported value: "Headless": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
      ),
    ],
    [apply(service("x", { clusterIP: "None" })), "service/x created"],
    ["kubectl get svc x --no-headers | awk '{print $2, $3}'", "ClusterIP None"],
  ],
  [
    "[002-8] endpoints are a controller's: none are made without a selector",
    apply({ apiVersion: "v1", kind: "Service", metadata: { name: "bare" }, spec: { ports: [{ port: 80 }] } }),
    "sleep 1",
    ["kubectl get endpointslices -l kubernetes.io/service-name=bare", "No resources found in default namespace."],
  ],
  [
    "[001-20] [002-9] the article's file as printed",
    [
      applied("apiVersion: v1\nkind: Service\nname: my-service\napp: my-app"),
      'error: error when retrieving current configuration of:\nResource: "/v1, Resource=services", GroupVersionKind: "/v1, Kind=Service"\nName: "", Namespace: "default"\nfrom server for: "STDIN": resource name may not be empty',
    ],
  ],
  [
    "[002-24] [003-35] affinity is None or ClientIP, for three hours",
    [
      `kubectl create service clusterip s --tcp=80 && kubectl patch svc s -p '{"spec":{"sessionAffinity":"Yes"}}'`,
      `service/s created\n${invalid("s", 'spec.sessionAffinity: Unsupported value: "Yes": supported values: "ClientIP", "None"')}`,
    ],
    [
      applied(
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: yes-please\nspec:\n  sessionAffinity: Yes\n  ports:\n  - port: 80",
      ),
      'Error from server (BadRequest): error when creating "STDIN": Service in version "v1" cannot be handled as a Service: json: cannot unmarshal bool into Go struct field ServiceSpec.spec.sessionAffinity of type v1.ServiceAffinity',
    ],
    `kubectl patch svc s -p '{"spec":{"sessionAffinity":"ClientIP"}}'`,
    [specField("s", "sessionAffinityConfig.clientIP.timeoutSeconds"), "10800"],
  ],
  [
    "[002-24] [003-35] with ClientIP a client stays with one pod",
    ...web(3),
    applied(`${MY_APP_SERVICE}\n  sessionAffinity: ClientIP`),
    "sleep 1",
    [`${times(20, "kubectl exec client -- curl -s http://my-app-service")} | ${NAMES}`, "1"],
  ],
  [
    "[003-3] [003-4] [001-14] [003-29] a named target port is the container's; several ports need names",
    applied(
      "apiVersion: v1\nkind: Pod\nmetadata:\n  name: nginx\n  labels:\n    app: nginx\nspec:\n  containers:\n  - name: nginx\n    image: nginx:stable\n    ports:\n    - containerPort: 80\n      name: pod-port\n---\napiVersion: v1\nkind: Service\nmetadata:\n  name: first-service\nspec:\n  selector:\n    app: nginx\n  ports:\n  - name: service-port\n    protocol: TCP\n    port: 80\n    targetPort: pod-port",
    ),
    "sleep 2",
    [
      "kubectl describe svc first-service | grep -E '^(Port|TargetPort|Endpoints)' | tr -s ' ' | sed -e 's/10.244.[0-9.]*/POD/'",
      "Port: service-port 80/TCP\nTargetPort: pod-port/TCP\nEndpoints: POD:80",
    ],
    [
      apply(
        service("multi-port-service", {
          ports: [
            { port: 80, targetPort: 9376 },
            { port: 443, targetPort: 9377 },
          ],
        }),
      ),
      invalid("multi-port-service", "spec.ports[0].name: Required value", "spec.ports[1].name: Required value"),
    ],
  ],
  [
    "[003-30] a cluster IP of one's own: no address, out of range, taken, and fixed afterwards",
    [
      apply(service("x", { clusterIP: "abc" })),
      invalid(
        "x",
        'spec.clusterIPs[0]: Invalid value: "abc": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      ),
    ],
    [
      apply(service("x", { clusterIP: "192.168.1.5" })),
      invalid(
        "x",
        'spec.clusterIPs: Invalid value: ["192.168.1.5"]: failed to allocate IP 192.168.1.5: the provided network does not match the current range',
      ),
    ],
    [
      apply(service("x", { clusterIP: "10.96.0.1" })),
      invalid(
        "x",
        'spec.clusterIPs: Invalid value: ["10.96.0.1"]: failed to allocate IP 10.96.0.1: provided IP is already allocated',
      ),
    ],
    [apply(service("x", { clusterIP: "10.96.0.55" })), "service/x created"],
    [
      apply(service("x", { clusterIP: "10.96.0.56" })),
      invalid("x", 'spec.clusterIPs[0]: Invalid value: ["10.96.0.56"]: may not change once set'),
    ],
  ],
  [
    "[003-33] variables of the Services that were there when the container started",
    "kubectl create service clusterip early --tcp=80",
    "kubectl run client --image=curlimages/curl --command -- sleep 3600",
    "sleep 2",
    "kubectl create service clusterip late --tcp=80",
    ["kubectl exec client -- env | grep -c EARLY_SERVICE_HOST", "1"],
    ["kubectl exec client -- env | grep -c LATE_SERVICE_HOST", "0"],
  ],
  [
    "[003-34] the DNS add-on: the cluster's name server answers for Services, and for pods by their address",
    ["kubectl get svc kube-dns -n kube-system --no-headers | awk '{print $3}'", "10.96.0.10"],
    [
      "sim dns kubernetes.default.svc.cluster.local A",
      "NOERROR\nkubernetes.default.svc.cluster.local. 30 IN A 10.96.0.1",
    ],
  ],
  [
    "[004-7] a node port's packet is translated once, from the node straight to the pod",
    ...web(1),
    applied(typed("NodePort", "\n      nodePort: 30080")),
    "sleep 1",
    [`sim route 192.168.1.11:30080 | sed -e "s/${POD_IP}/POD/"`, "ACCEPT POD:8080 masquerade"],
  ],
];

/** The articles' commands, as they print them. */
const COMMANDS: readonly Session[] = [
  [
    "[001-15] [002-20] [002-21] [003-9] create, get, apply: `kubectl create -f F`, `kubectl apply -f F`, `kubectl get services`",
    file("service-definition.yaml", MY_APP_SERVICE),
    ["kubectl create -f service-definition.yaml", "service/my-app-service created"],
    [
      "kubectl create -f service-definition.yaml",
      'Error from server (AlreadyExists): error when creating "service-definition.yaml": services "my-app-service" already exists',
    ],
    [
      "kubectl apply -f service-definition.yaml",
      "Warning: resource services/my-app-service is missing the kubectl.kubernetes.io/last-applied-configuration annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.\nservice/my-app-service configured",
    ],
    [
      "kubectl get services | awk '{print $1, $2, $4, $5, $6}' | sed -e 's/ [0-9]*[ms]$/ AGE/'",
      "NAME TYPE EXTERNAL-IP PORT(S) AGE\nkubernetes ClusterIP <none> 443/TCP AGE\nmy-app-service ClusterIP <none> 80/TCP AGE",
    ],
  ],
  [
    "[001-16] [003-27] `kubectl describe service NAME`: a load balancer whose selector matches nothing",
    apply(
      service("test-service", {
        type: "LoadBalancer",
        clusterIP: "10.96.11.13",
        ports: [{ port: 80, targetPort: 9376, nodePort: 31123 }],
      }),
    ),
    "sleep 1",
    [
      "kubectl describe service test-service",
      `Name:                     test-service
Namespace:                default
Labels:                   <none>
Annotations:              <none>
Selector:                 app=test-service
Type:                     LoadBalancer
IP Family Policy:         SingleStack
IP Families:              IPv4
IP:                       10.96.11.13
IPs:                      10.96.11.13
Port:                     <unset>  80/TCP
TargetPort:               9376/TCP
NodePort:                 <unset>  31123/TCP
Endpoints:                
Session Affinity:         None
External Traffic Policy:  Cluster
Internal Traffic Policy:  Cluster
Events:                   <none>`,
    ],
  ],
  [
    "[001-17] [003-28] `kubectl delete service NAME`",
    applied(MY_APP_SERVICE),
    ["kubectl delete service my-app-service", 'service "my-app-service" deleted from default namespace'],
    ["kubectl delete service my-app-service", 'Error from server (NotFound): services "my-app-service" not found'],
  ],
  [
    "[003-31] `kubectl cluster-info dump | grep -m 1 service-cluster-ip-range`",
    ["kubectl cluster-info dump | grep -m 1 service-cluster-ip-range | grep -o 'range=[0-9./]*'", "range=10.96.0.0/16"],
    ["kubectl get servicecidrs --no-headers | awk '{print $2}'", "10.96.0.0/16"],
  ],
];

/** Name, preset, and what `kubectl get` shows of it. */
const PRESETS: ReadonlyArray<readonly [string, string, string]> = [
  ["my-app-service", typed("NodePort", "\n      nodePort: 30080"), "NodePort 80:30080/TCP"],
  [
    "my-service",
    "apiVersion: v1\nkind: Service\nmetadata:\n  name: my-service\nspec:\n  selector:\n    app: MyApp\n  ports:\n    - protocol: TCP\n      port: 80\n      targetPort: 9376",
    "ClusterIP 80/TCP",
  ],
  [
    "myapp-service",
    "apiVersion: v1\nkind: Service\nmetadata:\n  name: myapp-service\nspec:\n  type: NodePort\n  ports:\n    - targetPort: 80\n      port: 80\n      nodePort: 30008\n  selector:\n    app: myapp\n    type: front-end",
    "NodePort 80:30008/TCP",
  ],
  [
    "nodeport-service",
    "apiVersion: v1\nkind: Service\nmetadata:\n  name: nodeport-service\nspec:\n  type: NodePort\n  selector:\n    app: nodeport-app\n  ports:\n    - port: 8080\n      targetPort: 80\n      nodePort: 30007",
    "NodePort 8080:30007/TCP",
  ],
  [
    "external-service",
    "apiVersion: v1\nkind: Service\nmetadata:\n  name: external-service\nspec:\n  type: ExternalName\n  externalName: my.external-database.com",
    "ExternalName <none>",
  ],
  [
    "multi-port-service",
    "apiVersion: v1\nkind: Service\nmetadata:\n  name: multi-port-service\nspec:\n  selector:\n    app: app1\n  ports:\n    - name: http-port\n      protocol: TCP\n      port: 80\n      targetPort: 9376\n    - name: https-port\n      protocol: TCP\n      port: 443\n      targetPort: 9377",
    "ClusterIP 80/TCP,443/TCP",
  ],
  [
    "web-tls",
    "apiVersion: v1\nkind: Service\nmetadata:\n  name: web-tls\nspec:\n  selector:\n    app: my-app\n  ports:\n    - name: http\n      port: 80\n      targetPort: 8080\n    - name: https\n      port: 443\n      targetPort: 8443",
    "ClusterIP 80/TCP,443/TCP",
  ],
];

test.each([...WORDS, ...COMMANDS])("%s", (_sentence, ...steps) => {
  expect(play(steps, SHELL_SETTINGS)).toEqual(wanted(steps));
});

test.each(PRESETS)("[000-21] [002-15] [003-16] the preset %s runs as printed", (name, text, shown) => {
  const steps: Step[] = [
    [applied(text), `service/${name} created`],
    [`kubectl get svc ${name} --no-headers | awk '{print $2, $5}'`, shown],
  ];
  expect(play(steps, SHELL_SETTINGS)).toEqual(wanted(steps));
});

test("[003-24] the preset load-balancer-service runs, with a label of our own in its selector", () => {
  const text =
    "apiVersion: v1\nkind: Service\nmetadata:\n  name: load-balancer-service\nspec:\n  selector:\n    app: app1\n  type: LoadBalancer\n  ports:\n  - protocol: TCP\n    port: 80\n    targetPort: 9350";
  const steps: Step[] = [
    [applied(text), "service/load-balancer-service created"],
    ["kubectl get svc load-balancer-service --no-headers | awk '{print $2, $4}'", "LoadBalancer <pending>"],
  ];
  expect(play(steps, SHELL_SETTINGS)).toEqual(wanted(steps));
});

test("every statement is a session's, or docs/seeds.md says why not", () => {
  const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
  const sessions = read("seeds.test.ts") + read("seeds-words.test.ts");
  const excused = read("../../docs/seeds.md").split("## Out of scope").at(-1) ?? "";
  const articles: ReadonlyArray<readonly [string, number]> = [
    ["000", 23],
    ["001", 20],
    ["002", 28],
    ["003", 35],
    ["004", 14],
  ];
  const ids = articles.flatMap(([article, last]) => Array.from({ length: last }, (_, at) => `${article}-${at + 1}`));
  expect(ids.filter((id) => !(sessions.includes(`[${id}]`) || new RegExp(`\\b${id}\\b`).test(excused)))).toEqual([]);
});
