// Workload controllers, scheduler and kubelet through the console: short sessions on a live cluster.
// The answers follow from the sources that src/cluster/SPEC.md names with each rule.
import { test } from "vitest";
import { type LiveCase, NEVER_READY, netPod, playLive } from "./live.ts";
import { apply } from "./session.ts";

type Fields = Readonly<Record<string, unknown>>;

const workload = (kind: string, name: string, spec: Fields, template: Fields = {}): Fields => ({
  apiVersion: "apps/v1",
  kind,
  metadata: { name },
  spec: {
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name: "main", image: "nginx:1.28", ports: [{ containerPort: 80 }] }], ...template },
    },
    ...spec,
  },
});
const job = (name: string, command: readonly string[], spec: Fields): Fields => ({
  apiVersion: "batch/v1",
  kind: "Job",
  metadata: { name },
  spec: {
    ...spec,
    template: { spec: { restartPolicy: "Never", containers: [{ name: "main", image: "busybox:1.36", command }] } },
  },
});
const service = (name: string, spec: Fields): Fields => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name },
  spec: { ports: [{ port: 80, targetPort: 8080 }], ...spec },
});
const container = (fields: Fields): Fields => ({ containers: [{ name: "main", image: "nginx:1.29", ...fields }] });
const read = (what: string, path: string) => `kubectl get ${what} -o jsonpath='${path}'`;
const events = (kind: string) =>
  `kubectl get events --field-selector involvedObject.kind=${kind} --no-headers -o custom-columns=R:.reason,M:.message`;
const images = (app: string) => read(`pods -l app=${app}`, "{.items[*].spec.containers[0].image}");

const CASES: readonly LiveCase[] = [
  [
    "[RS-2] a ReplicaSet reports what it creates, deletes and fails to create",
    apply(workload("ReplicaSet", "web", { replicas: 2 })),
    "kubectl scale rs web --replicas=1",
    apply(workload("ReplicaSet", "nobody", { replicas: 1 }, { serviceAccountName: "nope" })),
    [events("ReplicaSet"), /SuccessfulCreate +Created pod: web-\w{5}\n/],
    [events("ReplicaSet"), /SuccessfulDelete +Deleted pod: web-\w{5}\n/],
    [
      events("ReplicaSet"),
      /FailedCreate +Error creating: pods "nobody-" is forbidden: .*serviceaccount "nope" not found/,
    ],
  ],
  [
    "[RS-4] a pod that is not ready goes before a cheap one, a cheap one before the others",
    apply(workload("ReplicaSet", "web", { replicas: 4 })),
    `A=$(${read("pods", "{.items[0].metadata.name}")}) B=$(${read("pods", "{.items[2].metadata.name}")})`,
    "sim fail pod/$A --readiness",
    "kubectl annotate pod $B controller.kubernetes.io/pod-deletion-cost=-5",
    "kubectl scale rs web --replicas=3",
    "sleep 2",
    ["kubectl get pod $A", /NotFound/],
    ["kubectl get pod $B --no-headers | awk '{print $3}'", "Running\n"],
    "kubectl scale rs web --replicas=2",
    "sleep 2",
    ["kubectl get pod $B", /NotFound/],
  ],
  [
    "[RS-6] the status counts pods, fully labelled, ready and available ones",
    apply(workload("ReplicaSet", "web", { replicas: 3, minReadySeconds: 30 })),
    "sleep 2",
    [
      read(
        "rs web",
        "{.status.replicas} {.status.fullyLabeledReplicas} {.status.readyReplicas} {.status.availableReplicas}.",
      ),
      "3 3 3 .",
    ],
    "sleep 30",
    [read("rs web", "{.status.availableReplicas}"), "3"],
  ],
  [
    "[DEP-5] scaling in the middle of a roll-out is shared in proportion to size",
    apply(
      workload("Deployment", "web", {
        replicas: 10,
        strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 3, maxUnavailable: 2 } },
      }),
    ),
    "sleep 2",
    "kubectl set image deployment/web main=registry.invalid/nginx:2",
    "sleep 5",
    ["kubectl get rs --no-headers | awk '{print $2}' | sort -n | xargs", "5 8\n"],
    "kubectl scale deployment web --replicas=15",
    "sleep 3",
    ["kubectl get rs --no-headers | awk '{print $2}' | sort -n | xargs", "7 11\n"],
  ],
  [
    "[DEP-7] Available follows the available replicas, and a condition that changes comes last",
    apply(workload("Deployment", "web", { replicas: 2 })),
    "sleep 3",
    [
      read(
        "deployment web",
        '{.status.replicas} {.status.availableReplicas} {.status.conditions[?(@.type=="Available")].status}',
      ),
      "2 2 True",
    ],
    `for P in $(${read("pods", "{.items[*].metadata.name}")}); do sim fail pod/$P --readiness; done`,
    "sleep 2",
    [
      read(
        "deployment web",
        '{.status.unavailableReplicas} {.status.conditions[?(@.type=="Available")].status} {.status.conditions[*].type}',
      ),
      "2 False Progressing Available",
    ],
  ],
  [
    "[DEP-10] old ReplicaSets beyond the limit are deleted when a roll-out is complete",
    apply(workload("Deployment", "web", { replicas: 1, revisionHistoryLimit: 1 })),
    "kubectl rollout status deployment/web",
    "kubectl set image deployment/web main=nginx:1.29 && kubectl rollout status deployment/web",
    "kubectl set image deployment/web main=nginx:1.30 && kubectl rollout status deployment/web",
    "sleep 2",
    [read("rs", "{.items[*].spec.template.spec.containers[0].image}"), /^.*\n(?!.*1\.28)(?=.*1\.29)(?=.*1\.30)/],
  ],
  [
    "[STS-5] [STS-6] [STS-7] a rolling update goes down to the partition; revisions are kept and counted",
    apply(
      workload("StatefulSet", "db", {
        serviceName: "db",
        replicas: 3,
        revisionHistoryLimit: 1,
        updateStrategy: { type: "RollingUpdate", rollingUpdate: { partition: 2 } },
      }),
    ),
    "sleep 5",
    "kubectl set image sts/db main=nginx:1.29",
    "sleep 5",
    [images("db"), "nginx:1.28 nginx:1.28 nginx:1.29"],
    [
      `[ "$(${read("sts db", "{.status.currentRevision}")})" = "$(${read("sts db", "{.status.updateRevision}")})" ]`,
      "[rc=1]",
    ],
    `kubectl patch sts db -p '{"spec":{"updateStrategy":{"rollingUpdate":{"partition":0}}}}'`,
    "kubectl rollout status sts/db",
    "sleep 2",
    [images("db"), "nginx:1.29 nginx:1.29 nginx:1.29"],
    [
      `[ "$(${read("sts db", "{.status.currentRevision}")})" = "$(${read("sts db", "{.status.updateRevision}")})" ]`,
      "",
    ],
    "kubectl set image sts/db main=nginx:1.30 && kubectl rollout status sts/db && sleep 2",
    ["kubectl get controllerrevisions --no-headers | wc -l | tr -d ' '", "2\n"],
  ],
  [
    "[STS-5] no pod is replaced while another is not ready",
    apply(workload("StatefulSet", "db", { serviceName: "db", replicas: 3, podManagementPolicy: "Parallel" })),
    "sleep 3",
    "sim fail pod/db-0 --readiness",
    "kubectl set image sts/db main=nginx:1.29",
    "sleep 10",
    [images("db"), "nginx:1.28 nginx:1.28 nginx:1.28"],
    "sim restore pod/db-0 --readiness; kubectl rollout status sts/db",
    [images("db"), "nginx:1.29 nginx:1.29 nginx:1.29"],
  ],
  [
    "[DS-2] [DS-4] a DaemonSet binds its pods by affinity, the scheduler places them, and the status counts nodes",
    apply(workload("DaemonSet", "agent", {})),
    "sleep 2",
    [
      read(
        "pods",
        "{.items[0].spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchFields[0].key}",
      ),
      "metadata.name",
    ],
    [events("Pod"), /Scheduled +Successfully assigned default\/agent-\w{5} to node-1/],
    [
      read(
        "ds agent",
        "{.status.desiredNumberScheduled} {.status.currentNumberScheduled} {.status.numberReady} {.status.numberAvailable} {.status.updatedNumberScheduled} {.status.numberMisscheduled}",
      ),
      "3 3 3 3 3 0",
    ],
  ],
  [
    "[DS-3] a DaemonSet's update replaces one pod at a time",
    apply(workload("DaemonSet", "agent", {})),
    "sleep 2",
    "kubectl set image ds/agent main=registry.invalid/nginx:2",
    "sleep 10",
    [
      "kubectl get pods --no-headers | awk '{print $3}' | sort | uniq -c | awk '{print $1, $2}' | tail -1",
      "2 Running\n",
    ],
    [read("ds agent", "{.status.updatedNumberScheduled} {.status.numberReady}"), "1 2"],
  ],
  [
    "[JOB-3] [JOB-4] a Job fails after its backoff limit, waiting 10 s and then 20 s",
    apply(job("try", ["false"], { backoffLimit: 2 })),
    "sleep 6",
    ["kubectl get pods --no-headers | wc -l | tr -d ' '", "1\n"],
    "sleep 8",
    ["kubectl get pods --no-headers | wc -l | tr -d ' '", "2\n"],
    "sleep 7",
    ["kubectl get pods --no-headers | wc -l | tr -d ' '", "2\n"],
    "sleep 20",
    ["kubectl get pods --no-headers | wc -l | tr -d ' '", "3\n"],
    [read("job try", '{.status.conditions[?(@.type=="Failed")].reason} {.status.failed}'), "BackoffLimitExceeded 3"],
  ],
  [
    "[JOB-3] a Job fails after its deadline",
    apply(job("slow", ["sleep", "3600"], { activeDeadlineSeconds: 5 })),
    "sleep 8",
    [read("job slow", '{.status.conditions[?(@.type=="Failed")].reason}'), "DeadlineExceeded"],
  ],
  [
    "[EP-2] addresses with the same ports share a subset, sorted as text",
    apply(
      ...Array.from({ length: 11 }, (_, n) => netPod(`web-${n + 1}`, 1)),
      service("web", { selector: { app: "web" } }),
    ),
    "sleep 2",
    [`${read("endpoints web", "{.subsets[*].ports[*].port}")} 2>/dev/null`, "8080"],
    `${read("endpoints web", '{range .subsets[0].addresses[*]}{.ip}{"\\n"}{end}')} > all 2>/dev/null`,
    ['[ "$(cat all)" = "$(LC_ALL=C sort all)" ] && wc -l < all | tr -d " "', "11\n"],
  ],
  [
    "[MIRROR-2] mirrored Endpoints make a slice for each list of ports, with only the condition ready",
    apply(service("db", {}), {
      apiVersion: "v1",
      kind: "Endpoints",
      metadata: { name: "db" },
      subsets: [
        { addresses: [{ ip: "192.168.1.50" }], ports: [{ port: 5432 }] },
        { addresses: [{ ip: "192.168.1.51" }], ports: [{ port: 5433 }] },
      ],
    }),
    "sleep 2",
    [
      read("endpointslices -l kubernetes.io/service-name=db", "{.items[*].endpoints[*].conditions}"),
      '{"ready":true} {"ready":true}',
    ],
  ],
  [
    "[SCHED-3] pods of one owner spread over the nodes",
    apply(workload("Deployment", "web", { replicas: 6 })),
    [
      `${read("pods -l app=web", '{range .items[*]}{.spec.nodeName}{"\\n"}{end}')} | sort | uniq -c | awk '{print $1}' | xargs`,
      "2 2 2\n",
    ],
  ],
  [
    "[KUBELET-3] an image that cannot be pulled backs off, and its pod has an address",
    apply(netPod("bad", 1, container({ image: "registry.invalid/x" }))),
    [events("Pod"), /Failed +Error: ErrImagePull/],
    "sleep 3",
    [
      read("pod bad", "{.status.containerStatuses[0].state.waiting.reason} {.status.podIP}"),
      /ImagePullBackOff 10\.244\.1\.\d+$/,
    ],
  ],
  [
    "[KUBELET-6] a readiness gate holds Ready until its condition is True",
    apply(netPod("gate", 1, NEVER_READY)),
    [
      read("pod gate", '{.status.containerStatuses[0].ready} {.status.conditions[?(@.type=="Ready")].status}'),
      "true False",
    ],
    `kubectl patch pod gate --subresource=status -p '{"status":{"conditions":[{"type":"example.com/warm","status":"True"}]}}'`,
    [read("pod gate", '{.status.conditions[?(@.type=="Ready")].status}'), "True"],
  ],
  [
    "[KUBELET-7] quality of service follows from cpu and memory",
    apply(
      netPod("none", 1, container({})),
      netPod("some", 1, container({ resources: { requests: { cpu: "100m" } } })),
      netPod("all", 1, container({ resources: { limits: { cpu: "100m", memory: "64Mi" } } })),
    ),
    [read("pods none some all", "{.items[*].status.qosClass}"), "BestEffort Burstable Guaranteed"],
  ],
  [
    "[KUBELET-13] a postStart hook that fails ends its container",
    apply(netPod("hook", 1, container({ lifecycle: { postStart: { exec: { command: ["false"] } } } }))),
    "sleep 5",
    [events("Pod"), /FailedPostStartHook/],
    [read("pod hook", "{.status.containerStatuses[0].ready}"), "false"],
  ],
  [
    "[PROBE-2] a TCP probe passes where something listens",
    apply(
      netPod("open", 1, container({ readinessProbe: { tcpSocket: { port: 80 }, periodSeconds: 1 } })),
      netPod("shut", 1, container({ readinessProbe: { tcpSocket: { port: 81 }, periodSeconds: 1 } })),
    ),
    "sleep 3",
    [read("pods open shut", "{.items[*].status.containerStatuses[0].ready}"), "true false"],
  ],
  [
    "[ENV-2] env refers to variables before it, and envFrom comes first",
    "kubectl create configmap site --from-literal=HOST=example.com --from-literal=PORT=1",
    apply(
      netPod(
        "env",
        1,
        container({
          envFrom: [{ configMapRef: { name: "site" } }],
          env: [
            { name: "PORT", value: "80" },
            { name: "URL", value: "http://$(HOST):$(PORT)/$(NOPE)/$$(HOST)" },
          ],
        }),
      ),
    ),
    ["kubectl exec env -- sh -c 'echo $URL'", "http://example.com:80/$(NOPE)/$(HOST)\n"],
  ],
  [
    "[IMG-5] a shell image without a command ends at once",
    apply(netPod("shell", 1, { restartPolicy: "Never", ...container({ image: "busybox:1.36" }) })),
    "sleep 2",
    ["kubectl get pod shell --no-headers | awk '{print $3}'", "Completed\n"],
  ],
  [
    "[IMG-6] a port speaks TLS when its number or its name says so",
    apply(
      ...(
        [
          ["number", "HTTPS", { containerPort: 8443 }],
          ["name", "HTTPS", { name: "https", containerPort: 443 }],
          ["wrong", "HTTP", { containerPort: 8443 }],
          ["plain", "HTTP", { containerPort: 80 }],
        ] as const
      ).map(([name, scheme, port]) =>
        netPod(
          name,
          1,
          container({
            ports: [port],
            readinessProbe: { httpGet: { scheme, port: port.containerPort }, periodSeconds: 1 },
          }),
        ),
      ),
    ),
    "sleep 3",
    [read("pods number name wrong plain", "{.items[*].status.containerStatuses[0].ready}"), "true true false true"],
  ],
  [
    "[WORLD-3] /etc/hosts is the kubelet's, with the pod's full name and hostAliases",
    apply(
      netPod("named", 1, {
        hostname: "h",
        subdomain: "sub",
        hostAliases: [{ ip: "192.0.2.7", hostnames: ["db.example", "db"] }],
      }),
    ),
    ["kubectl exec named -- head -2 /etc/hosts", "# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n"],
    ["kubectl exec named -- grep sub /etc/hosts", /10\.244\.1\.\d+\th\.sub\.default\.svc\.cluster\.local\th\n/],
    ["kubectl exec named -- grep db /etc/hosts", "192.0.2.7\tdb.example\tdb\n"],
  ],
  [
    "[WORLD-4] /etc/resolv.conf follows dnsPolicy and dnsConfig",
    apply(
      netPod("first", 1),
      netPod("none", 1, {
        dnsPolicy: "None",
        dnsConfig: {
          nameservers: ["192.0.2.53"],
          searches: ["a.example"],
          options: [{ name: "ndots", value: "2" }, { name: "edns0" }],
        },
      }),
    ),
    [
      "kubectl exec first -- cat /etc/resolv.conf",
      "search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n",
    ],
    ["kubectl exec none -- cat /etc/resolv.conf", "search a.example\nnameserver 192.0.2.53\noptions ndots:2 edns0\n"],
  ],
];

test.each(CASES)("%s", (_, ...steps) => playLive(steps));
