// The chains a ruleset is made of: plain ones made when first looked at, and shared ones found by key.
import { compareText } from "../../sim/text.ts";
import type { MatchedRule } from "../packet.ts";
import type { Chain, Rule, TableName } from "./rule.ts";
import { ruleText } from "./text.ts";

/** A matched rule whose text is made when someone reads it. */
class Match implements MatchedRule {
  readonly table: TableName;
  readonly #chain: { readonly name: string };
  readonly #rule: Rule;
  #text: string | undefined;

  constructor(table: TableName, chain: { readonly name: string }, rule: Rule) {
    this.table = table;
    this.#chain = chain;
    this.#rule = rule;
  }

  get chain(): string {
    return this.#chain.name;
  }

  get text(): string {
    this.#text ??= ruleText(this.#chain.name, this.#rule);
    return this.#text;
  }

  toJSON(): MatchedRule {
    return { table: this.table, chain: this.chain, text: this.text };
  }
}

/** How a plain chain is made. */
export interface PlainChainParts {
  readonly table: TableName;
  name(): string;
  rules(): readonly Rule[];
  /** Index of the first of the evenly spread rules. */
  readonly spreadFrom?: number | undefined;
}

/** A chain of few rules; name and rules are made when first needed, so that a sync costs little. */
export class PlainChain implements Chain {
  readonly spreadFrom: number | undefined;
  readonly #parts: PlainChainParts;
  #name: string | undefined;
  #rules: readonly Rule[] | undefined;
  readonly #matched = new Map<Rule, MatchedRule>();

  constructor(parts: PlainChainParts) {
    this.#parts = parts;
    this.spreadFrom = parts.spreadFrom;
  }

  get name(): string {
    this.#name ??= this.#parts.name();
    return this.#name;
  }

  rules(): readonly Rule[] {
    this.#rules ??= this.#parts.rules();
    return this.#rules;
  }

  candidates(): readonly Rule[] {
    return this.rules();
  }

  matched(rule: Rule): MatchedRule {
    const known = this.#matched.get(rule);
    if (known !== undefined) return known;
    const made = new Match(this.#parts.table, this, rule);
    this.#matched.set(rule, made);
    return made;
  }
}

/** A chain with fixed rules. */
export function fixedChain(table: TableName, name: string, rules: readonly Rule[]): Chain {
  return new PlainChain({ table, name: () => name, rules: () => rules });
}

interface Keyed {
  readonly group: string;
  readonly index: number;
  readonly rule: Rule;
}

const NONE: readonly Rule[] = [];

/** A chain to which every Service adds rules: found by (address, port, protocol), printed sorted by group. */
export class SharedChain implements Chain {
  readonly name: string;
  readonly spreadFrom = undefined;
  readonly #table: TableName;
  readonly #tail: readonly Rule[];
  readonly #groups = new Map<string, readonly Rule[]>();
  /** By port, then by destination; "*" for any. */
  readonly #byPort = new Map<number, Map<string, Keyed[]>>();
  /** The same, as lists of rules ready to be walked; emptied for a port when its rules change. */
  readonly #found = new Map<number, Map<string, readonly Rule[]>>();
  readonly #matched = new Map<Rule, MatchedRule>();

  /** @param tail - rules behind those of all groups. */
  constructor(table: TableName, name: string, tail: readonly Rule[] = NONE) {
    this.#table = table;
    this.name = name;
    this.#tail = tail;
  }

  /** Replaces the rules of one group; none removes it. */
  set(group: string, rules: readonly Rule[]): void {
    for (const rule of this.#groups.get(group) ?? NONE) {
      this.#unfile(group, rule);
      this.#matched.delete(rule);
    }
    if (rules.length === 0) this.#groups.delete(group);
    else this.#groups.set(group, rules);
    rules.forEach((rule, index) => {
      this.#file({ group, index, rule });
    });
  }

  rules(): readonly Rule[] {
    const groups = [...this.#groups].sort(([a], [b]) => compareText(a, b));
    return [...groups.flatMap(([, rules]) => rules), ...this.#tail];
  }

  candidates(destination: string, port: number): readonly Rule[] {
    const filed = this.#byPort.get(port);
    if (filed === undefined) return this.#tail;
    let found = this.#found.get(port);
    if (found === undefined) {
      found = new Map();
      this.#found.set(port, found);
    }
    const key = filed.has(destination) ? destination : "*";
    const known = found.get(key);
    if (known !== undefined) return known;
    const own = key === "*" ? [] : (filed.get(key) ?? []);
    const both = [...own, ...(filed.get("*") ?? [])].sort(inChainOrder);
    const made = [...both.map((each) => each.rule), ...this.#tail];
    found.set(key, made);
    return made;
  }

  matched(rule: Rule): MatchedRule {
    const known = this.#matched.get(rule);
    if (known !== undefined) return known;
    const made = new Match(this.#table, this, rule);
    this.#matched.set(rule, made);
    return made;
  }

  #file(entry: Keyed): void {
    const { port, destination } = keyOf(entry.rule);
    const filed = this.#byPort.get(port) ?? new Map<string, Keyed[]>();
    this.#byPort.set(port, filed);
    const bucket = filed.get(destination);
    if (bucket === undefined) filed.set(destination, [entry]);
    else bucket.push(entry);
    this.#forget(port, destination);
  }

  #unfile(group: string, rule: Rule): void {
    const { port, destination } = keyOf(rule);
    const filed = this.#byPort.get(port);
    const left = (filed?.get(destination) ?? []).filter((each) => each.rule !== rule || each.group !== group);
    if (left.length > 0) filed?.set(destination, left);
    else filed?.delete(destination);
    if (filed?.size === 0) this.#byPort.delete(port);
    this.#forget(port, destination);
  }

  #forget(port: number, destination: string): void {
    if (destination === "*") this.#found.delete(port);
    else this.#found.get(port)?.delete(destination);
  }
}

function inChainOrder(a: Keyed, b: Keyed): number {
  return a.group === b.group ? a.index - b.index : a.group < b.group ? -1 : 1;
}

function keyOf(rule: Rule): { readonly port: number; readonly destination: string } {
  if (rule.destinationPort === undefined)
    throw new Error("netfilter: a shared chain takes only rules with a destination port");
  return { port: rule.destinationPort, destination: rule.destination ?? "*" };
}
