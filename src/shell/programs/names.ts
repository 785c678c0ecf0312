// `getent hosts` and `host`: names as a program's own resolver finds them.
import type { DnsRecord } from "../../cluster/index.ts";
import { type Program, type ProgramIO, refuse } from "../program.ts";
import { ask, candidates, resolverOf } from "./dns.ts";

/** Asks along the search list, as programs do; undefined when the server does not answer. */
export function find(io: ProgramIO, name: string, done: (records: readonly DnsRecord[] | undefined) => void): void {
  const resolver = resolverOf(io);
  const names = resolver === undefined ? [name] : candidates(name, resolver);
  const next = () => {
    const each = names.shift();
    if (each === undefined) {
      done([]);
      return;
    }
    ask(io, { name: each, type: "A", server: resolver?.nameserver, timeoutMs: 5_000, tries: 2 }, (told) => {
      if ("failure" in told) done(undefined);
      else if (told.answer.answers.some(({ type }) => type === "A")) done(told.answer.answers);
      else next();
    });
  };
  next();
}

/** `getent hosts NAME`: the first address and the name it is listed under. */
export const getent: Program = (words, io) => {
  const [, database, name] = words;
  if ((database !== "hosts" && database !== "ahosts") || name === undefined)
    return refuse(io, "getent: only `getent hosts NAME` is simulated", 1);
  const listed = io.cluster.network.hostsFile?.(io.at.place, name);
  if (listed !== undefined) {
    io.out(`${listed.padEnd(15)} ${name}\n`);
    io.exit(0);
    return;
  }
  find(io, name, (records) => {
    const found = (records ?? []).filter(({ type }) => type === "A");
    for (const each of found) io.out(`${each.data.padEnd(15)} ${each.name.replace(/\.$/, "")}\n`);
    io.exit(found.length > 0 ? 0 : 2);
  });
};

/** `host NAME`. */
export const host: Program = (words, io) => {
  const [name] = words.slice(1).filter((word) => !word.startsWith("-"));
  if (name === undefined) return refuse(io, "Usage: host NAME", 1);
  find(io, name, (records) => {
    if (records === undefined) return refuse(io, ";; no servers could be reached", 1);
    for (const { name: owner, type, data } of records) {
      const text = type === "CNAME" ? `is an alias for ${data}` : `has address ${data}`;
      if (type === "A" || type === "CNAME") io.out(`${owner.replace(/\.$/, "")} ${text}\n`);
    }
    if (records.length === 0) io.out(`Host ${name} not found: 3(NXDOMAIN)\n`);
    io.exit(records.length === 0 ? 1 : 0);
  });
};
