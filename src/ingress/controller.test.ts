// The controller on a whole cluster: installed, reached, answering, gone.

import { describe, expect, test } from "vitest";
import {
  type Cluster,
  createCluster,
  describeHop,
  type Outcome,
  type SendRequest,
  SHELL_SETTINGS,
} from "../cluster/index.ts";
import { ALL_KINDS } from "../kinds/index.ts";
import { containers } from "../runtime/index.ts";
import { ingressNginx } from "./index.ts";

const LAPTOP = { kind: "client", name: "laptop" } as const;

function world(settings: { cloud?: boolean; ingress?: boolean; hopLatency?: number } = {}): Cluster {
  const cluster = createCluster({
    seed: "ingress",
    settings: { ...SHELL_SETTINGS, ingress: true, ...settings },
    addons: [...ALL_KINDS, containers, ingressNginx],
  });
  deploy(cluster, "web", 2);
  deploy(cluster, "api", 1);
  route(cluster, "shop", { ingressClassName: "nginx" });
  cluster.advance(3_000);
  return cluster;
}

function deploy(cluster: Cluster, name: string, replicas: number): void {
  const labels = { app: name };
  const containers = [{ name: "main", image: "traefik/whoami", ports: [{ containerPort: 80 }] }];
  cluster.api.create("deployments.apps", "default", {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: "default" },
    spec: { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } },
  });
  cluster.api.create("services", "default", {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace: "default" },
    spec: { selector: labels, ports: [{ port: 8000, targetPort: 80 }] },
  });
}

function route(cluster: Cluster, name: string, spec: Record<string, unknown>): void {
  const path = (text: string, service: string) => ({
    path: text,
    pathType: "Prefix",
    backend: { service: { name: service, port: { number: 8000 } } },
  });
  const paths = [path("/", "web"), path("/api", "api"), path("/gone", "gone")];
  cluster.api.create("ingresses.networking.k8s.io", "default", {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name, namespace: "default" },
    spec: { rules: [{ host: "shop.example.com", http: { paths } }], ...spec },
  });
}

function get(cluster: Cluster, request: Partial<SendRequest> = {}): Outcome {
  let outcome: Outcome | undefined;
  cluster.send(
    { from: LAPTOP, host: addressOf(cluster) ?? "", port: 80, headers: { host: "shop.example.com" }, ...request },
    (what) => {
      outcome = what;
    },
  );
  for (let i = 0; outcome === undefined && i < 100_000 && cluster.step(); i++);
  return outcome ?? expect.fail("no outcome");
}

function addressOf(cluster: Cluster, ingress = "shop"): string | undefined {
  return cluster.api.get("ingresses.networking.k8s.io", "default", ingress).status?.loadBalancer?.ingress?.[0]?.ip;
}

function status(outcome: Outcome): number | string {
  return outcome.kind === "answered" ? outcome.status : outcome.kind;
}

describe("the route", () => {
  test("[INGRESS-3] laptop, load balancer, node, controller pod; then a second connection to the backend and back", () => {
    const cluster = world({ cloud: true });
    expect(addressOf(cluster)).toBe("203.0.113.10");
    const outcome = get(cluster);
    if (outcome.kind !== "answered") expect.fail(outcome.kind);
    expect(outcome.status).toBe(200);
    expect(outcome.servedBy).toMatchObject({ kind: "pod", namespace: "ingress-nginx" });
    const [asked, second] = [...cluster.trace.exchanges()].slice(-2);
    const places = (packets: readonly number[] = []) =>
      packets.flatMap((id) => cluster.trace.packet(id)?.hops ?? []).map(({ from, to }) => `${from.kind}>${to.kind}`);
    expect(places(asked?.packets)).toEqual(["client>outside", "outside>node", "node>pod", "pod>node", "node>client"]);
    expect(second).toMatchObject({ parent: asked?.id, from: { kind: "pod", namespace: "ingress-nginx" } });
    const hops = (second?.packets ?? []).flatMap((id) => cluster.trace.packet(id)?.hops ?? []);
    expect(hops.some(({ service, rules }) => service !== undefined || rules.length > 0)).toBe(false);
    expect(hops[0] && describeHop(hops[0])).toMatch(
      /^Pod ingress-nginx\/ingress-nginx-controller-\S+ matched shop\.example\.com\/ to Ingress default\/shop \(Prefix \/ → Service web:8000\), chose 10\.\S+:80, one of 2 ready endpoints, itself, so no Service rule applies, and sent a packet for /,
    );
  });

  test("[INGRESS-7] the backend sees the controller as its caller, and the client in X-Forwarded-For", () => {
    const cluster = world({ cloud: true });
    const outcome = get(cluster, {
      path: "/api/x",
      headers: { host: "shop.example.com", "x-forwarded-for": "6.6.6.6" },
    });
    const body = outcome.kind === "answered" ? outcome.body : "";
    expect(body).toMatch(/^RemoteAddr: 10\.244\./m);
    expect(body).toContain("GET /api/x HTTP/1.1\r\nHost: shop.example.com\r\n");
    expect(body).toContain("X-Forwarded-For: 192.168.1.10\r\n");
    expect(body).toContain("X-Original-Forwarded-For: 6.6.6.6\r\nX-Real-Ip: 192.168.1.10\r\n");
  });

  test("[INGRESS-6] ready endpoints take turns, and one that stops being ready is left out at once", () => {
    const cluster = world();
    const { ports } = cluster.api.get("services", "ingress-nginx", "ingress-nginx-controller").spec ?? {};
    const port = ports?.[0]?.nodePort ?? 0;
    const served = (times: number) =>
      new Set(
        Array.from({ length: times }, () => get(cluster, { host: "192.168.1.12", port })).map((each) =>
          each.kind === "answered" ? /Hostname: (.*)/.exec(each.body)?.[1] : each.kind,
        ),
      );
    const both = served(2);
    expect(both.size).toBe(2);
    const [first = ""] = [...both].map(String);
    cluster.setReadiness("default", first, false);
    cluster.advance(100);
    expect(served(4)).toEqual(new Set([...both].filter((each) => each !== first)));
  });

  test("[INGRESS-6] no rule is 404, no Service or no endpoint 503, in nginx's words, and the reply says why", () => {
    const cluster = world({ cloud: true });
    const unknown = get(cluster, { headers: { host: "other.example.com" } });
    expect(unknown).toMatchObject({
      status: 404,
      body: expect.stringContaining("<center><h1>404 Not Found</h1></center>\r\n<hr><center>nginx</center>"),
    });
    const [asked] = [...cluster.trace.exchanges()].slice(-1);
    const reply = cluster.trace.packet(asked?.packets[1] ?? 0)?.hops[0];
    expect(reply && describeHop(reply)).toContain(
      "found no Ingress for the host other.example.com, answered 404, and sent a packet for ",
    );
    expect(status(get(cluster, { path: "/gone" }))).toBe(503);
    cluster.api.patch(
      "deployments.apps",
      { namespace: "default", name: "api" },
      { type: "merge", body: { spec: { replicas: 0 } } },
    );
    cluster.advance(1_000);
    expect(get(cluster, { path: "/api" })).toMatchObject({
      status: 503,
      body: expect.stringContaining("503 Service Temporarily Unavailable"),
    });
  });

  test("[INGRESS-8] a backend on a node without power is passed over after 5 s for the next", () => {
    const cluster = world({ cloud: true });
    const [controller] = cluster.api.list("pods", { namespace: "ingress-nginx" });
    const webs = cluster.api
      .list("pods", { namespace: "default" })
      .filter(({ metadata }) => metadata.labels?.app === "web");
    const victim = webs.find(({ spec }) => spec?.nodeName !== controller?.spec?.nodeName);
    cluster.failNode(victim?.spec?.nodeName ?? "");
    const took = [0, 1].map(() => {
      const at = cluster.clock.now;
      expect(status(get(cluster))).toBe(200);
      return cluster.clock.now - at;
    });
    expect(took.sort((a, b) => a - b)).toEqual([0, 5_000]);
  });

  test("[INGRESS-10] https shows a certificate that signed itself; with a Secret under tls it is the host's, and http is sent on", () => {
    const cluster = world({ cloud: true });
    expect(get(cluster, { port: 443 })).toMatchObject({ status: 200, certificate: [] });
    cluster.api.create("secrets", "default", {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "cert", namespace: "default" },
      type: "kubernetes.io/tls",
      data: { "tls.crt": "eA==", "tls.key": "eA==" },
    });
    cluster.api.patch(
      "ingresses.networking.k8s.io",
      { namespace: "default", name: "shop" },
      { type: "merge", body: { spec: { tls: [{ hosts: ["shop.example.com"], secretName: "cert" }] } } },
    );
    cluster.advance(100);
    expect(get(cluster, { port: 443 })).toMatchObject({ status: 200, certificate: ["shop.example.com"] });
    expect(get(cluster, { path: "/api?x=1" })).toMatchObject({
      status: 308,
      headers: { location: "https://shop.example.com/api?x=1" },
    });
  });
});

describe("the installation", () => {
  test("[INGRESS-9] ADDRESS is the load balancer's, without a cloud the controller's node; each change is a Sync event", () => {
    const cluster = world({ cloud: true });
    expect(addressOf(cluster)).toBe("203.0.113.10");
    const events = cluster.api
      .list("events", { namespace: "default" })
      .filter(({ involvedObject }) => involvedObject.kind === "Ingress");
    expect(events.map(({ reason, message, count, source }) => [reason, message, count, source?.component])).toEqual([
      ["Sync", "Scheduled for sync", 2, "nginx-ingress-controller"],
    ]);
    cluster.configure({ cloud: false });
    cluster.advance(3_000);
    const [pod] = cluster.api.list("pods", { namespace: "ingress-nginx" });
    expect(addressOf(cluster)).toBe(pod?.status?.hostIP);
  });

  test("[INGRESS-2] without its class an Ingress is nobody's", () => {
    const cluster = world({ cloud: true });
    route(cluster, "classless", { rules: [{ host: "x.example.com" }] });
    route(cluster, "other", { ingressClassName: "traefik" });
    cluster.advance(3_000);
    expect([addressOf(cluster, "classless"), addressOf(cluster, "other")]).toEqual([undefined, undefined]);
  });

  test("[INGRESS-1] switched off, addresses are taken back and nothing answers; on again, all is as it was", () => {
    const cluster = world({ cloud: true });
    cluster.configure({ ingress: false });
    cluster.advance(5_000);
    expect(addressOf(cluster)).toBeUndefined();
    expect(cluster.api.find("namespaces", undefined, "ingress-nginx")).toBeUndefined();
    expect(status(get(cluster, { host: "203.0.113.10", timeoutMs: 1_000 }))).toBe("timeout");
    cluster.configure({ ingress: true });
    cluster.advance(30_000);
    expect(status(get(cluster))).toBe(200);
  });

  test("[INGRESS-1] a controller that is attached and off changes nothing", () => {
    const run = (addons: readonly (typeof ingressNginx)[]) => {
      const cluster = createCluster({ seed: "off", settings: SHELL_SETTINGS, addons: [...addons, ...ALL_KINDS] });
      deploy(cluster, "web", 2);
      route(cluster, "shop", { ingressClassName: "nginx" });
      cluster.advance(10_000);
      return JSON.stringify([
        cluster.api.list("pods"),
        cluster.api.list("events"),
        cluster.api.list("ingresses.networking.k8s.io"),
      ]);
    };
    expect(run([ingressNginx])).toBe(run([]));
  });

  test("[INGRESS-1] a cluster that was not handed a controller refuses to switch it on", () => {
    expect(() => createCluster({ addons: ALL_KINDS, seed: "none", settings: { ingress: true } })).toThrow(
      "ingress is on and not attached",
    );
  });
});

test("brings the fields of what it creates, as a page loads them late", () => {
  expect(ingressNginx.kinds?.some(({ structs }) => structs !== undefined)).toBe(true);
});
