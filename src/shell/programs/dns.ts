// `dig` and `nslookup`.
import type { DnsAnswer, DnsRecord } from "../../cluster/index.ts";
import { type Program, refuse } from "../program.ts";

/** `NAME TTL IN TYPE DATA` per record, sorted as text. */
export function answerLines(answer: DnsAnswer): string[] {
  return answer.answers.map((each) => `${each.name} ${each.ttl} IN ${each.type} ${each.data}`).sort();
}

interface Question {
  readonly name: string;
  readonly type: string;
  readonly short: boolean;
}

const TYPES = new Set([
  "A",
  "AAAA",
  "CNAME",
  "SRV",
  "PTR",
  "TXT",
  "ANY",
  "NS",
  "SOA",
  "MX",
  "CAA",
  "HINFO",
  "NAPTR",
  "SVCB",
  "HTTPS",
  "DS",
]);

function questionOf(words: readonly string[]): Question | string {
  let name: string | undefined;
  let type: string | undefined;
  let short = false;
  for (let at = 1; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "+short") short = true;
    else if (word.startsWith("+") || word.startsWith("@") || word === "IN") continue;
    else if (word === "-x") {
      name = `${(words[++at] ?? "").split(".").reverse().join(".")}.in-addr.arpa`;
      type = "PTR";
    } else if (word === "-t" || word === "-q") {
      const value = words[++at] ?? "";
      if (word === "-t") type = value.toUpperCase();
      else name = value;
    } else if (word.startsWith("-")) return `invalid option: ${word}`;
    else if (TYPES.has(word.toUpperCase())) type = word.toUpperCase();
    else if (name === undefined) name = word;
  }
  return name === undefined ? "a NAME is needed" : { name, type: type ?? "A", short };
}

/** CNAMEs first, then addresses by their numbers, then the rest as text: the real order is not fixed. */
function shortLines(records: readonly DnsRecord[]): string[] {
  const aliases = records.filter(({ type }) => type === "CNAME").map(({ data }) => data);
  const others = records.filter(({ type }) => type !== "CNAME").map(({ data }) => data);
  const rank = (text: string) =>
    /^[\d.]+$/.test(text)
      ? text
          .split(".")
          .map((part) => part.padStart(3, "0"))
          .join(".")
      : text;
  return [...aliases, ...others.sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0))];
}

/** Asks the cluster's DNS for a full name; unlike a resolver, dig uses no search list. */
export const dig: Program = (words, io) => {
  const question = questionOf(words);
  if (typeof question === "string") return refuse(io, `dig: ${question}`, 1);
  const answer = io.cluster.resolve(question.name, question.type);
  if (question.short) {
    io.out(
      shortLines(answer.answers)
        .map((line) => `${line}\n`)
        .join(""),
    );
    io.exit(0);
    return;
  }
  const name = question.name.endsWith(".") ? question.name : `${question.name}.`;
  const server = nameserver(io.cluster.settings.serviceCIDR);
  const rows = answer.answers.map(({ name: owner, ttl, type, data }) => `${owner}\t${ttl}\tIN\t${type}\t${data}`);
  io.out(
    [
      "",
      `; <<>> DiG 9.20 <<>> ${words.slice(1).join(" ")}`,
      ";; global options: +cmd",
      ";; Got answer:",
      `;; ->>HEADER<<- opcode: QUERY, status: ${answer.rcode}, id: ${(io.cluster.clock.now % 65536) | 0}`,
      `;; flags: qr aa rd; QUERY: 1, ANSWER: ${rows.length}, AUTHORITY: ${rows.length === 0 ? 1 : 0}, ADDITIONAL: 1`,
      ";; WARNING: recursion requested but not available",
      "",
      ";; QUESTION SECTION:",
      `;${name}\t\tIN\t${question.type}`,
      "",
      ...(rows.length === 0 ? [] : [";; ANSWER SECTION:", ...rows, ""]),
      ";; Query time: 0 msec",
      `;; SERVER: ${server}#53(${server}) (UDP)`,
      "",
      "",
    ].join("\n"),
  );
  io.exit(0);
};

/** Where the cluster's DNS listens: the tenth address of the service network. */
export function nameserver(serviceCIDR: string): string {
  const [base = ""] = serviceCIDR.split("/");
  return base.replace(/\d+$/, (last) => String(Number(last) + 10));
}

/** Resolves as a pod does: short names with the search list of its namespace. */
export const nslookup: Program = (words, io) => {
  const [, ...rest] = words;
  const type = rest
    .map((word) => /^-(?:query)?type=(\w+)$/i.exec(word)?.[1])
    .find((each) => each !== undefined)
    ?.toUpperCase();
  const [name] = rest.filter((word) => !word.startsWith("-"));
  if (name === undefined) return refuse(io, "nslookup: a NAME is needed", 1);
  const server = nameserver(io.cluster.settings.serviceCIDR);
  io.out(`Server:\t\t${server}\nAddress:\t${server}#53\n\n`);
  const { place } = io.at;
  const search =
    place.kind === "pod" ? [`${place.namespace}.svc.cluster.local`, "svc.cluster.local", "cluster.local"] : [];
  const isAddress = /^\d+(?:\.\d+){3}$/.test(name);
  const full = isAddress ? [`${name.split(".").reverse().join(".")}.in-addr.arpa`] : candidates(name, search);
  const wanted = isAddress ? "PTR" : (type ?? "A");
  const found = full
    .map((each) => ({ each, answer: io.cluster.resolve(each, wanted) }))
    .find(({ answer }) => answer.rcode === "NOERROR");
  if (found === undefined) {
    io.out(`** server can't find ${name}: NXDOMAIN\n\n`);
    io.exit(1);
    return;
  }
  const { each, answer } = found;
  if (answer.answers.length === 0) io.out(`*** Can't find ${each}: No answer\n\n`);
  else io.out(`${answer.answers.map(recordText).join("\n")}\n\n`);
  io.exit(0);
};

function candidates(name: string, search: readonly string[]): string[] {
  if (name.endsWith(".")) return [name];
  const dots = name.split(".").length - 1;
  const searched = search.map((domain) => `${name}.${domain}`);
  return dots >= 5 ? [name, ...searched] : [...searched, name];
}

function recordText({ name, type, data }: DnsRecord): string {
  const owner = name.replace(/\.$/, "");
  if (type === "A" || type === "AAAA") return `Name:\t${owner}\nAddress: ${data}`;
  if (type === "CNAME") return `${owner}\tcanonical name = ${data}`;
  if (type === "PTR") return `${owner}\tname = ${data}`;
  return `${owner}\t${type === "SRV" ? "service" : type.toLowerCase()} = ${data}`;
}
