// `sim fail`, `sim restore` and `sim faults`: break things, restore them, and list what is broken.
import {
  type ActiveFault,
  type Cluster,
  describeFault,
  type Fault,
  type FaultyWorkload,
  faultId,
  own,
  StatusError,
} from "../../cluster/index.ts";
import type { ProgramIO } from "../program.ts";
import { placeOf } from "./places.ts";
import type { Verb, Words } from "./sim-words.ts";

/** The lines of `sim`'s usage that belong to faults. */
export const FAULT_USAGE = `sim fail node/NAME | kubelet/NODE | kube-proxy/NODE | cordon/NODE | coredns | firewall
sim fail route CLIENT | network NODE NODE | link PLACE PLACE [--latency MS] [--loss 0..1]
sim fail pod/NAME [--readiness | --listen 127.0.0.1 | --port N]
sim fail deployment/NAME --slow-start SECONDS | --slow-shutdown SECONDS
sim restore WHAT (as for fail) | sim restore all
sim faults [-o json]`;

const NODE_KINDS = { node: "node-power", kubelet: "kubelet", "kube-proxy": "kube-proxy", cordon: "cordon" } as const;

const WORKLOADS: Readonly<Record<string, FaultyWorkload["resource"]>> = {
  deployment: "deployments.apps",
  deploy: "deployments.apps",
  replicaset: "replicasets.apps",
  rs: "replicasets.apps",
  statefulset: "statefulsets.apps",
  sts: "statefulsets.apps",
  daemonset: "daemonsets.apps",
  ds: "daemonsets.apps",
  pod: "pods",
  po: "pods",
};

const WHAT =
  "specify one of: node/NAME, kubelet/NODE, kube-proxy/NODE, cordon/NODE, coredns, firewall, route CLIENT, \
network NODE NODE, link PLACE PLACE, pod/NAME or deployment/NAME (see sim help)";

/** What the words name: one fault, a crash that passes by itself, or a complaint. */
type Named = { readonly fault: Fault } | { readonly crash: { namespace: string; name: string } } | string;

export const fail: Verb = (words, io) => {
  const named = nameFault(words, io);
  if (typeof named === "string") return named;
  if ("crash" in named) {
    const { namespace, name } = named.crash;
    if (!io.cluster.crash(namespace, name)) return `no container of pod/${name} is running`;
    io.out(`pod/${name} crashed\n`);
    return undefined;
  }
  if (named.fault.kind === "link" && named.fault.latencyMs === 0 && named.fault.loss === 0)
    return "specify --latency MILLISECONDS, --loss FRACTION or both";
  const complaint = attempt(() => io.cluster.faults.apply(named.fault));
  if (complaint !== undefined) return complaint;
  io.out(`${failed(named.fault)}\n`);
  return undefined;
};

/** Whether there is such a machine, or a Node object that has none. */
function isNode({ settings, api }: Cluster, name: string): boolean {
  return settings.nodes.some((each) => each.name === name) || api.find("nodes", undefined, name) !== undefined;
}

/** What is printed when something breaks. */
function failed(fault: Fault): string {
  if (fault.kind === "node-power") return `node/${fault.node} is down`;
  if (fault.kind === "readiness") return `pod/${fault.pod} fails its readiness probe`;
  return describeFault(fault);
}

export const restore: Verb = (words, io) => {
  const { cluster } = io;
  const [first = ""] = words.rest;
  if (first === "all") {
    const all = cluster.faults.list();
    for (const { id } of all) undo(io, id);
    if (all.length === 0) io.out("nothing is broken\n");
    return undefined;
  }
  const node = /^node\/(.+)$/.exec(first)?.[1];
  if (node !== undefined) {
    if (!isNode(cluster, node)) return `there is no node ${JSON.stringify(node)}`;
    cluster.faults.undo(`node/${node}`);
    io.out(`node/${node} is up\n`);
    return undefined;
  }
  const target = targetOf(words, io);
  if (target !== undefined) return restoreTarget(target, words, io);
  const named = nameFault(words, io);
  if (typeof named === "string") return named;
  if (!("fault" in named) || !undo(io, faultId(named.fault))) return `${words.rest.join(" ")} is not broken`;
  return undefined;
};

/** Ends the faults of a pod or workload: the one that an option names, or all. */
function restoreTarget(target: FaultyWorkload, { options }: Words, io: ProgramIO): string | undefined {
  const { cluster } = io;
  const kind = target.resource.replace(/s(\.apps)?$/, "");
  const own = `${kind}/${target.namespace}/${target.name} --`;
  const only = FAULTS_OF_PODS.find((each) => options.has(`--${each}`) || (each === "listen" && options.has("--port")));
  const ids = cluster.faults.list().flatMap(({ id }) => (id.startsWith(`${own}${only ?? ""}`) ? [id] : []));
  if (ids.length === 0 && kind !== "pod") return `${kind}/${target.name} is not broken`;
  for (const id of ids) if (!id.endsWith("--readiness")) undo(io, id);
  if (kind === "pod" && (ids.length === 0 || ids.includes(`${own}readiness`))) {
    cluster.faults.undo(`${own}readiness`);
    io.out(`pod/${target.name} answers its readiness probe again\n`);
  }
  return undefined;
}

const FAULTS_OF_PODS = ["readiness", "listen", "slow-start", "slow-shutdown"];

function undo(io: ProgramIO, id: string): boolean {
  if (!io.cluster.faults.undo(id)) return false;
  io.out(`${id} is restored\n`);
  return true;
}

export const faults: Verb = ({ options }, io) => {
  const active = io.cluster.faults.list();
  if (options.get("-o") === "json") {
    io.out(`${JSON.stringify(active, null, 2)}\n`);
    return undefined;
  }
  if (active.length === 0) io.out("nothing is broken\n");
  for (const each of active) io.out(`${faultLines(each, io.cluster)}\n`);
  return undefined;
};

function faultLines({ id, fault, since }: ActiveFault, cluster: Cluster): string {
  const seconds = Math.round((cluster.clock.now - since) / 1000);
  return `${describeFault(fault)} (for ${seconds} s)\n  undo: sim restore ${id}`;
}

function nameFault(words: Words, io: ProgramIO): Named {
  const { rest, options } = words;
  const [first = "", ...others] = rest;
  const [head = "", name = ""] = first.split("/", 2);
  if (Object.hasOwn(NODE_KINDS, head)) {
    const kind = NODE_KINDS[head as keyof typeof NODE_KINDS]; // checked just above
    if (!isNode(io.cluster, name)) return `there is no node ${JSON.stringify(name)}`;
    return { fault: { kind, node: name } };
  }
  if (first === "coredns" || first === "firewall") return { fault: { kind: first } };
  if (first === "route") return { fault: { kind: "no-route", client: others[0] ?? "laptop" } };
  if (first === "network" || first === "link") return nameBetween(first, others, options);
  const target = targetOf(words, io);
  return typeof target === "object" ? nameOfPod(target, options) : missing(first, head, words, io);
}

/** Why a word names nothing. */
function missing(first: string, head: string, { options }: Words, io: ProgramIO): string {
  if (first === "") return WHAT;
  if (!Object.hasOwn(WORKLOADS, head)) return `there is no ${JSON.stringify(first)}: ${WHAT}`;
  const namespace = options.get("-n") ?? options.get("--namespace") ?? io.namespace;
  return `there is no ${JSON.stringify(first)} in namespace ${namespace}`;
}

function nameBetween(what: "network" | "link", ends: readonly string[], options: Words["options"]): Named {
  const [a, b] = ends.map((each) => each.replace(/^(node|client)\//, ""));
  if (a === undefined || b === undefined) {
    const example = what === "network" ? "network node-1 node-2" : "link laptop node-1 --latency 200 --loss 0.3";
    return `two places are required, for example ${example}`;
  }
  if (what === "network") return { fault: { kind: "pod-network", between: [a, b] } };
  const latencyMs = amount(options.get("--latency"), "ms", 60_000);
  if (latencyMs === undefined) return "--latency must be a number of milliseconds, at most 60000";
  const loss = share(options.get("--loss"));
  if (loss === undefined) return "--loss must be the fraction of packets to lose, from 0 to 1";
  return { fault: { kind: "link", between: [a, b], latencyMs, loss } };
}

/** The pod or workload that the first word names. */
function targetOf({ rest: [first = ""], options }: Words, io: ProgramIO): FaultyWorkload | undefined {
  const [head = "", ...parts] = first.split("/");
  const resource = own(WORKLOADS, head);
  if (resource === undefined) return undefined;
  const current = options.get("-n") ?? options.get("--namespace") ?? io.namespace;
  const [namespace = "", name = ""] = parts.length > 1 ? parts : [current, ...parts];
  const target = { resource, namespace, name };
  if (resource === "pods" && placeOf(io.cluster, `pod/${namespace}/${name}`, namespace) === undefined) return undefined;
  return io.cluster.api.find(resource, namespace, name) === undefined ? undefined : target;
}

function nameOfPod(target: FaultyWorkload, options: Words["options"]): Named {
  const { namespace, name } = target;
  for (const kind of ["slow-start", "slow-shutdown"] as const) {
    if (!options.has(`--${kind}`)) continue;
    const seconds = amount(options.get(`--${kind}`), "s", 3_600);
    if (seconds === undefined || seconds === 0) return `--${kind} must be a number of seconds, at most 3600`;
    return { fault: { kind, ...target, seconds } };
  }
  if (target.resource !== "pods")
    return "specify --slow-start SECONDS or --slow-shutdown SECONDS (only a pod can crash)";
  if (options.has("--readiness")) return { fault: { kind: "readiness", namespace, pod: name, ready: false } };
  if (options.has("--listen") || options.has("--port")) return nameListening(target, options);
  return { crash: { namespace, name } };
}

function nameListening({ namespace, name }: FaultyWorkload, options: Words["options"]): Named {
  const [address = "", behind] = (options.get("--listen") ?? "").split(":", 2);
  const text = behind ?? options.get("--port");
  const port = text === undefined ? undefined : Number(text);
  if (port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= 65_535))
    return "--port must be a number from 1 to 65535";
  if (options.has("--listen") && !["127.0.0.1", "localhost", "0.0.0.0"].includes(address))
    return "--listen must be 127.0.0.1, which can't be reached from outside the pod";
  const loopback = address === "127.0.0.1" || address === "localhost";
  if (!loopback && port === undefined) return "programs listen on all addresses by default: add --port";
  const listen = { kind: "listen", namespace, pod: name, loopback } as const;
  return { fault: port === undefined ? listen : { ...listen, port } };
}

/** `200`, `200ms`, `10s`: a number from 0 to `limit`; 0 when absent, undefined when it is none. */
function amount(text: string | undefined, unit: string, limit: number): number | undefined {
  if (text === undefined) return 0;
  const value = Number(text.endsWith(unit) ? text.slice(0, -unit.length) : text);
  return text !== "" && value >= 0 && value <= limit ? value : undefined;
}

/** `0.3` or `30%`. */
function share(text: string | undefined): number | undefined {
  if (text === undefined) return 0;
  const value = text.endsWith("%") ? Number(text.slice(0, -1)) / 100 : Number(text);
  return text !== "" && value >= 0 && value <= 1 ? value : undefined;
}

/** Does something that the cluster may refuse; returns its words then. */
function attempt(work: () => void): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof StatusError) return error.message;
    throw error;
  }
}
