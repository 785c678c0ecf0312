// Gathers what the trace tells between frames: sentences for the packet log and counters per endpoint.
import { describeHop, describeOutcome, type Exchange, makeKey, type Trace } from "../../cluster/index.ts";

/** One sentence about what a packet did or came to. */
export interface LogEntry {
  readonly id: number;
  /** Virtual milliseconds. */
  readonly at: number;
  readonly exchange: number;
  readonly purpose: Exchange["purpose"];
  /** `hop` moves on; the others end the story. */
  readonly kind: "hop" | "answered" | "failed";
  readonly text: string;
}

/** How often each endpoint was drawn: Service (`namespace/name`) to endpoint (`ip:port`) to number. */
export type Counts = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Sentences kept for reading back. */
const KEPT = 200;

/** Of continuous traffic one answer and one failure is reported per this many virtual milliseconds. */
const TRAFFIC_MS = 500;

/** An entry whose sentence hasn't been requested yet: a replay makes thousands that are never read. */
type Fresh = Omit<LogEntry, "text"> & { readonly tell: () => string };

/** What happened on the network since the last look. */
export interface Journal {
  /** The last sentences, oldest first; the same array when nothing was added. */
  takeLog(): readonly LogEntry[];
  /** Counters now, or `old` when nothing was counted since; with `again` they are counted whatever was taken before. */
  takeCounts(old: Counts, again?: boolean): Counts;
  /** Answers and failures a second of a Service (`namespace/name`), or of one of its endpoints (`ip:port`), over the last seconds. */
  rates(service: string, endpoint?: string): Rates;
  /** What became of the traffic to each endpoint of a Service in each of the last `KEPT_SECONDS`, oldest first; seconds without are left out. */
  seconds(service: string): ReadonlyMap<string, readonly Tally[]>;
}

/** Per second. */
export interface Rates {
  readonly answered: number;
  readonly failed: number;
}

/** The outcome of the requests that ended within one virtual second. */
export interface Tally {
  readonly second: number;
  readonly answered: number;
  readonly failed: number;
}

/** Rates are taken over so many whole virtual seconds. */
const RATE_SECONDS = 3;

/** So many virtual seconds of traffic are kept for each endpoint. */
export const KEPT_SECONDS = 60;

/** Listens to a trace. Probes are not reported; of continuous traffic only some outcomes are. */
export function keepJournal(trace: Trace, now: () => number): Journal {
  let log: readonly LogEntry[] = [];
  let fresh: Fresh[] = [];
  let counted = false;
  let nextId = 1;
  const add = (exchange: Exchange, kind: LogEntry["kind"], tell: () => string) =>
    fresh.push({ id: nextId++, at: now(), exchange: exchange.id, purpose: exchange.purpose, kind, tell });

  const seconds = new Map<string, Map<string, Counting[]>>();
  const tally = (exchange: Exchange, kind: "answered" | "failed") => {
    const choice = choiceOf(exchange, trace);
    if (choice === undefined) return;
    const second = Math.floor(now() / 1_000);
    const ofService = seconds.get(choice.service) ?? new Map<string, Counting[]>();
    seconds.set(choice.service, ofService);
    for (const endpoint of [ALL, choice.endpoint]) {
      const tallies = ofService.get(endpoint) ?? [];
      ofService.set(endpoint, tallies);
      if (tallies.at(-1)?.second !== second) tallies.push({ second, answered: 0, failed: 0 });
      const last = tallies.at(-1);
      if (last !== undefined) last[kind]++;
      if (tallies.length > KEPT_SECONDS) tallies.shift();
    }
  };

  const toldAt = { answered: Number.NEGATIVE_INFINITY, failed: Number.NEGATIVE_INFINITY };
  const isDue = (exchange: Exchange, kind: "answered" | "failed") => {
    if (exchange.purpose !== "traffic") return true;
    if (now() - toldAt[kind] < TRAFFIC_MS) return false;
    toldAt[kind] = now();
    return true;
  };

  trace.news.on((news) => {
    if (news.kind === "hop-ended") {
      counted = true;
      const exchange = trace.exchange(news.packet.exchange);
      if (exchange?.purpose === "request" || exchange?.purpose === "dns")
        add(exchange, "hop", () => describeHop(news.hop));
    }
    if (news.kind === "exchange-lost" && isNews(news.exchange) && isDue(news.exchange, "failed"))
      add(news.exchange, "failed", () => describeOutcome(news.exchange));
    if (news.kind === "exchange-ended" && news.exchange.purpose !== "probe") {
      const kind = news.exchange.outcome.kind === "answered" ? "answered" : "failed";
      if (news.exchange.purpose === "traffic") tally(news.exchange, kind);
      if (isDue(news.exchange, kind)) add(news.exchange, kind, () => describeOutcome(news.exchange));
    }
    if (fresh.length > 2 * KEPT) fresh = fresh.slice(-KEPT);
  });

  const takeLog = () => {
    if (fresh.length === 0) return log;
    log = [...log, ...fresh.slice(-KEPT).map(({ tell, ...entry }) => ({ ...entry, text: tell() }))].slice(-KEPT);
    fresh = [];
    return log;
  };
  const takeCounts = (old: Counts, again = false) => {
    if (!counted && !again) return old;
    counted = false;
    return countsOf(trace, old);
  };
  const rates = (service: string, endpoint = ALL): Rates => {
    const second = Math.floor(now() / 1_000);
    const recent = (seconds.get(service)?.get(endpoint) ?? []).filter((each) => second - each.second <= RATE_SECONDS);
    const whole = recent.filter((each) => each.second !== second);
    const over = Math.max(1, Math.min(RATE_SECONDS, second - (whole[0]?.second ?? second)));
    const sum = (kind: "answered" | "failed") => whole.reduce((total, each) => total + each[kind], 0) / over;
    return { answered: sum("answered"), failed: sum("failed") };
  };
  return { takeLog, takeCounts, rates, seconds: (service) => seconds.get(service) ?? NONE };
}

const NONE: ReadonlyMap<string, readonly Tally[]> = new Map();

/** In the place of an endpoint: all traffic of the Service. */
export const ALL = "";

/** In the place of an endpoint: what the Service's rules refused. */
export const REFUSED = "refused";

type Counting = { -readonly [Key in keyof Tally]: Tally[Key] };

/** The Service whose rules chose where a request went, or refused it, and the endpoint. */
function choiceOf(exchange: Exchange, trace: Trace): { service: string; endpoint: string } | undefined {
  for (const id of exchange.packets)
    for (const { service: chosen, end, header } of trace.packet(id)?.hops ?? []) {
      const service = chosen ?? end?.service;
      if (service === undefined) continue;
      const endpoint = chosen === undefined ? REFUSED : `${header.destination}:${header.destinationPort}`;
      return { service: makeKey(service.namespace, service.name), endpoint };
    }
  return undefined;
}

/** Whether a loss is reported: not that of a probe, nor that a program has a request and thinks; the packet's own end is reported as its hop. */
function isNews({ purpose, loss, protocol }: Exchange): boolean {
  if (loss === undefined || purpose === "probe" || purpose === "dns") return false;
  return loss.taken !== true || protocol !== undefined;
}

/** Sums the counters over clients; a Service whose numbers are unchanged keeps its old map. */
function countsOf(trace: Trace, old: Counts): Counts {
  const counts = new Map<string, Map<string, number>>();
  for (const { service, endpoint, count } of trace.counts()) {
    const ofService = counts.get(service) ?? new Map<string, number>();
    counts.set(service, ofService);
    ofService.set(endpoint, (ofService.get(endpoint) ?? 0) + count);
  }
  let changed = counts.size !== old.size;
  const next = new Map<string, ReadonlyMap<string, number>>();
  for (const [service, now] of counts) {
    const before = old.get(service);
    const same =
      before !== undefined && before.size === now.size && [...now].every(([key, value]) => before.get(key) === value);
    next.set(service, same ? before : now);
    changed ||= !same;
  }
  return changed ? next : old;
}
