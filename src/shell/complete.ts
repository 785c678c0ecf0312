// What may stand at the end of a `sim` command.
import type { Cluster } from "../cluster/index.ts";

/** A word with a few words about it. */
export interface Word {
  readonly text: string;
  readonly detail?: string;
}

const VERBS = [
  "route",
  "dns",
  "fail",
  "restore",
  "faults",
  "health",
  "why",
  "cloud",
  "ingress",
  "traffic",
  "rules",
  "set",
  "status",
  "help",
];
const POD_OPTIONS = ["--readiness", "--listen", "--port", "--slow-start", "--slow-shutdown"];

/** Words that fit behind `sim`; the last of `words` is what is being typed. */
export function completeSim(words: readonly string[], cluster: Cluster): readonly Word[] {
  const partial = words.at(-1) ?? "";
  return candidates(words, cluster).filter(({ text }) => text.startsWith(partial) && text !== partial);
}

function candidates(words: readonly string[], cluster: Cluster): readonly Word[] {
  const [verb, what = ""] = words;
  if (words.length < 2) return VERBS.map((text) => ({ text }));
  if (verb === "fail") return words.length === 2 ? breakable(cluster) : details(what, words, cluster);
  if (verb === "restore" && words.length === 2) return mendable(cluster);
  if (verb === "rules" && words.length === 2) return named(nodesOf(cluster));
  if (verb === "set" && words.length === 2) return named(["hop-latency", "proxy-lag"]);
  if ((verb === "cloud" || verb === "ingress") && words.length === 2) return named(["on", "off"]);
  return [];
}

function breakable(cluster: Cluster): readonly Word[] {
  const nodes = nodesOf(cluster);
  const ofNodes = (kind: string, detail: string) => nodes.map((node) => ({ text: `${kind}/${node}`, detail }));
  const { api } = cluster;
  return [
    ...ofNodes("node", "cut its power"),
    ...ofNodes("kubelet", "stop it"),
    ...ofNodes("kube-proxy", "stop it"),
    ...ofNodes("cordon", "no new pods"),
    { text: "coredns", detail: "stop it" },
    { text: "firewall", detail: "before node ports" },
    { text: "route", detail: "of a client to the nodes" },
    { text: "network", detail: "of pods, between two nodes" },
    { text: "link", detail: "slow, or losing packets" },
    ...api.list("pods", { namespace: "default" }).map(({ metadata }) => ({ text: `pod/${metadata.name}` })),
    ...api
      .list("deployments.apps", { namespace: "default" })
      .map(({ metadata }) => ({ text: `deployment/${metadata.name}` })),
  ];
}

function details(what: string, words: readonly string[], cluster: Cluster): readonly Word[] {
  const clients = cluster.settings.clients.map(({ name }) => name);
  if (what === "route") return words.length === 3 ? named(clients) : [];
  if (what === "network") return words.length < 5 ? named(nodesOf(cluster)) : [];
  if (what === "link") return named(words.length < 5 ? [...clients, ...nodesOf(cluster)] : ["--latency", "--loss"]);
  if (what.startsWith("pod/")) return named(POD_OPTIONS);
  return /^(deploy|stateful|daemon|replica)/.test(what) ? named(POD_OPTIONS.slice(3)) : [];
}

/** What is broken now, as `sim restore` takes it. */
function mendable(cluster: Cluster): readonly Word[] {
  const ids = cluster.faults.list().map(({ id }) => id);
  return named(ids.length > 1 ? [...ids, "all"] : ids);
}

function nodesOf(cluster: Cluster): readonly string[] {
  return cluster.settings.nodes.map(({ name }) => name);
}

function named(texts: readonly string[]): readonly Word[] {
  return texts.map((text) => ({ text }));
}
