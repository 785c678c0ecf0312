// `dig`: one question, in the words of BIND 9.20.
import type { Cluster, DnsAnswer, DnsRecord } from "../../cluster/index.ts";
import { type Program, type ProgramIO, refuse } from "../program.ts";
import { ask, candidates, errorWords, nameserver, resolverOf, reverseName } from "./dns.ts";

interface Question {
  readonly name: string;
  readonly type: string;
  readonly server: string | undefined;
  readonly port: number;
  /** `+short`, `+search`, `+tcp`, `+noall`, `+answer`, `+nocomments`, … */
  readonly plus: ReadonlySet<string>;
  readonly seconds: number;
  readonly tries: number;
}

const TYPES = new Set("A AAAA CNAME SRV PTR TXT ANY NS SOA MX CAA HINFO NAPTR SVCB HTTPS DS".split(" "));

function questionOf(words: readonly string[]): Question {
  let [name, type, server]: (string | undefined)[] = [];
  let [port, seconds, tries] = [53, 5, 3];
  const plus = new Set<string>();
  for (let at = 1; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word.startsWith("@")) server = word.slice(1);
    else if (word.startsWith("+")) {
      const [option = "", value] = word.slice(1).split("=");
      if (option === "time" || option === "timeout") seconds = Number(value) || seconds;
      else if (option === "tries" || option === "retry") tries = Number(value) + (option === "retry" ? 1 : 0) || tries;
      else plus.add(option);
    } else if (word === "IN") continue;
    else if (word === "-x") [name, type] = [reverseName(words[++at] ?? ""), "PTR"];
    else if (word === "-p") port = Number(words[++at]) || port;
    else if (word === "-t") type = (words[++at] ?? "").toUpperCase();
    else if (word === "-q") name = words[++at];
    else if (TYPES.has(word.toUpperCase())) type = word.toUpperCase();
    else if (!word.startsWith("-")) name ??= word;
  }
  return { name: name ?? ".", type: type ?? (name === undefined ? "NS" : "A"), server, port, plus, seconds, tries };
}

/** Asks for a full name; unlike a resolver, dig uses no search list without `+search`. */
export const dig: Program = (words, io) => {
  const bad = words.slice(1).find((word, i) => /^-(?![xptq]$)./.test(word) && !/^-[xptq]$/.test(words[i] ?? ""));
  if (bad !== undefined) return refuse(io, `Invalid option: ${bad}`, 1);
  const question = questionOf(words);
  const resolver = resolverOf(io);
  const server = question.server === undefined ? resolver?.nameserver : addressOf(question.server, io);
  if (question.server !== undefined && server === undefined)
    return refuse(io, `dig: couldn't get address for '${question.server}': not found`, 10);
  const search = question.plus.has("search") && resolver !== undefined;
  const names = search ? candidates(question.name, resolver) : [question.name];
  new Digging(words, io, { ...question, server }).run(names);
};

function addressOf(server: string, io: ProgramIO): string | undefined {
  if (/^\d+(?:\.\d+){3}$/.test(server)) return server;
  return io.cluster.resolve(server, "A").answers.find(({ type }) => type === "A")?.data;
}

class Digging {
  readonly #words: readonly string[];
  readonly #io: ProgramIO;
  readonly #question: Question;

  constructor(words: readonly string[], io: ProgramIO, question: Question) {
    this.#words = words;
    this.#io = io;
    this.#question = question;
  }

  run([name = ".", ...others]: readonly string[]): void {
    const { type, server, port, plus, seconds, tries } = this.#question;
    const { clock } = this.#io.cluster;
    const startedAt = clock.now;
    const protocol = plus.has("tcp") || plus.has("vc") ? ("TCP" as const) : ("UDP" as const);
    const asked = { name, type, server, port, protocol, timeoutMs: seconds * 1000, tries };
    const complain = (outcome: Parameters<typeof errorWords>[0]) =>
      this.#io.out(`;; communications error to ${server}#${port}: ${errorWords(outcome)}\n`);
    ask(
      this.#io,
      asked,
      (told) => {
        if ("failure" in told) {
          this.#io.out(plus.has("short") ? "" : `\n${this.#banner()}`);
          this.#io.out(";; no servers could be reached\n");
          this.#io.exit(9);
        } else if (told.answer.answers.length === 0 && others.length > 0) this.run(others);
        else this.#print(name, told.answer, clock.now - startedAt);
      },
      complain,
    );
  }

  #banner(): string {
    return `; <<>> DiG 9.20 <<>> ${this.#words.slice(1).join(" ")}\n${this.#question.server !== undefined && this.#words.some((word) => word.startsWith("@")) ? "; (1 server found)\n" : ""};; global options: +cmd\n`;
  }

  #print(asked: string, answer: DnsAnswer, elapsedMs: number): void {
    const { plus } = this.#question;
    if (plus.has("short"))
      this.#io.out(
        shortLines(answer.answers)
          .map((line) => `${line}\n`)
          .join(""),
      );
    else if (plus.has("noall"))
      this.#io.out(plus.has("answer") ? answer.answers.map((each) => `${recordLine(each)}\n`).join("") : "");
    else this.#io.out(this.#whole(asked.endsWith(".") ? asked : `${asked}.`, answer, elapsedMs));
    this.#io.exit(0);
  }

  #whole(name: string, answer: DnsAnswer, elapsedMs: number): string {
    const { type, plus, server, port } = this.#question;
    const { cluster } = this.#io;
    const shown = server ?? nameserver(cluster.settings.serviceCIDR);
    const own = /(?:^|\.)cluster\.local\.$/i.test(name);
    const soa = own && answer.answers.length === 0 ? authority(cluster, name) : [];
    const more = (answer.additional ?? []).map(recordLine);
    const rows = answer.answers.map(recordLine);
    const mdns = /\.local\.$/i.test(name)
      ? [
          ";; WARNING: .local is reserved for Multicast DNS",
          ";; You are currently testing what happens when an mDNS query is leaked to DNS",
        ]
      : [];
    const lines = [
      "",
      this.#banner().trimEnd(),
      ...(server === undefined ? [";; asked here without a packet: only pods have a way to the cluster's DNS"] : []),
      ";; Got answer:",
      ...mdns,
      `;; ->>HEADER<<- opcode: QUERY, status: ${answer.rcode}, id: ${(cluster.clock.now % 65536) | 0}`,
      `;; flags: qr ${own ? "aa rd" : "rd ra"}; QUERY: 1, ANSWER: ${rows.length}, AUTHORITY: ${soa.length}, ADDITIONAL: ${more.length}`,
      ...(own ? [";; WARNING: recursion requested but not available"] : []),
      "",
      ";; QUESTION SECTION:",
      columns([`;${name}`, "IN", type], [32, 40]),
      "",
      ...(rows.length === 0 ? [] : [";; ANSWER SECTION:", ...rows, ""]),
      ...(soa.length === 0 ? [] : [";; AUTHORITY SECTION:", ...soa, ""]),
      ...(more.length === 0 ? [] : [";; ADDITIONAL SECTION:", ...more, ""]),
      `;; Query time: ${Math.round(elapsedMs)} msec`,
      `;; SERVER: ${shown}#${port}(${shown}) (${plus.has("tcp") ? "TCP" : "UDP"})`,
      "",
      "",
    ];
    return lines.join("\n");
  }
}

/** The zone's own record, which accompanies an answer without records, in the letters of the question. */
function authority(cluster: Cluster, asked: string): string[] {
  const zone = asked.slice(-"cluster.local.".length);
  return cluster.resolve(zone, "SOA").answers.map(recordLine);
}

function recordLine({ name, ttl, type, data }: DnsRecord): string {
  return columns([name, String(ttl), "IN", type, data], [24, 32, 40, 48]);
}

/** Words at columns: tabs up to each, at least one space. */
// Models bind9/lib/dns/masterdump.c indent
function columns(words: readonly string[], at: readonly number[]): string {
  let text = "";
  let width = 0;
  words.forEach((word, i) => {
    if (i > 0) {
      const to = Math.max(at[i - 1] ?? 0, width + 1);
      const tabs = Math.max(0, Math.floor(to / 8) - Math.floor(width / 8));
      const from = tabs > 0 ? Math.floor(to / 8) * 8 : width;
      text += "\t".repeat(tabs) + " ".repeat(to - from);
      width = to;
    }
    text += word;
    width += word.length;
  });
  return text;
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
