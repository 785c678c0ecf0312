// Small network tools: ping, nc, ss; and what a place knows of itself: hostname, env, /etc/resolv.conf.
import type { Cluster, Outcome } from "../../cluster/index.ts";
import type { ProgramPlace } from "../../kubectl/index.ts";
import { type Program, type ProgramIO, refuse } from "../program.ts";
import { send } from "./places.ts";

/** Text of a pod's /etc/resolv.conf; of another place undefined. */
export function resolvConf(cluster: Cluster, { place }: ProgramPlace): string | undefined {
  if (place.kind !== "pod") return undefined;
  const uid = cluster.api.find("pods", place.namespace, place.name)?.metadata.uid ?? "";
  const resolver = cluster.network.podOf(uid)?.resolver;
  if (resolver === undefined) return "";
  return `search ${resolver.search.join(" ")}\nnameserver ${resolver.nameserver}\noptions ndots:${resolver.ndots}\n`;
}

/** The environment of a container: its own variables, and those of the Services that were there before the pod. */
export function environmentOf(cluster: Cluster, { place, container }: ProgramPlace): Map<string, string> {
  if (place.kind !== "pod") return new Map([["HOSTNAME", place.name]]);
  const pod = cluster.api.find("pods", place.namespace, place.name);
  const env = new Map([
    ["PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
    ["HOSTNAME", pod?.spec?.hostname ?? place.name],
  ]);
  const born = pod?.metadata.creationTimestamp ?? "";
  const known = [
    ...cluster.api.list("services", { namespace: "default" }).filter(({ metadata }) => metadata.name === "kubernetes"),
    ...cluster.api.list("services", { namespace: place.namespace }),
  ];
  if (pod?.spec?.enableServiceLinks !== false)
    for (const { metadata, spec } of known) {
      const ip = spec?.clusterIP ?? "";
      const [first, ...more] = spec?.ports ?? [];
      if (first === undefined || ip === "" || ip === "None" || (metadata.creationTimestamp ?? "") > born) continue;
      const name = (metadata.name ?? "").toUpperCase().replaceAll("-", "_");
      const url = (port: { protocol?: string | undefined; port: number }) =>
        `${(port.protocol ?? "TCP").toLowerCase()}://${ip}:${port.port}`;
      env.set(`${name}_SERVICE_HOST`, ip).set(`${name}_SERVICE_PORT`, String(first.port));
      for (const each of [first, ...more])
        if (each.name)
          env.set(`${name}_SERVICE_PORT_${each.name.toUpperCase().replaceAll("-", "_")}`, String(each.port));
      env.set(`${name}_PORT`, url(first));
      for (const each of [first, ...more]) {
        const protocol = each.protocol ?? "TCP";
        const prefix = `${name}_PORT_${each.port}_${protocol}`;
        env
          .set(prefix, url(each))
          .set(`${prefix}_PROTO`, protocol.toLowerCase())
          .set(`${prefix}_PORT`, String(each.port))
          .set(`${prefix}_ADDR`, ip);
      }
    }
  const own = pod?.spec?.containers.find(({ name }) => name === container) ?? pod?.spec?.containers[0];
  for (const { name, value } of own?.env ?? []) if (value !== undefined) env.set(name, value);
  return env;
}

const env: Program = (_, io) => {
  io.out([...environmentOf(io.cluster, io.at)].map(([name, value]) => `${name}=${value}\n`).join(""));
  io.exit(0);
};

const hostname: Program = (words, io) => {
  if (words.includes("-i") || words.includes("-I")) io.out(`${io.cluster.network.addressOf(io.at.place) ?? ""}\n`);
  else io.out(`${environmentOf(io.cluster, io.at).get("HOSTNAME")}\n`);
  io.exit(0);
};

/** The address of a name or address; undefined when the place cannot resolve it. */
function addressOf(host: string, io: ProgramIO): string | undefined {
  if (/^\d+(?:\.\d+){3}$/.test(host)) return host;
  const { place } = io.at;
  const search =
    place.kind === "pod" ? [`.${place.namespace}.svc.cluster.local`, ".svc.cluster.local", ".cluster.local", ""] : [""];
  for (const domain of search) {
    const found = io.cluster.resolve(`${host}${domain}`, "A").answers.find(({ type }) => type === "A");
    if (found !== undefined) return found.data;
  }
  return undefined;
}

/** Answers come from machines and pods that are up; a ClusterIP is nobody's address and answers nothing. */
const ping: Program = (words, io) => {
  const at = words.indexOf("-c");
  const count = at < 0 ? 4 : Math.min(100, Number(words[at + 1]) || 1);
  const [host] = words.slice(1).filter((word, i) => !word.startsWith("-") && !/^-[cWwi]$/.test(words[i] ?? ""));
  if (host === undefined) return refuse(io, "Usage: ping [-c COUNT] HOST", 1);
  const address = addressOf(host, io);
  if (address === undefined) return refuse(io, `ping: bad address '${host}'`, 1);
  const { cluster } = io;
  const node = cluster.network.nodeAt(address) ?? cluster.network.podAt(address)?.node;
  const client = cluster.settings.clients.some((each) => each.address === address);
  const answers = client || (node !== undefined && cluster.network.isOn(node));
  io.out(`PING ${host} (${address}): 56 data bytes\n`);
  const timer = cluster.clock.schedule((count - 1) * 1000, () => {
    if (answers)
      for (let seq = 0; seq < count; seq++)
        io.out(`64 bytes from ${address}: seq=${seq} ttl=63 time=${(cluster.settings.hopLatency * 2).toFixed(3)} ms\n`);
    const received = answers ? count : 0;
    io.out(
      `\n--- ${host} ping statistics ---\n${count} packets transmitted, ${received} packets received, ${answers ? 0 : 100}% packet loss\n`,
    );
    io.exit(answers ? 0 : 1);
  });
  io.onInterrupt(() => timer.cancel());
};

/** `nc -zv HOST PORT`: whether a port takes connections. */
const nc: Program = (words, io) => {
  const waitAt = words.indexOf("-w");
  const timeoutMs = waitAt < 0 ? undefined : Number(words[waitAt + 1]) * 1000;
  const [host, port] = words.slice(1).filter((word, i) => !word.startsWith("-") && words[i] !== "-w");
  if (host === undefined || !/^\d+$/.test(port ?? "")) return refuse(io, "usage: nc -zv [-w SECONDS] HOST PORT", 1);
  if (!words.some((word) => /^-\w*z/.test(word)))
    return refuse(io, "nc is simulated with -z only: nc -zv HOST PORT", 1);
  const udp = words.some((word) => /^-\w*u/.test(word));
  const request = {
    host,
    port: Number(port),
    protocol: udp ? "UDP" : "TCP",
    target: `${host}:${port}`,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  } as const;
  send(io, request, ({ outcome, remote }) => {
    const address = remote?.address ?? host;
    const text = ncText(outcome, host, port ?? "", address);
    io.err(`${text}\n`);
    io.exit(outcome.kind === "answered" ? 0 : 1);
  });
};

function ncText(outcome: Outcome, host: string, port: string, address: string): string {
  switch (outcome.kind) {
    case "answered":
      return `${host} (${address}:${port}) open`;
    case "unresolved":
      return `nc: bad address '${host}'`;
    case "refused":
      return `nc: ${host} (${address}:${port}): Connection refused`;
    case "unreachable":
      return `nc: ${host} (${address}:${port}): No route to host`;
    default:
      return `nc: ${host} (${address}:${port}): Connection timed out`;
  }
}

/** What listens: a container's ports; on a node no node port is ever among them, as rules take those packets. */
const ss: Program = (_, io) => {
  const { place } = io.at;
  const pod = place.kind === "pod" ? io.cluster.api.find("pods", place.namespace, place.name) : undefined;
  const ports = (pod?.spec?.containers ?? []).flatMap(({ ports: own = [] }) =>
    own.filter(({ protocol }) => (protocol ?? "TCP") === "TCP").map(({ containerPort }) => containerPort),
  );
  const listening = place.kind === "node" ? [10249, 10250, 10256] : ports;
  io.out("State  Recv-Q Send-Q Local Address:Port  Peer Address:Port\n");
  for (const port of [...new Set(listening)].sort((a, b) => a - b))
    io.out(`LISTEN 0      511    ${`0.0.0.0:${port}`.padEnd(19)}0.0.0.0:*\n`);
  io.exit(0);
};

export const SMALL_NETWORK_PROGRAMS: Readonly<Record<string, Program>> = {
  env,
  printenv: env,
  hostname,
  nc,
  netstat: ss,
  ping,
  ss,
};
