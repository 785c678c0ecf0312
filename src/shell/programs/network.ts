// What listens, and what a place knows of itself: hostname, env, /etc/resolv.conf.
import type { Cluster } from "../../cluster/index.ts";
import type { ProgramPlace } from "../../kubectl/index.ts";
import type { Program } from "../program.ts";
import { agnhost } from "./agnhost.ts";
import { netstat, ss } from "./listening.ts";
import { getent, host } from "./names.ts";
import { nc } from "./nc.ts";
import { ping } from "./ping.ts";
import { telnet } from "./telnet.ts";

/** Text of a pod's /etc/resolv.conf; of another place undefined. */
export function resolvConf(cluster: Cluster, { place }: ProgramPlace): string | undefined {
  if (place.kind !== "pod") return undefined;
  const uid = cluster.api.find("pods", place.namespace, place.name)?.metadata.uid ?? "";
  const resolver = cluster.network.podOf(uid)?.resolver;
  if (resolver === undefined) return "";
  return `search ${resolver.search.join(" ")}\nnameserver ${resolver.nameserver}\noptions ndots:${resolver.ndots}\n`;
}

/** The environment where a program runs; of a container as it was when it started. */
export function environmentOf(cluster: Cluster, { place, container }: ProgramPlace): Map<string, string> {
  if (place.kind !== "pod") return new Map([["HOSTNAME", place.name]]);
  const known = cluster.environment(place.namespace, place.name, container);
  return new Map(Object.entries(known ?? { HOSTNAME: place.name }));
}

const hostname: Program = (words, io) => {
  if (words.includes("-i") || words.includes("-I")) io.out(`${io.cluster.network.addressOf(io.at.place) ?? ""}\n`);
  else io.out(`${environmentOf(io.cluster, io.at).get("HOSTNAME")}\n`);
  io.exit(0);
};

export const SMALL_NETWORK_PROGRAMS: Readonly<Record<string, Program>> = {
  agnhost,
  getent,
  host,
  hostname,
  nc,
  netstat,
  ping,
  ss,
  telnet,
};
