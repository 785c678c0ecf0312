// What may come at the end of a `sim` command.
import type { World } from "../cluster/index.ts";

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
  "node",
  "cloud",
  "ingress",
  "cni",
  "metrics",
  "gateway",
  "matrix",
  "traffic",
  "rules",
  "set",
  "status",
  "help",
];
const NODE_OPTIONS = ["--zone", "--cpu", "--memory", "--pods"];
const POD_OPTIONS = ["--readiness", "--listen", "--port", "--slow-start", "--slow-shutdown"];

/** Words that fit behind `sim`; the last of `words` is what is being typed. */
export function completeSim(words: readonly string[], world: World): readonly Word[] {
  const partial = words.at(-1) ?? "";
  return candidates(words, world).filter(({ text }) => text.startsWith(partial) && text !== partial);
}

function candidates(words: readonly string[], world: World): readonly Word[] {
  const [verb, what = ""] = words;
  if (words.length < 2) return VERBS.map((text) => ({ text }));
  if (verb === "fail") return words.length === 2 ? breakable(world) : details(what, words, world);
  if (verb === "restore" && words.length === 2) return mendable(world);
  if (verb === "rules" && words.length === 2) return named(nodesOf(world));
  if (verb === "node") return ofNode(what, words, world);
  if (verb === "set" && words.length === 2) return named(["hop-latency", "proxy-lag", "request-cpu"]);
  if (["cloud", "ingress", "gateway", "metrics"].includes(verb ?? "") && words.length === 2)
    return named(["on", "off"]);
  if (verb === "matrix") return named(["--from", "--to", "--diff"]);
  if (verb === "cni") return named(words.length === 2 ? ["policy"] : words.length === 3 ? ["on", "off"] : []);
  return [];
}

function ofNode(what: string, words: readonly string[], world: World): readonly Word[] {
  if (words.length === 2)
    return [
      { text: "add", detail: "a machine joins" },
      { text: "remove", detail: "it is gone" },
    ];
  if (what === "remove") return words.length === 3 ? named(nodesOf(world)) : [];
  return what === "add" && (words.at(-1) ?? "").startsWith("-") ? named(NODE_OPTIONS) : [];
}

function breakable(world: World): readonly Word[] {
  const nodes = nodesOf(world);
  const ofNodes = (kind: string, detail: string) => nodes.map((node) => ({ text: `${kind}/${node}`, detail }));
  const { api } = world;
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

function details(what: string, words: readonly string[], world: World): readonly Word[] {
  const clients = world.settings.clients.map(({ name }) => name);
  if (what === "route") return words.length === 3 ? named(clients) : [];
  if (what === "network") return words.length < 5 ? named(nodesOf(world)) : [];
  if (what === "link") return named(words.length < 5 ? [...clients, ...nodesOf(world)] : ["--latency", "--loss"]);
  if (what.startsWith("pod/")) return named(POD_OPTIONS);
  return /^(deploy|stateful|daemon|replica)/.test(what) ? named(POD_OPTIONS.slice(3)) : [];
}

/** What is broken now, as `sim restore` takes it. */
function mendable(world: World): readonly Word[] {
  const ids = world.faults.list().map(({ id }) => id);
  return named(ids.length > 1 ? [...ids, "all"] : ids);
}

function nodesOf(world: World): readonly string[] {
  return world.settings.nodes.map(({ name }) => name);
}

function named(texts: readonly string[]): readonly Word[] {
  return texts.map((text) => ({ text }));
}
