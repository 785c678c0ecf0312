// `nslookup` as BIND's tools, busybox and the old busybox 1.28 have it: they search and speak differently.
import type { DnsAnswer, DnsRecord } from "../../cluster/index.ts";
import { type Program, type ProgramIO, refuse } from "../program.ts";
import { type Asked, ask, candidates, errorWords, nameserver, resolverOf, reverseName, type Told } from "./dns.ts";
import { flavourOf } from "./places.ts";

interface Lookup {
  readonly name: string;
  readonly type: string | undefined;
  readonly server: string | undefined;
  readonly search: readonly string[];
  readonly ndots: number;
}

const ADDRESS = /^\d+(?:\.\d+){3}$/;
const LIMITS = { timeoutMs: 5_000, tries: 3 };

export const nslookup: Program = (words, io) => {
  const [, ...rest] = words;
  const type = rest
    .map((word) => /^-(?:query|type|q|querytype)(?:=)(\w+)$/i.exec(word)?.[1])
    .find((each) => each !== undefined)
    ?.toUpperCase();
  const [name, given] = rest.filter((word) => !word.startsWith("-"));
  if (name === undefined) return refuse(io, "nslookup: a NAME is needed", 1);
  const resolver = resolverOf(io);
  const server = given === undefined ? resolver?.nameserver : serverOf(given, io);
  if (given !== undefined && server === undefined)
    return refuse(io, `nslookup: couldn't get address for '${given}': not found`, 1);
  // A machine without a way to the cluster's DNS is answered here as a pod of the default namespace would be, without a search list.
  const lookup = { name, type, server, search: resolver?.search ?? [], ndots: resolver?.ndots ?? 1 };
  const flavour = flavourOf(io);
  if (flavour === "busybox") busybox(lookup, io);
  else if (flavour === "old-busybox") oldBusybox(lookup, io);
  else bind(lookup, io);
};

function serverOf(text: string, io: ProgramIO): string | undefined {
  if (ADDRESS.test(text)) return text;
  return io.cluster.resolve(text, "A").answers.find((each) => each.type === "A")?.data;
}

function shownServer({ server }: Lookup, io: ProgramIO): string {
  return server ?? nameserver(io.cluster.settings.serviceCIDR);
}

/** Names in order until one is there. */
function first(
  io: ProgramIO,
  asked: Omit<Asked, "name">,
  names: readonly string[],
  done: (name: string, told: Told) => void,
): void {
  const [name = "", ...others] = names;
  ask(
    io,
    { ...asked, name },
    (told) => {
      if ("answer" in told && told.answer.rcode !== "NOERROR" && others.length > 0) first(io, asked, others, done);
      else done(name, told);
    },
    (outcome) => io.out(`;; communications error to ${asked.server}#53: ${errorWords(outcome)}\n`),
  );
}

/** The search list by ndots, first match; A (unless a type is asked for). */
function bind(lookup: Lookup, io: ProgramIO): void {
  const { name, server } = lookup;
  const reverse = ADDRESS.test(name);
  const type = reverse ? "PTR" : (lookup.type ?? "A");
  const names = reverse ? [reverseName(name)] : candidates(name, { ...lookup, nameserver: "" });
  first(io, { type, server, ...LIMITS }, names, (found, told) => {
    if ("failure" in told) {
      io.out(";; no servers could be reached\n\n");
      io.exit(1);
      return;
    }
    const shown = shownServer(lookup, io);
    const { rcode, answers } = told.answer;
    if (!reverse) io.out(`Server:\t\t${shown}\nAddress:\t${shown}#53\n\n`);
    if (rcode !== "NOERROR") io.out(`** server can't find ${reverse ? found : name}: NXDOMAIN\n\n`);
    else if (answers.length === 0) io.out(`*** Can't find ${found}: No answer\n\n`);
    else io.out(`${answers.map((each) => recordText(each, ".")).join("\n")}\n\n`);
    io.exit(rcode === "NOERROR" ? 0 : 1);
  });
}

/** A name with a dot is taken as it is; one without is asked with every suffix, for A and then for AAAA. */
function busybox(lookup: Lookup, io: ProgramIO): void {
  const { name, server, search } = lookup;
  const shown = shownServer(lookup, io);
  const reverse = ADDRESS.test(name);
  const names = reverse
    ? [reverseName(name)]
    : name.includes(".") || search.length === 0
      ? [name.replace(/\.$/, "")]
      : search.map((domain) => `${name}.${domain}`);
  const types = reverse ? ["PTR"] : lookup.type === undefined ? ["A", "AAAA"] : [lookup.type];
  const questions = types.flatMap((type) => names.map((each) => ({ name: each, type })));
  let code = 0;
  let greeted = false;
  const next = () => {
    const question = questions.shift();
    if (question === undefined) {
      io.exit(code);
      return;
    }
    ask(io, { ...question, server, ...LIMITS, tries: 2 }, (told) => {
      if ("failure" in told) {
        io.out(";; connection timed out; no servers could be reached\n\n");
        io.exit(1);
        return;
      }
      if (!greeted) io.out(`Server:\t\t${shown}\nAddress:\t${shown}:53\n\n`);
      greeted = true;
      if (told.answer.rcode !== "NOERROR") code = 1;
      io.out(`${busyboxBlock(question.name, told.answer)}\n`);
      next();
    });
  };
  next();
}

function busyboxBlock(name: string, { rcode, answers }: DnsAnswer): string {
  if (rcode !== "NOERROR") return `** server can't find ${name}: NXDOMAIN\n`;
  return answers.map((each) => `${recordText(each, "")}\n`).join("");
}

/** busybox 1.28 asks its C library, which searches as any program does, and names what it finds. */
function oldBusybox(lookup: Lookup, io: ProgramIO): void {
  const { name, server } = lookup;
  const shown = shownServer(lookup, io);
  const reverse = ADDRESS.test(name);
  const names = reverse ? [reverseName(name)] : candidates(name, { ...lookup, nameserver: "" });
  const nameOf = (address: string) => {
    const found = io.cluster.resolve(reverseName(address), "PTR").answers[0]?.data.replace(/\.$/, "");
    return found === undefined ? address : `${address} ${found}`;
  };
  const asked = { type: reverse ? "PTR" : "A", server, ...LIMITS, tries: 2 };
  const quiet = { ...io, out: () => {} };
  first(quiet, asked, names, (_, told) => {
    const answers = "answer" in told ? told.answer.answers : [];
    const addresses =
      reverse && answers.length > 0 ? [name] : answers.flatMap((each) => (each.type === "A" ? each.data : []));
    io.out(`Server:    ${shown}\nAddress 1: ${nameOf(shown)}\n\n`);
    if (addresses.length === 0) {
      io.err(`nslookup: can't resolve '${name}'\n`);
      io.exit(1);
      return;
    }
    io.out(`Name:      ${name}\n${addresses.map((each, i) => `Address ${i + 1}: ${nameOf(each)}\n`).join("")}`);
    io.exit(0);
  });
}

/** `dot`: what BIND leaves behind names that records lead to, and busybox does not. */
function recordText({ name, type, data }: DnsRecord, dot: "." | ""): string {
  const owner = name.replace(/\.$/, "");
  const full = data.replace(/\.$/, dot);
  if (type === "A" || type === "AAAA") return `Name:\t${owner}\nAddress: ${data}`;
  if (type === "CNAME") return `${owner}\tcanonical name = ${full}`;
  if (type === "PTR") return `${owner}\tname = ${full}`;
  if (type === "TXT") return `${owner}\ttext = ${data}`;
  return `${owner}\t${type === "SRV" ? "service" : type.toLowerCase()} = ${full}`;
}
