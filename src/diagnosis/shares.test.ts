// Expected shares against what the cluster really does.
import { expect, test } from "vitest";
import { Lab, service, web } from "./lab.ts";
import { chancesOf, usualRange } from "./shares.ts";

const NODES = ["192.168.1.11", "192.168.1.12", "192.168.1.13"];

function chances(spec: string, replicas: number) {
  const lab = new Lab(`${service(spec)}${web({ replicas })}`);
  return { lab, shares: chancesOf(lab.cluster, lab.cluster.api.get("services", "default", "web")) };
}

test("[DIAG-31] three ready endpoints: a third each, on every node and by either route", () => {
  const { shares } = chances(
    "type: NodePort, selector: { app: web }, ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]",
    3,
  );
  expect(shares.size).toBe(3);
  for (const each of shares.values()) {
    expect(each).toHaveLength(6);
    for (const { chance } of each) expect(chance).toBeCloseTo(1 / 3);
  }
});

test("[DIAG-31] policy Local: from outside each node keeps to its own; from inside it is still a half each", () => {
  const { shares } = chances(
    "type: NodePort, externalTrafficPolicy: Local, selector: { app: web }, ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]",
    2,
  );
  for (const each of shares.values()) {
    expect(each.filter(({ via }) => via === "nodePort").map(({ chance }) => chance)).toEqual([1]);
    expect(each.filter(({ via }) => via === "clusterIP").map(({ chance }) => chance)).toEqual([0.5, 0.5, 0.5]);
  }
});

test("[DIAG-31] a headless Service has no chances: no rule chooses", () => {
  expect(chances("clusterIP: None, selector: { app: web }, ports: [{ port: 80 }]", 2).shares.size).toBe(0);
});

test("[DIAG-31] what 300 connections come to lies in the usual range around the expectation", () => {
  const { lab, shares } = chances(
    "type: NodePort, selector: { app: web }, ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]",
    3,
  );
  for (let i = 0; i < 300; i++)
    lab.cluster.send({ from: { kind: "client", name: "laptop" }, host: NODES[i % 3] ?? "", port: 30080 });
  lab.cluster.advance(5_000);
  const counts = [...lab.cluster.trace.counts()].filter((each) => each.service === "default/web");
  expect(counts.map(({ endpoint }) => endpoint).sort()).toEqual([...shares.keys()].sort());
  const { from, to } = usualRange(300, 1 / 3);
  expect([from, to]).toEqual([84, 116]);
  for (const { count } of counts) {
    expect(count).toBeGreaterThanOrEqual(from);
    expect(count).toBeLessThanOrEqual(to);
  }
});
