// Services that change: types, addresses, ports, policies. Outside truth: docs/semantics.md 1.6 and the recorded sessions in src/conformance/service-api.

import { describe, expect, test } from "vitest";
import { ALL_KINDS } from "../../kinds/index.ts";
import type { Service, ServiceSpec } from "../api/types.gen.ts";
import { StatusError } from "../apimachinery/errors.ts";
import { fieldErrorText } from "../apimachinery/field-error-text.ts";
import { createCluster } from "../cluster.ts";

const T = { namespace: "default", name: "t" };

function world() {
  const { api } = createCluster({ addons: ALL_KINDS, seed: "test", settings: { coredns: false } });
  const create = (spec: object, name = "t") =>
    api.create("services", "default", { apiVersion: "v1", kind: "Service", metadata: { name }, spec })
      .object as Service;
  const patch = (spec: object, type: "strategic" | "merge" = "strategic") =>
    api.patch("services", T, { type, body: { spec } }).object as Service;
  return { api, create, patch };
}

function words(action: () => unknown): string {
  try {
    action();
    return "accepted";
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return error.status.causes.length > 0 ? error.status.causes.map(fieldErrorText).join(" | ") : error.status.message;
  }
}

const P80 = [{ port: 80 }];

test("[SVC-3] a ClusterIP Service has these defaults and no generation", () => {
  const { create } = world();
  const { metadata, spec, status } = create({ clusterIP: "10.96.7.7", selector: {}, ports: P80 });
  expect(spec).toEqual({
    clusterIP: "10.96.7.7",
    clusterIPs: ["10.96.7.7"],
    internalTrafficPolicy: "Cluster",
    ipFamilies: ["IPv4"],
    ipFamilyPolicy: "SingleStack",
    ports: [{ port: 80, protocol: "TCP", targetPort: 80 }],
    sessionAffinity: "None",
    type: "ClusterIP",
  });
  expect(status).toEqual({ loadBalancer: {} });
  expect(Object.keys(metadata).sort()).toEqual(["creationTimestamp", "name", "namespace", "resourceVersion", "uid"]);
});

test("[SVC-3] a status given on create is dropped", () => {
  const { api } = world();
  const object = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "s" },
    spec: { type: "LoadBalancer", ports: P80 },
    status: { loadBalancer: { ingress: [{ ip: "192.0.2.1" }] } },
  };
  expect((api.create("services", "default", object).object as Service).status).toEqual({ loadBalancer: {} });
});

describe("[SVC-6] from one type to another", () => {
  test("ClusterIP to NodePort keeps the address and adds a port and a policy", () => {
    const { create, patch } = world();
    const { clusterIP } = create({ ports: P80 }).spec ?? {};
    const after = patch({ type: "NodePort" }).spec;
    expect([after?.clusterIP, after?.externalTrafficPolicy]).toEqual([clusterIP, "Cluster"]);
    expect(after?.ports?.[0]?.nodePort).toBeGreaterThanOrEqual(30086);
  });

  test("NodePort to ClusterIP drops port and policy, and frees the port", () => {
    const { create, patch } = world();
    create({ type: "NodePort", ports: [{ port: 80, nodePort: 30080 }] });
    const after = patch({ type: "ClusterIP" }).spec;
    expect([after?.ports?.[0]?.nodePort, after?.externalTrafficPolicy]).toEqual([undefined, undefined]);
    expect(words(() => create({ type: "NodePort", ports: [{ port: 80, nodePort: 30080 }] }, "other"))).toBe("accepted");
  });

  test("NodePort to ClusterIP with another node port is refused", () => {
    const { create, patch } = world();
    create({ type: "NodePort", ports: [{ port: 80, nodePort: 30080 }] });
    expect(words(() => patch({ type: "ClusterIP", ports: [{ port: 80, nodePort: 30081 }] }))).toBe(
      "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
    );
  });

  test("ClusterIP to ExternalName and back gives up everything and gets a new address", () => {
    const { create, patch } = world();
    create({ clusterIP: "10.96.1.1", ports: P80 });
    const named = patch({ type: "ExternalName", externalName: "a.example" }).spec as ServiceSpec;
    expect(Object.keys(named).sort()).toEqual(["externalName", "ports", "sessionAffinity", "type"]);
    expect(words(() => create({ clusterIP: "10.96.1.1", ports: P80 }, "other"))).toBe("accepted");
    expect(patch({ type: "ClusterIP", externalName: null }).spec?.clusterIP).toMatch(/^10\.96\./);
  });

  test("a load balancer that becomes something else loses its addresses", () => {
    const { api, create, patch } = world();
    create({ type: "LoadBalancer", ports: P80 });
    api.patch(
      "services",
      T,
      { type: "merge", body: { status: { loadBalancer: { ingress: [{ ip: "192.0.2.1" }] } } } },
      { subresource: "status" },
    );
    expect((api.get("services", "default", "t") as Service).status?.loadBalancer?.ingress).toEqual([
      { ip: "192.0.2.1", ipMode: "VIP" },
    ]);
    const after = patch({ type: "NodePort" });
    expect([after.status, after.spec?.allocateLoadBalancerNodePorts]).toEqual([{ loadBalancer: {} }, undefined]);
  });

  test("switching node ports off later keeps those there are, and new ports get none", () => {
    const { create, patch } = world();
    create({ type: "LoadBalancer", ports: [{ name: "a", port: 80, nodePort: 30080 }] });
    const after = patch({ allocateLoadBalancerNodePorts: false, ports: [{ name: "b", port: 81 }] }).spec;
    expect(after?.ports?.map(({ nodePort }) => nodePort).sort()).toEqual([30080, undefined]);
  });
});

describe("[SVC-5] what the client leaves out stays", () => {
  test("node ports by the name of the port", () => {
    const { api, create } = world();
    create({
      type: "NodePort",
      ports: [
        { name: "web", port: 80, nodePort: 30492 },
        { name: "admin", port: 81, nodePort: 30493 },
      ],
    });
    const next = {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "t", namespace: "default" },
      spec: {
        type: "NodePort",
        ports: [
          { name: "front", port: 80 },
          { name: "admin", port: 82 },
        ],
      },
    };
    const ports = (api.update("services", next).object as Service).spec?.ports ?? [];
    expect(ports[1]?.nodePort).toBe(30493);
    expect(ports[0]?.nodePort).not.toBe(30492);
  });

  test("the address, also when it is patched away; that counts as a change", () => {
    const { api, create } = world();
    const before = create({ clusterIP: "None", selector: { a: "b" }, ports: P80 });
    const after = api.patch("services", T, { type: "merge", body: { spec: { clusterIP: null } } }).object as Service;
    expect(after.spec).toEqual(before.spec);
    expect(after.metadata.resourceVersion).not.toBe(before.metadata.resourceVersion);
  });
});

test.each<[string, object, object, string]>([
  [
    "another address",
    { clusterIP: "10.96.5.5", ports: P80 },
    { clusterIP: "10.96.200.200" },
    'spec.clusterIPs[0]: Invalid value: ["10.96.200.200"]: may not change once set',
  ],
  [
    "headless from an address",
    { ports: P80 },
    { clusterIP: "None" },
    'spec.clusterIPs[0]: Invalid value: ["None"]: may not change once set',
  ],
  [
    "an address for a headless one",
    { clusterIP: "None", selector: { a: "b" }, ports: P80 },
    { clusterIP: "10.96.3.3" },
    'spec.clusterIPs[0]: Invalid value: ["10.96.3.3"]: may not change once set',
  ],
  [
    "headless to NodePort",
    { clusterIP: "None", selector: { a: "b" }, ports: P80 },
    { type: "NodePort" },
    "spec.clusterIPs[0]: Invalid value: \"None\": may not be set to 'None' for NodePort services",
  ],
  [
    "another class",
    { type: "LoadBalancer", loadBalancerClass: "a/b", ports: P80 },
    { loadBalancerClass: "a/c" },
    'spec.loadBalancerClass: Invalid value: "a/c": may not change once set',
  ],
  [
    "no class",
    { type: "LoadBalancer", loadBalancerClass: "a/b", ports: P80 },
    { loadBalancerClass: null },
    "spec.loadBalancerClass: Invalid value: null: may not change once set",
  ],
  [
    "another health check port",
    { type: "LoadBalancer", externalTrafficPolicy: "Local", healthCheckNodePort: 30998, ports: P80 },
    { healthCheckNodePort: 30997 },
    "spec.healthCheckNodePort: Forbidden: field is immutable",
  ],
])("[SVC-7] %s is refused", (_, before, change, answer) => {
  const { create, patch } = world();
  create(before);
  expect(words(() => patch(change))).toBe(answer);
});

test.each<[string, object, object]>([
  [
    "headless without selector",
    { clusterIP: "None", ports: P80 },
    { ipFamilyPolicy: "RequireDualStack", ipFamilies: ["IPv4", "IPv6"], clusterIPs: ["None"] },
  ],
  [
    "headless with selector",
    { clusterIP: "None", selector: { a: "b" }, ports: P80 },
    { ipFamilyPolicy: "SingleStack", ipFamilies: ["IPv4"], clusterIPs: ["None"] },
  ],
  [
    "two families preferred",
    { clusterIP: "10.96.9.9", ipFamilyPolicy: "PreferDualStack", ports: P80 },
    { ipFamilyPolicy: "PreferDualStack", ipFamilies: ["IPv4"], clusterIPs: ["10.96.9.9"] },
  ],
])("[SVC-8] the families of a Service that is %s", (_, spec, families) => {
  expect(world().create(spec).spec).toMatchObject(families);
});

describe("allocation", () => {
  test("[ALLOC-1] [ALLOC-2] what nobody asked for comes from the upper bands", () => {
    const { create } = world();
    const specs = Array.from({ length: 40 }, (_, i) => create({ type: "NodePort", ports: P80 }, `s${i}`).spec);
    expect(specs.filter((spec) => spec?.clusterIP?.startsWith("10.96.0."))).toEqual([]);
    expect(specs.every((spec) => (spec?.ports?.[0]?.nodePort ?? 0) >= 30086)).toBe(true);
  });

  test("[ALLOC-2] TCP and UDP with one port share an automatic node port", () => {
    const { create } = world();
    const ports = create({
      type: "NodePort",
      ports: [
        { name: "t", port: 53 },
        { name: "u", port: 53, protocol: "UDP" },
      ],
    }).spec?.ports;
    expect(ports?.[0]?.nodePort).toBe(ports?.[1]?.nodePort);
  });

  test("[ALLOC-3] a refused Service leaves nothing allocated", () => {
    const { create } = world();
    const bad = {
      type: "NodePort",
      clusterIP: "10.96.8.8",
      sessionAffinity: "Cookie",
      ports: [{ port: 80, nodePort: 30500 }],
    };
    expect(words(() => create(bad))).toContain("spec.sessionAffinity");
    expect(words(() => create({ ...bad, sessionAffinity: "None" }))).toBe("accepted");
  });

  test("[ALLOC-3] deletion and a removed port give back what they held", () => {
    const { api, create, patch } = world();
    create({
      type: "NodePort",
      clusterIP: "10.96.8.8",
      ports: [
        { name: "a", port: 80, nodePort: 30500 },
        { name: "b", port: 81, nodePort: 30501 },
      ],
    });
    patch({ ports: [{ $patch: "delete", port: 81 }] });
    expect(words(() => create({ type: "NodePort", ports: [{ port: 80, nodePort: 30501 }] }, "other"))).toBe("accepted");
    api.delete("services", "default", "t");
    expect(
      words(() => create({ type: "NodePort", clusterIP: "10.96.8.8", ports: [{ port: 80, nodePort: 30500 }] })),
    ).toBe("accepted");
  });

  test("[ALLOC-4] a dry run shows placeholders, checks no range and takes nothing", () => {
    const { api, create } = world();
    const dry = (spec: object) =>
      api.create(
        "services",
        "default",
        { apiVersion: "v1", kind: "Service", metadata: { name: "t" }, spec },
        { dryRun: true },
      ).object as Service;
    const shown = dry({ type: "NodePort", ports: P80 });
    expect([shown.spec?.clusterIP, shown.spec?.ports?.[0]?.nodePort, shown.metadata.resourceVersion]).toEqual([
      "10.96.0.0",
      32769,
      undefined,
    ]);
    expect(words(() => dry({ type: "NodePort", clusterIP: "10.96.0.1", ports: [{ port: 80, nodePort: 1234 }] }))).toBe(
      "accepted",
    );
    expect(words(() => create({ clusterIP: "10.96.77.7", ports: P80 }))).toBe("accepted");
  });
});

test("[SVC-2] a health check port that cannot be had is an internal error", () => {
  const { create } = world();
  const spec = { type: "LoadBalancer", externalTrafficPolicy: "Local", healthCheckNodePort: 9999, ports: P80 };
  expect(words(() => create(spec))).toBe(
    "Internal error occurred: failed to allocate requested HealthCheck NodePort 9999: provided port is not in the valid range. The range of valid ports is 30000-32767",
  );
});

test.each<[object, string]>([
  [
    { ip: "198.51.100.999" },
    'status.loadBalancer.ingress[0].ip: Invalid value: "198.51.100.999": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
  ],
  [
    { hostname: "198.51.100.9" },
    'status.loadBalancer.ingress[0].hostname: Invalid value: "198.51.100.9": must be a DNS name, not an IP address',
  ],
])("[SVC-9] a load balancer's address %j is refused", (address, answer) => {
  const { api, create } = world();
  create({ type: "LoadBalancer", ports: P80 });
  const body = { status: { loadBalancer: { ingress: [address] } } };
  expect(words(() => api.patch("services", T, { type: "merge", body }, { subresource: "status" }))).toBe(answer);
});
