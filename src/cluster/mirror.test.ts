// A mirror answers as the cluster that it follows.
import { describe, expect, test } from "vitest";
import type { KubeObject } from "./api/objects.ts";
import { RESOURCES, resourceName } from "./api/scheme.ts";
import type { WatchHandler } from "./apiserver/store.ts";
import { createCluster } from "./cluster.ts";
import { COMPONENTS } from "./components.ts";
import { createMirror, type MirrorSource } from "./mirror.ts";
import type { Place } from "./network/packet.ts";
import { printRules } from "./rules.ts";
import { PAGE_SETTINGS } from "./sim/settings.ts";
import type { World } from "./world.ts";

const labels = { app: "web" };

function deployment(name: string, replicas: number) {
  const container = { name: "c", image: "nginx", ports: [{ name: "http", containerPort: 80 }] };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container] } },
    },
  };
}

function service(name: string, spec: object) {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name },
    spec: { selector: labels, ports: [{ port: 80, targetPort: "http" }], ...spec },
  };
}

function source() {
  const cluster = createCluster({ seed: "source" });
  const { api } = cluster;
  api.create("deployments.apps", "default", deployment("web", 3));
  api.create("services", "default", service("web", {}));
  api.create("services", "default", service("door", { type: "NodePort", externalTrafficPolicy: "Local" }));
  api.create("services", "default", service("cloud", { type: "LoadBalancer" }));
  api.create("services", "default", service("sticky", { sessionAffinity: "ClientIP" }));
  api.create("services", "default", service("heads", { clusterIP: "None" }));
  api.create("services", "default", {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "alias" },
    spec: { type: "ExternalName", externalName: "web.default.svc.cluster.local" },
  });
  cluster.advance(30_000);
  return cluster;
}

/** Every question that the objects of a world give rise to, with the answer. */
function answersOf(world: World): Readonly<Record<string, unknown>> {
  const answers: Record<string, unknown> = {};
  const pods = world.api.list("pods");
  const senders: Place[] = [
    { kind: "client", name: "laptop" },
    ...world.settings.nodes.map(({ name }): Place => ({ kind: "node", name })),
    ...pods.flatMap(({ metadata: { name = "", namespace = "" }, status }): Place[] =>
      status?.podIP === undefined ? [] : [{ kind: "pod", namespace, name }],
    ),
  ];
  for (const { name } of world.settings.nodes)
    for (const form of ["iptables", "nftables"] as const)
      answers[`rules ${name} ${form}`] = printRules(world, name, form);
  for (const { metadata, spec, status } of world.api.list("services")) {
    const ingress = (status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) => ip ?? []);
    const addresses = [...(spec?.clusterIPs ?? []).filter((each) => each !== "None"), ...ingress];
    for (const { port, nodePort } of spec?.ports ?? [])
      for (const from of senders) {
        const asked = [
          ...addresses.map((address) => ({ from, address, port })),
          ...(nodePort === undefined
            ? []
            : world.settings.nodes.map(({ address }) => ({ from, address, port: nodePort }))),
        ];
        for (const question of asked) answers[JSON.stringify(question)] = world.route(question);
        for (const { name: at } of world.settings.nodes)
          for (const question of asked) answers[`${at} ${JSON.stringify(question)}`] = world.route({ ...question, at });
      }
    const full = `${metadata.name}.${metadata.namespace}.svc.cluster.local.`;
    for (const type of ["A", "SRV", "CNAME"]) answers[`${type} ${full}`] = world.resolve(full, type);
  }
  for (const name of [
    "nothing.default.svc.cluster.local.",
    "_http._tcp.web.default.svc.cluster.local.",
    "example.com.",
  ])
    answers[name] = world.resolve(name, "A");
  answers.balancers = [...world.network.balancers].map(([ip, each]) => [ip, each.service, each.healthyNodes()]);
  return answers;
}

describe("a mirror", () => {
  test("answers as the cluster does, and follows what changes in it", () => {
    const cluster = source();
    const mirror = createMirror(cluster.api, { at: cluster.clock.now });
    const both = (ms: number) => {
      cluster.advance(ms);
      mirror.advance(ms);
    };
    const same = () => {
      const expected = answersOf(cluster);
      expect(answersOf(mirror.world)).toEqual(expected);
      return JSON.stringify(expected);
    };
    both(5_000);
    const seen = [same()];
    const changes: ReadonlyArray<() => unknown> = [
      () =>
        cluster.api.patch(
          "deployments.apps",
          { namespace: "default", name: "web" },
          { type: "merge", body: { spec: { replicas: 5 } } },
        ),
      () =>
        cluster.api.patch(
          "services",
          { namespace: "default", name: "web" },
          { type: "merge", body: { spec: { selector: { app: "other" } } } },
        ),
      () => cluster.api.create("services", "default", service("new", { type: "NodePort" })),
      () => cluster.api.delete("services", "default", "door"),
      () =>
        cluster.api.delete(
          "pods",
          "default",
          cluster.api.list("pods", { namespace: "default" })[0]?.metadata.name ?? "",
        ),
    ];
    for (const change of changes) {
      change();
      both(60_000);
      seen.push(same());
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(cluster.mishaps.list).toEqual([]);
  });

  test("holds the objects as they are and writes none, whatever time passes", () => {
    const cluster = source();
    const mirror = createMirror(cluster.api, { at: cluster.clock.now });
    mirror.advance(600_000);
    for (const resource of RESOURCES.map(resourceName))
      expect(mirror.world.api.list(resource), resource).toEqual(cluster.api.list(resource));
    expect(mirror.world.clock.now).toBe(cluster.clock.now + 600_000);
  });

  test("a node that joins gets its rules; after stop nothing is followed", () => {
    const cluster = source();
    let joined = false;
    let tell: WatchHandler = () => undefined;
    const growing: MirrorSource = {
      list: (resource, options) =>
        cluster.api.list(resource, options).filter((object) => joined || !isThird(object as KubeObject)),
      watch: (resource, handler) => {
        tell = handler;
        return cluster.api.watch(resource, handler);
      },
    };
    const mirror = createMirror(growing, { at: cluster.clock.now });
    const names = () => mirror.world.settings.nodes.map(({ name }) => name);
    expect(names()).toEqual(["node-1", "node-2"]);
    joined = true;
    const object = cluster.api.get("nodes", undefined, "node-3") as KubeObject;
    tell({ type: "ADDED", resource: "nodes", object, resourceVersion: 1 });
    mirror.advance(1_000);
    expect(names()).toEqual(["node-1", "node-2", "node-3"]);
    expect(printRules(mirror.world, "node-3")).toBe(printRules(cluster, "node-3"));
    mirror.stop();
    cluster.api.delete("services", "default", "web");
    mirror.advance(1_000);
    expect(mirror.world.api.find("services", "default", "web")).toBeDefined();
  });
});

test("a cluster without kube-proxy has no rules, and everything else", () => {
  const cluster = createCluster({ seed: "bare", components: COMPONENTS.filter(({ name }) => name !== "kube-proxy") });
  expect(cluster.route({ from: { kind: "node", name: "node-1" }, address: "10.96.0.1", port: 443 }).verdict).toBe(
    "NOMATCH",
  );
  expect(cluster.resolve("kubernetes.default.svc.cluster.local.", "A").answers).toHaveLength(1);
  expect(cluster.api.list("pods").every(({ status }) => status?.phase === "Running")).toBe(true);
});

const isThird = ({ kind, metadata }: KubeObject) => kind === "Node" && metadata.name === "node-3";

test("the mirror of a cluster of two nodes has two, by what the API says alone", () => {
  const cluster = createCluster({ seed: "two", settings: { nodes: PAGE_SETTINGS.nodes.slice(0, 2) } });
  const { world } = createMirror(cluster.api);
  expect(world.settings.nodes.map(({ address }) => address)).toEqual(
    cluster.settings.nodes.map(({ address }) => address),
  );
});
