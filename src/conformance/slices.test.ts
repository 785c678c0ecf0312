// Which pods are in slices and what commands show of them, on a cluster with probes and real ends.
import { test } from "vitest";
import { type LiveCase, NEVER_READY, netPod, playLive, SLOW_END } from "./live.ts";
import { apply } from "./session.ts";

type Fields = Readonly<Record<string, unknown>>;
const svc = (name: string, spec: Fields = {}, metadata: Fields = {}): Fields => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name, ...metadata },
  spec: { selector: { app: name }, ports: [{ port: 80, targetPort: 8080 }], ...spec },
});
const of = (name: string, path: string) =>
  `kubectl get endpointslices -l kubernetes.io/service-name=${name} -o jsonpath='${path}'`;
const STATES =
  '{range .items[*].endpoints[*]}{.targetRef.name} {.conditions.ready} {.conditions.serving} {.conditions.terminating}{"\\n"}{end}';
const PORTS = "{.items[*].ports[*].port}";
const LEGACY = (name: string) => `kubectl get endpoints ${name} --no-headers 2>/dev/null | awk '{print $2}'`;
const DESCRIBED = (name: string) => `kubectl describe service ${name} | grep ^Endpoints: | sed 's/ *$//'`;
const job = (name: string, command: readonly string[]) => ({
  apiVersion: "batch/v1",
  kind: "Job",
  metadata: { name },
  spec: {
    template: {
      metadata: { labels: { app: name } },
      spec: { restartPolicy: "Never", containers: [{ name: "main", image: "busybox:1.37", command }] },
    },
  },
});
const deploy = (name: string, replicas: number, template: Fields = {}) => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name, live: "yes" } },
      spec: {
        containers: [{ name: "main", image: "registry.k8s.io/e2e-test-images/agnhost:2.53", args: ["netexec"] }],
        ...template,
      },
    },
  },
});
const probed = (path: string) => ({
  containers: [
    {
      name: "main",
      image: "registry.k8s.io/e2e-test-images/agnhost:2.53",
      args: ["netexec"],
      readinessProbe: { httpGet: { path, port: 8080 }, periodSeconds: 1, failureThreshold: 1 },
    },
  ],
});

const CASES: readonly LiveCase[] = [
  [
    "[EPS-1] a pod without a node has no address, and is not in the slice",
    apply(netPod("p-1", 0, { nodeSelector: { no: "where" } }), svc("p")),
    "sleep 2",
    [of("p", STATES), ""],
    [LEGACY("p"), "<none>\n"],
  ],
  [
    "[EPS-1] a pod that ended is out; one that runs is in",
    apply(job("done", ["true"]), job("runs", ["sleep", "600"]), svc("done"), svc("runs")),
    "sleep 5",
    [of("done", STATES), ""],
    [of("runs", STATES), /\nruns-\w+ true true false\n$/],
  ],
  [
    "[EPS-2] a failing readiness probe keeps a pod in the slice, not ready",
    apply(netPod("r-1", 1, probed("/gone")), svc("r")),
    "sleep 5",
    [of("r", STATES), "r-1 false false false\n"],
    ["kubectl get endpoints r 2>/dev/null", /\nNAME +ENDPOINTS +AGE\nr {17,}\d+s\n$/],
    [DESCRIBED("r"), "Endpoints:\n"],
  ],
  [
    "[EPS-2] a passing one lets it in",
    apply(netPod("r-1", 1, probed("/healthz")), svc("r")),
    "sleep 5",
    [of("r", STATES), "r-1 true true false\n"],
  ],
  [
    "[EPS-2] a crashed container takes its pod out of the ready ones and brings it back under the same address",
    apply(netPod("c-1", 1, { ...probed("/healthz") }), svc("c")),
    "sleep 4; A=$(kubectl get endpoints c -o jsonpath='{.subsets[0].addresses[0].ip}' 2>/dev/null)",
    "sim fail pod/c-1; sleep 30",
    [of("c", STATES), "c-1 true true false\n"],
    [
      '[ "$A" = "$(kubectl get endpoints c -o jsonpath=\'{.subsets[0].addresses[0].ip}\' 2>/dev/null)" ] && echo same',
      "same\n",
    ],
  ],
  [
    "[EPS-3] a numeric target port needs no container port, and a wrong one is not noticed",
    apply(netPod("n-1", 1), svc("n", { ports: [{ port: 80, targetPort: 9999 }] })),
    "sleep 2",
    [of("n", PORTS), "9999"],
    [LEGACY("n"), /:9999\n$/],
  ],
  [
    "[EPS-1] one pod is in the slices of every Service that selects it",
    apply(netPod("m-1", 1), svc("m"), svc("n", { selector: { app: "m" } })),
    "sleep 2",
    [of("m", STATES), "m-1 true true false\n"],
    [of("n", STATES), "m-1 true true false\n"],
  ],
  [
    "[EP-1] more than three addresses are counted",
    apply(deploy("many", 5), svc("many")),
    "sleep 4",
    [`${LEGACY("many")} | grep -o ','  | wc -l`, "2\n"],
    [
      "kubectl get endpoints many --no-headers 2>/dev/null",
      /10\.244\.\d\.\d+:8080,10\.244\.\d\.\d+:8080,10\.244\.\d\.\d+:8080 \+ 2 more\.\.\./,
    ],
    ["kubectl describe service many | grep ^Endpoints", /\+ 2 more\.\.\.\n$/],
  ],
  [
    "[EPS-5] a selector that fits nothing: a placeholder slice, <none> and a blank",
    apply(svc("none")),
    "sleep 2",
    [
      "kubectl get endpointslices -l kubernetes.io/service-name=none --no-headers | awk '{print $2, $3, $4}'",
      "IPv4 <unset> <unset>\n",
    ],
    [LEGACY("none"), "<none>\n"],
    [DESCRIBED("none"), "Endpoints:\n"],
  ],
  [
    "[EPS-11] no selector: nothing is made, and describe says <none>",
    apply(svc("bare", { selector: null })),
    "sleep 2",
    ["kubectl get endpointslices -l kubernetes.io/service-name=bare", "No resources found in default namespace.\n"],
    [DESCRIBED("bare"), "Endpoints:                <none>\n"],
    ["kubectl get endpoints bare 2>&1 | tail -n 1", 'Error from server (NotFound): endpoints "bare" not found\n'],
  ],
  [
    "[EPS-11] an external name has no endpoints",
    apply(svc("ext", { type: "ExternalName", externalName: "example.com" })),
    "sleep 2",
    ["kubectl get endpointslices -l kubernetes.io/service-name=ext", "No resources found in default namespace.\n"],
  ],
  [
    "[EPS-7] slices go with their Service",
    apply(netPod("g-1", 1), svc("g")),
    "sleep 2; kubectl delete service g; sleep 2",
    ["kubectl get endpointslices -l kubernetes.io/service-name=g", "No resources found in default namespace.\n"],
    ["kubectl get endpoints g 2>&1 | tail -n 1", 'Error from server (NotFound): endpoints "g" not found\n'],
  ],
  [
    "[EPS-7] a deleted slice is made again under another name",
    apply(netPod("d-1", 1), svc("d")),
    `sleep 2; N=$(${of("d", "{.items[0].metadata.name}")}); kubectl delete endpointslice $N; sleep 2`,
    [of("d", STATES), "d-1 true true false\n"],
    [`[ "$N" = "$(${of("d", "{.items[0].metadata.name}")})" ] || echo new`, "new\n"],
  ],
  [
    "[EPS-3] one name for different numbers in different pods: a slice for each list of ports",
    apply(
      netPod("v-1", 1),
      netPod("v-2", 2, {
        containers: [{ name: "main", image: "nginx:1.29", ports: [{ name: "web", containerPort: 9090 }] }],
      }),
      svc("v", { ports: [{ port: 80, targetPort: "web" }] }),
    ),
    "sleep 2",
    [`${of("v", '{range .items[*]}{.ports[*].port}{"\\n"}{end}')} | sort`, "8080\n9090\n"],
    [LEGACY("v"), /^.*\n10\.244\.\d\.\d+:(8080|9090),10\.244\.\d\.\d+:(8080|9090)\n$/],
  ],
  [
    "[EPS-3] a name that no pod has: addresses without ports",
    apply(netPod("w-1", 1), svc("w", { ports: [{ port: 80, targetPort: "wep" }] })),
    "sleep 2",
    [
      "kubectl get endpointslices -l kubernetes.io/service-name=w --no-headers | awk '{print $3, $4}'",
      /\n<unset> 10\.244\.1\.\d+\n$/,
    ],
    [LEGACY("w"), "<none>\n"],
    [DESCRIBED("w"), /Endpoints: +10\.244\.1\.\d+\n$/],
  ],
  [
    "[EPS-9] a pod of the host network has its node's address",
    apply(netPod("h-1", 2, { hostNetwork: true }), svc("h")),
    "sleep 2",
    [
      of("h", "{.items[0].endpoints[0].addresses[0]} {.items[0].endpoints[0].nodeName} {.items[0].endpoints[0].zone}"),
      "192.168.1.12 node-2 zone-b",
    ],
  ],
  [
    "[EPS-4] scaled to nothing, the slice stays and is empty",
    apply(deploy("z", 2), svc("z")),
    "sleep 4; kubectl scale deployment z --replicas=0; sleep 4",
    [
      "kubectl get endpointslices -l kubernetes.io/service-name=z --no-headers | awk '{print $3, $4}'",
      "<unset> <unset>\n",
    ],
  ],
  [
    "[EPS-10] PreferSameNode names the node beside the zone",
    apply(netPod("k-1", 3), svc("k", { trafficDistribution: "PreferSameNode" })),
    "sleep 2",
    [of("k", "{.items[0].endpoints[0].hints}"), '{"forNodes":[{"name":"node-3"}],"forZones":[{"name":"zone-c"}]}'],
  ],
  [
    "[EPS-1] a pod whose label is changed leaves the Service, and its ReplicaSet makes another",
    apply(deploy("q", 2), svc("q", { selector: { app: "q", live: "yes" } })),
    "sleep 4; P=$(kubectl get pods -l app=q -o jsonpath='{.items[0].metadata.name}')",
    "kubectl label pod $P app=quarantine --overwrite; sleep 4",
    [`${of("q", STATES)} | grep -c true`, "2\n"],
    [`${of("q", STATES)} | grep -c $P`, /^.*\n0\n/],
    ["kubectl get pods --no-headers | wc -l", "3\n"],
  ],
  [
    "[EPS-1] selectors do not reach into other namespaces",
    "kubectl create namespace far",
    apply(netPod("f-1", 1, {}, { namespace: "far", labels: { app: "f" } }), svc("f")),
    "sleep 2",
    [of("f", STATES), ""],
  ],
  [
    "[EPS-2] a deleted pod with a preStop hook is terminating and serves, and leaves when it is gone",
    apply(netPod("t-1", 1, SLOW_END), svc("t")),
    "sleep 2; kubectl delete pod t-1 --wait=false; sleep 1",
    [of("t", STATES), "t-1 false true true\n"],
    [LEGACY("t"), "<none>\n"],
    "kubectl delete pod t-1 --force --grace-period=0; sleep 1",
    [of("t", STATES), ""],
  ],
  [
    "[NODE-5] when a node is lost its pods' endpoints stop serving with the first look after 50 s, while their pods still say Running",
    apply(netPod("l-1", 1), netPod("l-2", 2), svc("l")),
    "sleep 2; sim fail node/node-2; sleep 30",
    [`${of("l", STATES)} | sort`, "l-1 true true false\nl-2 true true false\n"],
    "sleep 30",
    [`${of("l", STATES)} | sort`, "l-1 true true false\nl-2 false false false\n"],
    ["kubectl get pod l-2 --no-headers | awk '{print $2, $3}'", "1/1 Running\n"],
    "sim restore node/node-2; sleep 15",
    [`${of("l", STATES)} | sort`, "l-1 true true false\nl-2 true true false\n"],
  ],
  [
    "[EPS-2] a readiness gate that is not met",
    apply(netPod("y-1", 1, NEVER_READY), svc("y")),
    "sleep 2",
    [of("y", STATES), "y-1 false false false\n"],
    ["kubectl get pod y-1 -o wide --no-headers | awk '{print $2, $NF}'", "1/1 0/1\n"],
  ],
  [
    "[EPS-8] a hostname counts under the Service of the pod's subdomain alone",
    apply(netPod("x-1", 1, { hostname: "one", subdomain: "x" }), svc("x"), svc("xx", { selector: { app: "x" } })),
    "sleep 2",
    [of("x", "{.items[0].endpoints[0].hostname}"), "one"],
    [of("xx", "{.items[0].endpoints[0].hostname}"), ""],
  ],
];

test.each(CASES)("%s", (_sentence, ...steps) => {
  playLive(steps);
});
