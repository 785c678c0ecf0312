// What `kubectl apply` and `patch` send and what becomes of it, as a console has it; read against the sources of Kubernetes.
import { test } from "vitest";
import { type LiveCase, playLive } from "./live.ts";

const yaml = (...lines: readonly string[]) => `<<'Y'\n${lines.join("\n")}\nY`;
const deployment = (spec: string) =>
  `kubectl apply -f - ${yaml(
    "apiVersion: apps/v1",
    "kind: Deployment",
    "metadata: {name: d}",
    `spec: {selector: {matchLabels: {a: b}}, ${spec} template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: nginx}]}}}`,
  )}`;
const pod = (volume: string) =>
  yaml(
    "apiVersion: apps/v1",
    "kind: Deployment",
    "metadata: {name: v}",
    "spec:",
    "  selector: {matchLabels: {a: v}}",
    "  template:",
    "    metadata: {labels: {a: v}}",
    `    spec: {containers: [{name: c, image: nginx}], volumes: [{name: data, ${volume}}]}`,
  );

const CASES: readonly LiveCase[] = [
  [
    "[APPLY-1] a strategy of another type leaves the defaults of the first behind",
    deployment(""),
    deployment("strategy: {type: Recreate},"),
    ["kubectl get deployment d -o jsonpath='{.spec.strategy}'", '{"type":"Recreate"}'],
  ],
  [
    "[APPLY-1] another source of a volume takes the place of the first",
    `kubectl apply -f - ${pod("configMap: {name: x}")}`,
    [`kubectl apply -f - ${pod("emptyDir: {}")}`, "deployment.apps/v configured\n"],
    ["kubectl get deployment v -o jsonpath='{.spec.template.spec.volumes}'", '[{"emptyDir":{},"name":"data"}]'],
  ],
  [
    "[APPLY-2] a patch puts a new port first, and what it changes before what it does not name",
    "kubectl create service clusterip s --tcp=80,443",
    `kubectl patch service s -p '{"spec":{"ports":[{"name":"n","port":9000}]}}'`,
    ["kubectl get service s -o jsonpath='{.spec.ports[*].port}'", "9000 80 443"],
  ],
  [
    "[APPLY-2] what a patch names keeps its place among the others when it was there before",
    "kubectl create service clusterip s --tcp=80,443",
    `kubectl patch service s -p '{"spec":{"ports":[{"port":443,"targetPort":8443}]}}'`,
    ["kubectl get service s -o jsonpath='{.spec.ports[*].port}'", "80 443"],
  ],
  [
    "[FILES-1] what is behind an unknown kind is applied; the mistake comes last",
    [
      `kubectl apply -f - ${yaml("apiVersion: example.com/v1", "kind: Widget", "metadata: {name: w, namespace: ns}", "---", "apiVersion: v1", "kind: ConfigMap", "metadata: {name: c}")}`,
      'configmap/c created\nerror: resource mapping not found for name: "w" namespace: "ns" from "STDIN": no matches for kind "Widget" in version "example.com/v1"\nensure CRDs are installed first\n[rc=1]',
    ],
  ],
  [
    "[FILES-1] two unknown kinds are reported without a head, in one line each",
    [
      `kubectl create -f - ${yaml("apiVersion: a.b/v1", "kind: X", "metadata: {name: x}", "---", "apiVersion: a.b/v1", "kind: Z", "metadata: {name: z}")}`,
      'resource mapping not found for name: "x" namespace: "" from "STDIN": no matches for kind "X" in version "a.b/v1"\nensure CRDs are installed first\nresource mapping not found for name: "z" namespace: "" from "STDIN": no matches for kind "Z" in version "a.b/v1"\nensure CRDs are installed first\n[rc=1]',
    ],
  ],
  [
    "[FILES-2] lists of any kind hold objects, and one that nobody knows does no harm to the others",
    [
      `kubectl apply -f - ${yaml('{"kind":"ConfigMapList","apiVersion":"v1","items":[{"metadata":{"name":"one"}}]}')}`,
      "configmap/one created\n",
    ],
    [
      `kubectl apply -f - ${yaml("apiVersion: v1", "kind: List", "items:", "- {apiVersion: a.b/v1, kind: X, metadata: {name: x}}", "- {apiVersion: v1, kind: ConfigMap, metadata: {name: two}}")}`,
      'configmap/two created\nerror: unable to recognize no matches for kind "X" in version "a.b/v1"\n[rc=1]',
    ],
  ],
  [
    "[FILES-3] JSON objects follow one another; a template that nobody filled in is reported as go-yaml reports it",
    [
      `kubectl create -f - ${yaml('{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}', '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"b"}}')}`,
      "configmap/a created\nconfigmap/b created\n",
    ],
    [
      `kubectl create -f - ${yaml("apiVersion: v1", "kind: ConfigMap", "metadata:", "  name: {{ .Values.name }}")}`,
      'error: error parsing STDIN: error converting YAML to JSON: yaml: invalid map key: map[interface {}]interface {}{".Values.name":interface {}(nil)}\n[rc=1]',
    ],
    [
      `kubectl create -f - ${yaml("{{- if .Values.on }}", "apiVersion: v1", "{{- end }}")}`,
      "error: error parsing STDIN: json: offset 2: invalid character '{' looking for beginning of object key string\n[rc=1]",
    ],
  ],
  [
    "[APPLY-3] nulls of the manifest are left out when apply makes the object",
    `kubectl apply -f - ${yaml("apiVersion: v1", "kind: ConfigMap", "metadata: {name: c, labels: {a: null, b: d}}", "data: {x: null}")}`,
    ["kubectl get configmap c -o jsonpath='{.metadata.labels}{.data}'", '{"b":"d"}'],
  ],
  [
    "[APPLY-4] kubectl's server-side apply takes over what client-side apply owned, and keeps its annotation",
    `kubectl apply -f - ${yaml("apiVersion: v1", "kind: ConfigMap", "metadata: {name: c}", 'data: {a: "1", b: "2"}')}`,
    [
      `kubectl apply --server-side --field-manager=other -f - ${yaml("apiVersion: v1", "kind: ConfigMap", "metadata: {name: c}", 'data: {a: "3"}')}`,
      /conflict with "kubectl-client-side-apply" using v1: \.data\.a/,
    ],
    [
      `kubectl apply --server-side -f - ${yaml("apiVersion: v1", "kind: ConfigMap", "metadata: {name: c}", 'data: {a: "3", b: "2"}')}`,
      "configmap/c serverside-applied\n",
    ],
    `kubectl apply --server-side -f - ${yaml("apiVersion: v1", "kind: ConfigMap", "metadata: {name: c}", 'data: {a: "3"}')}`,
    ["kubectl get configmap c -o jsonpath='{.data}'", '{"a":"3"}'],
    ["kubectl get configmap c -o jsonpath='{.metadata.managedFields[*].manager}'", "kubectl-last-applied kubectl"],
  ],
  [
    "[API-SELECT-1] what a field selector compares has the zero of its type when it is absent",
    ["kubectl get nodes --field-selector spec.unschedulable=false -o name", "node/node-1\nnode/node-2\nnode/node-3\n"],
    ["kubectl get nodes --field-selector spec.unschedulable=true -o name", ""],
  ],
  [
    "[WARN-1] old volume sources are warned of in every template",
    [
      `kubectl apply -f - ${yaml(
        "apiVersion: batch/v1",
        "kind: CronJob",
        "metadata: {name: c}",
        "spec:",
        "  schedule: '* * * * *'",
        "  jobTemplate:",
        "    spec:",
        "      template:",
        "        spec: {restartPolicy: Never, containers: [{name: c, image: nginx}], volumes: [{name: g, gitRepo: {repository: r}}]}",
      )}`,
      "Warning: spec.jobTemplate.spec.template.spec.volumes[0].gitRepo: deprecated in v1.11\ncronjob.batch/c created\n",
    ],
  ],
  [
    "[NAME-1] names of roles may hold colons, and version 0 is any",
    [
      "kubectl create clusterrole a:b --verb=get --resource=pods",
      "clusterrole.rbac.authorization.k8s.io/a:b created\n",
    ],
    "kubectl create configmap c",
    [
      `kubectl replace -f - ${yaml("apiVersion: v1", "kind: ConfigMap", 'metadata: {name: c, resourceVersion: "0"}', "data: {x: z}")}`,
      "configmap/c replaced\n",
    ],
  ],
];

test.each(CASES)("%s", (_sentence, ...steps) => playLive(steps));
