// Kinds that are loaded with the first text that names them.
import { expect, test, vi } from "vitest";
import { groupVersion, lateKindsOf, RESOURCES, type ResourceInfo } from "../../cluster/index.ts";
import { ALL_KINDS } from "../../kinds/index.ts";
import { newScenario, textLateKinds } from "../../scenario/index.ts";
import { createRun, openRun } from "./run.ts";

const LABELS = { app: "x" };
const TEMPLATE = { metadata: { labels: LABELS }, spec: { containers: [{ name: "c", image: "nginx:1.29" }] } };
const WORKLOAD = { selector: { matchLabels: LABELS }, template: TEMPLATE };
const ENDING = { spec: { ...TEMPLATE.spec, restartPolicy: "Never" } };
const CLAIM = { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } };
const SCHEMA = { openAPIV3Schema: { type: "object", properties: { spec: { type: "object" } } } };

/** What the API server wants of a kind beside its name. */
const REQUIRED: Readonly<Record<string, object>> = {
  Pod: { spec: TEMPLATE.spec },
  PodTemplate: { template: TEMPLATE },
  Service: { spec: { selector: LABELS, ports: [{ port: 80 }] } },
  Deployment: { spec: WORKLOAD },
  ReplicaSet: { spec: WORKLOAD },
  ReplicationController: { spec: { selector: LABELS, template: TEMPLATE } },
  StatefulSet: { spec: { ...WORKLOAD, volumeClaimTemplates: [{ metadata: { name: "data" }, spec: CLAIM }] } },
  DaemonSet: { spec: WORKLOAD },
  Job: { spec: { template: ENDING } },
  CronJob: { spec: { schedule: "* * * * *", jobTemplate: { spec: { template: ENDING } } } },
  Endpoints: { subsets: [{ addresses: [{ ip: "10.0.0.1" }], ports: [{ port: 80 }] }] },
  EndpointSlice: { addressType: "IPv4", endpoints: [{ addresses: ["10.0.0.1"] }] },
  Ingress: { spec: { defaultBackend: { service: { name: "x", port: { number: 80 } } } } },
  NetworkPolicy: { spec: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: "10.0.0.0/8" } }] }] } },
  PodDisruptionBudget: { spec: { minAvailable: 1, selector: WORKLOAD.selector } },
  HorizontalPodAutoscaler: {
    spec: { maxReplicas: 2, scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "x" } },
  },
  PersistentVolumeClaim: { spec: CLAIM },
  PersistentVolume: {
    spec: { accessModes: ["ReadWriteOnce"], capacity: { storage: "1Gi" }, hostPath: { path: "/x" } },
  },
  CustomResourceDefinition: {
    metadata: { name: "teas.x.example" },
    spec: {
      group: "x.example",
      names: { plural: "teas", kind: "Tea" },
      scope: "Namespaced",
      versions: [{ name: "v1", served: true, storage: true, schema: SCHEMA }],
    },
  },
  Event: { involvedObject: { kind: "Pod", name: "x", namespace: "default" } },
  StorageClass: { provisioner: "x.example" },
  PriorityClass: { value: 7 },
  RuntimeClass: { handler: "x" },
  ResourceQuota: { spec: { hard: { pods: "7" } } },
  LimitRange: { spec: { limits: [{ type: "Container", max: { cpu: "1" } }] } },
};

function textOf(info: ResourceInfo, apiVersion = groupVersion(info)): string {
  return JSON.stringify({ apiVersion, kind: info.kind, metadata: { name: "x" }, ...REQUIRED[info.kind] });
}

const TEXTS = [
  ...RESOURCES.map((info) => [info.kind, textOf(info)] as const),
  ...["autoscaling/v1 HorizontalPodAutoscaler", "events.k8s.io/v1 Event"].flatMap((each) => {
    const [version, kind] = each.split(" ");
    return RESOURCES.filter((info) => info.kind === kind).map((info) => [each, textOf(info, version)] as const);
  }),
];

test.each(TEXTS)(
  "[LATE-1] a run with what the text of one %s asks for is the same as one with everything",
  async (_, text) => {
    const scenario = newScenario(text);
    const lean = await openRun(scenario);
    const full = createRun(scenario, { addons: ALL_KINDS });
    for (const run of [lean, full]) run.advance(10_000);
    expect(lean.lastApplied()).toEqual(full.lastApplied());
    expect(lean.digest).toBe(full.digest);
    expect(textLateKinds(`{"apiVersion": "v1", "kind": "List", "items": [${text}]}`)).toEqual(textLateKinds(text));
  },
);

test("[LATE-1] kinds whose fields are not always there bring them, in lists too", () => {
  for (const kind of ["Ingress", "NetworkPolicy", "LimitRange", "RuntimeClass", "SubjectAccessReview"])
    expect(
      [lateKindsOf(kind), lateKindsOf(`${kind}List`)].every((folders) => folders.includes("schema")),
      kind,
    ).toBe(true);
  for (const kind of ["Service", "Deployment", "Pod", "ConfigMap", "Event", "Tea"])
    expect(lateKindsOf(kind)).toEqual([]);
});

// Each in a page of its own: what one run has loaded, the next would find there.
test.each(["ingress", "gateway"] as const)(
  "[LATE-1] the controller %s brings the fields of what it creates",
  async (name) => {
    vi.resetModules();
    const page = await import("./run.ts");
    const scenario = { ...newScenario(""), settings: { [name]: true } };
    const lean = await page.openRun(scenario);
    lean.advance(10_000);
    const { ALL_KINDS: all } = await import("../../kinds/index.ts");
    const full = await page.openRun(scenario);
    for (const kind of all) full.attachAddon(kind);
    full.advance(10_000);
    expect(lean.digest).toBe(full.digest);
  },
);
