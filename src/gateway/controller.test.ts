// The controller on a whole cluster: installed, programmed, answering, gone.
import { beforeEach, describe, expect, test } from "vitest";
import { type Cluster, createCluster, type Outcome, type SendRequest, SHELL_SETTINGS } from "../cluster/index.ts";
import { ALL_KINDS } from "../kinds/index.ts";
import { containers } from "../runtime/index.ts";
import type { Condition, Gateway, Route } from "./api.ts";
import { GATEWAYS, ROUTES } from "./api.ts";
import { gatewayController } from "./index.ts";

const LAPTOP = { kind: "client", name: "laptop" } as const;
const CRDS = "customresourcedefinitions.apiextensions.k8s.io";
let cluster: Cluster;

beforeEach(() => {
  cluster = world();
});

function world(settings: { cloud?: boolean; gateway?: boolean } = {}): Cluster {
  const made = createCluster({
    seed: "gateway",
    settings: { ...SHELL_SETTINGS, gateway: true, cloud: true, ...settings },
    addons: [...ALL_KINDS, containers, gatewayController],
  });
  for (const name of ["web", "api"]) deploy(made, name);
  return made;
}

function deploy(made: Cluster, name: string, namespace = "default"): void {
  const labels = { app: name };
  const spec = { containers: [{ name: "main", image: "traefik/whoami", ports: [{ containerPort: 80 }] }] };
  made.api.create("deployments.apps", namespace, {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace },
    spec: { replicas: 2, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  });
  made.api.create("services", namespace, {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace },
    spec: { selector: labels, ports: [{ port: 8000, targetPort: 80 }] },
  });
}

function create(kind: string, name: string, spec: object, namespace = "default"): void {
  const resource = `${kind.toLowerCase()}s.gateway.networking.k8s.io`;
  const version = kind === "ReferenceGrant" ? "v1beta1" : "v1";
  const apiVersion = `gateway.networking.k8s.io/${version}`;
  cluster.api.create(resource, namespace, { apiVersion, kind, metadata: { name, namespace }, spec });
}

const HTTP = { name: "http", port: 80, protocol: "HTTP" };

function gateway(name: string, listeners: readonly object[] = [HTTP], more: object = {}): void {
  create("Gateway", name, { gatewayClassName: "podpath", listeners, ...more });
}

function route(name: string, spec: object, parent: object = { name: "shop" }): void {
  create("HTTPRoute", name, { parentRefs: [parent], ...spec });
}

const to = (name: string, more: object = {}) => ({ backendRefs: [{ name, port: 8000, ...more }] });
const gatewayNamed = (name: string) => cluster.api.get(GATEWAYS, "default", name) as Gateway; // its schema
const addressOf = (name: string) => gatewayNamed(name).status?.addresses?.[0]?.value ?? "";

function conditions(all: readonly Condition[] | undefined): string[] {
  return (all ?? []).map(({ type, status, reason }) => `${type} ${status} ${reason}`);
}

function parentsOf(name: string, resource: string = ROUTES.HTTPRoute): string[] {
  const found = cluster.api.get(resource, "default", name) as Route; // its schema
  return (found.status?.parents ?? []).flatMap((parent) => conditions(parent.conditions));
}

function get(host: string, request: Partial<SendRequest> = {}): Outcome {
  let outcome: Outcome = { kind: "pending" };
  cluster.send({ from: LAPTOP, host, port: 80, ...request }, (what) => {
    outcome = what;
  });
  cluster.advance(2_000);
  return outcome;
}

const statusOf = (outcome: Outcome) => (outcome.kind === "answered" ? outcome.status : outcome.kind);

test("kinds, controller and class are there while it is on, and the kinds stay [GW-1] [GW-2]", () => {
  gateway("shop");
  cluster.advance(5_000);
  expect(cluster.api.list(CRDS)).toHaveLength(10);
  expect(cluster.api.list("pods", { namespace: "podpath-gateway" })).toHaveLength(1);
  const made = cluster.api
    .list("services", { namespace: "default" })
    .find(({ metadata }) => metadata.name === "shop-podpath");
  expect(made?.metadata.ownerReferences?.[0]?.kind).toBe("Gateway");
  cluster.configure({ gateway: false });
  cluster.advance(30_000);
  expect(cluster.api.find("namespaces", undefined, "podpath-gateway")).toBeUndefined();
  expect(cluster.api.find("services", "default", "shop-podpath")).toBeUndefined();
  expect(conditions(gatewayNamed("shop").status?.conditions)).toEqual([
    "Accepted Unknown Pending",
    "Programmed Unknown Pending",
  ]);
  expect(cluster.api.list(CRDS)).toHaveLength(10);
  cluster.configure({ gateway: true });
  cluster.advance(5_000);
  expect(conditions(gatewayNamed("shop").status?.conditions)).toContain("Programmed True Programmed");
});

test("a Gateway that goes takes its pods with it, and its listeners open and close ports [GW-2]", () => {
  gateway("shop");
  route("all", { rules: [to("web")] });
  cluster.advance(5_000);
  const address = addressOf("shop");
  expect(statusOf(get(address))).toBe(200);
  const pods = () =>
    cluster.api.list("pods", { namespace: "default" }).filter(({ metadata }) => /^shop-/.test(metadata.name ?? ""));
  const [before] = pods();
  const listeners = [HTTP, { name: "more", port: 8080, protocol: "HTTP" }];
  cluster.api.patch(GATEWAYS, { namespace: "default", name: "shop" }, { type: "merge", body: { spec: { listeners } } });
  cluster.advance(3_000);
  expect(statusOf(get(address, { port: 8080 }))).toBe(200);
  expect(pods().map(({ metadata }) => metadata.name)).toEqual([before?.metadata.name]);
  cluster.api.delete(GATEWAYS, "default", "shop");
  cluster.advance(40_000);
  expect(pods()).toEqual([]);
});

test("a Gateway that takes another class gives up what was made for it [GW-2]", () => {
  gateway("shop");
  cluster.advance(5_000);
  const body = { spec: { gatewayClassName: "other" } };
  cluster.api.patch(GATEWAYS, { namespace: "default", name: "shop" }, { type: "merge", body });
  cluster.advance(5_000);
  expect(cluster.api.find("services", "default", "shop-podpath")).toBeUndefined();
  expect(cluster.api.find("deployments.apps", "default", "shop-podpath")).toBeUndefined();
});

test("without a pod of the controller nothing new is decided, and what was decided is served [GW-2]", () => {
  gateway("shop");
  route("all", { rules: [to("web")] });
  cluster.advance(5_000);
  cluster.api.patch(
    "deployments.apps",
    { namespace: "podpath-gateway", name: "gateway-controller" },
    { type: "merge", body: { spec: { replicas: 0 } } },
  );
  cluster.advance(40_000);
  route("late", { hostnames: ["late.org"], rules: [to("api")] });
  cluster.advance(5_000);
  expect(parentsOf("late")).toEqual([]);
  expect(statusOf(get(addressOf("shop")))).toBe(200);
});

describe("what a Gateway says [GW-3] [GW-4]", () => {
  test.each([
    [
      "of parameters",
      [HTTP],
      { infrastructure: { parametersRef: { group: "x.io", kind: "X", name: "x" } } },
      "Accepted False InvalidParameters",
    ],
    [
      "of a type of address",
      [HTTP],
      { addresses: [{ type: "Hostname", value: "a.org" }] },
      "Accepted False UnsupportedAddress",
    ],
    [
      "of an address",
      [HTTP],
      { addresses: [{ type: "IPAddress", value: "8.8.8.8" }] },
      "Programmed False AddressNotUsable",
    ],
    ["of listeners", [{ ...HTTP, protocol: "SCTP" }], {}, "Accepted False ListenersNotValid"],
    ["of some listeners", [HTTP, { name: "x", port: 9, protocol: "UDP" }], {}, "Accepted True ListenersNotValid"],
  ])("%s that cannot be served", (_, listeners, more, wanted) => {
    gateway("shop", listeners, more);
    cluster.advance(5_000);
    expect(conditions(gatewayNamed("shop").status?.conditions)).toContain(wanted);
  });

  test.each([
    [{ port: 80, protocol: "HTTPS" }, "ProtocolConflict"],
    [{ port: 80, protocol: "HTTP" }, "HostnameConflict"],
  ])("listeners in conflict are both not served: %j is a %s", (other, reason) => {
    gateway("shop", [HTTP, { name: "other", ...other }]);
    cluster.advance(5_000);
    const all = gatewayNamed("shop").status?.listeners ?? [];
    expect(all.map((each) => conditions(each.conditions).filter((text) => text.startsWith("Conflicted")))).toEqual([
      [`Conflicted True ${reason}`],
      [`Conflicted True ${reason}`],
    ]);
  });

  test("without a cloud its addresses are those of nodes", () => {
    cluster = world({ cloud: false });
    gateway("shop");
    cluster.advance(5_000);
    expect(addressOf("shop")).toMatch(/^192\.168\.1\.1[123]$/);
    const { ports = [] } = cluster.api.get("services", "default", "shop-podpath").spec ?? {};
    expect(statusOf(get(addressOf("shop"), { port: ports[0]?.nodePort ?? 0 }))).toBe(404);
  });
});

describe("what a route's parents say [GW-7] [GW-8] [GW-9] [GW-10]", () => {
  test.each([
    ["a section", { rules: [to("web")] }, { name: "shop", sectionName: "x" }, "Accepted False NoMatchingParent"],
    ["a port", { rules: [to("web")] }, { name: "shop", port: 81 }, "Accepted False NoMatchingParent"],
    [
      "a host",
      { hostnames: ["b.org"], rules: [to("web")] },
      { name: "shop" },
      "Accepted False NoMatchingListenerHostname",
    ],
    ["a Service", { rules: [to("gone")] }, { name: "shop" }, "ResolvedRefs False BackendNotFound"],
    [
      "a port of a Service",
      { rules: [to("web", { port: 1 })] },
      { name: "shop" },
      "ResolvedRefs False BackendNotFound",
    ],
    [
      "a kind",
      { rules: [to("web", { group: "x.io", kind: "X" })] },
      { name: "shop" },
      "ResolvedRefs False InvalidKind",
    ],
    [
      "a grant",
      { rules: [to("dns", { namespace: "kube-system" })] },
      { name: "shop" },
      "ResolvedRefs False RefNotPermitted",
    ],
    [
      "a pattern",
      { rules: [{ ...to("web"), matches: [{ path: { type: "RegularExpression", value: "/(" } }] }] },
      { name: "shop" },
      "Accepted False UnsupportedValue",
    ],
    [
      "one of two rules",
      { rules: [to("web"), { ...to("web"), matches: [{ path: { type: "RegularExpression", value: "/(" } }] }] },
      { name: "shop" },
      "PartiallyInvalid True UnsupportedValue",
    ],
  ])("without %s", (_, spec, parent, wanted) => {
    gateway("shop", [{ ...HTTP, hostname: "a.org" }]);
    route("all", spec, parent);
    cluster.advance(5_000);
    expect(parentsOf("all")).toContain(wanted);
  });

  test("a kind or a namespace that no listener allows, and attachedRoutes", () => {
    gateway("shop", [{ ...HTTP, allowedRoutes: { kinds: [{ kind: "GRPCRoute" }] } }]);
    route("all", { rules: [to("web")] });
    create("GRPCRoute", "calls", { parentRefs: [{ name: "shop" }], rules: [to("api")] });
    cluster.advance(5_000);
    expect(parentsOf("all")).toContain("Accepted False NotAllowedByListeners");
    expect(parentsOf("calls", ROUTES.GRPCRoute)).toContain("Accepted True Accepted");
    expect(gatewayNamed("shop").status?.listeners?.map(({ attachedRoutes }) => attachedRoutes)).toEqual([1]);
  });

  test("an HTTPRoute and a GRPCRoute with the same host: the older one has it", () => {
    gateway("shop");
    route("older", { hostnames: ["a.org"], rules: [to("web")] });
    cluster.advance(2_000);
    create("GRPCRoute", "younger", { parentRefs: [{ name: "shop" }], hostnames: ["*.org"], rules: [to("api")] });
    cluster.advance(5_000);
    expect(parentsOf("older")).toContain("Accepted True Accepted");
    expect(parentsOf("younger", ROUTES.GRPCRoute)).toContain("Accepted False HostnameConflict");
  });

  test("a grant opens another namespace, until it is gone", () => {
    cluster.api.create("namespaces", undefined, { apiVersion: "v1", kind: "Namespace", metadata: { name: "far" } });
    deploy(cluster, "store", "far");
    gateway("shop");
    route("all", { rules: [to("store", { namespace: "far" })] });
    cluster.advance(5_000);
    expect(statusOf(get(addressOf("shop")))).toBe(500);
    const from = [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute", namespace: "default" }];
    create("ReferenceGrant", "open", { from, to: [{ group: "", kind: "Service" }] }, "far");
    cluster.advance(3_000);
    expect(statusOf(get(addressOf("shop")))).toBe(200);
    cluster.api.delete("referencegrants.gateway.networking.k8s.io", "far", "open");
    cluster.advance(3_000);
    expect(statusOf(get(addressOf("shop")))).toBe(500);
  });
});

test("no ready endpoint is 503, and half of the requests to a missing half get 500 [GW-8] [GW-15]", () => {
  gateway("shop");
  const backendRefs = [
    { name: "web", port: 8000 },
    { name: "gone", port: 8000 },
  ];
  route("all", { rules: [{ backendRefs }] });
  cluster.advance(5_000);
  const address = addressOf("shop");
  expect([1, 2, 3, 4].map(() => statusOf(get(address)))).toEqual([200, 500, 200, 500]);
  cluster.api.patch(
    "deployments.apps",
    { namespace: "default", name: "web" },
    { type: "merge", body: { spec: { replicas: 0 } } },
  );
  cluster.advance(40_000);
  expect([1, 2].map(() => statusOf(get(address)))).toEqual([503, 500]);
});

test("a call of gRPC goes by its path; what nothing matches is unimplemented [GW-11]", () => {
  gateway("shop");
  const matches = [{ method: { service: "shop.Cart", method: "Add" } }];
  create("GRPCRoute", "calls", { parentRefs: [{ name: "shop" }], rules: [{ ...to("api"), matches }] });
  cluster.advance(5_000);
  const call = (path: string) => {
    const outcome = get(addressOf("shop"), { method: "POST", path, headers: { "content-type": "application/grpc" } });
    return outcome.kind === "answered" ? (outcome.headers["grpc-status"] ?? outcome.servedBy.kind) : outcome.kind;
  };
  expect([call("/shop.Cart/Add"), call("/shop.Cart/Drop")]).toEqual(["pod", "12"]);
});

describe("TLS by name [GW-6] [GW-17]", () => {
  const tls = (name: string, hostname: string, mode: string, more: object = {}) => ({
    name,
    port: 443,
    protocol: "TLS",
    hostname,
    tls: { mode, ...more },
  });

  test("is passed to the backend of the TLSRoute, and cut for a name that nobody has", () => {
    gateway("shop", [tls("pass", "*.a.org", "Passthrough")]);
    create("TLSRoute", "web", { parentRefs: [{ name: "shop" }], hostnames: ["x.a.org"], rules: [to("web")] });
    cluster.advance(5_000);
    const ask = (serverName: string) => statusOf(get(addressOf("shop"), { port: 443, serverName }));
    expect([ask("x.a.org"), ask("y.a.org"), ask("b.org")]).toEqual([200, "reset", "reset"]);
  });

  test("ends at a listener that has a certificate, which it needs", () => {
    gateway("shop", [{ name: "https", port: 443, protocol: "HTTPS", tls: { certificateRefs: [{ name: "gone" }] } }]);
    route("all", { rules: [to("web")] });
    cluster.advance(5_000);
    const [listener] = gatewayNamed("shop").status?.listeners ?? [];
    expect(conditions(listener?.conditions)).toEqual(
      expect.arrayContaining(["ResolvedRefs False InvalidCertificateRef", "Programmed False Invalid"]),
    );
    expect(listener?.attachedRoutes).toBe(1);
  });
});
