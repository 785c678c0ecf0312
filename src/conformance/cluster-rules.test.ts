// The rest of a cluster through the console: nodes, garbage, load balancers, kinds, names, verbs.
// The answers follow from the sources that the SPEC.md files name with each rule.
import { test } from "vitest";
import { type LiveCase, netPod, playLive } from "./live.ts";
import { apply } from "./session.ts";

const read = (what: string, path: string) => `kubectl get ${what} -o jsonpath='${path}'`;
const balancer = (name: string, spec = {}) => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name },
  spec: { type: "LoadBalancer", selector: { app: name }, ports: [{ port: 80 }], ...spec },
});

const CASES: readonly LiveCase[] = [
  [
    "[BOOT-1] a cluster starts with its namespaces, Service kubernetes, and their accounts and configmaps",
    [
      "kubectl get ns -o name | xargs",
      "namespace/default namespace/kube-node-lease namespace/kube-public namespace/kube-system\n",
    ],
    [
      read("svc kubernetes", "{.spec.clusterIP} {.spec.ports[0].port} {.spec.ports[0].targetPort}"),
      "10.96.0.1 443 6443",
    ],
    ["kubectl get endpointslice kubernetes -o name; kubectl get servicecidr -o name", /\/kubernetes\n.*\/kubernetes\n/],
    [
      "for N in default kube-public; do kubectl get sa default -n $N -o name; kubectl get cm kube-root-ca.crt -n $N -o name; done | sort | uniq -c | awk '{print $1, $2}'",
      "2 configmap/kube-root-ca.crt\n2 serviceaccount/default\n",
    ],
  ],
  ["[BOOT-2] kube-dns has the tenth address", [read("svc kube-dns -n kube-system", "{.spec.clusterIP}"), "10.96.0.10"]],
  [
    "[ALLOC-5] a cluster IP is an IPAddress that refers to its Service and is deleted with it",
    "kubectl create service clusterip web --tcp=80",
    `IP=$(${read("svc web", "{.spec.clusterIP}")})`,
    [
      read("ipaddress $IP", "{.spec.parentRef.resource} {.spec.parentRef.namespace}/{.spec.parentRef.name}").replaceAll(
        "'",
        '"',
      ),
      "services default/web",
    ],
    "kubectl delete svc web",
    ["kubectl get ipaddress $IP", /NotFound/],
  ],
  [
    "[PROXY-13] kube-proxy writes a change after its lag",
    "sim set proxy-lag 4000",
    apply(netPod("web", 1)),
    "kubectl expose pod web --port=80 --target-port=8080",
    `IP=$(${read("svc web", "{.spec.clusterIP}")})`,
    ["sim route --at node-1 $IP:80", "NOMATCH\n"],
    "sleep 8",
    ["sim route --at node-1 $IP:80", /ACCEPT 10\.244\.1\.\d+:8080 masquerade\n/],
  ],
  [
    "[NODE-1] a kubelet registers its Node and a Lease that says how it is renewed",
    [
      read(
        "node node-1",
        '{.status.addresses[?(@.type=="InternalIP")].address} {.metadata.labels.kubernetes\\.io/hostname}',
      ),
      "192.168.1.11 node-1",
    ],
    [read("lease node-1 -n kube-node-lease", "{.metadata.annotations}"), /renewed-every-10s/],
  ],
  [
    "[NODE-4] without power nothing on a node is reported, and its lease shows the last renewal",
    apply(netPod("web", 2)),
    "sleep 2",
    "sim fail node/node-2",
    "sleep 20",
    ["kubectl get pod web --no-headers | awk '{print $2, $3}'", "1/1 Running\n"],
    [`kubectl get lease node-2 -n kube-node-lease -o jsonpath='{.metadata.annotations}'`, /^(?!.*renewed-every)/s],
    "L=$(kubectl get lease node-2 -n kube-node-lease -o jsonpath='{.spec.renewTime}'); sleep 15",
    ["[ $L = $(kubectl get lease node-2 -n kube-node-lease -o jsonpath='{.spec.renewTime}') ]", ""],
  ],
  [
    "[NODE-10] pods of a node that is gone are removed after 40 s",
    apply(netPod("web", 2)),
    "sleep 2",
    "sim fail node/node-2",
    "kubectl delete node node-2",
    "sleep 20",
    ["kubectl get pod web -o name", "pod/web\n"],
    "sleep 60",
    ["kubectl get pod web", /NotFound/],
  ],
  [
    "[GC-2] an object with another owner left only forgets the one that is gone",
    "kubectl create configmap one; kubectl create configmap two",
    `uid() { kubectl get configmap $1 -o jsonpath='{.metadata.uid}'; }`,
    `kubectl create configmap child`,
    `ref() { echo '{"apiVersion":"v1","kind":"ConfigMap","name":"'$1'","uid":"'$(uid $1)'"}'; }`,
    `kubectl patch configmap child --type=merge -p '{"metadata":{"ownerReferences":['$(ref one)','$(ref two)']}}'`,
    "kubectl delete configmap one",
    "sleep 3",
    [read("configmap child", "{.metadata.ownerReferences[*].name}"), "two"],
    "kubectl delete configmap two",
    "sleep 3",
    ["kubectl get configmap child", /NotFound/],
  ],
  [
    "[LB-4] without a cloud a load balancer stays pending without any event",
    apply(balancer("web")),
    "sleep 10",
    [
      "kubectl get svc web --no-headers | awk '{print $4}'; kubectl get events --no-headers --field-selector involvedObject.name=web",
      "<pending>\nNo resources found in default namespace.\n",
    ],
  ],
  [
    "[LB-2] [LB-3] a load balancer gets the lowest free address or the one it asks for, and deletion waits for the cloud",
    "sim cloud on",
    apply(balancer("web"), balancer("own", { loadBalancerIP: "203.0.113.77" })),
    "sleep 5",
    [read("svc web own", "{.items[*].status.loadBalancer.ingress[0].ip}"), "203.0.113.10 203.0.113.77"],
    [read("svc web", "{.metadata.finalizers}"), '["service.kubernetes.io/load-balancer-cleanup"]'],
    "kubectl delete svc web",
    "sleep 2",
    [
      "kubectl get events --no-headers --field-selector involvedObject.name=web -o custom-columns=R:.reason | xargs",
      /DeletingLoadBalancer DeletedLoadBalancer/,
    ],
  ],
  [
    "[KIND-1] versions that need a flag are unknown kinds",
    [
      apply({ apiVersion: "networking.k8s.io/v1alpha1", kind: "IPAddress", metadata: { name: "192.0.2.1" } }),
      /no matches for kind "IPAddress" in version "networking.k8s.io\/v1alpha1"/,
    ],
    ["kubectl get validatingadmissionpolicies,csistoragecapacities", "No resources found\n"],
  ],
  [
    "[KIND-2] an autoscaler of v1 is kept as v2",
    "kubectl create deployment web --image=nginx",
    apply({
      apiVersion: "autoscaling/v1",
      kind: "HorizontalPodAutoscaler",
      metadata: { name: "web" },
      spec: {
        maxReplicas: 3,
        targetCPUUtilizationPercentage: 50,
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
      },
    }),
    [read("hpa web", "{.apiVersion} {.spec.metrics[0].resource.target.averageUtilization}"), "autoscaling/v2 50"],
  ],
  [
    "[KIND-3] a review is answered and not kept",
    [
      `kubectl create -o jsonpath='{.status.allowed}' -f - <<'EOF'\n${JSON.stringify({ apiVersion: "authorization.k8s.io/v1", kind: "SelfSubjectAccessReview", spec: { resourceAttributes: { verb: "delete", resource: "pods" } } })}\nEOF`,
      "true",
    ],
    ["kubectl get selfsubjectaccessreviews", /MethodNotAllowed/],
  ],
  [
    "[FLAGS-3] a flag before the verb takes the next word; an underscore is a hyphen",
    apply(netPod("web", 1)),
    ["kubectl -n default get pods -o name", "pod/web\n"],
    ["kubectl get pods --show_labels --no-headers | awk '{print $NF}'", /app=web/],
  ],
  [
    "[FLAGS-4] --template alone is a Go template, and a missing field is an error on request",
    "kubectl create configmap a --from-literal=k=v",
    ["kubectl get configmap a --template='{{.data.k}}'", "v"],
    [
      "kubectl get configmap a --template='{{.data.nope.more}}' --allow-missing-template-keys=false",
      /error executing template/,
    ],
  ],
  [
    "[RECORD-1] --record keeps the command as the change's cause",
    "kubectl create deployment web --image=nginx:1.28",
    "kubectl set image deployment/web nginx=nginx:1.29 --record",
    [
      read("deployment web", "{.metadata.annotations.kubernetes\\.io/change-cause}"),
      "kubectl set image deployment/web nginx=nginx:1.29 --record=true",
    ],
  ],
  [
    "[RAW-1] create and delete --raw send a file to a path",
    `echo '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"raw"}}' > raw.json`,
    ["kubectl create --raw /api/v1/namespaces/default/configmaps -f raw.json", /"kind":"ConfigMap".*"name":"raw"/],
    ["kubectl get configmap raw -o name", "configmap/raw\n"],
    ["kubectl delete --raw /api/v1/namespaces/default/configmaps/raw", /"status":"Success"/],
    ["kubectl get configmap raw", /NotFound/],
  ],
  [
    "[RAW-2] get --raw reaches a pod, and a ready endpoint of a Service, through the API server",
    apply(netPod("web", 1)),
    "kubectl expose pod web --port=80 --target-port=8080",
    "sleep 2",
    ["kubectl get --raw /api/v1/namespaces/default/pods/web:8080/proxy/hostname", /web/],
    ["kubectl get --raw /api/v1/namespaces/default/services/web:80/proxy/hostname", /web/],
    ["kubectl get --raw /api/v1/namespaces/default/services/nope:80/proxy/", /NotFound/],
  ],
  [
    "[MANAGED-1] managed fields are shown on request",
    apply({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" }, data: { k: "v" } }),
    ["kubectl get configmap a -o yaml | grep -c managedFields", "0\n[rc=1]"],
    [
      "kubectl get configmap a -o yaml --show-managed-fields | grep -E 'manager:|f:k'",
      /f:k: \{\}[\s\S]*manager: kubectl-client-side-apply/,
    ],
  ],
  [
    "[DIAG-22] a request that reached a terminating pod is explained by it",
    apply(
      netPod("web", 1, {
        containers: [
          { name: "main", image: "nginx:1.29" },
          { name: "slow", image: "busybox:1.36", command: ["sleep", "3600"] },
        ],
      }),
    ),
    "kubectl expose pod web --port=80 --type=NodePort",
    "sleep 2",
    "sim set proxy-lag 4000",
    "kubectl delete pod web --wait=false",
    `curl -s -m 2 192.168.1.11:$(${read("svc web", "{.spec.ports[0].nodePort}")})`,
    ["sim why -o json", /"cause": "pod-was-ending"/],
  ],
  [
    "[DIAG-23] a failed port-forward is explained without the Service",
    apply(netPod("web", 1)),
    "kubectl port-forward pod/web 9000:81 &",
    "curl -s -m 2 localhost:9000",
    ["sim why -o json", /"cause": "port-forward"/],
  ],
  [
    "[SHELL-7] a job runs beside the console and is reported when it has ended",
    ["sleep 5 &", /^.*\n\[1\] \d+\n$/],
    ["jobs", "[1]+  Running                 sleep 5 &\n"],
    "sleep 6",
    ["true", /\[1\]\+ {2}Done +sleep 5/],
    "sleep 100 &",
    ["kill %1; sleep 1; jobs", /Terminated +sleep 100/],
  ],
  [
    "[SHELL-10] dig asks the server it is given, and machines look names up without a packet",
    apply(netPod("web", 1, { containers: [{ name: "main", image: "nicolaka/netshoot", command: ["sleep", "3600"] }] })),
    "sleep 2",
    [
      "kubectl exec web -- dig +short @10.96.0.10 kubernetes.default.svc.cluster.local",
      "10.96.0.1\n",
      ["kubernetes.default.svc.cluster.local."],
    ],
    ["dig kubernetes.default.svc.cluster.local | head -3", /dig/, []],
  ],
];

test.each(CASES)("%s", (_, ...steps) => playLive(steps));
