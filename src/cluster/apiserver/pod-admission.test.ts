// What a pod's spec is warned of, what admission makes of it, what may change: reasoned from the sources before it was tried.
// Outside truth: kubernetes/pkg/api/pod/warnings.go, pkg/apis/core/validation/validation.go, the default admission plug-ins.
import { expect, test } from "vitest";
import type { Pod } from "../api/types.gen.ts";
import { MAIN, pod, server, words, workload } from "./trial.ts";

const main = (fields: object) => ({ containers: [{ ...MAIN, ...fields }] });
const at = (path: string) => `spec.containers[0].${path}`;
const VALUE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const NAME_PART =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

test.each<[string, object, string[]]>([
  [
    "memory in milli-bytes",
    main({ resources: { limits: { memory: "100m" } } }),
    [
      `${at("resources.limits[memory]")}: fractional byte value "100m" is invalid, must be an integer`,
      `${at("resources.requests[memory]")}: fractional byte value "100m" is invalid, must be an integer`,
    ],
  ],
  [
    "an old label of nodes",
    { nodeSelector: { "beta.kubernetes.io/os": "linux" } },
    ['spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "kubernetes.io/os" instead'],
  ],
  [
    "a spread of no pods",
    { topologySpreadConstraints: [{ maxSkew: 1, topologyKey: "a", whenUnsatisfiable: "DoNotSchedule" }] },
    ["spec.topologySpreadConstraints[0].labelSelector: a null labelSelector results in matching no pod"],
  ],
  [
    "a variable that builds on its namesake is fine, one that hides it is not",
    main({
      env: [
        { name: "A", value: "1" },
        { name: "A", value: "$(A)2" },
        { name: "A", value: "3" },
      ],
    }),
    [`${at("env[2]")}: hides previous definition of "A", which may be dropped when using apply`],
  ],
  [
    "one port twice, once with a port of the host",
    main({ ports: [{ containerPort: 80 }, { containerPort: 80, hostPort: 80 }, { containerPort: 80 }] }),
    [
      `${at("ports[1]")}: overlapping port definition with ${at("ports[0]")}`,
      `${at("ports[2]")}: duplicate port definition with ${at("ports[0]")}`,
      `${at("ports[2]")}: overlapping port definition with ${at("ports[1]")}`,
    ],
  ],
  [
    "a pull secret without a name, and one twice",
    { imagePullSecrets: [{ name: "" }, { name: "a" }, { name: "a" }] },
    ['spec.imagePullSecrets[2].name: duplicate name "a"', 'spec.imagePullSecrets[0].name: invalid empty name ""'],
  ],
  [
    "a negative grace period behind the ports",
    { terminationGracePeriodSeconds: -1, ...main({ ports: [{ containerPort: 80 }, { containerPort: 80 }] }) },
    [
      `${at("ports[1]")}: duplicate port definition with ${at("ports[0]")}`,
      "spec.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1",
    ],
  ],
])("[POD-2] warns of %s", (_, spec, answer) => {
  expect(words(() => server().create("pods", "default", pod(spec)))).toEqual(["accepted", ...answer]);
});

test.each<[string, object, string]>([
  [
    "an account that is not there",
    { serviceAccountName: "robot" },
    'Forbidden: pods "p" is forbidden: error looking up service account default/robot: serviceaccount "robot" not found',
  ],
  [
    "a priority class that is not there",
    { priorityClassName: "urgent" },
    'Forbidden: pods "p" is forbidden: no PriorityClass with name urgent was found',
  ],
  [
    "a priority that is not its class's",
    { priority: 7 },
    'Forbidden: pods "p" is forbidden: the integer value of priority (7) must not be provided in pod spec; priority admission controller computed 0 from the given PriorityClass name',
  ],
])("[POD-7] refused on admission: %s", (_, spec, answer) => {
  expect(words(() => server().create("pods", "default", pod(spec)))).toEqual([answer]);
});

test("[POD-7] a priority class gives its number, a default one too", () => {
  const api = server();
  const make = (name: string, value: number, more = {}) =>
    api.create("priorityclasses.scheduling.k8s.io", undefined, {
      apiVersion: "scheduling.k8s.io/v1",
      kind: "PriorityClass",
      metadata: { name },
      value,
      ...more,
    });
  const priorityOf = (name: string, spec: object) => {
    const made = api.create("pods", "default", { ...pod(spec), metadata: { name } }).object as Pod;
    return [made.spec?.priority, made.spec?.priorityClassName, made.spec?.preemptionPolicy];
  };
  make("urgent", 1000, { preemptionPolicy: "Never" });
  expect(priorityOf("a", { priorityClassName: "urgent" })).toEqual([1000, "urgent", "Never"]);
  expect(priorityOf("b", {})).toEqual([0, undefined, "PreemptLowerPriority"]);
  expect(priorityOf("c", { priorityClassName: "system-node-critical" })[0]).toBe(2000001000);
  make("usual", 10, { globalDefault: true });
  expect(priorityOf("d", {})).toEqual([10, "usual", "PreemptLowerPriority"]);
});

test("[POD-5] what may change in a pod, and what is reported first when something else does", () => {
  const api = server();
  api.create("pods", "default", pod({ activeDeadlineSeconds: 100 }));
  const patch = (spec: object) =>
    words(() => api.patch("pods", { namespace: "default", name: "p" }, { type: "merge", body: { spec } }));
  expect(patch({ containers: [MAIN, { name: "b", image: "b" }] })).toEqual([
    "spec.containers: Forbidden: pod updates may not add or remove containers",
  ]);
  expect(patch({ activeDeadlineSeconds: 200 })).toEqual([
    "spec.activeDeadlineSeconds: Invalid value: 200: must be less than or equal to previous value",
  ]);
  expect(patch({ activeDeadlineSeconds: null })).toEqual([
    "spec.activeDeadlineSeconds: Invalid value: null: must not update from a positive integer to nil value",
  ]);
  expect(patch({ activeDeadlineSeconds: 50 })).toEqual(["accepted"]);
  expect(patch({ hostname: "h" })[0]).toMatch(/^spec: Forbidden: pod updates may not change fields other than /);
});

test.each<[string, object, string[]]>([
  [
    "[POD-8] labels and annotations of a template are reported without metadata",
    { metadata: { labels: { app: "shop", x: "a b" }, annotations: { "a b": "1" } } },
    [
      `spec.template.labels: Invalid value: "a b": ${VALUE}`,
      `spec.template.annotations: Invalid value: "a b": ${NAME_PART}`,
    ],
  ],
])("[WORK-2] %s", (_, template, answer) => {
  const deployment = workload("Deployment", { template: { spec: { containers: [MAIN] }, ...template } });
  expect(words(() => server().create("deployments.apps", "default", deployment))).toEqual(answer);
});

// kubernetes/plugin/pkg/admission/runtimeclass/admission.go
test("[POD-9] a class of runtimes must be there", () => {
  const api = server();
  const make = () => api.create("pods", "default", pod({ runtimeClassName: "gvisor" }));
  expect(words(make)).toEqual(['Forbidden: pods "p" is forbidden: pod rejected: RuntimeClass "gvisor" not found']);
  const metadata = { name: "gvisor" };
  api.create("runtimeclasses.node.k8s.io", undefined, {
    apiVersion: "node.k8s.io/v1",
    kind: "RuntimeClass",
    metadata,
    handler: "runsc",
  });
  expect(words(make)).toEqual(["accepted"]);
});
