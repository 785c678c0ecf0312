// Gathers what the trace tells between frames: sentences for the packet log and counters per endpoint.
import { describeHop, describeOutcome, type Exchange, type Trace } from "../../cluster/index.ts";
import type { Counts, LogEntry } from "./state.ts";

/** Sentences kept for reading back. */
const KEPT = 200;

/** Of continuous traffic one answer and one failure is told in so many virtual milliseconds. */
const TRAFFIC_MS = 500;

/** What happened on the network since the last look. */
export interface Journal {
  /** The last sentences, oldest first; the same array when nothing was added. */
  takeLog(): readonly LogEntry[];
  /** Counters now, or `old` when nothing was counted since. */
  takeCounts(old: Counts): Counts;
  stop(): void;
}

/** Listens to a trace. Probes are not told; of continuous traffic only some outcomes are. */
export function keepJournal(trace: Trace, now: () => number): Journal {
  let log: readonly LogEntry[] = [];
  let fresh: LogEntry[] = [];
  let counted = false;
  let nextId = 1;
  const add = (exchange: Exchange, kind: LogEntry["kind"], text: string) =>
    fresh.push({ id: nextId++, at: now(), exchange: exchange.id, purpose: exchange.purpose, kind, text });

  const toldAt = { answered: Number.NEGATIVE_INFINITY, failed: Number.NEGATIVE_INFINITY };
  const isDue = (exchange: Exchange, kind: "answered" | "failed") => {
    if (exchange.purpose !== "traffic") return true;
    if (now() - toldAt[kind] < TRAFFIC_MS) return false;
    toldAt[kind] = now();
    return true;
  };

  const stop = trace.news.on((news) => {
    if (news.kind === "hop-ended") {
      counted = true;
      const exchange = trace.exchange(news.packet.exchange);
      if (exchange?.purpose === "request" || exchange?.purpose === "dns") add(exchange, "hop", describeHop(news.hop));
    }
    if (news.kind === "exchange-ended" && news.exchange.purpose !== "probe") {
      const kind = news.exchange.outcome.kind === "answered" ? "answered" : "failed";
      if (isDue(news.exchange, kind)) add(news.exchange, kind, describeOutcome(news.exchange));
    }
    if (fresh.length > 2 * KEPT) fresh = fresh.slice(-KEPT);
  });

  const takeLog = () => {
    if (fresh.length === 0) return log;
    log = [...log, ...fresh].slice(-KEPT);
    fresh = [];
    return log;
  };
  const takeCounts = (old: Counts) => {
    if (!counted) return old;
    counted = false;
    return countsOf(trace, old);
  };
  return { takeLog, takeCounts, stop };
}

/** Sums the counters over clients; a Service whose numbers stand keeps its old map. */
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
