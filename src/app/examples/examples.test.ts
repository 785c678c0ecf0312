// Every manifest of the gallery comes up on a fresh cluster, and its Services answer where Kubernetes lets them.

import { expect, test } from "vitest";
import { type Cluster, createCluster, type Service, SHELL_SETTINGS } from "../../cluster/index.ts";
import { gatewayController } from "../../gateway/index.ts";
import { ingressNginx } from "../../ingress/index.ts";
import { ALL_KINDS } from "../../kinds/index.ts";
import { containers } from "../../runtime/index.ts";
import { createShell, runToEnd } from "../../shell/index.ts";
import { EXAMPLES, type Example } from "./index.ts";

type Run = (line: string) => { readonly text: string; readonly code: number };

function placedRun(manifest: string, settings: Example["settings"]): { cluster: Cluster; run: Run } {
  const cluster = createCluster({
    seed: "gallery",
    settings: { ...SHELL_SETTINGS, ...settings },
    addons: [...ALL_KINDS, containers, ingressNginx, gatewayController],
  });
  cluster.advance(1_500);
  const shell = createShell({ cluster, files: new Map([["example.yaml", manifest]]) });
  const run: Run = (line) => {
    let text = "";
    const write = (part: string) => {
      text += part;
    };
    const code = runToEnd(cluster, shell, line, { out: write, err: write });
    return { text, code };
  };
  return { cluster, run };
}

function ownServices(cluster: Cluster): readonly Service[] {
  return cluster.api
    .list("services")
    .filter(
      ({ metadata }) =>
        !/^(?:kube-system|ingress-nginx)$/.test(metadata.namespace ?? "") && metadata.name !== "kubernetes",
    );
}

/** `host:port` of each way a Service can be reached, with the machine that may ask there. */
function waysTo(service: Service, cluster: Cluster): readonly (readonly [from: string, address: string])[] {
  const { clusterIP, ports = [] } = service.spec ?? {};
  const { name, namespace } = service.metadata;
  if (clusterIP === "None") {
    const slices = cluster.api
      .list("endpointslices.discovery.k8s.io", { namespace: namespace ?? "default" })
      .filter(({ metadata }) => metadata.labels?.["kubernetes.io/service-name"] === name);
    return slices.flatMap(({ endpoints, ports: open }) =>
      (endpoints ?? []).flatMap(({ addresses }) =>
        (open ?? []).map(({ port }) => ["ssh node-1 ", `${addresses[0]}:${port}`] as const),
      ),
    );
  }
  return ports
    .filter(({ protocol }) => protocol === "TCP")
    .flatMap(({ port, nodePort }) => [
      ["ssh node-1 ", `${clusterIP}:${port}`] as const,
      ...(nodePort === undefined ? [] : [["", `192.168.1.12:${nodePort}`] as const]),
    ]);
}

/** A selector that matches nothing, programs on 127.0.0.1, on purpose: refused everywhere. */
const REFUSED = new Set(["broken-selector", "port-forward"]);

test.each(EXAMPLES.map((each) => [each.name, each] as const))(
  "[EXAMPLES-1] %s comes up and answers",
  async (name, example) => {
    const { cluster, run } = placedRun(await example.load(), example.settings);
    expect(run("kubectl apply -f example.yaml").code).toBe(0);
    cluster.advance(180_000);
    for (const { metadata, status } of cluster.api.list("pods")) {
      const ready = status?.conditions?.find(({ type }) => type === "Ready")?.status;
      expect([metadata.name, ready]).toEqual([metadata.name, "True"]);
    }
    const services = ownServices(cluster);
    expect(services.length).toBeGreaterThan(0);
    for (const service of services) {
      const { type, externalName } = service.spec ?? {};
      if (type === "ExternalName") {
        const alias = run(`dig +short ${service.metadata.name}.${service.metadata.namespace}.svc.cluster.local`);
        expect(alias.text.split("\n")[0]).toBe(`${externalName}.`);
        continue;
      }
      const ways = waysTo(service, cluster);
      expect(ways.length).toBeGreaterThan(0);
      for (const [from, address] of ways) {
        const { code } = run(`${from}curl -s -o /dev/null -m 3 http://${address}`);
        expect([address, code]).toEqual([address, REFUSED.has(name) ? 7 : 0]);
      }
    }
  },
);

test("[EXAMPLES-3] three load balancers have three addresses, the Ingress one, and every rule of it answers", async () => {
  const load = (name: string) => EXAMPLES.find((each) => each.name === name) ?? expect.fail(name);
  const three = load("three-load-balancers");
  const { cluster, run } = placedRun(await three.load(), three.settings);
  run("kubectl apply -f example.yaml");
  cluster.advance(20_000);
  expect([...cluster.network.balancers.keys()]).toEqual(["203.0.113.10", "203.0.113.11", "203.0.113.12"]);
  const one = load("ingress");
  const ingress = placedRun(await one.load(), one.settings);
  ingress.run("kubectl apply -f example.yaml");
  ingress.cluster.advance(20_000);
  expect([...ingress.cluster.network.balancers.keys()]).toEqual(["203.0.113.10"]);
  const get = (host: string, path: string) => ingress.run(`curl -s -H 'Host: ${host}' http://203.0.113.10${path}`).text;
  expect(get("shop.example.com", "/")).toMatch(/^Hostname: web-/);
  expect(get("shop.example.com", "/cart/7")).toMatch(/^Hostname: cart-.*X-Forwarded-For: 192\.168\.1\.10/s);
  expect(get("docs.example.com", "/")).toMatch(/^Hostname: docs-/);
  expect(get("nobody.example.com", "/")).toContain("<center>nginx</center>");
});

test("[EXAMPLES-3] three ways in cost five load balancers, and the canary gets one request of ten", async () => {
  const { load, settings } = EXAMPLES.find((each) => each.name === "gateway") ?? expect.fail("gateway");
  const { cluster, run } = placedRun(await load(), settings);
  run("kubectl apply -f example.yaml");
  cluster.advance(20_000);
  expect(cluster.network.balancers.size).toBe(5);
  const address = run("kubectl get gateway shop -o jsonpath='{.status.addresses[0].value}'").text;
  const get = (host: string, path: string) => run(`curl -s -H 'Host: ${host}' http://${address}${path}`).text;
  expect(get("shop.example.com", "/")).toMatch(/^Hostname: web-/);
  expect(get("docs.example.com", "/")).toMatch(/^Hostname: docs-.*X-Forwarded-For: 192\.168\.1\.10/s);
  const carts = Array.from(
    { length: 20 },
    () => /^Hostname: (cart(?:-canary)?)-/.exec(get("shop.example.com", "/cart"))?.[1],
  );
  expect(carts.filter((each) => each === "cart-canary")).toHaveLength(2);
  expect(carts.filter((each) => each === "cart")).toHaveLength(18);
});

test("[EXAMPLES-2] port-forward reaches the app that its Service cannot", async () => {
  const { load, settings } = EXAMPLES.find((each) => each.name === "port-forward") ?? expect.fail("none");
  const { cluster, run } = placedRun(await load(), settings);
  run("kubectl apply -f example.yaml");
  cluster.advance(20_000);
  run("kubectl port-forward svc/web 8080:80 &");
  expect(run("curl -s localhost:8080").text).toMatch(/web-.* on node-/);
});
