// Pods in the API server. Outside truth: recorded sessions of service-api; upstream's validation.go messages.
import { expect, test } from "vitest";
import type { Pod } from "../api/types.gen.ts";
import { LABEL, MAIN, pod, server, words } from "./trial.ts";

test.each<[string, object, string[]]>([
  ["without containers", { containers: [] }, ["spec.containers: Required value"]],
  [
    "container without name and image",
    { containers: [{}] },
    ["spec.containers[0].name: Required value", "spec.containers[0].image: Required value"],
  ],
  ["equal container names", { containers: [MAIN, MAIN] }, ['spec.containers[1].name: Duplicate value: "main"']],
  [
    "container name in capitals",
    { containers: [{ ...MAIN, name: "Main" }] },
    [`spec.containers[0].name: Invalid value: "Main": ${LABEL}`],
  ],
  [
    "image with a blank",
    { containers: [{ ...MAIN, image: " shop" }] },
    ['spec.containers[0].image: Invalid value: " shop": must not have leading or trailing whitespace'],
  ],
  [
    "container ports",
    {
      containers: [
        {
          ...MAIN,
          ports: [
            { name: "http", containerPort: 0 },
            { name: "http", containerPort: 70000 },
            { containerPort: 1, protocol: "HTTP" },
          ],
        },
      ],
    },
    [
      "spec.containers[0].ports[0].containerPort: Required value",
      'spec.containers[0].ports[1].name: Duplicate value: "http"',
      "spec.containers[0].ports[1].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive",
      'spec.containers[0].ports[2].protocol: Unsupported value: "HTTP": supported values: "SCTP", "TCP", "UDP"',
    ],
  ],
  [
    "pull policy",
    { containers: [{ ...MAIN, imagePullPolicy: "Sometimes" }] },
    [
      'spec.containers[0].imagePullPolicy: Unsupported value: "Sometimes": supported values: "Always", "IfNotPresent", "Never"',
    ],
  ],
  [
    "mount of a volume that is not there",
    { containers: [{ ...MAIN, volumeMounts: [{ name: "data", mountPath: "/data" }] }] },
    ['spec.containers[0].volumeMounts[0].name: Not found: "data"'],
  ],
  [
    "request above limit",
    { containers: [{ ...MAIN, resources: { limits: { cpu: "1" }, requests: { cpu: "2" } } }] },
    ['spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1'],
  ],
  [
    "probe without handler",
    { containers: [{ ...MAIN, readinessProbe: { periodSeconds: 5 } }] },
    ["spec.containers[0].readinessProbe: Required value: must specify a handler type"],
  ],
  [
    "liveness that must succeed twice",
    { containers: [{ ...MAIN, livenessProbe: { tcpSocket: { port: 80 }, successThreshold: 2 } }] },
    ["spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1"],
  ],
  [
    "restart policy",
    { restartPolicy: "Sometimes" },
    ['spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"'],
  ],
  [
    "dns policy",
    { dnsPolicy: "Cluster" },
    [
      'spec.dnsPolicy: Unsupported value: "Cluster": supported values: "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"',
    ],
  ],
  ["hostname", { hostname: "Web_1" }, [`spec.hostname: Invalid value: "Web_1": ${LABEL}`]],
  [
    "equal ports in two containers",
    {
      containers: [
        { ...MAIN, ports: [{ name: "http", containerPort: 80 }] },
        { name: "b", image: "b", ports: [{ name: "http", containerPort: 80 }] },
      ],
    },
    [
      "accepted",
      "spec.containers[1].ports[0]: duplicate port definition with spec.containers[0].ports[0]",
      'spec.containers[1].ports[0]: duplicate port name "http" with spec.containers[0].ports[0], services and probes that select ports by name will use spec.containers[0].ports[0]',
    ],
  ],
])("[POD-2] a pod: %s", (_, spec, answer) => {
  expect(words(() => server().create("pods", "default", pod(spec)))).toEqual(answer);
});

test("[POD-1] a pod gets its defaults, the service account's token and tolerations", () => {
  const spec = (server().create("pods", "default", pod({ containers: [{ ...MAIN, image: "shop" }] })).object as Pod)
    .spec;
  expect(spec).toMatchObject({
    dnsPolicy: "ClusterFirst",
    enableServiceLinks: true,
    preemptionPolicy: "PreemptLowerPriority",
    priority: 0,
    restartPolicy: "Always",
    schedulerName: "default-scheduler",
    securityContext: {},
    serviceAccount: "default",
    serviceAccountName: "default",
    terminationGracePeriodSeconds: 30,
  });
  expect(spec?.containers[0]).toMatchObject({
    imagePullPolicy: "Always",
    resources: {},
    terminationMessagePath: "/dev/termination-log",
    terminationMessagePolicy: "File",
  });
  expect(spec?.tolerations?.map(({ key, tolerationSeconds }) => [key, tolerationSeconds])).toEqual([
    ["node.kubernetes.io/not-ready", 300],
    ["node.kubernetes.io/unreachable", 300],
  ]);
  expect(spec?.volumes?.[0]?.name).toMatch(/^kube-api-access-/);
});

test("[POD-3] a pod is born pending, with its quality of service", () => {
  const resources = { limits: { cpu: "1", memory: "1Gi" } };
  const made = (containers: object[]) => (server().create("pods", "default", pod({ containers })).object as Pod).status;
  expect(made([MAIN])).toEqual({ phase: "Pending", qosClass: "BestEffort" });
  expect(made([{ ...MAIN, resources }])?.qosClass).toBe("Guaranteed");
  expect(made([{ ...MAIN, resources: { requests: { cpu: "1" } } }])?.qosClass).toBe("Burstable");
});

test("[POD-4] a pod takes the zone and region of its node, at once or when it is bound", () => {
  const api = server();
  const labels = { "topology.kubernetes.io/region": "region-1", "topology.kubernetes.io/zone": "zone-a" };
  expect(api.create("pods", "default", pod({ nodeName: "node-1" })).object.metadata.labels).toEqual(labels);
  const waiting = api.create("pods", "default", { ...pod({}), metadata: { name: "q" } }).object as Pod;
  const bound = {
    ...waiting,
    spec: { ...waiting.spec, containers: waiting.spec?.containers ?? [], nodeName: "node-1" },
  };
  expect(api.update("pods", bound, { subresource: "binding", trusted: true }).object.metadata.labels).toEqual(labels);
});

test("[POD-5] of a pod's spec only images, tolerations and the deadline may change", () => {
  const api = server();
  api.create("pods", "default", pod({}));
  const patch = (spec: object) =>
    words(() => api.patch("pods", { namespace: "default", name: "p" }, { type: "strategic", body: { spec } }));
  expect(patch({ containers: [{ name: "main", image: "shop:2" }] })).toEqual(["accepted"]);
  expect(patch({ containers: [{ name: "main", args: ["a"] }] })[0]).toMatch(
    /^spec: Forbidden: pod updates may not change fields other than `spec\.containers\[\*\]\.image`,/,
  );
});

test("[POD-6] a pod with a node ends after its grace period, one without at once", () => {
  const api = server();
  api.create("pods", "default", pod({ nodeName: "node-1" }));
  const marked = api.delete("pods", "default", "p").object;
  expect([marked.metadata.deletionGracePeriodSeconds, marked.metadata.generation]).toEqual([30, 2]);
  expect(api.find("pods", "default", "p")).toBe(marked);
  api.delete("pods", "default", "p", { gracePeriodSeconds: 0 });
  expect(api.find("pods", "default", "p")).toBeUndefined();
});
