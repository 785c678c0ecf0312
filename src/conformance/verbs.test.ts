// What kubectl answers to lines that no recorded session holds; each answer is reasoned from kubectl's documentation and source.
import { expect, test } from "vitest";
import { apply, play, pod, type Session, service, wanted } from "./session.ts";

const deployment = (name: string, replicas: number, node = 1) => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: {
        nodeName: `node-${node}`,
        containers: [{ name: "main", image: "nginx:1.29", ports: [{ containerPort: 80 }] }],
      },
    },
  },
});
const configMap = (
  name: string,
  data: Readonly<Record<string, string>>,
  labels?: Readonly<Record<string, string>>,
) => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, ...(labels === undefined ? {} : { labels }) },
  data,
});
const budget = (name: string, spec: Readonly<Record<string, unknown>>) => ({
  apiVersion: "policy/v1",
  kind: "PodDisruptionBudget",
  metadata: { name },
  spec: { selector: { matchLabels: { app: name } }, ...spec },
});
const daemonSet = (name: string) => ({
  apiVersion: "apps/v1",
  kind: "DaemonSet",
  metadata: { name },
  spec: {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: "main", image: "nginx:1.29" }] } },
  },
});
const heredoc = (name: string, object: unknown) => `cat > ${name} <<'EOF'\n${JSON.stringify(object)}\nEOF`;
const HOSTS = "| sed -E 's/-[a-z0-9]{8,10}-[a-z0-9]{5}|-[a-z0-9]{5}/-X/g'";

const SESSIONS: readonly Session[] = [
  // logs
  [
    "[LOGS-1] a container that never ended has no previous log",
    apply(pod("log-1", 1)),
    [
      "kubectl logs log-1 -p",
      'Error from server (BadRequest): previous terminated container "main" in pod "log-1" not found',
    ],
  ],
  [
    "[LOGS-2] a pod and a selector exclude each other",
    [
      "kubectl logs log-1 -l app=log",
      "error: only a selector (-l) or a POD name is allowed\nSee 'kubectl logs -h' for help and examples",
    ],
  ],
  [
    "[LOGS-2] --all-containers and -c exclude each other",
    apply(pod("log-1", 1)),
    [
      "kubectl logs log-1 --all-containers -c main",
      "error: --all-containers=true should not be specified with container name main",
    ],
  ],
  [
    "[LOGS-2] --tail below -1",
    apply(pod("log-1", 1)),
    ["kubectl logs log-1 --tail=-2", "error: --tail must be greater than or equal to -1"],
  ],
  [
    "[LOGS-2] the container is named twice",
    apply(pod("log-1", 1)),
    ["kubectl logs log-1 main -c main", "error: only one of -c or an inline [CONTAINER] arg is allowed"],
  ],
  [
    "[LOGS-3] a deployment with two pods names the pod it reads",
    apply(deployment("two", 2)),
    [`kubectl logs deployment/two 2>&1 >/dev/null ${HOSTS}`, "Found 2 pods, using pod/two-X"],
  ],
  [
    "[LOGS-4] following more than five pods needs leave",
    apply(deployment("six", 6)),
    [
      "kubectl logs -f -l app=six",
      "error: you are attempting to follow 6 log streams, but maximum allowed concurrency is 5, use --max-log-requests to increase the limit",
    ],
  ],
  [
    "[LOGS-5] --prefix names pod and container, and the line tells the method that was used",
    apply(
      pod("log-1", 1, { containers: [{ name: "main", image: "nginx:1.29", ports: [{ containerPort: 80 }] }] }),
      service("log", { ports: [{ port: 80 }] }),
    ),
    "kubectl wait --for=condition=Ready pod/log-1",
    "ssh node-1 curl -s -I http://log.default.svc.cluster.local/health -o /dev/null; ssh node-1 curl -s -I http://10.244.1.2/health",
    [
      "kubectl logs log-1 --prefix --tail=1 | sed -E 's/ - - \\[[^]]*\\]/ /; s/^(\\[[^]]*\\]) [0-9.]+/\\1 ADDRESS/' | cut -d' ' -f1-6",
      '[pod/log-1/main] ADDRESS  "HEAD /health HTTP/1.1"',
    ],
  ],
  [
    "[RUN-4] --expose makes the Service first",
    ["kubectl run w --image=nginx --port=80 --expose", "service/w created\npod/w created"],
  ],
  // exec
  [
    "[EXEC-2] a container that the pod does not have",
    apply(pod("ex-1", 1)),
    ["kubectl exec ex-1 -c side -- ls", "error: container side is not valid for pod ex-1 out of: main"],
  ],
  // drain
  [
    "[DRAIN-1] a pod without a controller blocks the drain",
    apply(pod("lone", 3)),
    "kubectl wait --for=condition=Ready pod/lone",
    [
      "kubectl drain node-3",
      `node/node-3 cordoned
error: unable to drain node "node-3" due to error: cannot delete Pods that declare no controller (use --force to override): default/lone, continuing command...
There are pending nodes to be drained:
 node-3
cannot delete Pods that declare no controller (use --force to override): default/lone`,
    ],
  ],
  [
    "[DRAIN-1] with --force it is evicted, and said so",
    apply(pod("lone", 3)),
    "kubectl wait --for=condition=Ready pod/lone",
    [
      "kubectl drain node-3 --force",
      `node/node-3 cordoned
Warning: deleting Pods that declare no controller: default/lone
evicting pod default/lone
pod/lone evicted
node/node-3 drained`,
    ],
  ],
  [
    "[DRAIN-1] a daemon's pod and local storage",
    apply(
      daemonSet("agent"),
      pod("store", 3, {
        volumes: [{ name: "scratch", emptyDir: {} }],
      }),
    ),
    "sleep 3",
    [
      "kubectl drain node-3 --force --delete-emptydir-data --ignore-daemonsets 2>&1 | sed -E 's/agent-[a-z0-9]{5}/agent-X/g'",
      `node/node-3 cordoned
Warning: ignoring DaemonSet-managed Pods: default/agent-X; deleting Pods that declare no controller: default/store
evicting pod default/store
pod/store evicted
node/node-3 drained`,
    ],
  ],
  // apply
  [
    "[PRUNE-1] --prune wants --all or a selector",
    heredoc("a.json", configMap("a", { x: "1" })),
    [
      "kubectl apply --prune -f a.json",
      "error: all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector",
    ],
  ],
  [
    "[PRUNE-2] what was applied with the label and is no longer in any file is pruned; the rest stays",
    heredoc("b.json", configMap("b", { x: "1" }, { set: "one" })),
    apply(configMap("a", { x: "1" }, { set: "one" }), configMap("other", { x: "1" }, { set: "two" })),
    "kubectl create configmap made; kubectl label configmap made set=one",
    ["kubectl apply --prune -l set=one -f b.json", "configmap/b created\nconfigmap/a pruned"],
    ["kubectl get cm -o name", "configmap/b\nconfigmap/kube-root-ca.crt\nconfigmap/made\nconfigmap/other"],
  ],
  [
    "[APPLIED-1] set-last-applied needs an annotation, or leave to make it",
    heredoc("a.json", configMap("a", { x: "1" })),
    "kubectl create -f a.json",
    [
      "kubectl apply set-last-applied -f a.json",
      "error: no last-applied-configuration annotation found on resource: a, to create the annotation, run the command with --create-annotation",
    ],
    ["kubectl apply set-last-applied -f a.json --create-annotation", "configmap/a configured"],
    ["kubectl apply set-last-applied -f a.json", "set-last-applied a: no changes required."],
    [
      "kubectl apply view-last-applied configmap/a",
      'apiVersion: v1\ndata:\n  x: "1"\nkind: ConfigMap\nmetadata:\n  name: a\n  namespace: default',
    ],
  ],
  // create
  [
    "[CREATE-1] a role with resources of two groups gets a rule for each, named in full",
    [
      "kubectl create role r --verb=get,list --resource=po,deploy.apps --dry-run=client -o yaml",
      `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: r
rules:
- apiGroups:
  - ""
  resources:
  - pods
  verbs:
  - get
  - list
- apiGroups:
  - apps
  resources:
  - deployments
  verbs:
  - get
  - list`,
    ],
  ],
  [
    "[CREATE-1] a role without verbs, and one for a resource that is not there",
    ["kubectl create role r --resource=pods", "error: at least one verb must be specified"],
    ["kubectl create role r --verb=get", "error: at least one resource must be specified"],
    ["kubectl create role r --verb=get --resource=podz", `error: the server doesn't have a resource type "podz"`],
  ],
  [
    "[CREATE-2] a cluster role for paths",
    [
      "kubectl create clusterrole c --verb=get --non-resource-url=/healthz,/logs/*",
      "clusterrole.rbac.authorization.k8s.io/c created",
    ],
    [
      "kubectl create clusterrole c2 --verb=list --non-resource-url=/healthz",
      "error: invalid verb: 'list' for nonResourceURL",
    ],
    ["kubectl create clusterrole c2 --verb=get", "error: one of resource or nonResourceURL must be specified"],
  ],
  [
    "[CREATE-3] a role binding names one role and its subjects",
    ["kubectl create rolebinding b --user=ann", "error: exactly one of clusterrole or role must be specified"],
    ["kubectl create rolebinding b --role=r --serviceaccount=ann", "error: serviceaccount must be <namespace>:<name>"],
    [
      "kubectl create rolebinding b --clusterrole=view --user=ann --serviceaccount=default:app -o jsonpath='{.roleRef.kind} {.subjects[*].kind} {.subjects[1].namespace}'",
      "ClusterRole User ServiceAccount default",
    ],
  ],
  [
    "[CREATE-3] a cluster role binding needs a cluster role",
    ["kubectl create clusterrolebinding b --user=ann", 'error: required flag(s) "clusterrole" not set'],
    [
      "kubectl create clusterrolebinding b --clusterrole=view --group=dev",
      "clusterrolebinding.rbac.authorization.k8s.io/b created",
    ],
  ],
  [
    "[CREATE-4] a job from a cron job",
    "kubectl create cronjob tick --image=busybox --schedule='*/5 * * * *' -- date",
    ["kubectl create job now --from=cronjob/tick", "job.batch/now created"],
    ["kubectl create job now2 --from=deployment/x", `Error from server (NotFound): deployments.apps "x" not found`],
    ["kubectl create job now3", "error: either --image or --from must be specified"],
  ],
  [
    "[CREATE-5] a token of an account that is not there",
    ["kubectl create token nobody", `error: failed to create token: serviceaccounts "nobody" not found`],
  ],
  // local changes
  [
    "[LOCAL-1] label --local changes the file's object and asks no server",
    heredoc("a.json", configMap("a", { x: "1" })),
    [
      "kubectl label --local -f a.json team=red -o yaml",
      'apiVersion: v1\ndata:\n  x: "1"\nkind: ConfigMap\nmetadata:\n  labels:\n    team: red\n  name: a',
    ],
  ],
  [
    "[LOCAL-2] patch --local",
    heredoc("a.json", configMap("a", { x: "1" })),
    [`kubectl patch --local -f a.json -p '{"data":{"y":"2"}}' -o jsonpath='{.data}'`, '{"x":"1","y":"2"}'],
    ["kubectl get cm a", 'Error from server (NotFound): configmaps "a" not found'],
  ],
  [
    "[LOCAL-3] set image --local",
    heredoc("d.json", deployment("d", 1)),
    [
      "kubectl set image --local -f d.json main=nginx:1.30 -o jsonpath='{.spec.template.spec.containers[0].image}'",
      "nginx:1.30",
    ],
  ],
  // the rest
  [
    "[CONFIG-1] use-context",
    ["kubectl config use-context podpath", 'Switched to context "podpath".'],
    ["kubectl config use-context prod", 'error: no context exists with the name: "prod"'],
  ],
  [
    "[CONFIG-2] get-contexts and get-clusters by name",
    ["kubectl config get-contexts -o name", "podpath"],
    ["kubectl config get-clusters", "NAME\npodpath"],
  ],
  [
    "[DUMP-1] the command line of the API server is in the dump",
    [
      `kubectl cluster-info dump | grep -m 1 service-cluster-ip-range | sed -E 's/.*service-cluster-ip-range=([0-9./]+).*/\\1/'`,
      "10.96.0.0/16",
    ],
  ],
  [
    "[HELP-1] unknown words below a command",
    [
      "kubectl rollout statsu deployment/x",
      `error: unknown command "statsu deployment/x"\nSee 'kubectl rollout -h' for help and examples`,
    ],
    ["kubectl gett pods", `error: unknown command "gett" for "kubectl"\n\nDid you mean this?\n\tget\n\tset`],
  ],
  [
    "[WAIT-1] what wait says of conditions and absences",
    apply(configMap("a", { x: "1" })),
    ["kubectl wait --for=jsonpath='{.data.x}'=1 configmap/a", "configmap/a condition met"],
    ["kubectl wait --for=delete configmap/gone", ""],
    ["kubectl wait --for=create configmap/a", "configmap/a condition met"],
    [
      "kubectl wait --for=jsonpath='{.data.x}'=2 configmap/a --timeout=1s",
      "error: timed out waiting for the condition on configmaps/a",
    ],
    ["kubectl wait configmap/a", "error: unrecognized condition: []"],
  ],
  [
    "[GET-21] --chunk-size changes nothing that can be seen",
    apply(configMap("a", { x: "1" })),
    ["kubectl get cm --chunk-size=1 -o name", "configmap/a\nconfigmap/kube-root-ca.crt"],
  ],
  // run
  [
    "[RUN-1] --tty without --stdin",
    ["kubectl run t --image=busybox -t", "error: -i/--stdin is required for containers with -t/--tty=true"],
  ],
  [
    "[RUN-2] --overrides merges JSON into the pod",
    `kubectl run o --image=nginx --overrides='{"spec":{"nodeName":"node-2"}}'`,
    ["kubectl get pod o -o jsonpath='{.spec.nodeName} {.spec.containers[0].image}'", "node-2 nginx"],
  ],
  [
    "[RUN-3] an interactive pod has stdin once, and is restarted always",
    [
      "kubectl run t --image=busybox -i --attach=false --dry-run=client -o jsonpath='{.spec.restartPolicy} {.spec.containers[0].stdinOnce}'",
      "Always true",
    ],
  ],
  [
    "[RUN-5] --restart of an unknown kind",
    [
      "kubectl run t --image=busybox --restart=Sometimes",
      "error: invalid restart policy: Sometimes\nSee 'kubectl run -h' for help and examples",
    ],
  ],
  [
    "[EXEC-3] a program that the image does not hold",
    apply(pod("ex-1", 1, { containers: [{ name: "main", image: "redis:8" }] })),
    "kubectl wait --for=condition=Ready pod/ex-1",
    [
      "kubectl exec ex-1 -- curl http://web 2>&1 | sed -E 's/.*(OCI runtime.*)/\\1/'; true",
      'OCI runtime exec failed: exec failed: unable to start container process: exec: "curl": executable file not found in $PATH: unknown',
    ],
  ],
  [
    "[DRAIN-2] the eviction of a pod that its budget needs is refused and tried again every five seconds",
    apply(deployment("bud", 1, 3), budget("bud", { minAvailable: 1 })),
    "kubectl wait --for=condition=Available deployment/bud",
    "sleep 1",
    [
      `kubectl drain node-3 --timeout=7s ${HOSTS.replace("|", "2>&1 |")}`,
      `node/node-3 cordoned
evicting pod default/bud-X
error when evicting pods/"bud-X" -n "default" (will retry after 5s): Cannot evict pod as it would violate the pod's disruption budget.
evicting pod default/bud-X
error when evicting pods/"bud-X" -n "default" (will retry after 5s): Cannot evict pod as it would violate the pod's disruption budget.
evicting pod default/bud-X
There are pending pods in node "node-3" when an error occurred: error when evicting pods/"bud-X" -n "default": global timeout reached: 7s
pod/bud-X
error: unable to drain node "node-3" due to error: error when evicting pods/"bud-X" -n "default": global timeout reached: 7s, continuing command...
There are pending nodes to be drained:
 node-3
error when evicting pods/"bud-X" -n "default": global timeout reached: 7s`,
    ],
  ],
  [
    "[DRAIN-3] get pdb shows what a budget allows",
    apply(deployment("bud", 3), budget("bud", { maxUnavailable: 1 })),
    "kubectl wait --for=condition=Available deployment/bud",
    "sleep 1",
    [
      "kubectl get pdb bud --no-headers | awk '{print $1, $2, $3, $4}'; kubectl get pdb bud -o jsonpath='{.status.currentHealthy} {.status.desiredHealthy} {.status.expectedPods} {.status.disruptionsAllowed}'",
      "bud N/A 1 1\n3 2 3 1",
    ],
  ],
  [
    "[GET-20] --subresource prints the subresource of a named object",
    apply(deployment("s", 2)),
    "kubectl wait --for=condition=Available deployment/s",
    [
      "kubectl get deployment s --subresource=scale -o jsonpath='{.kind} {.spec.replicas} {.status.selector}'",
      "Scale 2 app=s",
    ],
    [
      "kubectl get deployment s --subresource=nope",
      'error: invalid subresource value: "nope". Must be one of [status scale resize]',
    ],
  ],
  [
    "[GET-22] --output-watch-events with a table",
    apply(configMap("a", { x: "1" })),
    ["timeout 1 kubectl get cm a -w --output-watch-events --no-headers | awk '{print $1, $2, $3}'", "ADDED a 1"],
  ],
  [
    "[EDIT-1] an edit by a program, one that changes nothing, and one that is refused",
    apply(service("ed")),
    [`KUBE_EDITOR="sed -i s/app:.ed/app:\\ web/" kubectl edit service/ed`, "service/ed edited"],
    ["KUBE_EDITOR=true kubectl edit service/ed", "Edit cancelled, no changes made."],
    ["kubectl get service ed -o jsonpath='{.spec.selector.app}'", "web"],
  ],
];

test.each(SESSIONS)("%s", (_sentence, ...steps) => {
  expect(play(steps)).toEqual(wanted(steps));
});
