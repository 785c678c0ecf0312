// Checks about traffic: who asked whom since the step began, and what came back.
import type { Exchange } from "../cluster/index.ts";
import type { Check, RequestCheck, SeenOutcome } from "./lesson.ts";
import { endedSo, isPlace, nodeOf, placeKey, requestsOf, requestText, type Seen, servesFor, whoText } from "./seen.ts";

/** What happened to a request, as a sentence goes on. */
export const ENDED: Readonly<Record<SeenOutcome, string>> = {
  answered: "was answered",
  refused: "was refused",
  timeout: "ran into its time-out",
  unreachable: "found no way to its address",
  unresolved: "failed at a name that does not resolve",
  reset: "was cut off",
  failed: "failed",
};

/** The same of several. */
export const ofSeveral = (ended: string) => ended.replace(/^was /, "were ").replace("its ", "their ");

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
  const { request, outcome = "answered", times = 1, by, source, pods, samePod, status } = check;
  const all = requestsOf(seen, request);
  const ended = all.filter((each) => endedSo(each, outcome));
  const about = requestText(request);
  if (ended.length === 0) {
    const last = all.at(-1);
    const instead =
      last === undefined
        ? ""
        : `; the last one ${ENDED[last.outcome.kind === "pending" ? "failed" : last.outcome.kind]}`;
    return `No request ${about} ${ENDED[outcome]} yet${instead}.`;
  }
  const wanted = countedFor(check, seen);
  const answerer = by === undefined ? "" : ` by ${answererText(by)}`;
  const shownAs = source === undefined ? "" : ` with ${sourceText(source)} as its source`;
  const coded = status === undefined ? "" : ` with status ${status}`;
  const how = `${answerer}${shownAs}${coded}`;
  if (wanted.length === 0)
    return `No request ${about} ${ENDED[outcome]}${how} yet${source === undefined ? "" : sourceSeen(ended)}.`;
  if (wanted.length < times)
    return `Only ${wanted.length} of ${times} requests ${about} ${ofSeveral(ENDED[outcome])}${how} so far.`;
  const servers = wanted.flatMap(serverOf);
  const different = new Set(servers).size;
  if (pods !== undefined && different < pods)
    return `The requests ${about} were answered by ${different} different ${different === 1 ? "pod" : "pods"} so far, not ${pods}.`;
  if (samePod === true && new Set(servers.slice(-times)).size > 1)
    return `The last ${times} requests ${about} were not all answered by one pod.`;
  return undefined;
}

/** Why a step's traffic is not without failures; undefined when it is. */
export function seenAgainst(
  { none, outcome, times = 0 }: Extract<Check, { none: unknown }>,
  seen: Seen,
): string | undefined {
  const all = requestsOf(seen, none);
  const bad = all.filter((each) => endedSo(each, outcome));
  if (bad.length > 0) {
    const what = bad.length === 1 ? ENDED[outcome] : ofSeveral(ENDED[outcome]);
    const count = `${bad.length} ${bad.length === 1 ? "request" : "requests"}`;
    return `${count} ${requestText(none)} ${what} since the step began.`;
  }
  return all.length < times
    ? `Only ${all.length} of ${times} requests ${requestText(none)} were sent so far.`
    : undefined;
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

function answererText(by: string): string {
  if (by.startsWith("Service/")) return `an endpoint of Service ${by.slice(8)}`;
  return by.startsWith("node/") ? `a pod on ${by.slice(5)}` : whoText(by);
}

function sourceText(source: string): string {
  if (source === "node" || source === "pod") return `the address of a ${source}`;
  return /^\d/.test(source) ? source : `the address of the ${source}`;
}

function sourceSeen(ended: readonly Exchange[]): string {
  const outcome = ended.at(-1)?.outcome;
  return outcome?.kind === "answered" ? `; the last pod saw ${outcome.clientSeen}` : "";
}
