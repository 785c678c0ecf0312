// Pods that outlive their node for a while.
import { expect, test } from "vitest";
import { diagnose, explainExchange, type Finding } from "./index.ts";
import { Lab, service, web } from "./lab.ts";

const TEXT = `${service("type: NodePort, selector: { app: web }, ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]")}${web({ replicas: 3 })}`;

function leave(...gone: string[]): Lab {
  const lab = new Lab(TEXT);
  lab.cluster.configure({ nodes: lab.cluster.settings.nodes.filter(({ name }) => !gone.includes(name)) });
  return lab;
}

test("[DIAG-49] their endpoints are named until they are removed, and nothing else is said about them", () => {
  const lab = leave("node-2", "node-3");
  const found = lab.findings("web");
  expect(found.map((each: Finding) => each.class)).toEqual(["node-gone"]);
  expect(found[0]?.title).toBe("node-2 and node-3 left the cluster, and pods from there are still in the endpoints");
  expect(found[0]?.explanation).toContain("2 of 3 connections get no answer");
  lab.cluster.advance(50_000);
  expect(diagnose(lab.cluster).filter(({ severity }) => severity !== "info")).toEqual([]);
});

test("[DIAG-49] a request that such a pod does not answer is explained by it", () => {
  const lab = leave("node-2", "node-3");
  let explained: string | undefined;
  for (let at = 0; at < 10 && explained === undefined; at++) {
    const exchange = lab.send("laptop", "192.168.1.11", 30080);
    if (exchange.outcome.kind === "timeout") explained = explainExchange(lab.cluster, exchange)?.title;
  }
  expect(explained).toMatch(/^node-2 and node-3 left the cluster/);
});

test("[DIAG-49] a Node that kubectl deleted leaves a machine, whose pods answer", () => {
  const lab = new Lab(TEXT);
  lab.cluster.api.delete("nodes", undefined, "node-2");
  expect(lab.findings("web")).toEqual([]);
});
