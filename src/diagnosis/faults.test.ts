// What was broken on purpose, reported as a finding and by a request that meets it; undoing it fixes both.
import { expect, test } from "vitest";
import type { Fault, Place } from "../cluster/index.ts";
import { diagnose, explainExchange } from "./index.ts";
import { Lab, service, web } from "./lab.ts";

const GOOD = `${service("type: NodePort, selector: { app: web }, ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]")}${web({ replicas: 3 })}${web({ name: "client", labels: "app: client", image: "busybox", replicas: 1, container: '          command: ["sleep", "1d"]' })}`;

test.each<readonly [string, Fault, (lab: Lab) => readonly [Place | string, string, number], string]>([
  ["a firewall", { kind: "firewall" }, () => ["laptop", "192.168.1.11", 30080], "firewall"],
  ["no route", { kind: "no-route", client: "laptop" }, () => ["laptop", "192.168.1.11", 30080], "no route"],
  [
    "a lossy link",
    { kind: "link", between: ["laptop", "node-1"], latencyMs: 0, loss: 1 },
    () => ["laptop", "192.168.1.11", 30080],
    "link between laptop and node-1",
  ],
  ["CoreDNS stopped", { kind: "coredns" }, (lab) => [lab.pod("client"), "web", 80], "CoreDNS is stopped"],
])("[DIAG-17] [DIAG-26] %s", (_, fault, request, words) => {
  const lab = new Lab(GOOD);
  lab.cluster.faults.apply(fault);
  lab.cluster.advance(40_000);
  const found = lab.finding(`fault-${fault.kind}`);
  expect(found.explanation).toContain(words);
  const why = lab.why(...request(lab));
  expect(why.title).toBe(found.title);
  lab.cure(why.cures[0]?.remedy);
  lab.cluster.advance(20_000);
  expect(lab.send(...request(lab)).outcome.kind).toBe("answered");
  expect(diagnose(lab.cluster).filter(({ severity }) => severity !== "info")).toEqual([]);
});

test("[DIAG-26] a broken pod network between two nodes", () => {
  const lab = new Lab(GOOD.replace("replicas: 3", "replicas: 1"));
  const pod = lab.cluster.api
    .list("pods", { namespace: "default" })
    .find(({ metadata }) => metadata.name?.startsWith("web"));
  const there = pod?.spec?.nodeName ?? "";
  const here = there === "node-1" ? "node-2" : "node-1";
  lab.cluster.faults.apply({ kind: "pod-network", between: [here, there] });
  const address = lab.cluster.network.nodeAddress(here) ?? "";
  const why = lab.why("laptop", address, 30080);
  expect(why.explanation).toContain("not normal for nodePorts");
  lab.cure(why.cures[0]?.remedy);
  expect(lab.send("laptop", address, 30080).outcome.kind).toBe("answered");
});

test("[DIAG-26] a node whose kube-proxy stopped refuses what the others serve", () => {
  const lab = new Lab(GOOD.replace("selector: { app: web }, ports", "selector: { app: wep }, ports"));
  lab.cluster.faults.apply({ kind: "kube-proxy", node: "node-1" });
  lab.cure(lab.finding("selector-matches-nothing").cures[0]?.remedy);
  expect(lab.send("laptop", "192.168.1.12", 30080).outcome.kind).toBe("answered");
  const why = lab.why("laptop", "192.168.1.11", 30080);
  expect(why.title).toBe("The kube-proxy of node-1 is stopped");
  lab.cure(why.cures[0]?.remedy);
  expect(lab.send("laptop", "192.168.1.11", 30080).outcome.kind).toBe("answered");
});

test("[DIAG-17] a program made to listen on 127.0.0.1 is reported with its Service, and let listen again", () => {
  const lab = new Lab(GOOD.replace("replicas: 3", "replicas: 1"));
  const pod = lab.pod("web");
  if (pod.kind === "pod")
    lab.cluster.faults.apply({ kind: "listen", namespace: "default", pod: pod.name, loopback: true });
  const why = lab.why("laptop", "192.168.1.11", 30080);
  expect(why.title).toContain("127.0.0.1:8080");
  lab.cure(why.cures[0]?.remedy);
  expect(lab.send("laptop", "192.168.1.11", 30080).outcome.kind).toBe("answered");
});

test("[DIAG-27] a ClusterIP does not answer ping", () => {
  const lab = new Lab(GOOD);
  const host = lab.cluster.api.get("services", "default", "web").spec?.clusterIP ?? "";
  const id = lab.cluster.send({ from: lab.pod("client"), host, port: 0, protocol: "ICMP", timeoutMs: 1_000 });
  lab.cluster.advance(5_000);
  const exchange = lab.cluster.trace.exchange(id);
  const why = exchange && explainExchange(lab.cluster, exchange);
  expect(why?.title).toBe(`${host} doesn't answer ping, which is normal`);
  const cure = why?.cures[0]?.remedy;
  expect(cure?.kind === "send" && lab.send(cure.send.from, cure.send.host, cure.send.port).outcome.kind).toBe(
    "answered",
  );
});
