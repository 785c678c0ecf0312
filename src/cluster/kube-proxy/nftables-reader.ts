// Test-only: reads a table of nftables as text and says what it does with the first packet of a connection.
import { holds } from "../network/ip.ts";

/** A packet and where it is. */
export interface NftPacket {
  readonly source: string;
  readonly destination: string;
  readonly port: number;
  readonly protocol: string;
  /** Addresses of the node itself. */
  readonly own: readonly string[];
}

type End = "accept" | "drop" | "reject" | undefined;

/** Said as `sim route` would, every alternative of a random draw followed. */
export function nftVerdict(text: string, packet: NftPacket): string {
  const run = new NftRun(blocksOf(text), packet);
  const here = packet.own.includes(packet.source) || packet.source.startsWith("127.");
  const first = here ? ["filter-output-pre-dnat", "nat-output"] : ["filter-prerouting-pre-dnat", "nat-prerouting"];
  for (const chain of first) {
    const end = run.chain(chain);
    if (end === "drop" || end === "reject") return end.toUpperCase();
  }
  const local = packet.own.includes(run.destination) || run.destination.startsWith("127.");
  const later = [...(here ? ["filter-output"] : []), local ? "filter-input" : "filter-forward"];
  for (const chain of local || !here ? later : ["filter-output"]) {
    const end = run.chain(chain);
    if (end === "drop" || end === "reject") return end.toUpperCase();
  }
  run.chain("nat-postrouting");
  const drawn = [...run.drawn].sort();
  return ["ACCEPT", ...drawn, ...(run.everMarked ? ["masquerade"] : [])].join(" ");
}

/** Maps, sets and chains by `kind name`, each as its lines. */
function blocksOf(text: string): ReadonlyMap<string, readonly string[]> {
  const blocks = new Map<string, string[]>();
  let current: string[] | undefined;
  for (const line of text.split("\n")) {
    const head = /^\t(map|set|chain) (\S+) \{$/.exec(line);
    if (head !== null) {
      current = [];
      blocks.set(`${head[1]} ${head[2]}`, current);
    } else if (line === "\t}") current = undefined;
    else if (current !== undefined && line.trim() !== "") {
      const last = current.at(-1);
      if (last?.startsWith("elements") && !last.endsWith("}")) current[current.length - 1] = `${last} ${line.trim()}`;
      else current.push(line.trim());
    }
  }
  return blocks;
}

class NftRun {
  readonly drawn = new Set<string>();
  everMarked = false;
  destination: string;
  readonly #port: number;
  readonly #packet: NftPacket;
  readonly #blocks: ReadonlyMap<string, readonly string[]>;
  #translated = false;

  constructor(blocks: ReadonlyMap<string, readonly string[]>, packet: NftPacket) {
    this.#blocks = blocks;
    this.#packet = packet;
    this.destination = packet.destination;
    this.#port = packet.port;
  }

  chain(name: string): End {
    const lines = this.#blocks.get(`chain ${name}`);
    if (lines === undefined) throw new Error(`nftables: chain ${name} is not printed`);
    for (const line of lines) {
      const end = this.#rule(line.replace(/ comment ".*"$/, ""));
      if (end === "return") return undefined;
      if (end !== undefined) return end;
    }
    return undefined;
  }

  /** One rule: conditions from left to right, then what it does. */
  #rule(line: string): End | "return" {
    let rest = line;
    for (;;) {
      const condition = CONDITIONS.find(({ pattern }) => pattern.test(rest));
      if (condition === undefined) return this.#act(rest);
      const match = condition.pattern.exec(rest);
      if (match === null || !condition.holds(this, match)) return undefined;
      rest = rest.slice(match[0].length).trimStart();
    }
  }

  #act(text: string): End | "return" {
    if (text.startsWith("type ") || text.startsWith("update ")) return undefined;
    const vmap = /^(ip daddr \. )?meta l4proto \. th dport vmap @(\S+)$/.exec(text);
    if (vmap !== null) {
      const key = `${vmap[1] === undefined ? "" : `${this.destination} . `}${this.#packet.protocol} . ${this.#port}`;
      const verdict = this.#elements(`map ${vmap[2]}`).find((each) => each.startsWith(`${key} : `));
      return verdict === undefined ? undefined : this.#act(verdict.slice(key.length + 3));
    }
    const draw = /^numgen random mod (\d+) vmap \{ (.*) \}$/.exec(text);
    if (draw !== null) {
      const choices = (draw[2] ?? "").split(", ");
      if (choices.length !== Number(draw[1])) throw new Error(`nftables: ${text} draws from another number`);
      for (const [i, choice] of choices.entries()) {
        if (!choice.startsWith(`${i} : `)) throw new Error(`nftables: ${text} leaves out ${i}`);
        this.#act(choice.replace(/^\d+ : /, ""));
      }
      return "accept";
    }
    const jump = /^(goto|jump) (\S+)$/.exec(text);
    if (jump !== null) {
      const end = this.chain(jump[2] ?? "");
      return end ?? (jump[1] === "goto" ? "accept" : undefined);
    }
    const dnat = /^dnat to (\S+)$/.exec(text);
    if (dnat !== null) {
      this.drawn.add(dnat[1] ?? "");
      if (!this.#translated) this.destination = (dnat[1] ?? "").split(":")[0] ?? "";
      this.#translated = true;
      return "accept";
    }
    if (text === "meta mark set meta mark | 0x00004000") this.everMarked = true;
    else if (text === "reject" || text === "drop" || text === "return") return text;
    else if (text !== "masquerade fully-random" && !text.startsWith("meta mark"))
      throw new Error(`nftables: cannot read ${JSON.stringify(text)}`);
    return undefined;
  }

  #elements(block: string): string[] {
    const line = this.#blocks.get(block)?.find((each) => each.startsWith("elements = {"));
    return line === undefined
      ? []
      : line
          .slice("elements = {".length, -1)
          .split(",")
          .map((each) => each.trim());
  }

  has(set: string, address: string): boolean {
    return this.#elements(`set ${set}`).includes(address);
  }

  get packet(): NftPacket {
    return this.#packet;
  }
}

interface Condition {
  readonly pattern: RegExp;
  holds(run: NftRun, match: RegExpExecArray): boolean;
}

const inRanges = (ranges: string, address: string) =>
  ranges.split(",").some((range) => (range.includes("/") ? holds(range.trim(), address) : range.trim() === address));

const CONDITIONS: readonly Condition[] = [
  { pattern: /^ct state new /, holds: () => true },
  { pattern: /^ip daddr @(\S+) /, holds: (run, match) => run.has(match[1] ?? "", run.destination) },
  { pattern: /^ip saddr @(\S+) /, holds: () => false },
  { pattern: /^ip daddr \{ ([^}]*) \} /, holds: (run, match) => inRanges(match[1] ?? "", run.destination) },
  { pattern: /^ip saddr != \{ ([^}]*) \} /, holds: (run, match) => !inRanges(match[1] ?? "", run.packet.source) },
  { pattern: /^ip saddr != (\S+) /, holds: (run, match) => !inRanges(match[1] ?? "", run.packet.source) },
  { pattern: /^ip saddr (\d[\d./]*) /, holds: (run, match) => inRanges(match[1] ?? "", run.packet.source) },
  { pattern: /^ip daddr (\d[\d./]*) /, holds: (run, match) => inRanges(match[1] ?? "", run.destination) },
  {
    pattern: /^(tcp|udp|sctp) dport (\d+) /,
    holds: ({ packet }, match) => packet.protocol === match[1] && packet.port === Number(match[2]),
  },
  { pattern: /^meta l4proto (\w+) (?!\.)/, holds: ({ packet }, match) => packet.protocol === match[1] },
  {
    pattern: /^fib saddr type local /,
    holds: ({ packet }) => packet.own.includes(packet.source) || packet.source.startsWith("127."),
  },
  { pattern: /^meta mark & 0x00004000 == 0x00000000 /, holds: (run) => !run.everMarked },
];
