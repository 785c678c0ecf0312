// Reads what iptables-save prints back into rules.
import { parseCidr } from "../ip.ts";
import type { Protocol } from "../packet.ts";
import { PlainChain } from "./chain.ts";
import type { Chain, Rule, Ruleset, TableName, Target } from "./rule.ts";

interface Draft {
  readonly chain: Chain;
  readonly rules: Rule[];
}

/** A ruleset read from text. */
class RestoredRuleset implements Ruleset {
  readonly #tables = new Map<TableName, Map<string, Draft>>();

  draft(table: TableName, name: string): Draft {
    const drafts = this.#tables.get(table) ?? new Map<string, Draft>();
    this.#tables.set(table, drafts);
    const known = drafts.get(name);
    if (known !== undefined) return known;
    const rules: Rule[] = [];
    const made = { chain: new PlainChain({ table, name: () => name, rules: () => rules }), rules };
    drafts.set(name, made);
    return made;
  }

  chain(table: TableName, name: string): Chain | undefined {
    return this.#tables.get(table)?.get(name)?.chain;
  }

  chains(table: TableName): readonly Chain[] {
    return [...(this.#tables.get(table)?.values() ?? [])].map((draft) => draft.chain);
  }
}

/** Reads the text of `iptables-save`. @throws Error at the first thing that kube-proxy's rules do not use. */
export function iptablesRestore(text: string): Ruleset {
  const ruleset = new RestoredRuleset();
  let table: TableName = "filter";
  for (const line of text.split("\n")) {
    if (line === "*nat" || line === "*filter") table = line === "*nat" ? "nat" : "filter";
    else if (line.startsWith(":")) ruleset.draft(table, line.slice(1).split(" ")[0] ?? "");
    else if (line.startsWith("-A ")) {
      const words = line.match(/"[^"]*"|\S+/g) ?? [];
      ruleset.draft(table, words[1] ?? "").rules.push(readRule(words.slice(2), ruleset, table));
    } else if (line !== "" && line !== "COMMIT" && !line.startsWith("#"))
      throw new Error(`iptables-restore: cannot read "${line}"`);
  }
  return ruleset;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function readRule(words: readonly string[], ruleset: RestoredRuleset, table: TableName): Rule {
  const rule: Writable<Rule> = {};
  const queue = [...words];
  const next = () => queue.shift() ?? "";
  let negated = false;
  let recent = "";
  for (let word = next(); word !== ""; word = next()) {
    if (word === "!") {
      negated = true;
      continue;
    }
    if (word === "--name") recent = next();
    else if (word === "--rcheck") rule.recentCheck = { name: recent, seconds: 0 };
    else if (word === "--seconds") rule.recentCheck = { name: recent, seconds: Number(next()) };
    else if (word === "--set") rule.recentSet = recent;
    else if (word === "-j") {
      const target = readTarget(next(), { ruleset, table, next });
      if (target !== undefined) rule.target = target;
    } else readMatch(rule, word, { next, negated });
    negated = false;
  }
  return rule;
}

function readMatch(
  rule: Writable<Rule>,
  word: string,
  { next, negated }: { next: () => string; negated: boolean },
): void {
  switch (word) {
    case "-m":
    case "--mode":
      next();
      return;
    case "--comment":
      rule.comment = next().replace(/^"|"$/g, "");
      return;
    case "--ctstate":
      rule.states = next().split(",") as Writable<NonNullable<Rule["states"]>>; // only compared with NEW
      return;
    case "--mark":
      next();
      rule.marked = !negated;
      return;
    case "--reap":
      return;
    case "--src-type":
      rule.sourceLocal = next() === "LOCAL";
      return;
    case "--dst-type":
      rule.destinationLocal = next() === "LOCAL";
      return;
    case "-p":
      rule.protocol = readProtocol(next());
      return;
    case "--dport":
      rule.destinationPort = Number(next());
      return;
    case "--probability":
      rule.probability = Number(next());
      return;
    case "-d":
    case "-s":
      readAddress(rule, word, { text: next(), negated });
      return;
    default:
      throw new Error(`iptables-restore: cannot read the match "${word}"`);
  }
}

function readAddress(
  rule: Writable<Rule>,
  word: "-d" | "-s",
  { text, negated }: { text: string; negated: boolean },
): void {
  const range = parseCidr(text);
  if (range === undefined) throw new Error(`iptables-restore: no address "${text}"`);
  if (word === "-s") {
    if (negated) rule.notSource = range;
    else rule.source = range;
  } else if (negated) rule.notDestination = range;
  else rule.destination = text;
}

function readProtocol(text: string): Protocol {
  return text === "udp" ? "UDP" : text === "sctp" ? "SCTP" : "TCP";
}

function readTarget(
  name: string,
  { ruleset, table, next }: { ruleset: RestoredRuleset; table: TableName; next: () => string },
): Target | undefined {
  switch (name) {
    case "ACCEPT":
      return { kind: "accept" };
    case "DROP":
      return { kind: "drop" };
    case "REJECT":
      return { kind: "reject" };
    case "RETURN":
      return { kind: "return" };
    case "MARK": {
      const kind = next() === "--or-mark" ? "mark-masquerade" : "unmark-masquerade";
      next();
      return { kind };
    }
    case "MASQUERADE":
      next();
      return { kind: "masquerade" };
    case "DNAT": {
      next();
      const text = next();
      const at = text.lastIndexOf(":");
      return { kind: "dnat", address: text.slice(0, at), port: Number(text.slice(at + 1)), text };
    }
    default:
      return { kind: "jump", chain: ruleset.draft(table, name).chain };
  }
}
