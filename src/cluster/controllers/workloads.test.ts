// Deployments, StatefulSets, DaemonSets, Jobs, garbage collection and namespaces on a whole cluster.
import { describe, expect, test } from "vitest";
import { fenceposts } from "../../kinds/deployment/controller-scale.ts";
import { ALL_KINDS } from "../../kinds/index.ts";
import { containers } from "../../runtime/index.ts";
import type { Deployment } from "../api/types.gen.ts";
import { type Cluster, createCluster } from "../cluster.ts";
import { RECORDED_SETTINGS } from "../sim/settings.ts";

const cluster = () =>
  createCluster({ seed: "workloads", settings: RECORDED_SETTINGS, addons: [containers, ...ALL_KINDS] });

function template(app: string, spec: object = {}, image = "nginx:1.29") {
  return {
    metadata: { labels: { app } },
    spec: { containers: [{ name: "main", image, ports: [{ containerPort: 8080 }] }], ...spec },
  };
}

function deployment(replicas: number, image?: string): Deployment {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web" },
    spec: { replicas, selector: { matchLabels: { app: "web" } }, template: template("web", {}, image) },
  };
}

const names = (c: Cluster) => c.api.list("pods", { namespace: "default" }).map((pod) => pod.metadata.name);
const scaling = (c: Cluster) =>
  c.api
    .list("events", { namespace: "default" })
    .filter(({ reason }) => reason === "ScalingReplicaSet")
    .map(({ message }) => (message ?? "").replace(/web-\S+/, "web"));

function change(c: Cluster, edit: (spec: NonNullable<Deployment["spec"]>) => object): void {
  const current = c.api.get("deployments.apps", "default", "web");
  if (current.spec === undefined) throw new Error("the Deployment has no spec");
  c.api.update("deployments.apps", { ...current, spec: { ...current.spec, ...edit(current.spec) } });
}

describe("Deployment", () => {
  // k8s.io/api/apps/v1 RollingUpdateDeployment: surge is rounded up, unavailable down
  test.each([
    [4, "25%", "25%", { surge: 1, unavailable: 1 }],
    [1, "25%", "25%", { surge: 1, unavailable: 0 }],
    [10, "25%", "25%", { surge: 3, unavailable: 2 }],
    [3, 0, 0, { surge: 0, unavailable: 1 }],
    [10, 2, "30%", { surge: 2, unavailable: 3 }],
  ])("[DEP-3] %i replicas with surge %s and unavailable %s", (replicas, maxSurge, maxUnavailable, expected) => {
    const { spec } = deployment(replicas);
    const rollingUpdate = { maxSurge, maxUnavailable };
    expect(
      fenceposts({
        ...deployment(replicas),
        spec: { ...spec, selector: {}, template: {}, strategy: { type: "RollingUpdate", rollingUpdate } },
      }),
    ).toEqual(expected);
  });

  // Measured: the events of a new image with four replicas begin so
  test("[DEP-3] [DEP-4] a new image goes 0 to 1, 4 to 3, 1 to 2 first", () => {
    const c = cluster();
    c.api.create("deployments.apps", "default", deployment(4));
    c.advance(1_500);
    change(c, () => ({ template: template("web", {}, "nginx:1.30") }));
    c.advance(1_500);
    const said = scaling(c);
    for (const message of [
      "Scaled up replica set web from 0 to 4",
      "Scaled up replica set web from 0 to 1",
      "Scaled down replica set web from 4 to 3",
      "Scaled up replica set web from 1 to 2",
    ])
      expect(said).toContain(message);
    expect(names(c)).toHaveLength(4);
    expect(c.api.get("deployments.apps", "default", "web").status).toMatchObject({ updatedReplicas: 4, replicas: 4 });
  });

  test("[DEP-2] going back brings the old ReplicaSet to the highest revision", () => {
    const c = cluster();
    c.api.create("deployments.apps", "default", deployment(1));
    c.advance(1_500);
    change(c, () => ({ template: template("web", {}, "nginx:1.30") }));
    c.advance(1_500);
    change(c, () => ({ template: template("web") }));
    c.advance(1_500);
    const revisions = c.api
      .list("replicasets.apps")
      .map(({ metadata, spec }) => [spec?.replicas, metadata.annotations?.["deployment.kubernetes.io/revision"]]);
    expect(revisions.sort()).toEqual([
      [0, "2"],
      [1, "3"],
    ]);
  });

  test("[DEP-6] Recreate never has pods of two versions", () => {
    const c = cluster();
    c.api.create("deployments.apps", "default", {
      ...deployment(3),
      spec: { ...deployment(3).spec, strategy: { type: "Recreate" } },
    });
    c.advance(1_500);
    change(c, () => ({ template: template("web", {}, "nginx:1.30") }));
    for (let i = 0; i < 150; i++) {
      c.advance(10);
      const images = new Set(c.api.list("pods", { namespace: "default" }).map((pod) => pod.spec?.containers[0]?.image));
      expect(images.size).toBeLessThanOrEqual(1);
    }
    expect(names(c)).toHaveLength(3);
  });

  test("[DEP-8] a roll-out that does not move is said to be stuck after 600 s", () => {
    const c = cluster();
    c.api.create("deployments.apps", "default", deployment(1, "registry.invalid/missing:1"));
    c.advance(590_000);
    const reason = () =>
      c.api.get("deployments.apps", "default", "web").status?.conditions?.find(({ type }) => type === "Progressing")
        ?.reason;
    expect(reason()).toBe("ReplicaSetUpdated");
    c.advance(20_000);
    expect(reason()).toBe("ProgressDeadlineExceeded");
  });

  test("[DEP-8] once a roll-out is complete nobody looks at its deadline any more", () => {
    const c = cluster();
    c.api.create("deployments.apps", "default", deployment(3));
    c.advance(60_000);
    expect(c.clock.nextAt).toBeUndefined();
  });

  test("[DEP-9] a paused Deployment scales but keeps its template", () => {
    const c = cluster();
    c.api.create("deployments.apps", "default", deployment(1));
    c.advance(1_500);
    change(c, () => ({ paused: true, replicas: 3, template: template("web", {}, "nginx:1.30") }));
    c.advance(1_500);
    const images = c.api.list("pods", { namespace: "default" }).map((pod) => pod.spec?.containers[0]?.image);
    expect(images).toEqual(["nginx:1.29", "nginx:1.29", "nginx:1.29"]);
    change(c, () => ({ paused: false }));
    c.advance(1_500);
    const after = c.api.list("pods", { namespace: "default" }).map((pod) => pod.spec?.containers[0]?.image);
    expect(after).toEqual(["nginx:1.30", "nginx:1.30", "nginx:1.30"]);
  });
});

describe("StatefulSet, DaemonSet, Job", () => {
  test("[STS-1] [STS-2] pods come in order with their names, and go from the last", () => {
    const c = cluster();
    const set = { serviceName: "db", replicas: 3, selector: { matchLabels: { app: "db" } }, template: template("db") };
    c.api.create("statefulsets.apps", "default", {
      apiVersion: "apps/v1",
      kind: "StatefulSet",
      metadata: { name: "db" },
      spec: set,
    });
    c.advance(250);
    expect(names(c)).toEqual(["db-0", "db-1"]);
    c.advance(1_000);
    expect(names(c)).toEqual(["db-0", "db-1", "db-2"]);
    const pod = c.api.get("pods", "default", "db-1");
    expect([pod.spec?.hostname, pod.spec?.subdomain]).toEqual(["db-1", "db"]);
    const current = c.api.get("statefulsets.apps", "default", "db");
    c.api.update("statefulsets.apps", { ...current, spec: { ...current.spec, replicas: 1 } });
    c.advance(1_000);
    expect(names(c)).toEqual(["db-0"]);
  });

  test("[DS-1] one pod on each node, and none on a node with a taint it does not tolerate", () => {
    const c = cluster();
    const node = c.api.get("nodes", undefined, "node-2");
    c.api.update("nodes", {
      ...node,
      spec: { ...node.spec, taints: [{ key: "only", value: "db", effect: "NoSchedule" }] },
    });
    c.api.create("daemonsets.apps", "default", {
      apiVersion: "apps/v1",
      kind: "DaemonSet",
      metadata: { name: "probe" },
      spec: { selector: { matchLabels: { app: "probe" } }, template: template("probe") },
    });
    c.advance(1_500);
    const nodes = c.api.list("pods", { namespace: "default" }).map((pod) => pod.spec?.nodeName);
    expect(nodes.sort()).toEqual(["node-1", "node-3"]);
  });

  // kubernetes/pkg/controller/daemon/update_test.go TestDaemonSetUpdatesPodsWithMaxSurge
  test("[DS-5] with maxSurge a new pod starts beside its old one, which goes when the new one is available", () => {
    const c = cluster();
    c.api.create("daemonsets.apps", "default", {
      apiVersion: "apps/v1",
      kind: "DaemonSet",
      metadata: { name: "probe" },
      spec: {
        selector: { matchLabels: { app: "probe" } },
        template: template("probe"),
        minReadySeconds: 5,
        updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      },
    });
    c.advance(10_000);
    const images = () =>
      c.api
        .list("pods", { namespace: "default" })
        .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
        .map(({ spec }) => spec?.containers[0]?.image)
        .sort();
    const status = () => c.api.get("daemonsets.apps", "default", "probe").status;
    expect(status()?.numberAvailable).toBe(3);
    const set = c.api.get("daemonsets.apps", "default", "probe");
    if (set.spec === undefined) throw new Error("the DaemonSet has no spec");
    c.api.update("daemonsets.apps", { ...set, spec: { ...set.spec, template: template("probe", {}, "nginx:1.30") } });
    c.advance(2_000);
    expect(images()).toEqual(["nginx:1.29", "nginx:1.29", "nginx:1.29", "nginx:1.30"]);
    expect([status()?.updatedNumberScheduled, status()?.numberAvailable]).toEqual([undefined, 3]);
    let fewest = 3;
    for (let i = 0; i < 40; i++) {
      c.advance(500);
      fewest = Math.min(fewest, status()?.numberAvailable ?? 0);
      expect(images().length).toBeLessThanOrEqual(4);
    }
    expect(fewest).toBe(3);
    expect(images()).toEqual(["nginx:1.30", "nginx:1.30", "nginx:1.30"]);
    expect(status()?.updatedNumberScheduled).toBe(3);
    const deleted = c.api
      .list("events")
      .filter(({ reason, involvedObject }) => involvedObject?.kind === "DaemonSet" && reason === "SuccessfulDelete");
    expect(deleted).toHaveLength(3);
  });

  test("[JOB-2] a Job is complete when enough of its pods have succeeded", () => {
    const c = cluster();
    const spec = { restartPolicy: "Never", containers: [{ name: "main", image: "busybox", command: ["true"] }] };
    c.api.create("jobs.batch", "default", {
      apiVersion: "batch/v1",
      kind: "Job",
      metadata: { name: "count" },
      spec: { completions: 3, parallelism: 2, template: { spec } },
    });
    c.advance(3_000);
    const { status } = c.api.get("jobs.batch", "default", "count");
    expect(status?.succeeded).toBe(3);
    expect(status?.conditions?.map(({ type }) => type)).toEqual(["SuccessCriteriaMet", "Complete"]);
  });
});

describe("ownership and namespaces", () => {
  test("[RS-3] a pod whose label is changed lives on and is replaced", () => {
    const c = cluster();
    c.api.create("deployments.apps", "default", deployment(1));
    c.advance(1_500);
    const [pod] = c.api.list("pods", { namespace: "default" });
    if (pod === undefined) throw new Error("no pod");
    c.api.update("pods", { ...pod, metadata: { ...pod.metadata, labels: { app: "debug" } } });
    c.advance(1_500);
    expect(names(c)).toHaveLength(2);
    expect(c.api.get("pods", "default", pod.metadata.name ?? "").metadata.ownerReferences).toBeUndefined();
  });

  test.each([
    ["[GC-1] in the background the pods go after it", "Background", 0],
    ["[GC-3] in the foreground the pods go before it", "Foreground", 0],
    ["[GC-4] orphaned pods stay", "Orphan", 2],
  ] as const)("%s", (_title, propagationPolicy, left) => {
    const c = cluster();
    c.api.create("deployments.apps", "default", deployment(2));
    c.advance(1_500);
    c.api.delete("deployments.apps", "default", "web", { propagationPolicy });
    c.advance(1_500);
    expect(names(c)).toHaveLength(left);
    expect(c.api.find("deployments.apps", "default", "web")).toBeUndefined();
  });

  test("[NS-1] [NS-2] [NS-3] a namespace has its content, and goes with all of it", () => {
    const c = cluster();
    c.api.create("namespaces", undefined, { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } });
    c.advance(100);
    expect(c.api.find("configmaps", "shop", "kube-root-ca.crt")).toBeDefined();
    c.api.create("deployments.apps", "shop", deployment(2));
    c.advance(1_500);
    c.api.delete("namespaces", undefined, "shop");
    expect(c.api.get("namespaces", undefined, "shop").status?.phase).toBe("Terminating");
    c.advance(1_500);
    expect(c.api.find("namespaces", undefined, "shop")).toBeUndefined();
    expect(c.api.list("pods", { namespace: "shop" })).toEqual([]);
  });
});

test("[RS-7] a round creates or deletes at most 500 pods, and the next continues", () => {
  const c = cluster();
  const made: number[] = [];
  let at = -1;
  c.api.watch("pods", ({ type }) => {
    if (type !== "ADDED") return;
    if (c.clock.now === at) made[made.length - 1] = (made.at(-1) ?? 0) + 1;
    else made.push(1);
    at = c.clock.now;
  });
  c.api.create("deployments.apps", "default", deployment(1_200));
  c.advance(3_000);
  expect(made.filter((count) => count > 1)).toEqual([500, 500, 200]);
});

const said = (c: Cluster, kind: string) =>
  c.api
    .list("events")
    .flatMap(({ involvedObject, reason, message }) =>
      involvedObject.kind === kind ? [`${reason}: ${(message ?? "").replace(/-[a-z0-9]{5}$/, "")}`] : [],
    );

test("[RC-2] a ReplicationController makes pods, and takes them away", () => {
  const c = cluster();
  const { object } = c.api.create("replicationcontrollers", "default", {
    apiVersion: "v1",
    kind: "ReplicationController",
    metadata: { name: "web" },
    spec: { replicas: 2, selector: { app: "web" }, template: template("web") },
  });
  c.advance(1_500);
  expect(names(c)).toHaveLength(2);
  const { generation, ...status } = { generation: 1, ...c.api.get("replicationcontrollers", "default", "web").status };
  expect(status).toEqual({
    availableReplicas: 2,
    fullyLabeledReplicas: 2,
    observedGeneration: generation,
    readyReplicas: 2,
    replicas: 2,
  });
  const owner = c.api.list("pods", { namespace: "default" })[0]?.metadata.ownerReferences?.[0];
  expect([owner?.apiVersion, owner?.kind, owner?.uid]).toEqual(["v1", "ReplicationController", object.metadata.uid]);
  const body = { spec: { replicas: 1 } };
  c.api.patch("replicationcontrollers", { namespace: "default", name: "web" }, { type: "merge", body });
  c.advance(1_500);
  expect(names(c)).toHaveLength(1);
  expect(said(c, "ReplicationController")).toEqual([
    "SuccessfulCreate: Created pod: web",
    "SuccessfulCreate: Created pod: web",
    "SuccessfulDelete: Deleted pod: web",
  ]);
});

// kubernetes/pkg/controller/job/job_controller.go syncJob, ensureJobConditionStatus
test("[JOB-5] a suspended Job says so, and its clock starts again when it continues", () => {
  const c = cluster();
  const container = { name: "main", image: "busybox", command: ["sleep", "100"] };
  const spec = { suspend: true, template: { spec: { restartPolicy: "Never", containers: [container] } } };
  const job = () => c.api.get("jobs.batch", "default", "work");
  const suspended = () => job().status?.conditions?.map((each) => `${each.type}=${each.status} ${each.reason}`);
  c.api.create("jobs.batch", "default", { apiVersion: "batch/v1", kind: "Job", metadata: { name: "work" }, spec });
  c.advance(1_500);
  expect(suspended()).toEqual(["Suspended=True JobSuspended"]);
  expect(job().status?.startTime).toBeUndefined();
  const set = (suspend: boolean) =>
    c.api.patch("jobs.batch", { namespace: "default", name: "work" }, { type: "merge", body: { spec: { suspend } } });
  set(false);
  c.advance(1_500);
  expect(names(c)).toHaveLength(1);
  expect(suspended()).toEqual(["Suspended=False JobResumed"]);
  set(true);
  c.advance(1_500);
  expect(names(c)).toHaveLength(0);
  expect(said(c, "Job")).toEqual([
    "Suspended: Job suspended",
    "SuccessfulCreate: Created pod: work",
    "Resumed: Job resumed",
    "SuccessfulDelete: Deleted pod: work",
  ]);
  expect(c.api.list("events").find(({ reason }) => reason === "Suspended")?.count).toBe(2);
});

// kubernetes/pkg/controlplane/controller/kubernetesservice/controller.go: each 10 s (instance.go EndpointInterval)
test("[BOOT-5] Service default/kubernetes and its endpoints are made again within ten seconds", () => {
  const c = cluster();
  const there = () => [
    c.api.find("services", "default", "kubernetes")?.spec?.clusterIP,
    c.api.find("endpoints", "default", "kubernetes")?.subsets?.[0]?.addresses?.[0]?.ip,
  ];
  const before = there();
  c.advance(3_000);
  c.api.delete("services", "default", "kubernetes");
  c.api.delete("endpoints", "default", "kubernetes");
  c.advance(6_000);
  expect(there()[0]).toBeUndefined();
  c.advance(1_100);
  expect(there()).toEqual(before);
});
