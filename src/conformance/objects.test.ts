// What holds for objects of every kind: versions and conflicts, names made up, finalizers, owners, namespaces that end.
import { expect, test } from "vitest";
import { SHELL_SETTINGS } from "../cluster/index.ts";
import { apply, play, type Session, wanted } from "./session.ts";

const map = (name: string, metadata: object = {}, rest: object = {}) => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, ...metadata },
  ...rest,
});
const piped = (verb: string, object: object) => `kubectl ${verb} -f - <<'EOF'\n${JSON.stringify(object)}\nEOF`;
const patch = (what: string, body: object, type = "strategic") =>
  `kubectl patch ${what} --type=${type} -p '${JSON.stringify(body)}'`;
const names = (kind: string) => `kubectl get ${kind} -o jsonpath='{.items[*].metadata.name}'`;

const SESSIONS: readonly Session[] = [
  [
    "a replacement that names another version than the stored one is a conflict; without a version it is taken",
    apply(map("x")),
    [
      piped("replace", map("x", { resourceVersion: "1" })),
      'Error from server (Conflict): error when replacing "STDIN": Operation cannot be fulfilled on configmaps "x": the object has been modified; please apply your changes to the latest version and try again',
    ],
    [piped("replace", map("x", {}, { data: { a: "b" } })), "configmap/x replaced"],
    [
      patch("cm x", { metadata: { resourceVersion: "1" } }),
      'Error from server (Conflict): Operation cannot be fulfilled on configmaps "x": the object has been modified; please apply your changes to the latest version and try again',
    ],
    [
      `${patch("cm x", { metadata: { uid: "other" } }, "merge")} 2>&1 | sed -e 's/meta: .*/meta: UID/'`,
      'Error from server (Conflict): Operation cannot be fulfilled on configmaps "x": Precondition failed: UID in precondition: other, UID in object meta: UID',
    ],
  ],
  [
    "a version counts up with each change and stays when nothing changes",
    apply(map("x")),
    "kubectl get cm x -o jsonpath='{.metadata.resourceVersion}' > before",
    ["kubectl label cm x a=b", "configmap/x labeled"],
    ["kubectl label cm x a=b", "configmap/x not labeled"],
    "kubectl get cm x -o jsonpath='{.metadata.resourceVersion}' > after",
    ["cat before after | sort -u | wc -l", "1"],
    ["kubectl get svc kubernetes -o jsonpath='{.metadata.generation}'", ""],
  ],
  [
    "names made up: five letters behind the given beginning",
    [
      `cat > f.yaml <<'EOF'
{"apiVersion":"v1","kind":"ConfigMap","metadata":{"generateName":"job-"}}
EOF
kubectl create -f f.yaml | sed -E 's/job-[bcdfghjklmnpqrstvwxz2456789]{5} /job-XXXXX /'`,
      "configmap/job-XXXXX created",
    ],
    [
      piped("create", { apiVersion: "v1", kind: "ConfigMap", metadata: {} }),
      'The ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required',
    ],
  ],
  [
    "a finalizer holds an object that is deleted; none can be added then; the last one gone, it goes",
    [
      apply(map("bad", { finalizers: ["a"] })),
      'The ConfigMap "bad" is invalid: metadata.finalizers[0]: Invalid value: "a": name is neither a standard finalizer name nor is it fully qualified',
    ],
    apply(map("held", { finalizers: ["example.com/a"] })),
    ["kubectl delete cm held --wait=false", 'configmap "held" deleted from default namespace'],
    [
      "kubectl get cm held -o jsonpath='{.metadata.deletionGracePeriodSeconds}{.metadata.finalizers}'",
      '0["example.com/a"]',
    ],
    [
      patch("cm held", { metadata: { finalizers: ["example.com/a", "example.com/b"] } }, "merge"),
      'The ConfigMap "held" is invalid: metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"example.com/b"}',
    ],
    [patch("cm held", { metadata: { finalizers: null } }, "merge"), "configmap/held patched"],
    ["kubectl get cm held", 'Error from server (NotFound): configmaps "held" not found'],
  ],
  [
    "what an owner owns goes with it, unless it is orphaned; an owner that never was takes its objects along",
    "kubectl create deployment web --image=nginx --replicas=2",
    "sleep 3",
    "kubectl delete deployment web --cascade=orphan",
    "sleep 1",
    ["kubectl get rs --no-headers | wc -l", "1"],
    ["kubectl get rs -o jsonpath='{.items[0].metadata.ownerReferences}'", ""],
    "kubectl delete rs -l app=web",
    "sleep 40",
    ["kubectl get pods", "No resources found in default namespace."],
    apply(
      map("lost", { ownerReferences: [{ apiVersion: "v1", kind: "ConfigMap", name: "nobody", uid: "11111111-2222" }] }),
    ),
    "sleep 2",
    ["kubectl get cm lost", 'Error from server (NotFound): configmaps "lost" not found'],
    [
      apply(
        map("two", {
          ownerReferences: [1, 2].map((n) => ({
            apiVersion: "v1",
            kind: "Pod",
            name: `p${n}`,
            uid: `u${n}`,
            controller: true,
          })),
        }),
      ),
      'The ConfigMap "two" is invalid: metadata.ownerReferences: Invalid value: [{"apiVersion":"v1","kind":"Pod","name":"p1","uid":"u1","controller":true},{"apiVersion":"v1","kind":"Pod","name":"p2","uid":"u2","controller":true}]: Only one reference can have Controller set to true. Found "true" in references for Pod/p1 and Pod/p2',
    ],
    [
      apply(map("half", { ownerReferences: [{ apiVersion: "", kind: "", name: "", uid: "" }] })),
      `The ConfigMap "half" is invalid: 
* metadata.ownerReferences.apiVersion: Invalid value: "": version must not be empty
* metadata.ownerReferences.kind: Invalid value: "": must not be empty
* metadata.ownerReferences.name: Invalid value: "": must not be empty
* metadata.ownerReferences.uid: Invalid value: "": must not be empty`,
    ],
  ],
  [
    "a foreground deletion keeps the owner until what it owns is gone",
    apply(map("owner"), map("child", { finalizers: ["example.com/a"] })),
    `kubectl patch cm child --type=merge -p "{\\"metadata\\":{\\"ownerReferences\\":[{\\"apiVersion\\":\\"v1\\",\\"kind\\":\\"ConfigMap\\",\\"name\\":\\"owner\\",\\"blockOwnerDeletion\\":true,\\"uid\\":\\"$(kubectl get cm owner -o jsonpath='{.metadata.uid}')\\"}]}}"`,
    ["kubectl delete cm owner --cascade=foreground --wait=false", 'configmap "owner" deleted from default namespace'],
    "sleep 2",
    ["kubectl get cm owner -o jsonpath='{.metadata.finalizers}'", '["foregroundDeletion"]'],
    ["kubectl get cm child -o jsonpath='{.metadata.deletionGracePeriodSeconds}'", "0"],
    patch("cm child", { metadata: { finalizers: null } }, "merge"),
    "sleep 1",
    [names("cm"), "kube-root-ca.crt"],
  ],
  [
    "[NS-4] a namespace ends with all that is in it; nothing new enters meanwhile, and it waits for finalizers",
    "kubectl create namespace far",
    "kubectl create deployment web -n far --image=nginx",
    apply(map("held", { namespace: "far", finalizers: ["example.com/a"] })),
    "sleep 3",
    ["kubectl delete namespace far --wait=false", 'namespace "far" deleted'],
    [
      "kubectl create configmap late -n far",
      'error: failed to create configmap: configmaps "late" is forbidden: unable to create new content in namespace far because it is being terminated',
    ],
    "sleep 45",
    ["kubectl get namespace far --no-headers | awk '{print $2}'", "Terminating"],
    [
      `kubectl get namespace far -o jsonpath='{.status.conditions[?(@.type=="NamespaceFinalizersRemaining")].message}'`,
      "Some content in the namespace has finalizers remaining: example.com/a in 1 resource instances",
    ],
    [
      `kubectl get namespace far -o jsonpath='{.status.conditions[?(@.type=="NamespaceContentRemaining")].message}'`,
      "Some resources are remaining: configmaps. has 1 resource instances",
    ],
    patch("cm held -n far", { metadata: { finalizers: null } }, "merge"),
    "sleep 20",
    ["kubectl get namespace far", 'Error from server (NotFound): namespaces "far" not found'],
    [
      "kubectl delete namespace default",
      'Error from server (Forbidden): namespaces "default" is forbidden: this namespace may not be deleted',
    ],
  ],
];

test.each(SESSIONS)("%s", (_sentence, ...steps) => {
  expect(play(steps, SHELL_SETTINGS)).toEqual(wanted(steps));
});
