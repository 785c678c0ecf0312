// Which lines of a node's rules a packet lights, and where a chain's name leads.
import { expect, test } from "vitest";
import { createCluster, type Hop, type Place, printRules, SHELL_SETTINGS } from "../../cluster/index.ts";
import { jumpIn, lastPassage, lineOfChain, linesOfRules, linesWith, nftablesLinesOf } from "./rulesText.ts";

const nodeOf = (place: Place) => (place.kind === "node" ? place.name : undefined);

function world() {
  const cluster = createCluster({ seed: "rules", settings: SHELL_SETTINGS });
  cluster.api.create("deployments.apps", "default", {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web" },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: "web" } },
      template: {
        metadata: { labels: { app: "web" } },
        spec: { containers: [{ name: "web", image: "nginx", ports: [{ containerPort: 80 }] }] },
      },
    },
  });
  cluster.api.create("services", "default", {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web" },
    spec: { type: "NodePort", selector: { app: "web" }, ports: [{ port: 80, nodePort: 30080 }] },
  });
  cluster.advance(5_000);
  cluster.send({ from: { kind: "client", name: "laptop" }, host: "192.168.1.12", port: 30080 });
  cluster.advance(1_000);
  const passage = lastPassage(cluster.trace, "node-2", nodeOf);
  if (passage === undefined) throw new Error("the packet met no rules");
  return { cluster, passage };
}

test("every rule that the packet matched is one line of the node's iptables-save, in the order it met them", () => {
  const { cluster, passage } = world();
  const lines = printRules(cluster, "node-2").split("\n");
  const lit = linesOfRules(lines, passage.rules).map((at) => lines[at]);
  expect(lit).toEqual(passage.rules.map(({ text }) => text));
  expect(lit.join("\n")).toMatch(/-A KUBE-NODEPORTS .* --dport 30080 -j KUBE-EXT-/);
  expect(lastPassage(cluster.trace, "node-3", nodeOf)).toBeUndefined();
});

test("a chain's name leads to its first rule, in the table that is read", () => {
  const { cluster } = world();
  const lines = printRules(cluster, "node-2").split("\n");
  const nat = lines.indexOf("*nat");
  expect(lineOfChain(lines, "KUBE-SERVICES", nat + 20)).toBeGreaterThan(nat);
  expect(lineOfChain(lines, "KUBE-SERVICES", 3)).toBeLessThan(nat);
  const jump = lines.find((line) => line.includes("--dport 30080 -j KUBE-EXT-")) ?? "";
  const { chain } = jumpIn(jump);
  expect(lines[lineOfChain(lines, chain, lines.indexOf(jump))]).toMatch(new RegExp(`^-A ${chain} `));
});

test("in the nftables form the way in, the draw and the translation of the packet are lit", () => {
  const { cluster, passage } = world();
  const lines = printRules(cluster, "node-2", "nftables").split("\n");
  const { hop }: { hop: Hop } = passage;
  const lit = nftablesLinesOf(lines, hop).map((at) => lines[at]?.trim() ?? "");
  expect(lit).toHaveLength(3);
  expect(lit.some((line) => line.includes("tcp . 30080 : goto external-"))).toBe(true);
  expect(lit.some((line) => line.startsWith("numgen random mod 3 "))).toBe(true);
  expect(lit.at(-1)).toBe(`meta l4proto tcp dnat to ${hop.header.destination}:${hop.header.destinationPort}`);
});

test("a search finds lines whatever the case, and nothing for nothing", () => {
  expect(linesWith(["a KUBE-SVC-1", "b", "kube"], " kube")).toEqual([0, 2]);
  expect(linesWith(["a"], "  ")).toEqual([]);
});
