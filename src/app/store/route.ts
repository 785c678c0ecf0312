// Which request's route stays on the picture, and where time pauses on it.
import type { Exchange, Trace } from "../../cluster/index.ts";

/** Calls `show` with each request that a person sends from a machine of theirs; what programs in pods do all day is none. */
export function onAsked(trace: Trace, show: (exchange: number) => void): () => void {
  return trace.news.on((news) => {
    if (news.kind === "exchange-started" && isAsked(news.exchange)) show(news.exchange.id);
  });
}

function isAsked({ purpose, parent, from }: Exchange): boolean {
  return purpose === "request" && parent === undefined && from.kind === "client";
}

/** A virtual time at which time pauses, once. */
export class Hold {
  /** Undefined: it continues. */
  at: number | undefined;

  /** How much of `ms` may pass from `now` on. */
  limit(ms: number, now: number): number {
    return this.at === undefined ? ms : Math.min(ms, Math.max(0, this.at - now));
  }

  /** Whether that time has come; it is forgotten then. */
  isReached(now: number): boolean {
    if (this.at === undefined || now < this.at) return false;
    this.at = undefined;
    return true;
  }
}
