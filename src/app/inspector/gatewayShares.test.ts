// What the backends of a Gateway got of its requests.
import { expect, test } from "vitest";
import { createCluster, SHELL_SETTINGS } from "../../cluster/index.ts";
import type { Gateway } from "../../gateway/index.ts";
import { ALL_KINDS } from "../../kinds/index.ts";
import { createShell, runToEnd } from "../../shell/index.ts";
import { EXAMPLES } from "../examples/index.ts";
import { sharesOf } from "./gatewayShares.ts";

test("[INSPECT-3] a canary's part of the requests comes with its weight", async () => {
  const { load } = EXAMPLES.find(({ name }) => name === "gateway") ?? expect.fail("gateway");
  const cluster = createCluster({ seed: "shares", settings: { ...SHELL_SETTINGS, cloud: true }, addons: ALL_KINDS });
  const shell = createShell({ cluster, files: new Map([["a.yaml", await load()]]) });
  const run = (line: string) => runToEnd(cluster, shell, line, { out: () => {}, err: () => {} });
  run("sim gateway on");
  run("kubectl apply -f a.yaml");
  cluster.advance(20_000);
  const gateway = cluster.api.get("gateways.gateway.networking.k8s.io", "default", "shop") as Gateway; // its schema
  const address = gateway.status?.addresses?.[0]?.value;
  run(`for i in $(seq 20); do curl -s -H 'Host: shop.example.com' http://${address}/cart; done`);
  expect(sharesOf(cluster, gateway)[2]).toEqual({
    route: "shop",
    paths: "/cart",
    backends: [
      { backend: "cart", count: 18, share: 0.9, expected: 0.9 },
      { backend: "cart-canary", count: 2, share: 0.1, expected: 0.1 },
    ],
  });
  expect(sharesOf(cluster, gateway)[0]).toEqual({
    route: "docs",
    paths: "/",
    backends: [{ backend: "docs", count: 0, share: undefined, expected: 1 }],
  });
});
