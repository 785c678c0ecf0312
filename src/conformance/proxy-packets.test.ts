// Where packets really go, whom the pod sees, and when: kube-proxy's effects as clients notice them, reasoned before they were played.
import { test } from "vitest";
import { type LiveCase, NEVER_READY, netPod, playLive, SLOW_END } from "./live.ts";
import { apply } from "./session.ts";

const svc = (spec: Readonly<Record<string, unknown>> = {}, name = "web") => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name },
  spec: {
    type: "NodePort",
    clusterIP: "10.96.7.7",
    selector: { app: "web" },
    ports: [{ port: 80, targetPort: 8080, nodePort: 30407 }],
    ...spec,
  },
});
const net = netPod;
const CLIENT = netPod("client", 3);
const SEEN = (node: number, path = "clientip") => `curl -s -m 2 http://192.168.1.1${node}:30407/${path}`;
const IN = (line: string) => `kubectl exec client -- ${line}`;
const OWN = "kubectl get pod client -o jsonpath='{.status.podIP}'";
const TIMEOUT = "curl: (28) Connection timed out after 1000 milliseconds\n[rc=28]";
const refused = (where: string) =>
  `curl: (7) Failed to connect to ${where} after 0 ms: Could not connect to server\n[rc=7]`;

const CASES: readonly LiveCase[] = [
  [
    "policy Cluster: the pod sees the node that the packet came to",
    apply(net("web-1", 1), svc()),
    "sleep 2",
    [SEEN(2), /\n192\.168\.1\.12:\d+$/],
  ],
  [
    "policy Cluster: so it does on the pod's own node",
    apply(net("web-1", 1), svc()),
    "sleep 2",
    [SEEN(1), /\n192\.168\.1\.11:\d+$/],
  ],
  [
    "policy Local: the pod sees the client; nodes without a pod stay silent",
    apply(net("web-1", 1), svc({ externalTrafficPolicy: "Local" })),
    "sleep 2",
    [SEEN(1), /\n192\.168\.1\.10:\d+$/],
    ["curl -sS -m 1 http://192.168.1.12:30407", TIMEOUT],
  ],
  [
    "a pod at a cluster IP is seen as itself",
    apply(net("web-1", 1), svc(), CLIENT),
    "sleep 2",
    [`[ "$(${IN("curl -s http://web/clientip")} | cut -d: -f1)" = "$(${OWN})" ] && echo itself`, "itself\n"],
  ],
  [
    "a node at a cluster IP is masqueraded",
    apply(net("web-1", 1), svc()),
    "sleep 2",
    ["ssh node-2 curl -s http://10.96.7.7/clientip", /\n192\.168\.1\.12:\d+$/],
  ],
  [
    "a pod at another node's node port is seen as that node",
    apply(net("web-1", 1), svc(), CLIENT),
    "sleep 2",
    [IN(SEEN(2)), /\n192\.168\.1\.12:\d+$/],
  ],
  [
    "a pod at its own node's node port is seen as its node",
    apply(net("web-1", 1), svc(), CLIENT),
    "sleep 2",
    [IN(SEEN(3)), /\n192\.168\.1\.13:\d+$/],
  ],
  [
    "policy Local lets pods and nodes through on nodes without a pod",
    apply(net("web-1", 1), svc({ externalTrafficPolicy: "Local" }), CLIENT),
    "sleep 2",
    [IN(SEEN(3, "hostname")), "web-1"],
    [`ssh node-2 ${SEEN(2, "hostname")}`, "web-1"],
  ],
  [
    "the node's own loopback leads to the node port",
    apply(net("web-1", 1), svc()),
    "sleep 2",
    ["ssh node-2 curl -s http://127.0.0.1:30407/hostname", "web-1"],
  ],
  [
    "but not the laptop's",
    apply(net("web-1", 1), svc()),
    "sleep 2",
    ["curl -sS http://127.0.0.1:30407", refused("127.0.0.1:30407")],
  ],
  [
    "a pod that is its Service's only pod reaches itself",
    apply(net("web-1", 1), svc()),
    "sleep 2",
    ["kubectl exec web-1 -- curl -s http://web/hostname", "web-1"],
  ],
  [
    "affinity holds a client on a node with one pod, renewed by each new connection",
    apply(
      net("web-1", 1),
      net("web-2", 2),
      net("web-3", 3),
      svc({ sessionAffinity: "ClientIP", sessionAffinityConfig: { clientIP: { timeoutSeconds: 10 } } }),
    ),
    "sleep 2",
    [`for i in $(seq 12); do ${SEEN(1, "hostname")}; echo; sleep 6; done | sort -u | wc -l`, "1\n"],
  ],
  [
    "affinity ends so many seconds after the last connection",
    apply(
      net("web-1", 1),
      net("web-2", 2),
      net("web-3", 3),
      svc({ sessionAffinity: "ClientIP", sessionAffinityConfig: { clientIP: { timeoutSeconds: 10 } } }),
    ),
    "sleep 2",
    [`for i in $(seq 20); do ${SEEN(1, "hostname")}; echo; sleep 11; done | sort -u | wc -l`, "3\n"],
  ],
  [
    "affinity is each node's own, and each client's own",
    apply(
      ...[1, 2, 3].map((n) => net(`web-${n}`, n)),
      net("web-4", 1),
      net("web-5", 2),
      svc({ sessionAffinity: "ClientIP" }),
    ),
    "sleep 2",
    [
      `for n in 1 2 3; do for i in 1 2 3 4; do curl -s http://192.168.1.1$n:30407/hostname; echo; done | sort -u | wc -l; done`,
      "1\n1\n1\n",
    ],
    [`for n in 1 2 3; do curl -s http://192.168.1.1$n:30407/hostname; echo; done | sort -u | wc -l`, /\n[23]\n$/],
  ],
  [
    "a pod that leaves takes its clients' affinity with it",
    apply(net("web-1", 1), net("web-2", 2), svc({ sessionAffinity: "ClientIP" })),
    "sleep 2",
    `P=$(${SEEN(1, "hostname")}); kubectl delete pod $P; sleep 2`,
    [`[ "$(${SEEN(1, "hostname")})" != "$P" ] && echo other`, "other\n"],
  ],
  [
    "without affinity each connection draws again",
    apply(net("web-1", 1), net("web-2", 2), svc()),
    "sleep 2",
    [`for i in $(seq 20); do ${SEEN(1, "hostname")}; echo; done | sort -u | wc -l`, "2\n"],
  ],
  [
    "no pod: refused at once on every way in, over UDP too",
    apply(
      svc(),
      svc({ clusterIP: "10.96.7.8", ports: [{ port: 90, protocol: "UDP", nodePort: 30408 }] }, "dgram"),
      CLIENT,
    ),
    "sleep 2",
    ["curl -sS http://192.168.1.13:30407", refused("192.168.1.13:30407")],
    [
      IN("curl -sS http://10.96.7.7"),
      `${refused("10.96.7.7:80").replace("[rc=7]", "")}command terminated with exit code 7\n[rc=7]`,
    ],
    ["echo x | nc -u -w1 192.168.1.12 30408", "[rc=1]"],
  ],
  [
    "a deleted Service: its node port is refused, its cluster IP is nobody's",
    apply(net("web-1", 1), svc(), CLIENT),
    "sleep 2",
    "kubectl delete service web; sleep 2",
    ["curl -sS http://192.168.1.11:30407", refused("192.168.1.11:30407")],
    [IN("curl -s -m 1 http://10.96.7.7"), /\[rc=28\]$/],
  ],
  [
    "ports that a Service does not have: silence at the cluster IP, a refusal at the node",
    apply(net("web-1", 1), svc(), CLIENT),
    "sleep 2",
    [IN("curl -s -m 1 http://10.96.7.7:8080"), /\[rc=28\]$/],
    [IN("curl -s -m 1 http://10.96.7.7:30407"), /\[rc=28\]$/],
    ["curl -sS http://192.168.1.11:80", refused("192.168.1.11:80")],
  ],
  [
    "a targetPort on which nobody listens is refused by the pod",
    apply(net("web-1", 1), svc({ ports: [{ port: 80, targetPort: 9999, nodePort: 30407 }] })),
    "sleep 2",
    ["curl -sS http://192.168.1.13:30407", refused("192.168.1.13:30407")],
  ],
  [
    "the last pod answers while it ends and serves",
    apply(net("web-1", 1, SLOW_END), svc()),
    "sleep 2",
    "kubectl delete pod web-1 --wait=false; sleep 2",
    [SEEN(2, "hostname"), "web-1"],
  ],
  [
    "but not while another is ready",
    apply(net("web-1", 1, SLOW_END), net("web-2", 2), svc()),
    "sleep 2",
    "kubectl delete pod web-1 --wait=false; sleep 2",
    [`for i in $(seq 12); do ${SEEN(1, "hostname")}; echo; done | sort -u`, "web-2\n"],
  ],
  [
    "publishNotReadyAddresses sends to pods that are not ready",
    apply(net("web-1", 1, NEVER_READY), svc({ publishNotReadyAddresses: true })),
    "sleep 2",
    [SEEN(2, "hostname"), "web-1"],
  ],
  [
    "without it they refuse",
    apply(net("web-1", 1, NEVER_READY), svc()),
    "sleep 2",
    ["curl -sS http://192.168.1.12:30407", refused("192.168.1.12:30407")],
  ],
  [
    "each kube-proxy follows after its own lag",
    apply(net("web-1", 1), net("new-1", 1), svc()),
    "sleep 2",
    "sim set proxy-lag 5000",
    `kubectl patch service web -p '{"spec":{"selector":{"app":"new"}}}'`,
    [SEEN(1, "hostname"), "web-1"],
    "sleep 6",
    [SEEN(1, "hostname"), "new-1"],
  ],
  [
    "a stopped kube-proxy leaves stale rules on its node alone",
    apply(net("web-1", 1), net("new-1", 1), svc()),
    "sleep 2",
    "sim fail kube-proxy/node-2",
    `kubectl patch service web -p '{"spec":{"selector":{"app":"new"}}}' && sleep 3`,
    [SEEN(1, "hostname"), "new-1"],
    [SEEN(2, "hostname"), "web-1"],
    "sim restore kube-proxy/node-2; sleep 2",
    [SEEN(2, "hostname"), "new-1"],
  ],
  [
    "the health check port tells how many ready pods its node has",
    "sim cloud on",
    apply(net("web-1", 1), svc({ type: "LoadBalancer", externalTrafficPolicy: "Local", healthCheckNodePort: 31407 })),
    "sleep 3",
    [
      "curl -s -o /dev/null -w '%{http_code} %header{x-load-balancing-endpoint-weight}' http://192.168.1.11:31407",
      "200 1",
    ],
    [
      "curl -s http://192.168.1.12:31407/any",
      '{\n\t"service": {\n\t\t"namespace": "default",\n\t\t"name": "web"\n\t},\n\t"localEndpoints": 0,\n\t"serviceProxyHealthy": true\n}',
    ],
    ["curl -s -o /dev/null -w '%{http_code}' http://192.168.1.12:31407", "503"],
  ],
  [
    "a load balancer's address is short-circuited for pods, and under policy Local led only to nodes with pods",
    "sim cloud on",
    apply(net("web-1", 1), svc({ type: "LoadBalancer", externalTrafficPolicy: "Local" }), CLIENT),
    "sleep 3; LB=$(kubectl get service web -o jsonpath='{.status.loadBalancer.ingress[0].ip}')",
    [IN("curl -s -m 1 http://$LB/hostname"), "web-1"],
    ["for i in $(seq 8); do curl -s -m 1 http://$LB/clientip | cut -d: -f1; done | sort -u", "192.168.1.10\n"],
  ],
  [
    "source ranges guard the load balancer's address, not the node port",
    "sim cloud on",
    apply(net("web-1", 1), svc({ type: "LoadBalancer", loadBalancerSourceRanges: ["192.168.1.20/32"] })),
    "sleep 3; LB=$(kubectl get service web -o jsonpath='{.status.loadBalancer.ingress[0].ip}')",
    ["curl -s -m 1 http://$LB/hostname", "[rc=28]"],
    [SEEN(1, "hostname"), "web-1"],
  ],
  [
    "a dead node swallows its share until its pods are taken out, and its own node port for good",
    apply(net("web-1", 1), net("web-2", 2), svc()),
    "sleep 2",
    "sim fail node/node-2",
    [
      "for i in $(seq 30); do curl -s -m 1 -o /dev/null -w '%{exitcode}\\n' http://192.168.1.11:30407; done | sort -u",
      "0\n28\n",
    ],
    "sleep 60",
    [
      "for i in $(seq 20); do curl -s -m 1 -o /dev/null -w '%{exitcode}\\n' http://192.168.1.11:30407; done | sort -u",
      "0\n",
    ],
    [SEEN(2), "[rc=28]"],
  ],
  [
    "a crashed container keeps its address; in between it is out",
    apply(net("web-1", 1), svc()),
    "sleep 2; A=$(kubectl get pod web-1 -o jsonpath='{.status.podIP}')",
    "sim fail pod/web-1",
    "sleep 30",
    ["[ $A = $(kubectl get pod web-1 -o jsonpath='{.status.podIP}') ] && echo same", "same\n"],
    [SEEN(3, "hostname"), "web-1"],
  ],
  [
    "the rules draw with 1/n, 1/(n-1) and the rest, on every node alike",
    apply(...[1, 2, 3].map((n) => net(`web-${n}`, n)), svc()),
    "sleep 2",
    [
      "sim rules node-1 | grep 'KUBE-SVC-.*default/web -> ' | grep -o 'probability [0-9.]*'",
      "probability 0.3333333333\nprobability 0.5000000000\n",
    ],
    [
      'for n in 1 2 3; do sim rules node-$n | grep KUBE-SVC | grep default/web | sort > rules-$n; done; [ "$(cat rules-1)" = "$(cat rules-2)" ] && [ "$(cat rules-2)" = "$(cat rules-3)" ] && echo alike',
      "alike\n",
    ],
  ],
];

test.each(CASES)("[PROXY] %s", (_sentence, ...steps) => {
  playLive(steps);
});
