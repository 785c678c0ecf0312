// The printed rules of a node as lines that can be searched, followed from chain to chain, and lit where a packet matched.
import type { Hop, MatchedRule, Packet, Place, Trace } from "../../cluster/index.ts";

/** What a packet met on one node. */
export interface Passage {
  readonly rules: readonly MatchedRule[];
  readonly hop: Hop;
}

/** The rules of a node that a hop met: at the place it left, or where its route ended. */
export function passagesOf(hop: Hop, nodeOf: (place: Place) => string | undefined): ReadonlyMap<string, Passage> {
  const passages = new Map<string, Passage>();
  const add = (place: Place, all: readonly MatchedRule[]) => {
    const node = nodeOf(place);
    const rules = all.filter(({ table }) => table !== "policy");
    if (node !== undefined && rules.length > 0) passages.set(node, { rules, hop });
  };
  add(hop.from, hop.rules);
  add(hop.to, hop.end?.rules ?? []);
  return passages;
}

/** What the packet that last met rules on a node met there; probes and name look-ups only when nothing else did. */
export function lastPassage(
  trace: Trace,
  node: string,
  nodeOf: (place: Place) => string | undefined,
): Passage | undefined {
  const recent = [...trace.exchanges()].slice(-LOOK_BACK).reverse();
  const asked = recent.filter(({ purpose }) => purpose === "request" || purpose === "traffic");
  for (const { packets } of [...asked, ...recent])
    for (const hop of packets.flatMap((id): Packet["hops"] => trace.packet(id)?.hops ?? [])) {
      const passage = passagesOf(hop, nodeOf).get(node);
      if (passage !== undefined) return passage;
    }
  return undefined;
}

const LOOK_BACK = 200;

/** The numbers of the lines that these rules are, in the order in which the packet met them. */
export function linesOfRules(lines: readonly string[], rules: readonly MatchedRule[]): number[] {
  const at = new Map<string, number>();
  let table = "";
  lines.forEach((line, number) => {
    if (line.startsWith("*")) table = line.slice(1);
    else if (line.startsWith("-A ")) at.set(`${table} ${line}`, number);
  });
  return rules.flatMap((rule) => at.get(`${rule.table} ${rule.text}`) ?? []);
}

/** The lines of the nftables form that say what a packet's iptables rules said: the way in, the draw, the translation. */
export function nftablesLinesOf(lines: readonly string[], { received, end, service, header }: Hop): number[] {
  const decision = service ?? end?.service;
  if (decision === undefined) return [];
  const drawn = service === undefined ? end?.header : header;
  const protocol = received.protocol.toLowerCase();
  const wayIn =
    decision.via === "nodePort"
      ? `${protocol} . ${received.destinationPort} : `
      : `${received.destination} . ${protocol} . ${received.destinationPort} : `;
  const base = `${decision.namespace}/${decision.name}/${protocol}/${decision.portName}`;
  const endpoint = `${base}__${drawn?.destination}/${drawn?.destinationPort}`;
  const isWayIn = (line: string) => new RegExp(`(^|[{\\s])${wayIn.replaceAll(".", "\\.")}`).test(line);
  return lines.flatMap((line, number) => {
    const draws = line.includes("numgen random") && line.includes(endpoint);
    const aims = line.includes("dnat to ") && chainAbove(lines, number).includes(endpoint);
    return isWayIn(line) || draws || aims ? [number] : [];
  });
}

function chainAbove(lines: readonly string[], from: number): string {
  for (let at = from; at >= 0; at--) if (lines[at]?.includes("chain ")) return lines[at] ?? "";
  return "";
}

/** A line taken apart at the chain that it leads to, if it leads to one that is printed. */
export function jumpIn(line: string): { readonly before: string; readonly chain: string; readonly after: string } {
  const match = /^(-A .*-j )(KUBE-[A-Z0-9-]+)(.*)$|^(.*(?:goto|jump) )([\w./-]+)(.*)$/.exec(line);
  if (match === null) return { before: line, chain: "", after: "" };
  const [, a, b, c, d, e, f] = match;
  return { before: a ?? d ?? "", chain: b ?? e ?? "", after: c ?? f ?? "" };
}

/** Where a chain begins: its first rule, or its declaration when it is empty; -1 when it is not printed. */
export function lineOfChain(lines: readonly string[], chain: string, from: number): number {
  if (!lines[0]?.startsWith("*")) return lines.findIndex((line) => line.trim() === `chain ${chain} {`);
  // Some chains are in both tables: a jump leads to the one of its own.
  const start = lines.findLastIndex((line, at) => at <= from && line.startsWith("*"));
  const rule = lines.findIndex((line, at) => at >= start && (line === "COMMIT" || line.startsWith(`-A ${chain} `)));
  if (lines[rule] !== "COMMIT") return rule;
  return lines.findIndex((line, at) => at >= start && line.startsWith(`:${chain} `));
}

/** The lines that hold a text, whatever its case. */
export function linesWith(lines: readonly string[], text: string): number[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return [];
  return lines.flatMap((line, number) => (line.toLowerCase().includes(wanted) ? [number] : []));
}
