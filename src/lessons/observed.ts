// What was observed where a check holds, in one sentence: the counterpart of what is missing.
import type { Exchange } from "../cluster/index.ts";
import { counted } from "../diagnosis/index.ts";
import { formatElapsed } from "../scenario/index.ts";
import { beginsWith, holds, KINDS, missingOf, named, newPodOf, shown } from "./checks.ts";
import type { Check, FieldCheck, RequestCheck } from "./lesson.ts";
import { pointedOf } from "./link.ts";
import { countedFor, ENDED, ofSeveral, serverOf } from "./request-checks.ts";
import { doneSince, endpointsOf, fieldOf, objectOf, requestsOf, requestText, type Seen, whoText } from "./seen.ts";

/** A line that was typed, or an address, is shown up to here. */
const LONGEST_LINE = 80;

/** What was observed, for a check that holds. Spec: [LESSON-20]. */
export function observedOf(check: Check, seen: Seen): string {
  if ("exists" in check) return `${named(check.exists, true)} exists.`;
  if ("gone" in check) return `${named(check.gone, true)} is gone.`;
  if ("field" in check) return fieldText(check, seen);
  if ("endpoints" in check) return endpointsText(check.endpoints, seen);
  if ("request" in check) return requestSeen(check, seen);
  if ("pods" in check)
    return `${counted(check.ready, "pod")} with the label ${check.pods} ${check.ready === 1 ? "is" : "are"} ready.`;
  if ("replaced" in check) return `Pod ${newPodOf(check.replaced, seen)?.metadata.name} is new, and ready.`;
  if ("unbroken" in check) return "Nothing in the cluster is broken any more.";
  if ("none" in check) {
    const sent = requestsOf(seen, check.none).length;
    return `${sent === 1 ? "The one request" : `Of ${sent} requests`} ${requestText(check.none)} ${sent === 1 ? `never ${ENDED[check.outcome]}` : `none ${ENDED[check.outcome]}`}.`;
  }
  if ("allOf" in check) return check.allOf.map((each) => observedOf(each, seen)).join(" ");
  if ("anyOf" in check)
    return check.anyOf.filter((each) => holds(each, seen)).map((each) => observedOf(each, seen))[0] ?? "";
  if ("not" in check) return (missingOf(check.not, seen) ?? "").replace(/ yet(?=[.;])/g, "");
  return doneText(check, seen);
}

function fieldText({ field }: FieldCheck, seen: Seen): string {
  const object = objectOf(seen, field);
  const value = object && fieldOf(object, pointedOf(field)?.path ?? []);
  return `${named(field, true)}: ${field.split("#")[1]} is ${value === undefined ? "not set" : shown(value)}.`;
}

function endpointsText(service: string, seen: Seen): string {
  const { namespace = "default", name = "" } = pointedOf(service)?.object ?? {};
  const ready = endpointsOf(seen.world, namespace, name).filter(({ isReady }) => isReady);
  const listed = ready.length > 0 && ready.length <= 3 ? `: ${ready.map(({ address }) => address).join(", ")}` : "";
  return `${named(service, true)} has ${counted(ready.length, "ready endpoint")}${listed}.`;
}

/** `Pod web-x answered the laptop, which called http://192.168.1.11:30080/, at 0:12.4.`, `12 requests from the laptop were refused, the last one at 0:12.4.` */
function requestSeen(check: RequestCheck, seen: Seen): string {
  const { request, outcome = "answered", times = 1, source } = check;
  const all = countedFor(check, seen);
  const last = all.at(-1);
  if (last === undefined) return "";
  const when = formatElapsed(last.endedAt ?? last.startedAt);
  if (all.length > 1 && times > 1) {
    const pods = new Set(all.flatMap(serverOf)).size;
    const by = outcome === "answered" ? ` by ${counted(pods, "pod")}` : "";
    return `${all.length} requests ${requestText(request)} ${ofSeveral(ENDED[outcome])}${by}, the last one at ${when}.`;
  }
  if (last.outcome.kind !== "answered")
    return `A request ${requestText({ ...request, from: placeText(last.from) })} ${ENDED[outcome]} at ${when}.`;
  const { servedBy, clientSeen } = last.outcome;
  const saw = source === undefined ? "" : `, and saw ${clientSeen} as its sender`;
  const who = whoText(placeText(servedBy));
  return `${who.slice(0, 1).toUpperCase()}${who.slice(1)} answered ${whoText(placeText(last.from))}, which called ${cut(last.target)}, at ${when}${saw}.`;
}

function cut(text: string): string {
  return text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE - 1)}…` : text;
}

function placeText({ kind, name }: Exchange["from"]): string {
  return kind === "pod" || kind === "node" ? `${kind}/${name}` : name;
}

type Done = Extract<Check, { typed: string } | { did: string } | { avoided: unknown } | { neverTyped: unknown }>;

function doneText(check: Done, seen: Seen): string {
  if ("avoided" in check)
    return `So far without ${check.avoided.map((kind) => KINDS[kind].toLowerCase()).join(" or ")}.`;
  if ("neverTyped" in check) return `So far without ${check.neverTyped.join(" or ")}.`;
  const done = doneSince(seen).findLast(({ action }) =>
    "did" in check ? action.kind === check.did : action.kind === "shell" && beginsWith(action.line, check.typed),
  );
  const when = formatElapsed(done?.at ?? 0);
  if (done?.action.kind !== "shell") return "did" in check ? `${KINDS[check.did]} was done at ${when}.` : "";
  return `Typed at ${when}: ${cut(done.action.line.trim())}`;
}
