// Checks about traffic: who asked whom since the step began, and what came back.
import type { Exchange } from "../cluster/index.ts";
import { W } from "../words/en/lesson-checks.ts";
import type { Check, RequestCheck } from "./lesson.ts";
import { endedSo, isPlace, nodeOf, placeKey, requestsOf, type Seen, servesFor } from "./seen.ts";

/** The requests that count for a check, oldest first. */
export function countedFor(
  { request, outcome = "answered", by, source, status }: RequestCheck,
  seen: Seen,
): readonly Exchange[] {
  const ended = requestsOf(seen, request).filter((each) => endedSo(each, outcome));
  return ended.filter((each) => isAnswer(each, { by, source, status }, seen));
}

/** What is missing of the requests that a check wants; undefined when nothing is. */
export function requestMissing(check: RequestCheck, seen: Seen): string | undefined {
  const { request, outcome = "answered", times = 1, source, pods, samePod } = check;
  const all = requestsOf(seen, request);
  const ended = all.filter((each) => endedSo(each, outcome));
  const about = W.requests(request);
  if (ended.length === 0) {
    const last = all.at(-1);
    const kind = last?.outcome.kind === "pending" ? "failed" : last?.outcome.kind;
    return W.none(about, outcome, {}, kind === undefined ? "" : W.lastOne(kind));
  }
  const wanted = countedFor(check, seen);
  if (wanted.length === 0) return W.none(about, outcome, check, source === undefined ? "" : sourceSeen(ended));
  if (wanted.length < times) return W.few([wanted.length, times], about, outcome, check);
  const servers = wanted.flatMap(serverOf);
  const different = new Set(servers).size;
  if (pods !== undefined && different < pods) return W.fewPods(different, pods, about);
  if (samePod === true && new Set(servers.slice(-times)).size > 1) return W.notOnePod(times, about);
  return undefined;
}

/** Why a step's traffic is not without failures; undefined when it is. */
export function seenAgainst(
  { none, outcome, times = 0 }: Extract<Check, { none: unknown }>,
  seen: Seen,
): string | undefined {
  const all = requestsOf(seen, none);
  const bad = all.filter((each) => endedSo(each, outcome));
  const about = W.requests(none);
  if (bad.length > 0) return W.against(bad.length, about, outcome);
  return all.length < times ? W.fewSent(all.length, times, about) : undefined;
}

/** The first request that a check forbids. */
export function firstAgainst({ none, outcome }: Extract<Check, { none: unknown }>, seen: Seen): Exchange | undefined {
  return requestsOf(seen, none).find((each) => endedSo(each, outcome));
}

type Answer = { readonly [K in "by" | "source" | "status"]: RequestCheck[K] | undefined };

function isAnswer(exchange: Exchange, { by, source, status }: Answer, seen: Seen): boolean {
  const { outcome } = exchange;
  if (outcome.kind !== "answered") return by === undefined && source === undefined && status === undefined;
  if (status !== undefined && outcome.status !== status) return false;
  if (by !== undefined && !answersOf(exchange, seen).some((each) => isBy(each, by, seen))) return false;
  return source === undefined || isSource(outcome.clientSeen, source, seen);
}

type Answered = Extract<Exchange["outcome"], { kind: "answered" }>;

/** The answer of a request, and that which a proxy was given for it. */
function answersOf({ id, outcome }: Exchange, { world }: Seen): readonly Answered[] {
  const behind = Array.from(world.trace.exchanges()).filter(
    ({ parent, purpose }) => parent === id && purpose !== "dns",
  );
  return [outcome, ...behind.map((each) => each.outcome)].flatMap((each) => (each.kind === "answered" ? [each] : []));
}

function isBy({ endpoint, servedBy }: Answered, by: string, seen: Seen): boolean {
  if (by.startsWith("Service/")) return servesFor(seen, by, endpoint);
  return by.startsWith("node/") ? nodeOf(seen.world, servedBy) === by.slice(5) : isPlace(servedBy, by);
}

/** Whether an address is that of whom a text names. */
function isSource(address: string, source: string, { world }: Seen): boolean {
  const own = address.split(":")[0] ?? "";
  if (source === "node") return world.settings.nodes.some((each) => each.address === own);
  if (source === "pod") return world.api.list("pods").some(({ status }) => status?.podIP === own);
  const client = world.settings.clients.find(({ name }) => name === source);
  return own === (client?.address ?? source);
}

/** The key of who answered. */
export function serverOf({ outcome }: Exchange): readonly string[] {
  return outcome.kind === "answered" ? [placeKey(outcome.servedBy)] : [];
}

function sourceSeen(ended: readonly Exchange[]): string {
  const outcome = ended.at(-1)?.outcome;
  return outcome?.kind === "answered" ? W.lastSaw(outcome.clientSeen) : "";
}
