// Names as programs in pods use them, question by question, and the variables that containers start with.
import { test } from "vitest";
import { type LiveCase, NEVER_READY, netPod, playLive, toolsPod } from "./live.ts";
import { apply } from "./session.ts";

type Fields = Readonly<Record<string, unknown>>;
const svc = (name: string, spec: Fields = {}, metadata: Fields = {}): Fields => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name, ...metadata },
  spec: { selector: { app: name }, ports: [{ port: 80, targetPort: 8080 }], ...spec },
});
const OTHER = { namespace: "other" };
const T = (line: string) => `kubectl exec tools -- ${line}`;
const GET = (url: string) => T(`curl -sS -m 5 http://${url}`);
const EXEC = (code: number) => `command terminated with exit code ${code}\n[rc=${code}]`;
const LOST = (host: string) => `curl: (6) Could not resolve host: ${host}\n${EXEC(6)}`;
const ZONE = "svc.cluster.local";
const TWO = [
  "kubectl create namespace other",
  apply(netPod("web-1", 1), svc("web"), netPod("there-1", 2, {}, OTHER), svc("there", {}, OTHER), toolsPod("tools")),
  `kubectl label -n other pod there-1 app=there --overwrite; sleep 2`,
];
const ENV = (pod: string, pattern: string) => `kubectl exec ${pod} -- env | grep '${pattern}' | sort`;

const CASES: readonly LiveCase[] = [
  [
    "[DNS-8] a short name is asked once, in the pod's own namespace",
    ...TWO,
    [GET("web/hostname"), "web-1", [`web.default.${ZONE}.`]],
  ],
  [
    "[DNS-8] name and namespace take the second suffix",
    ...TWO,
    [GET("there.other/hostname"), "there-1", [`there.other.default.${ZONE}.`, `there.other.${ZONE}.`]],
  ],
  [
    "[DNS-8] a short name does not reach another namespace",
    ...TWO,
    [GET("there"), LOST("there"), [`there.default.${ZONE}.`, `there.${ZONE}.`, "there.cluster.local.", "there."]],
  ],
  [
    "[DNS-8] a full name has four dots, and so goes through the whole list first",
    ...TWO,
    [
      GET(`web.default.${ZONE}/hostname`),
      "web-1",
      [
        `web.default.${ZONE}.default.${ZONE}.`,
        `web.default.${ZONE}.${ZONE}.`,
        `web.default.${ZONE}.cluster.local.`,
        `web.default.${ZONE}.`,
      ],
    ],
  ],
  [
    "[DNS-8] a final dot spares the list",
    ...TWO,
    [GET(`web.default.${ZONE}./hostname`), "web-1", [`web.default.${ZONE}.`]],
  ],
  [
    "[DNS-8] a name with five dots is asked as it is first",
    ...TWO,
    [
      GET(`a.web.default.${ZONE}`),
      LOST(`a.web.default.${ZONE}`),
      [
        `a.web.default.${ZONE}.`,
        `a.web.default.${ZONE}.default.${ZONE}.`,
        `a.web.default.${ZONE}.${ZONE}.`,
        `a.web.default.${ZONE}.cluster.local.`,
      ],
    ],
  ],
  [
    "[DNS-8] ndots of dnsConfig decides what comes first",
    ...TWO,
    apply(toolsPod("low", { dnsConfig: { options: [{ name: "ndots", value: "1" }] } })),
    "sleep 2",
    [
      "kubectl exec low -- curl -sS -m 5 http://there.other/hostname",
      "there-1",
      ["there.other.", `there.other.default.${ZONE}.`, `there.other.${ZONE}.`],
    ],
    [
      "kubectl exec low -- cat /etc/resolv.conf",
      `search default.${ZONE} ${ZONE} cluster.local\nnameserver 10.96.0.10\noptions ndots:1\n`,
    ],
  ],
  [
    "[KUBELET-12] resolv.conf of a pod",
    ...TWO,
    [
      T("cat /etc/resolv.conf"),
      `search default.${ZONE} ${ZONE} cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n`,
    ],
  ],
  [
    "[KUBELET-12] a pod of the host network knows no Service, unless its policy says so",
    ...TWO,
    apply(
      toolsPod("host", { hostNetwork: true }),
      toolsPod("both", { hostNetwork: true, dnsPolicy: "ClusterFirstWithHostNet" }),
    ),
    "sleep 2",
    ["kubectl exec host -- curl -sS http://web", LOST("web")],
    ["kubectl exec both -- curl -sS http://web/hostname", "web-1"],
  ],
  [
    "[KUBELET-12] policy None has what dnsConfig gives: no search list here",
    ...TWO,
    apply(toolsPod("none", { dnsPolicy: "None", dnsConfig: { nameservers: ["10.96.0.10"] } })),
    "sleep 2",
    ["kubectl exec none -- curl -sS http://web", LOST("web"), ["web."]],
    [`kubectl exec none -- curl -sS http://web.default.${ZONE}/hostname`, "web-1", [`web.default.${ZONE}.`]],
  ],
  [
    "[DNS-8] nodes and the laptop do not ask the cluster's DNS",
    ...TWO,
    [
      `ssh node-1 curl -sS http://web.default.${ZONE}`,
      `curl: (6) Could not resolve host: web.default.${ZONE}\n[rc=6]`,
      [],
    ],
  ],
  [
    "[DNS-3] a headless name leads to the pod, where targetPort does not apply",
    apply(netPod("hl-1", 1), svc("hl", { clusterIP: "None" }), toolsPod("tools")),
    "sleep 2",
    [GET("hl"), /Failed to connect to hl:80 after 0 ms: Could not connect to server\n/],
    [GET("hl:8080/hostname"), "hl-1"],
  ],
  [
    "[DNS-3] a headless name has an address per ready pod, and none without one; a cluster IP resolves all the same",
    apply(
      netPod("hl-1", 1),
      netPod("hl-2", 2),
      netPod("hl-3", 3, NEVER_READY),
      netPod("no-1", 1, NEVER_READY),
      svc("hl", { clusterIP: "None" }),
      svc("no", { clusterIP: "None" }),
      svc("vip", { clusterIP: "10.96.8.8" }),
      toolsPod("tools"),
    ),
    "sleep 2",
    [`${T(`dig +short hl.default.${ZONE}`)} | wc -l`, "2\n"],
    [`${T(`dig no.default.${ZONE}`)} | grep -o 'status: [A-Z]*'`, "status: NXDOMAIN\n"],
    [T(`dig +short vip.default.${ZONE}`), "10.96.8.8\n"],
  ],
  [
    "[DNS-3] the pods of a StatefulSet have names of their own, which stay when a pod is replaced",
    apply(svc("db", { clusterIP: "None" }), {
      apiVersion: "apps/v1",
      kind: "StatefulSet",
      metadata: { name: "db" },
      spec: {
        serviceName: "db",
        replicas: 2,
        selector: { matchLabels: { app: "db" } },
        template: {
          metadata: { labels: { app: "db" } },
          spec: {
            containers: [{ name: "main", image: "registry.k8s.io/e2e-test-images/agnhost:2.53", args: ["netexec"] }],
          },
        },
      },
    }),
    apply(toolsPod("tools")),
    "sleep 5",
    [GET("db-1.db:8080/hostname"), "db-1"],
    "A=$(kubectl get pod db-1 -o jsonpath='{.status.podIP}'); kubectl delete pod db-1; sleep 5",
    [GET("db-1.db:8080/hostname"), "db-1"],
    [GET("db-2.db:8080"), LOST("db-2.db")],
  ],
  [
    "[DNS-5] an external name is an alias that CoreDNS follows outside",
    apply(svc("ext", { type: "ExternalName", externalName: "example.com", selector: null }), toolsPod("tools")),
    "sleep 2",
    [T(`dig +short ext.default.${ZONE}`), /\nexample\.com\.\n198\.51\.100\.\d+\n$/],
    [T("nslookup ext"), /canonical name = example\.com\.\nName:\texample\.com\nAddress: 198\.51\.100\.\d+\n/],
  ],
  [
    "[DNS-1] a name that exists without that type is not a name that does not exist",
    ...TWO,
    [
      `${T(`dig AAAA web.default.${ZONE}`)} | grep -o 'status: [A-Z]*\\|ANSWER: [0-9]*\\|AUTHORITY: [0-9]*'`,
      "status: NOERROR\nANSWER: 0\nAUTHORITY: 1\n",
    ],
    [
      `${T(`dig nope.default.${ZONE}`)} | grep -o 'status: [A-Z]*\\|ANSWER: [0-9]*\\|AUTHORITY: [0-9]*'`,
      "status: NXDOMAIN\nANSWER: 0\nAUTHORITY: 1\n",
    ],
    [`${T(`dig default.${ZONE}`)} | grep -o 'status: [A-Z]*'`, "status: NOERROR\n"],
  ],
  [
    "[DNS-4] SRV has the Service's port, and the pods' own under a headless name",
    apply(
      netPod("s-1", 1),
      svc("s", { clusterIP: "10.96.8.9", ports: [{ name: "http", port: 80, targetPort: 8080 }] }),
      svc("h", { clusterIP: "None", selector: { app: "s" }, ports: [{ name: "http", port: 80, targetPort: 8080 }] }),
      toolsPod("tools"),
    ),
    "sleep 2",
    [T(`dig +short SRV _http._tcp.s.default.${ZONE}`), `0 100 80 s.default.${ZONE}.\n`],
    [
      T(`dig +short SRV _http._tcp.h.default.${ZONE}`),
      /\n0 100 8080 10-244-1-\d+\.h\.default\.svc\.cluster\.local\.\n$/,
    ],
  ],
  [
    "[DNS-6] addresses have names backwards",
    ...TWO,
    [T("dig +short -x 10.96.0.10"), `kube-dns.kube-system.${ZONE}.\n`],
    [T("dig +short -x 10.96.0.1"), `kubernetes.default.${ZONE}.\n`],
  ],
  [
    "[DNS-2] a new Service resolves at once: nothing remembers that it was not there",
    apply(toolsPod("tools")),
    "sleep 2",
    [T("getent hosts late"), EXEC(2)],
    apply(svc("late", { clusterIP: "10.96.8.10" })),
    [T("getent hosts late"), `10.96.8.10      late.default.${ZONE}\n`],
  ],
  [
    "[DNS-10] without CoreDNS no name resolves, and addresses work as before",
    ...TWO,
    apply(svc("vip", { clusterIP: "10.96.8.8", selector: { app: "web" } })),
    "sim fail coredns; sleep 5",
    [GET("web"), LOST("web")],
    [GET("10.96.8.8/hostname"), "web-1"],
    "sim restore coredns; sleep 5",
    [GET("web/hostname"), "web-1"],
  ],
  [
    "[DNS-7] a dashed address under pod is that address",
    ...TWO,
    [T("dig +short 10-1-2-3.default.pod.cluster.local"), "10.1.2.3\n"],
  ],
  [
    "[ENV-1] a container has variables of the Services that were there when it started, until it starts again",
    apply(netPod("early-1", 1)),
    "sleep 2",
    apply(svc("web", { clusterIP: "10.96.8.11" }), netPod("late-1", 1)),
    "sleep 2",
    [ENV("early-1", "^WEB_"), ""],
    [
      ENV("late-1", "^WEB_"),
      "WEB_PORT=tcp://10.96.8.11:80\nWEB_PORT_80_TCP=tcp://10.96.8.11:80\nWEB_PORT_80_TCP_ADDR=10.96.8.11\nWEB_PORT_80_TCP_PORT=80\nWEB_PORT_80_TCP_PROTO=tcp\nWEB_SERVICE_HOST=10.96.8.11\nWEB_SERVICE_PORT=80\n",
    ],
    "kubectl delete service web; sleep 1",
    [ENV("late-1", "^WEB_SERVICE_HOST"), "WEB_SERVICE_HOST=10.96.8.11\n"],
    apply(svc("web", { clusterIP: "10.96.8.12" })),
    "sim fail pod/early-1; sleep 30",
    [ENV("early-1", "^WEB_SERVICE_HOST"), "WEB_SERVICE_HOST=10.96.8.12\n"],
  ],
  [
    "[ENV-1] none of headless Services, of external names and of other namespaces; enableServiceLinks false leaves the API server's",
    "kubectl create namespace other",
    apply(
      svc("hl", { clusterIP: "None" }),
      svc("ext", { type: "ExternalName", externalName: "example.com", selector: null }),
      svc("away", {}, OTHER),
      svc("red-is"),
    ),
    apply(netPod("a-1", 1), netPod("b-1", 1, { enableServiceLinks: false })),
    "sleep 2",
    ["kubectl exec a-1 -- env | grep -c '^HL_\\|^EXT_\\|^AWAY_'", /^.*\n0\n/],
    ["kubectl exec a-1 -- env | grep '^RED_IS_PORT=' | cut -d: -f1", "RED_IS_PORT=tcp\n"],
    [ENV("b-1", "_SERVICE_HOST="), "KUBERNETES_SERVICE_HOST=10.96.0.1\n"],
  ],
];

test.each(CASES)("%s", (_sentence, ...steps) => {
  playLive(steps);
});
