// Why a request will fail, reported when its packet is lost and not when its sender gives up.
import { expect, test } from "vitest";
import type { Place } from "../cluster/index.ts";
import { explainExchange } from "./index.ts";
import { Lab, service, web } from "./lab.ts";

const GOOD = `${service("type: NodePort, selector: { app: web }, ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]")}${web({ replicas: 3 })}`;
const LOCAL = `${service("type: NodePort, externalTrafficPolicy: Local, selector: { app: web }, ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]")}${web({ replicas: 1 })}`;
const BALANCED = `${service("type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8], selector: { app: web }, ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]")}${web({ replicas: 3 })}`;
const CLIENT = web({
  name: "client",
  labels: "app: client",
  image: "busybox",
  replicas: 1,
  container: '          command: ["sleep", "1d"]',
});
const LAPTOP: Place = { kind: "client", name: "laptop" };

type Aimed = { from?: Place; host?: string; port?: number };
type Way = readonly [string, string, (lab: Lab) => Aimed | undefined];

const WAYS: readonly Way[] = [
  ["a firewall", GOOD, ({ cluster }) => void cluster.faults.apply({ kind: "firewall" })],
  ["no route", GOOD, ({ cluster }) => void cluster.faults.apply({ kind: "no-route", client: "laptop" })],
  ["a node without power", GOOD, ({ cluster }) => void cluster.failNode("node-2")],
  [
    "a parted pod network",
    LOCAL.replace(", externalTrafficPolicy: Local", ""),
    ({ cluster }) => {
      const node = cluster.api.list("pods", { namespace: "default" })[0]?.spec?.nodeName ?? "";
      const other = node === "node-1" ? "node-2" : "node-1";
      cluster.faults.apply({ kind: "pod-network", between: [other, node] });
      return { host: cluster.network.nodeAddress(other) ?? "" };
    },
  ],
  [
    "a node without local endpoints",
    LOCAL,
    ({ cluster }) => {
      const node = cluster.api.list("pods", { namespace: "default" })[0]?.spec?.nodeName ?? "";
      return { host: cluster.network.nodeAddress(node === "node-1" ? "node-2" : "node-1") ?? "" };
    },
  ],
  [
    "source ranges",
    BALANCED,
    ({ cluster }) => {
      cluster.configure({ cloud: true });
      cluster.advance(10_000);
      const [ingress] = cluster.api.get("services", "default", "web").status?.loadBalancer?.ingress ?? [];
      return { host: ingress?.ip ?? "", port: 80 };
    },
  ],
  [
    "a cluster IP from the laptop",
    GOOD,
    ({ cluster }) => ({ host: cluster.api.get("services", "default", "web").spec?.clusterIP ?? "", port: 80 }),
  ],
  ["a cluster IP that nobody has", `${GOOD}${CLIENT}`, (lab) => ({ from: lab.pod("client"), host: "10.96.200.200" })],
  ["an address that no machine has", GOOD, () => ({ host: "192.168.1.77" })],
  [
    "a stopped DNS",
    `${GOOD}${CLIENT}`,
    (lab) => {
      lab.cluster.faults.apply({ kind: "coredns" });
      lab.cluster.advance(60_000);
      return { from: lab.pod("client"), host: "web", port: 80 };
    },
  ],
];

test.each(WAYS)("[DIAG-40] %s: at the drop, with the cause it has when the sender gives up", (_, text, prepare) => {
  const lab = new Lab(text, { hopLatency: 10 });
  const { from = LAPTOP, host = "192.168.1.12", port = 30_080 } = prepare(lab) ?? {};
  const id = lab.cluster.send({ from, host, port });
  lab.cluster.advance(500);
  const early = lab.cluster.trace.exchange(id) ?? expect.fail("it is forgotten");
  const atDrop = explainExchange(lab.cluster, early);
  if (early.outcome.kind === "pending") expect(atDrop?.seen).toBe("no answer yet");
  lab.cluster.advance(140_000);
  const ended = lab.cluster.trace.exchange(id) ?? expect.fail("it is forgotten");
  const atEnd = explainExchange(lab.cluster, ended);
  expect(atDrop).toBeDefined();
  expect(atEnd?.title).not.toMatch(/has passed|show no cause/);
  expect([atDrop?.class, atDrop?.title]).toEqual([atEnd?.class, atEnd?.title]);
});

test("[DIAG-40] while an ingress controller waits for a backend whose packet was dropped, that is reported", () => {
  const ingress = `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: site }
spec:
  ingressClassName: nginx
  defaultBackend: { service: { name: web, port: { number: 80 } } }
`;
  const lab = new Lab(ingress, { ingress: true, cloud: true });
  lab.cluster.advance(20_000);
  const [front] = lab.cluster.api.list("services", { namespace: "ingress-nginx" });
  const host = front?.status?.loadBalancer?.ingress?.[0]?.ip ?? "";
  const [controller] = lab.cluster.api.list("pods", { namespace: "ingress-nginx" });
  const node = controller?.spec?.nodeName ?? "";
  lab.cluster.faults.apply({ kind: "cordon", node }); // the backends come to the other nodes
  lab.apply(GOOD);
  lab.cluster.advance(5_000);
  for (const { name } of lab.cluster.settings.nodes)
    if (name !== node) lab.cluster.faults.apply({ kind: "pod-network", between: [node, name] });
  const id = lab.cluster.send({ from: LAPTOP, host, port: 80 });
  lab.cluster.advance(500);
  const exchange = lab.cluster.trace.exchange(id) ?? expect.fail("it is forgotten");
  expect(exchange.outcome.kind).toBe("pending");
  expect(explainExchange(lab.cluster, exchange)?.title).toMatch(/pod network/i);
});
