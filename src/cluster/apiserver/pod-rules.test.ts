// What a pod's spec is refused for, warned of, or given: each answer reasoned from the sources before it was tried.
// Outside truth: kubernetes/pkg/apis/core/validation/validation.go, pkg/api/pod/warnings.go, the default admission plug-ins.
import { expect, test } from "vitest";
import { MAIN, pod, server, words } from "./trial.ts";

const main = (fields: object) => ({ containers: [{ ...MAIN, ...fields }] });
const at = (path: string) => `spec.containers[0].${path}`;
const SUBDOMAIN =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const VALUE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const NAME_PART =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const PORT = "must be between 1 and 65535, inclusive";
const REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";

test.each<[string, object, string[]]>([
  [
    "a preStop hook that says nothing",
    main({ lifecycle: { preStop: {} } }),
    [`${at("lifecycle.preStop")}: Required value: must specify a handler type`],
  ],
  [
    "a preStop sleep longer than the grace period",
    main({ lifecycle: { preStop: { sleep: { seconds: 60 } } } }),
    [
      `${at("lifecycle.preStop.sleep")}: Invalid value: 60: must be non-negative and less than terminationGracePeriodSeconds (30)`,
    ],
  ],
  [
    "two ways to probe: the first counts",
    main({ livenessProbe: { exec: {}, httpGet: { port: 0 } } }),
    [
      `${at("livenessProbe.exec.command")}: Required value`,
      `${at("livenessProbe.httpGet")}: Forbidden: may not specify more than 1 handler type`,
    ],
  ],
  [
    "a probe's port, then its numbers, in their order",
    main({ readinessProbe: { httpGet: { port: 0 }, failureThreshold: -1, initialDelaySeconds: -2 } }),
    [
      `${at("readinessProbe.httpGet.port")}: Invalid value: 0: ${PORT}`,
      `${at("readinessProbe.initialDelaySeconds")}: Invalid value: -2: must be greater than or equal to 0`,
      `${at("readinessProbe.failureThreshold")}: Invalid value: -1: must be greater than or equal to 0`,
    ],
  ],
  [
    "a readiness probe with a grace period of its own",
    main({ readinessProbe: { tcpSocket: { port: 80 }, terminationGracePeriodSeconds: 10 } }),
    [`${at("readinessProbe.terminationGracePeriodSeconds")}: Invalid value: 10: must not be set for readinessProbes`],
  ],
  [
    "a liveness probe with a grace period of 0, before the threshold is reported",
    main({ livenessProbe: { tcpSocket: { port: 80 }, terminationGracePeriodSeconds: 0, successThreshold: 2 } }),
    [
      `${at("livenessProbe.terminationGracePeriodSeconds")}: Invalid value: 0: must be greater than 0`,
      `${at("livenessProbe.successThreshold")}: Invalid value: 2: must be 1`,
    ],
  ],
  [
    "a header's name with a blank",
    main({ livenessProbe: { httpGet: { port: 80, httpHeaders: [{ name: "X Y", value: "1" }] } } }),
    [
      `${at("livenessProbe.httpGet.httpHeaders")}: Invalid value: "X Y": a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')`,
    ],
  ],
  [
    "a named probe port with capitals",
    main({ livenessProbe: { tcpSocket: { port: "HTTP" } } }),
    [
      `${at("livenessProbe.tcpSocket.port")}: Invalid value: "HTTP": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)`,
      `${at("livenessProbe.tcpSocket.port")}: Invalid value: "HTTP": must contain at least one letter (a-z)`,
    ],
  ],
  [
    "a field of the pod that is not for variables",
    main({ env: [{ name: "A", valueFrom: { fieldRef: { fieldPath: "metadata.labels" } } }] }),
    [
      `${at("env[0].valueFrom.fieldRef.fieldPath")}: Unsupported value: "metadata.labels": supported values: "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"`,
    ],
  ],
  [
    "a field that no pod has",
    main({ env: [{ name: "A", valueFrom: { fieldRef: { fieldPath: "spec.image" } } }] }),
    [
      `${at("env[0].valueFrom.fieldRef.fieldPath")}: Invalid value: "spec.image": error converting fieldPath: field label not supported: spec.image`,
    ],
  ],
  [
    "a resource that is not for variables",
    main({ env: [{ name: "A", valueFrom: { resourceFieldRef: { resource: "cpu" } } }] }),
    [
      `${at("env[0].valueFrom.resourceFieldRef.resource")}: Unsupported value: "cpu": supported values: "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"`,
    ],
  ],
  [
    "a key of a ConfigMap without the ConfigMap's name",
    main({ env: [{ name: "A", valueFrom: { configMapKeyRef: { key: "" } } }] }),
    [
      `${at("env[0].valueFrom.configMapKeyRef.name")}: Invalid value: "": ${SUBDOMAIN}`,
      `${at("env[0].valueFrom.configMapKeyRef.key")}: Required value`,
    ],
  ],
  [
    "a value and a source",
    main({ env: [{ name: "A", value: "1", valueFrom: { secretKeyRef: { name: "s", key: "k" } } }] }),
    [`${at("env[0].valueFrom")}: Invalid value: "": may not be specified when \`value\` is not empty`],
  ],
  [
    "variables from nowhere, reported at the list",
    main({ envFrom: [{ prefix: "A_" }, { configMapRef: {} }] }),
    [
      `${at("envFrom")}: Invalid value: "": must specify one of: \`configMapRef\` or \`secretRef\``,
      `${at("envFrom[1].configMapRef.name")}: Required value`,
    ],
  ],
  [
    "a path below a volume that leads out of it",
    {
      ...main({
        volumeMounts: [
          { name: "v", mountPath: "/a", subPath: "../b" },
          { name: "v", mountPath: "/c", subPath: "/d" },
        ],
      }),
      volumes: [{ name: "v" }],
    },
    [
      `${at("volumeMounts.subPath")}: Invalid value: "../b": must not contain '..'`,
      `${at("volumeMounts.subPath")}: Invalid value: "/d": must be a relative path`,
    ],
  ],
  [
    "a volume with a mistake is none to mount",
    { ...main({ volumeMounts: [{ name: "v", mountPath: "/a" }] }), volumes: [{ name: "v", configMap: {} }] },
    ["spec.volumes[0].configMap.name: Required value", `${at("volumeMounts[0].name")}: Not found: "v"`],
  ],
  [
    "a volume of two kinds",
    { volumes: [{ name: "v", secret: { secretName: "s" }, emptyDir: {} }] },
    ["spec.volumes[0].secret: Forbidden: may not specify more than 1 volume type"],
  ],
  [
    "a volume's mode and items",
    { volumes: [{ name: "v", configMap: { name: "c", defaultMode: 1000, items: [{ key: "", path: "/x" }] } }] },
    [
      "spec.volumes[0].configMap.defaultMode: Invalid value: 1000: must be a number between 0 and 0777 (octal), both inclusive",
      "spec.volumes[0].configMap.items[0].key: Required value",
      'spec.volumes[0].configMap.items[0].path: Invalid value: "/x": must be a relative path',
    ],
  ],
  [
    "a hostPath of an unknown type that leads back",
    { volumes: [{ name: "v", hostPath: { path: "/a/../b", type: "Folder" } }] },
    [
      "spec.volumes[0].hostPath.path: Invalid value: \"/a/../b\": must not contain '..'",
      'spec.volumes[0].hostPath.type: Unsupported value: "Folder": supported values: "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"',
    ],
  ],
  [
    "a port of the host that is not the container's, on the host's network",
    { hostNetwork: true, ...main({ ports: [{ containerPort: 80, hostPort: 81 }] }) },
    [`${at("ports[0].hostPort")}: Invalid value: 81: must match \`containerPort\` when \`hostNetwork\` is true`],
  ],
  [
    "one port of the host for two containers",
    {
      containers: [
        { ...MAIN, ports: [{ containerPort: 80, hostPort: 8080 }] },
        { name: "b", image: "b", ports: [{ containerPort: 81, hostPort: 8080 }] },
      ],
    },
    ['spec.containers[1].ports[0].hostPort: Duplicate value: "TCP//8080"'],
  ],
  [
    "both policies",
    { restartPolicy: "Sometimes", dnsPolicy: "Cluster" },
    [
      'spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"',
      'spec.dnsPolicy: Unsupported value: "Cluster": supported values: "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"',
    ],
  ],
  [
    "a message policy",
    main({ terminationMessagePolicy: "Log" }),
    [`${at("terminationMessagePolicy")}: Unsupported value: "Log": supported values: "File", "FallbackToLogsOnError"`],
  ],
  [
    "no resolver at all",
    { dnsPolicy: "None" },
    ["spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None"],
  ],
  [
    "a resolver's settings",
    { dnsConfig: { nameservers: ["1.1.1.1", "dns"], searches: ["a b"], options: [{ value: "2" }] } },
    [
      'spec.dnsConfig.nameservers[1]: Invalid value: "dns": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      "spec.dnsConfig.searches[0]: Invalid value: \"a b\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*')",
      "spec.dnsConfig.options[0]: Required value: must not be empty",
    ],
  ],
  [
    "users that cannot be, of the pod and of a container",
    { securityContext: { runAsUser: -1, fsGroup: -5 }, ...main({ securityContext: { runAsGroup: -2 } }) },
    [
      `${at("securityContext.runAsGroup")}: Invalid value: -2: must be between 0 and 2147483647, inclusive`,
      "spec.securityContext.fsGroup: Invalid value: -5: must be between 0 and 2147483647, inclusive",
      "spec.securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive",
    ],
  ],
  [
    "node affinity without terms, and a weight of 0",
    {
      affinity: {
        nodeAffinity: {
          [REQUIRED]: { nodeSelectorTerms: [] },
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 0, preference: { matchExpressions: [{ key: "a", operator: "Is" }] } },
          ],
        },
      },
    },
    [
      `spec.affinity.nodeAffinity.${REQUIRED}.nodeSelectorTerms: Required value: must have at least one node selector term`,
      "spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: Invalid value: 0: must be in the range 1-100",
      'spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].preference.matchExpressions[0].operator: Invalid value: "Is": not a valid selector operator',
    ],
  ],
  [
    "anti-affinity without a topology key",
    { affinity: { podAntiAffinity: { [REQUIRED]: [{ labelSelector: {} }] } } },
    [
      `spec.affinity.podAntiAffinity.${REQUIRED}[0].topologyKey: Required value: can not be empty`,
      `spec.affinity.podAntiAffinity.${REQUIRED}[0].topologyKey: Invalid value: "": name part must be non-empty`,
      `spec.affinity.podAntiAffinity.${REQUIRED}[0].topologyKey: Invalid value: "": ${NAME_PART}`,
    ],
  ],
  [
    "a toleration's value",
    { tolerations: [{ key: "k", value: "a b" }] },
    [`spec.tolerations[0].operator: Invalid value: "a b": ${VALUE}`],
  ],
  [
    "an image with a blank is reported last",
    { ...main({ image: " a" }), hostAliases: [{ ip: "x" }] },
    [
      'spec.hostAliases[0].ip: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      `${at("image")}: Invalid value: " a": must not have leading or trailing whitespace`,
    ],
  ],
  [
    "init containers: names, hooks, probes",
    {
      containers: [MAIN],
      initContainers: [{ ...MAIN, lifecycle: {}, readinessProbe: { tcpSocket: { port: 1 } } }],
    },
    [
      'spec.initContainers[0].name: Duplicate value: "main"',
      "spec.initContainers[0].lifecycle: Forbidden: may not be set for init containers without restartPolicy=Always",
      "spec.initContainers[0].readinessProbe: Forbidden: may not be set for init containers without restartPolicy=Always",
    ],
  ],
  [
    "resources of other kinds",
    main({ resources: { requests: { storage: "1Gi", "example.com/gpu": "1" }, limits: { gpu: "1" } } }),
    [
      `${at("resources.limits[gpu]")}: Invalid value: "gpu": must be a standard resource type or fully qualified`,
      `${at("resources.limits[gpu]")}: Invalid value: "gpu": must be a standard resource for containers`,
      `${at("resources.requests[gpu]")}: Invalid value: "gpu": must be a standard resource type or fully qualified`,
      `${at("resources.requests[gpu]")}: Invalid value: "gpu": must be a standard resource for containers`,
      `${at("resources.limits")}: Required value: Limit must be set for non overcommitable resources`,
      `${at("resources.requests[storage]")}: Invalid value: "storage": must be a standard resource for containers`,
    ],
  ],
  [
    "a readiness gate and a scheduling gate without a name",
    { readinessGates: [{ conditionType: "a b" }], schedulingGates: [{ name: "x" }, { name: "x" }] },
    [
      `spec.readinessGates[0].conditionType: Invalid value: "a b": ${NAME_PART}`,
      'spec.schedulingGates[1]: Duplicate value: "x"',
    ],
  ],
])("[POD-2] %s", (_, spec, answer) => {
  expect(words(() => server().create("pods", "default", pod(spec)))).toEqual(answer);
});
