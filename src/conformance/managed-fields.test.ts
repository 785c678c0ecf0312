// metadata.managedFields as kubectl shows them: against objects that real clusters printed and the examples of the documentation.
import { test } from "vitest";
import { type LiveCase, playLive } from "./live.ts";

const yaml = (...lines: readonly string[]) => `<<'Y'\n${lines.join("\n")}\nY`;
const owners = (object: string) =>
  `kubectl get ${object} -o jsonpath='{range .metadata.managedFields[*]}{.manager} {.operation} {.apiVersion} {.subresource}{"\\n"}{end}'`;
const fields = (object: string, manager: string, subresource = "null") =>
  `kubectl get ${object} -o json --show-managed-fields | jq -cS '.metadata.managedFields[] | select(.manager == "${manager}" and .subresource == ${subresource}) | .fieldsV1'`;

/** A condition of a Deployment, as its set of fields. */
const CONDITION =
  '{".":{},"f:lastTransitionTime":{},"f:lastUpdateTime":{},"f:message":{},"f:reason":{},"f:status":{},"f:type":{}}';
const CM = (...lines: readonly string[]) => yaml("apiVersion: v1", "kind: ConfigMap", ...lines);

const CASES: readonly LiveCase[] = [
  [
    // An object printed by a cluster of 2021: in28minutes' hello-world-rest-api, made by kubectl create deployment.
    "[MANAGED-3] a Deployment's fields are its creator's with the defaults, its status and revision the controller's",
    "kubectl create deployment web --image=nginx",
    [owners("deployment web"), "kube-controller-manager Update apps/v1 status\nkubectl-create Update apps/v1 \n"],
    [
      fields("deployment web", "kubectl-create"),
      `{"f:metadata":{"f:labels":{".":{},"f:app":{}}},"f:spec":{"f:progressDeadlineSeconds":{},"f:replicas":{},"f:revisionHistoryLimit":{},"f:selector":{},"f:strategy":{"f:rollingUpdate":{".":{},"f:maxSurge":{},"f:maxUnavailable":{}},"f:type":{}},"f:template":{"f:metadata":{"f:labels":{".":{},"f:app":{}}},"f:spec":{"f:containers":{"k:{\\"name\\":\\"nginx\\"}":{".":{},"f:image":{},"f:imagePullPolicy":{},"f:name":{},"f:resources":{},"f:terminationMessagePath":{},"f:terminationMessagePolicy":{}}},"f:dnsPolicy":{},"f:restartPolicy":{},"f:schedulerName":{},"f:securityContext":{},"f:terminationGracePeriodSeconds":{}}}}}\n`,
    ],
    [
      fields("deployment web", "kube-controller-manager", '"status"'),
      `{"f:metadata":{"f:annotations":{".":{},"f:deployment.kubernetes.io/revision":{}}},"f:status":{"f:availableReplicas":{},"f:conditions":{".":{},"k:{\\"type\\":\\"Available\\"}":${CONDITION},"k:{\\"type\\":\\"Progressing\\"}":${CONDITION}},"f:observedGeneration":{},"f:readyReplicas":{},"f:replicas":{},"f:terminatingReplicas":{},"f:updatedReplicas":{}}}\n`,
    ],
    [
      owners("pods -l app=web").replace(".metadata", ".items[*].metadata"),
      "kube-controller-manager Update v1 \nkubelet Update v1 status\n",
    ],
  ],
  [
    "[MANAGED-3] allocated addresses are nobody's, and ports are owned by their keys",
    "kubectl create service clusterip s --tcp=80",
    [
      fields("service s", "kubectl-create"),
      '{"f:metadata":{"f:labels":{".":{},"f:app":{}}},"f:spec":{"f:internalTrafficPolicy":{},"f:ports":{".":{},"k:{\\"port\\":80,\\"protocol\\":\\"TCP\\"}":{".":{},"f:name":{},"f:port":{},"f:protocol":{},"f:targetPort":{}}},"f:selector":{},"f:sessionAffinity":{},"f:type":{}}}\n',
    ],
  ],
  [
    // kubernetes.io/docs/reference/using-api/server-side-apply: the first two examples.
    "[MANAGED-7] an applied ConfigMap is its applier's, and a value that an update changes is the updater's",
    `kubectl apply --server-side -f - ${CM("metadata: {name: test-cm, labels: {test-label: test}}", "data: {key: some value}")}`,
    [fields("configmap test-cm", "kubectl"), '{"f:data":{"f:key":{}},"f:metadata":{"f:labels":{"f:test-label":{}}}}\n'],
    `kubectl patch configmap test-cm --field-manager=someone -p '{"data":{"key":"new value"}}'`,
    [owners("configmap test-cm"), "kubectl Apply v1 \nsomeone Update v1 \n"],
    [fields("configmap test-cm", "kubectl"), '{"f:metadata":{"f:labels":{"f:test-label":{}}}}\n'],
    [fields("configmap test-cm", "someone"), '{"f:data":{"f:key":{}}}\n'],
    [
      `kubectl apply --server-side -f - ${CM("metadata: {name: test-cm}", "data: {key: another}")}`,
      /conflict with "someone" using v1: \.data\.key/,
    ],
    `kubectl apply --server-side --force-conflicts -f - ${CM("metadata: {name: test-cm}", "data: {key: another}")}`,
    [owners("configmap test-cm"), "kubectl Apply v1 \n"],
    ["kubectl get configmap test-cm -o jsonpath='{.metadata.labels}'", ""],
  ],
  [
    // The same page: clearing managedFields.
    "[MANAGED-6] an empty entry forgets all owners",
    "kubectl create configmap c --from-literal=a=b",
    [owners("configmap c"), "kubectl-create Update v1 \n"],
    `kubectl patch configmap c --type=merge -p '{"metadata":{"managedFields":[{}]}}'`,
    [owners("configmap c"), ""],
    [
      `kubectl apply --server-side -f - ${CM("metadata: {name: c, managedFields: [{manager: me}]}")}`,
      /metadata\.managedFields must be nil/,
    ],
  ],
  [
    "[MANAGED-4] each command writes under its name, and scaling as the subresource scale",
    "kubectl create deployment web --image=nginx",
    "kubectl scale deployment web --replicas=2",
    "kubectl set image deployment/web nginx=nginx:1.27",
    "kubectl label deployment web tier=front",
    "kubectl annotate deployment web note=x",
    'kubectl patch deployment web -p \'{"spec":{"minReadySeconds":1}}\'',
    [
      `${owners("deployment web")} | grep kubectl | sort`,
      "kubectl Update apps/v1 scale\nkubectl-annotate Update apps/v1 \nkubectl-create Update apps/v1 \nkubectl-label Update apps/v1 \nkubectl-patch Update apps/v1 \nkubectl-set Update apps/v1 \n",
    ],
    [fields("deployment web", "kubectl", '"scale"'), '{"f:spec":{"f:replicas":{}}}\n'],
    [
      `kubectl apply --server-side --field-manager=me -f - ${yaml("apiVersion: apps/v1", "kind: Deployment", "metadata: {name: web}", "spec: {replicas: 5, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: nginx, image: nginx}]}}}")}`,
      /Apply failed with 2 conflicts: conflicts with "kubectl" with subresource "scale" using apps\/v1:\n- \.spec\.replicas\nconflicts with "kubectl-set" using apps\/v1:\n- \.spec\.template\.spec\.containers\[name="nginx"\]\.image/,
    ],
  ],
  [
    "[MANAGED-5] of many updaters the oldest become one",
    "kubectl create configmap c",
    "for i in a b c d e f g h i j k; do kubectl label configmap c l-$i=x --field-manager=m-$i; sleep 1; done",
    [`${owners("configmap c")} | cut -d' ' -f1 | tr '\\n' ' '`, "ancient-changes m-c m-d m-e m-f m-g m-h m-i m-j m-k "],
    [fields("configmap c", "ancient-changes"), '{"f:metadata":{"f:labels":{".":{},"f:l-a":{},"f:l-b":{}}}}\n'],
  ],
  [
    "[MANAGED-2] components write under the names of their programs",
    [`${owners("node node-1")} | cut -d' ' -f1 | sort -u`, "kubelet\n"],
    [owners("service kubernetes"), "kube-apiserver Update v1 \n"],
    [owners("endpointslice kubernetes"), "kube-apiserver Update discovery.k8s.io/v1 \n"],
    [owners("serviceaccount default"), ""],
    ["kubectl get service kubernetes -o yaml | grep -c managedFields", "0\n[rc=1]"],
  ],
];

test.each(CASES)("%s", (_sentence, ...steps) => playLive(steps));
