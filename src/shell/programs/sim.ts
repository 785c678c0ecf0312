// `sim …`: what a real cluster lacks: query rules and DNS, break and restore things, change the simulation.
import { type Cluster, own, type Place, type Protocol, printRules, type RouteAnswer } from "../../cluster/index.ts";
import { type Program, type ProgramIO, refuse } from "../program.ts";
import { answerLines } from "./dns.ts";
import { placeOf } from "./places.ts";
import { FAULT_USAGE, fail, faults, restore } from "./sim-faults.ts";
import { HEALTH_USAGE, health, why } from "./sim-health.ts";
import { MATRIX_USAGE, matrix } from "./sim-matrix.ts";
import { NODE_USAGE, node } from "./sim-node.ts";
import { type Verb, type Words, wordsOf } from "./sim-words.ts";

const USAGE = `sim route [--from WHO] [--protocol tcp|udp|sctp] [--at NODE] [-o json] ADDRESS:PORT
sim dns NAME TYPE
${FAULT_USAGE}
${HEALTH_USAGE}
${MATRIX_USAGE}
${NODE_USAGE}
sim cloud on [vip|proxy|hostname] | sim cloud off
sim ingress on|off
sim gateway on|off
sim cni policy on|off
sim metrics on|off
sim traffic [--from WHO] [--keep-alive] [--protocol tcp|udp] --rate N URL | sim traffic stop [ID] | sim traffic list
sim rules NODE [iptables|nftables]
sim set hop-latency|proxy-lag MS | sim set request-cpu MILLICORES
sim status`;

/** The program. */
export const sim: Program = (words, io) => {
  const [, verb = "", ...rest] = words;
  const parsed = wordsOf(rest);
  if (typeof parsed === "string") return refuse(io, `sim: ${parsed}`, 2);
  const run = own(VERBS, verb);
  if (run === undefined)
    return refuse(
      io,
      verb === "" || verb === "help" ? `usage:\n${USAGE}` : `sim: unknown command "${verb}"\nusage:\n${USAGE}`,
      2,
    );
  const complaint = run(parsed, io);
  if (complaint !== undefined) return refuse(io, `sim ${verb}: ${complaint}`, 1);
  io.exit(0);
};

function senderOf({ options }: Words, io: ProgramIO): Place | string | undefined {
  return placeOf(
    io.cluster,
    options.get("--from") ?? "laptop",
    options.get("-n") ?? options.get("--namespace") ?? io.namespace,
  );
}

const PROTOCOLS: Readonly<Record<string, Protocol>> = { tcp: "TCP", udp: "UDP", sctp: "SCTP" };

const route: Verb = (words, io) => {
  const match = /^([^:]+):(\d{1,5})$/.exec(words.rest[0] ?? "");
  if (match === null) return "an ADDRESS:PORT is required, for example 192.168.1.11:30080";
  const from = senderOf(words, io);
  if (from === undefined) return `there is no ${JSON.stringify(words.options.get("--from"))}`;
  const protocol = own(PROTOCOLS, (words.options.get("--protocol") ?? "tcp").toLowerCase());
  if (protocol === undefined) return "--protocol must be tcp, udp or sctp";
  const at = words.options.get("--at")?.replace(/^node\//, "");
  if (at !== undefined && io.cluster.api.find("nodes", undefined, at) === undefined)
    return `there is no node ${JSON.stringify(at)}`;
  if (typeof from !== "string" && io.cluster.network.addressOf(from) === undefined)
    return `${words.options.get("--from")} has no address yet`;
  const answer = io.cluster.route({ from, at, address: match[1] ?? "", port: Number(match[2]), protocol });
  io.out(words.options.get("-o") === "json" ? `${JSON.stringify(answer, null, 2)}\n` : `${formatRoute(answer)}\n`);
  return undefined;
};

function formatRoute(answer: RouteAnswer): string {
  if (answer.verdict !== "ACCEPT") return answer.verdict;
  return ["ACCEPT", ...answer.endpoints, ...(answer.masquerade ? ["masquerade"] : [])].join(" ");
}

const dns: Verb = ({ rest: [name, type = "A"] }, io) => {
  if (name === undefined) return "a NAME is required";
  const answer = io.cluster.resolve(name, type.toUpperCase());
  io.out(`${[answer.rcode, ...answerLines(answer)].join("\n")}\n`);
  return undefined;
};

const cloud: Verb = ({ rest: [state, kind] }, io) => {
  if (state !== "on" && state !== "off") return "specify on or off";
  if (kind !== undefined && kind !== "vip" && kind !== "proxy" && kind !== "hostname")
    return "the kind of load balancer must be vip, proxy or hostname";
  io.cluster.configure({ cloud: state === "on", ...(kind === undefined ? {} : { balancer: kind }) });
  io.out(`cloud provider ${state}${kind === undefined ? "" : `, load balancers of kind ${kind}`}\n`);
  return undefined;
};

const ingress: Verb = ({ rest: [state] }, io) => {
  if (state !== "on" && state !== "off") return "specify on or off";
  io.cluster.configure({ ingress: state === "on" });
  io.out(`ingress controller ${state}\n`);
  return undefined;
};

const gateway: Verb = ({ rest: [state] }, io) => {
  if (state !== "on" && state !== "off") return "specify on or off";
  io.cluster.configure({ gateway: state === "on" });
  io.out(`Gateway API controller ${state}\n`);
  return undefined;
};

const cni: Verb = ({ rest: [what, state] }, io) => {
  if (what !== "policy" || (state !== "on" && state !== "off")) return "specify policy on or policy off";
  io.cluster.configure({ networkPolicies: state === "on" });
  io.out(`network plugin ${state === "on" ? "enforces" : "ignores"} NetworkPolicies\n`);
  return undefined;
};

const metrics: Verb = ({ rest: [state] }, io) => {
  if (state !== "on" && state !== "off") return "specify on or off";
  io.cluster.configure({ metricsServer: state === "on" });
  io.out(`metrics server ${state}\n`);
  return undefined;
};

const traffic: Verb = (words, io) => {
  const [first, second] = words.rest;
  if (first === "list" || first === "stop") return manageTraffic(first, second, io.cluster, io);
  const match = /^(?:http:\/\/)?([^/:]+)(?::(\d+))?(\/.*)?$/.exec(first ?? "");
  if (match === null) return "a URL is required, for example http://192.168.1.11:30080/";
  const from = senderOf(words, io);
  if (from === undefined || typeof from === "string")
    return `there is no ${JSON.stringify(words.options.get("--from"))}`;
  const rate = Number(words.options.get("--rate") ?? "1");
  if (!(rate > 0 && rate <= 10_000)) return "--rate must be a number of requests per second, above 0 and at most 10000";
  const protocol = own(PROTOCOLS, (words.options.get("--protocol") ?? "tcp").toLowerCase());
  if (protocol === undefined) return "--protocol must be tcp, udp or sctp";
  const keepAlive = words.options.has("--keep-alive");
  const id = io.cluster.startTraffic({
    from,
    host: match[1] ?? "",
    port: Number(match[2] ?? 80),
    path: match[3] ?? "/",
    rate,
    target: first ?? "",
    ...(protocol === "TCP" ? {} : { protocol }),
    ...(keepAlive ? { keepAlive } : {}),
  });
  const how = keepAlive ? " over one connection" : "";
  io.out(`traffic ${id} started: ${rate} requests per second to ${first}${how}\n`);
  return undefined;
};

function manageTraffic(
  what: "list" | "stop",
  id: string | undefined,
  cluster: Cluster,
  io: ProgramIO,
): string | undefined {
  if (what === "list") {
    for (const each of cluster.listTraffic()) io.out(`${JSON.stringify(each)}\n`);
    return undefined;
  }
  const ids = id === undefined ? cluster.listTraffic().map((each) => each.id) : [Number(id)];
  for (const each of ids) {
    if (!cluster.stopTraffic(each)) return `there is no traffic ${each}`;
    io.out(`traffic ${each} stopped\n`);
  }
  return undefined;
}

const rules: Verb = ({ rest: [node = "", form = "iptables"] }, io) => {
  const name = node.replace(/^node\//, "");
  if (io.cluster.api.find("nodes", undefined, name) === undefined) return `there is no node ${JSON.stringify(name)}`;
  if (form !== "iptables" && form !== "nftables") return "the form of the rules must be iptables or nftables";
  io.out(`${printRules(io.cluster, name, form).replace(/\n$/, "")}\n`);
  return undefined;
};

const set: Verb = ({ rest: [name, value] }, io) => {
  if (name === "host-ports" && (value === "on" || value === "off")) {
    io.cluster.configure({ hostPorts: value === "on" });
    io.out(`${name} ${value}\n`);
    return undefined;
  }
  const ms = Number(value);
  if (name === "request-cpu") {
    if (value === undefined || !(ms >= 0 && ms <= 100_000))
      return "what a request costs must be a number of millicores for a second, at most 100000";
    io.cluster.configure({ requestCpu: ms });
    io.out(`${name} ${ms}m\n`);
    return undefined;
  }
  if (value === undefined || !(ms >= 0)) return "a number of milliseconds is required";
  if (name === "hop-latency") io.cluster.configure({ hopLatency: ms });
  else if (name === "proxy-lag") io.cluster.configure({ proxyLag: { from: ms, to: ms } });
  else if (name === "program-time") io.cluster.configure({ programTime: ms });
  else
    return `unknown setting ${JSON.stringify(name)}: hop-latency, proxy-lag, program-time, request-cpu, host-ports (on or off)`;
  io.out(`${name} ${ms} ms\n`);
  return undefined;
};

const status: Verb = (_, io) => {
  const { cluster } = io;
  const { settings } = cluster;
  io.out(
    [
      `time         ${cluster.date()} (${Math.round(cluster.clock.now)} ms since the cluster was made)`,
      `kubernetes   ${settings.version}`,
      `nodes        ${settings.nodes.map(({ name, address }) => `${name} ${address}${cluster.network.isOn(name) ? "" : " (down)"}`).join(", ")}`,
      `clients      ${settings.clients.map(({ name, address }) => `${name} ${address}`).join(", ")}`,
      `service CIDR ${settings.serviceCIDR}, pod CIDR ${settings.podCIDR}, node ports ${settings.nodePortRange.from}-${settings.nodePortRange.to}`,
      `cloud        ${settings.cloud ? "on" : "off"}`,
      `ingress      ${settings.ingress ? "on" : "off"}`,
      `policies     ${settings.networkPolicies ? "enforced by the network plugin" : "stored, not enforced"}`,
      `metrics      ${settings.metricsServer ? `on, a request costs ${settings.requestCpu}m for a second` : "off"}`,
      `gateway      ${settings.gateway ? "on" : "off"}`,
      `hop latency  ${settings.hopLatency} ms, proxy lag ${settings.proxyLag.from}-${settings.proxyLag.to} ms`,
      `traffic      ${cluster.listTraffic().length} running`,
      `faults       ${faultWords(cluster)}`,
      "",
    ].join("\n"),
  );
  return undefined;
};

/** How many things are broken, and what to type to see them. */
function faultWords(cluster: Cluster): string {
  const active = cluster.faults.list();
  return active.length === 0 ? "none" : `${active.length} (see sim faults): ${active.map(({ id }) => id).join(", ")}`;
}

const VERBS: Readonly<Record<string, Verb>> = {
  health,
  why,
  route,
  dns,
  fail,
  restore,
  faults,
  node,
  cloud,
  ingress,
  cni,
  metrics,
  gateway,
  matrix,
  traffic,
  rules,
  set,
  status,
};
