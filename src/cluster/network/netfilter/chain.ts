// The chains a ruleset is made of: plain ones made when first looked at, and shared ones found by key.
import type { MatchedRule } from "../packet.ts";
import type { Chain, Rule, TableName } from "./rule.ts";
import { ruleText } from "./text.ts";

/** A matched rule whose text is made when somebody reads it. */
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
  readonly #byKey = new Map<string, Keyed[]>();
  readonly #found = new Map<string, readonly Rule[]>();
  #matched = new WeakMap<Rule, MatchedRule>();

  /** @param tail - rules behind those of all groups. */
  constructor(table: TableName, name: string, tail: readonly Rule[] = NONE) {
    this.#table = table;
    this.name = name;
    this.#tail = tail;
  }

  /** Replaces the rules of one group; none removes it. */
  set(group: string, rules: readonly Rule[]): void {
    for (const rule of this.#groups.get(group) ?? NONE) this.#unfile(group, rule);
    if (rules.length === 0) this.#groups.delete(group);
    else this.#groups.set(group, rules);
    rules.forEach((rule, index) => {
      this.#file({ group, index, rule });
    });
  }

  rules(): readonly Rule[] {
    const groups = [...this.#groups].sort(([a], [b]) => (a < b ? -1 : 1));
    return [...groups.flatMap(([, rules]) => rules), ...this.#tail];
  }

  candidates(destination: string, port: number, protocol: string): readonly Rule[] {
    const exact = this.#under(`${destination} ${port} ${protocol}`);
    const any = this.#under(`* ${port} ${protocol}`);
    if (any === NONE) return exact === NONE ? this.#tail : exact;
    if (exact === NONE) return any;
    const both = [`${destination} ${port} ${protocol}`, `* ${port} ${protocol}`].flatMap(
      (key) => this.#byKey.get(key) ?? [],
    );
    return [...both.sort(inChainOrder).map((each) => each.rule), ...this.#tail];
  }

  matched(rule: Rule): MatchedRule {
    const known = this.#matched.get(rule);
    if (known !== undefined) return known;
    const made = new Match(this.#table, this, rule);
    this.#matched.set(rule, made);
    return made;
  }

  #under(key: string): readonly Rule[] {
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    const filed = this.#byKey.get(key);
    if (filed === undefined) return NONE;
    const made = [...filed.map((each) => each.rule), ...this.#tail];
    this.#found.set(key, made);
    return made;
  }

  #file(entry: Keyed): void {
    const key = keyOf(entry.rule);
    const filed = this.#byKey.get(key) ?? [];
    filed.push(entry);
    if (filed.length > 1) filed.sort(inChainOrder);
    this.#byKey.set(key, filed);
    this.#found.delete(key);
  }

  #unfile(group: string, rule: Rule): void {
    const key = keyOf(rule);
    const left = (this.#byKey.get(key) ?? []).filter((each) => each.rule !== rule || each.group !== group);
    if (left.length === 0) this.#byKey.delete(key);
    else this.#byKey.set(key, left);
    this.#found.delete(key);
  }
}

function inChainOrder(a: Keyed, b: Keyed): number {
  return a.group === b.group ? a.index - b.index : a.group < b.group ? -1 : 1;
}

function keyOf(rule: Rule): string {
  if (rule.protocol === undefined || rule.destinationPort === undefined)
    throw new Error("netfilter: a shared chain takes only rules with a protocol and a port");
  return `${rule.destination ?? "*"} ${rule.destinationPort} ${rule.protocol}`;
}
