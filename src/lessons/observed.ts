// What was observed where a check holds, in one sentence: the counterpart of what is missing.
import type { Exchange } from "../cluster/index.ts";
import { formatElapsed } from "../scenario/index.ts";
import { W } from "../words/en/lesson-checks.ts";
import { beginsWith, holds, missingOf, named, newPodOf, shown } from "./checks.ts";
import type { Check, FieldCheck, RequestCheck } from "./lesson.ts";
import { pointedOf } from "./link.ts";
import { countedFor, serverOf } from "./request-checks.ts";
import { doneSince, endpointsOf, fieldOf, objectOf, requestsOf, type Seen } from "./seen.ts";

/** A line that was typed, or an address, is shown up to here. */
const LONGEST_LINE = 80;

/** What was observed, for a check that holds. Spec: [LESSON-20]. */
export function observedOf(check: Check, seen: Seen): string {
  if ("exists" in check) return W.exists(named(check.exists, true));
  if ("gone" in check) return W.gone(named(check.gone, true));
  if ("field" in check) return fieldText(check, seen);
  if ("endpoints" in check) return endpointsText(check.endpoints, seen);
  if ("request" in check) return requestSeen(check, seen);
  if ("pods" in check) return W.pods(check.ready, check.pods);
  if ("replaced" in check) return W.newPod(newPodOf(check.replaced, seen)?.metadata.name ?? "");
  if ("unbroken" in check) return W.unbroken;
  if ("none" in check) return W.never(requestsOf(seen, check.none).length, W.requests(check.none), check.outcome);
  if ("allOf" in check) return check.allOf.map((each) => observedOf(each, seen)).join(" ");
  if ("anyOf" in check)
    return check.anyOf.filter((each) => holds(each, seen)).map((each) => observedOf(each, seen))[0] ?? "";
  if ("not" in check) return W.asWanted(missingOf(check.not, seen) ?? "");
  return doneText(check, seen);
}

function fieldText({ field }: FieldCheck, seen: Seen): string {
  const object = objectOf(seen, field);
  const value = object && fieldOf(object, pointedOf(field)?.path ?? []);
  const path = field.split("#")[1] ?? "";
  return W.field({ what: named(field, true), path, value: value === undefined ? undefined : shown(value) });
}

function endpointsText(service: string, seen: Seen): string {
  const { namespace = "default", name = "" } = pointedOf(service)?.object ?? {};
  const ready = endpointsOf(seen.world, namespace, name).filter(({ isReady }) => isReady);
  const listed = ready.length <= 3 ? ready.map(({ address }) => address) : [];
  return W.endpoints(named(service, true), ready.length, listed);
}

/** `Pod web-x answered the laptop, which called http://192.168.1.11:30080/, at 0:12.4.`, `12 requests from the laptop were refused, the last one at 0:12.4.` */
function requestSeen(check: RequestCheck, seen: Seen): string {
  const { request, outcome = "answered", times = 1, source } = check;
  const all = countedFor(check, seen);
  const last = all.at(-1);
  if (last === undefined) return "";
  const when = formatElapsed(last.endedAt ?? last.startedAt);
  if (all.length > 1 && times > 1) {
    const pods = outcome === "answered" ? new Set(all.flatMap(serverOf)).size : undefined;
    return W.several(all.length, W.requests(request), outcome, { at: when, pods });
  }
  const from = placeText(last.from);
  if (last.outcome.kind !== "answered") return W.one(W.requests({ ...request, from }), outcome, when);
  const { servedBy, clientSeen } = last.outcome;
  const saw = source === undefined ? undefined : clientSeen;
  return W.answered({ server: placeText(servedBy), client: from, target: cut(last.target), at: when, saw });
}

function cut(text: string): string {
  return text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE - 1)}…` : text;
}

function placeText({ kind, name }: Exchange["from"]): string {
  return kind === "pod" || kind === "node" ? `${kind}/${name}` : name;
}

type Done = Extract<Check, { typed: string } | { did: string } | { avoided: unknown } | { neverTyped: unknown }>;

function doneText(check: Done, seen: Seen): string {
  if ("avoided" in check) return W.withoutDeeds(check.avoided);
  if ("neverTyped" in check) return W.without(check.neverTyped);
  const done = doneSince(seen).findLast(({ action }) =>
    "did" in check ? action.kind === check.did : action.kind === "shell" && beginsWith(action.line, check.typed),
  );
  const when = formatElapsed(done?.at ?? 0);
  if (done?.action.kind !== "shell") return "did" in check ? W.done(check.did, when) : "";
  return W.typed(cut(done.action.line.trim()), when);
}
