// Claims and the volumes they get, as the binder of Kubernetes 1.36 would answer; reasoned from pv_controller.go, not recorded.
import { expect, test } from "vitest";
import { SHELL_SETTINGS } from "../cluster/index.ts";
import { apply, play, pod, type Session, wanted } from "./session.ts";

const claim = (name: string, spec: object = {}) => ({
  apiVersion: "v1",
  kind: "PersistentVolumeClaim",
  metadata: { name },
  spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "3Gi" } }, ...spec },
});
const volume = (name: string, storage: string, spec: object = {}) => ({
  apiVersion: "v1",
  kind: "PersistentVolume",
  metadata: { name },
  spec: {
    storageClassName: "manual",
    capacity: { storage },
    accessModes: ["ReadWriteOnce"],
    hostPath: { path: "/mnt/data" },
    ...spec,
  },
});
const user = (claimName: string) =>
  pod(`${claimName}-1`, 1, { volumes: [{ name: "d", persistentVolumeClaim: { claimName } }] });
const shown = (name: string) => `kubectl get pvc ${name} --no-headers | awk '{print $2, $3}'`;
const phase = (kind: string, name: string) => `kubectl get ${kind} ${name} -o jsonpath='{.status.phase}'`;
const told = (name: string) =>
  `kubectl get events --field-selector involvedObject.name=${name} --no-headers -o custom-columns=T:.type,R:.reason,M:.message`;

const SESSIONS: readonly Session[] = [
  [
    "[PVC-2] a claim without a class gets the default one and waits for a pod; then a volume is made for it, and goes with it",
    apply(claim("disk")),
    "sleep 1",
    ["kubectl get sc --no-headers | awk '{print $1, $2, $4, $5}'", "standard (default) Delete WaitForFirstConsumer"],
    [shown("disk"), "Pending standard"],
    [told("disk"), "Normal   WaitForFirstConsumer   waiting for first consumer to be created before binding"],
    apply(user("disk")),
    "sleep 2",
    [phase("pvc", "disk"), "Bound"],
    [
      "kubectl get pv --no-headers | awk '{print $2, $3, $4, $5, $6, $7}'",
      "3Gi RWO Delete Bound default/disk standard",
    ],
    ["kubectl get pv -o jsonpath='{.items[0].metadata.name}' | grep -c ^pvc-", "1"],
    [
      `${told("disk")} | awk '{print $2}'`,
      "WaitForFirstConsumer\nExternalProvisioning\nProvisioning\nProvisioningSucceeded",
    ],
    "kubectl delete pod disk-1 --now; kubectl delete pvc disk",
    "sleep 1",
    ["kubectl get pv", "No resources found"],
  ],
  [
    "[PVC-3] of the volumes of its class the smallest that is large enough; one that is kept is Released",
    apply(
      volume("big", "100Gi"),
      volume("fits", "10Gi"),
      volume("small", "1Gi"),
      volume("other", "5Gi", { storageClassName: "x" }),
    ),
    "sleep 1",
    [phase("pv", "fits"), "Available"],
    apply(claim("task", { storageClassName: "manual" })),
    "sleep 1",
    ["kubectl get pvc task --no-headers | awk '{print $2, $3, $4, $5, $6}'", "Bound fits 10Gi RWO manual"],
    [phase("pv", "big"), "Available"],
    "kubectl delete pvc task",
    "sleep 1",
    ["kubectl get pv fits --no-headers | awk '{print $4, $5, $6}'", "Retain Released default/task"],
    apply(claim("again", { storageClassName: "manual" })),
    "sleep 1",
    ["kubectl get pvc again -o jsonpath='{.spec.volumeName}'", "big"],
  ],
  [
    "[PVC-3] a claim that comes before its volume, and one that names it",
    apply(
      claim("early", { storageClassName: "manual" }),
      claim("named", { storageClassName: "manual", volumeName: "mine", resources: { requests: { storage: "1Gi" } } }),
    ),
    "sleep 1",
    [phase("pvc", "early"), "Pending"],
    apply(volume("mine", "1Gi"), volume("late", "5Gi")),
    "sleep 1",
    ["kubectl get pvc early -o jsonpath='{.spec.volumeName} {.status.phase}'", "late Bound"],
    ["kubectl get pvc named -o jsonpath='{.spec.volumeName} {.status.phase}'", "mine Bound"],
  ],
  [
    "[PVC-2] a class that is not there, and no class at all",
    apply(claim("wrong", { storageClassName: "fast" }), claim("none", { storageClassName: "" })),
    "sleep 1",
    [told("wrong"), 'Warning   ProvisioningFailed   storageclass.storage.k8s.io "fast" not found'],
    [
      told("none"),
      "Normal   FailedBinding   no persistent volumes available for this claim and no storage class is set",
    ],
  ],
];

test.each(SESSIONS)("%s", (_sentence, ...steps) => {
  expect(play(steps, SHELL_SETTINGS)).toEqual(wanted(steps));
});
