// The same request again, in another run: whether it would fail there.
import type { Exchange, SendRequest } from "../../cluster/index.ts";
import {
  type Cause,
  type CauseSearch,
  type History,
  type Position,
  positionOf,
  searchCause,
} from "../../history/index.ts";
import type { Run } from "./run.ts";

/** Virtual time that an answer is waited for. */
const PATIENCE_MS = 20_000;

/** `http://web:8080/path`, `web:80`, `shop.example.com/path at 192.168.1.11:30080`. */
const TARGET = /^(?:https?:\/\/)?([^\s/:]+)(?::(\d+))?(\/\S*)?(?: at ([^\s:]+):(\d+))?$/;

/** The request that an exchange was, as far as it can be derived from it; undefined for what is no request of a visitor's. */
export function requestOf({ from, target, protocol, purpose, asked }: Exchange): SendRequest | undefined {
  if (purpose !== "request" && purpose !== "traffic") return undefined;
  const [, name, namePort, path = "/", address, addressPort] = TARGET.exec(target) ?? [];
  if (name === undefined) return undefined;
  const host = address ?? name;
  const port = Number(addressPort ?? namePort ?? (target.startsWith("https:") ? 443 : 80));
  const headers = address === undefined ? {} : { headers: { host: name } };
  return {
    from,
    host,
    port,
    path: asked?.path ?? path,
    ...(asked === undefined ? {} : { method: asked.method }),
    ...(protocol === undefined ? {} : { protocol }),
    ...headers,
  };
}

/** Sends it in a run that is nobody's, and tells whether it fails. */
export function failsIn(run: Run, exchange: Exchange): boolean {
  const request = requestOf(exchange);
  if (request === undefined) return true;
  const sent = run.ask(request, (each) => isLost(each) || each.endedAt !== undefined, PATIENCE_MS);
  return sent === undefined || isLost(sent) || sent.endedAt === undefined || !isGood(sent.outcome, exchange.outcome);
}

/** Whether a packet of it is lost for good. */
function isLost({ loss }: Exchange): boolean {
  return loss !== undefined && loss.again === undefined && loss.taken !== true;
}

/** Answered, and not with an error of the server where that is what is asked about. */
function isGood(outcome: Exchange["outcome"], failed: Exchange["outcome"]): boolean {
  if (outcome.kind !== "answered") return false;
  return failed.kind !== "answered" || outcome.kind !== failed.kind || !sameStatus(outcome, failed);
}

function sameStatus(a: object, b: object): boolean {
  return "status" in a && "status" in b && a.status === b.status;
}

/** Finds since when a request fails, asking at one moment with each step. Spec: [PAST-6]. */
export function causeOf(
  history: History<Run>,
  exchange: Exchange,
  at: Position = positionOf(history.head),
): CauseSearch {
  return searchCause(history, { holds: (run) => failsIn(run, exchange), spoils: true }, { at });
}

/** The same at once. */
export function findCauseOf(history: History<Run>, exchange: Exchange): Cause | undefined {
  const search = causeOf(history, exchange);
  for (;;) {
    const { done, value } = search.next();
    if (done === true) return value;
  }
}
