// Whether something holds, and one sentence about what is missing. Checks look at what came about, not at keystrokes.
import { isPodReady, matches, type ObjectOf, selectorFromMap } from "../cluster/index.ts";
import { diagnose } from "../diagnosis/index.ts";
import { W } from "../words/en/lesson-checks.ts";
import type { Check, FieldCheck } from "./lesson.ts";
import { pointedOf } from "./link.ts";
import { requestMissing, seenAgainst } from "./request-checks.ts";
import { doneSince, endpointsOf, fieldOf, objectOf, type Seen } from "./seen.ts";

/** What is missing for a check to hold, in one sentence; undefined when it holds. Spec: [LESSON-3]. */
export function missingOf(check: Check, seen: Seen): string | undefined {
  const missing = sentenceOf(check, seen);
  return missing === undefined ? undefined : (check.say ?? missing);
}

/** Whether a check holds. */
export function holds(check: Check, seen: Seen): boolean {
  return sentenceOf(check, seen) === undefined;
}

function sentenceOf(check: Check, seen: Seen): string | undefined {
  if ("exists" in check)
    return objectOf(seen, check.exists) === undefined ? W.noObject(named(check.exists)) : undefined;
  if ("gone" in check)
    return objectOf(seen, check.gone) === undefined ? undefined : W.stillThere(named(check.gone, true));
  if ("field" in check) return fieldMissing(check, seen);
  if ("endpoints" in check) return endpointsMissing(check, seen);
  if ("request" in check) return requestMissing(check, seen);
  if ("pods" in check) return podsMissing(check, seen);
  if ("replaced" in check) return replacedMissing(check.replaced, seen);
  if ("unbroken" in check) return brokenIn(seen);
  if ("none" in check) return seenAgainst(check, seen);
  if ("allOf" in check) return check.allOf.map((each) => missingOf(each, seen)).find((each) => each !== undefined);
  if ("anyOf" in check) return anyMissing(check.anyOf, seen);
  if ("not" in check) return holds(check.not, seen) ? check.say : undefined;
  return doneMissing(check, seen);
}

function anyMissing(checks: readonly Check[], seen: Seen): string | undefined {
  const all = checks.map((each) => missingOf(each, seen));
  return all.includes(undefined) ? undefined : all[0];
}

type Done = Extract<Check, { typed: string } | { did: string } | { avoided: unknown } | { neverTyped: unknown }>;

function doneMissing(check: Done, seen: Seen): string | undefined {
  const done = doneSince(seen).map(({ action }) => action);
  const lines = done.flatMap((action) => (action.kind === "shell" ? [action.line] : []));
  if ("typed" in check)
    return lines.some((line) => beginsWith(line, check.typed)) ? undefined : W.notTyped(check.typed);
  if ("neverTyped" in check) {
    const wrong = lines.find((line) => check.neverTyped.some((each) => beginsWith(line, each)));
    return wrong === undefined ? undefined : W.not(wrong);
  }
  if ("did" in check) return done.some(({ kind }) => kind === check.did) ? undefined : W.notDone(check.did);
  const wrong = done.find(({ kind }) => check.avoided.includes(kind));
  return wrong === undefined ? undefined : W.notDeed(wrong.kind);
}

/** Whether a line begins with these words; what it pipes through or runs first does not count. */
export function beginsWith(line: string, words: string): boolean {
  const flat = line.trim().replace(/\s+/g, " ");
  return flat === words || flat.startsWith(`${words} `);
}

/** `Service web`, `pod web-1`. */
export function named(text: string, isFirst = false): string {
  const { object } = pointedOf(text) ?? {};
  if (object === undefined) return text;
  const { kind, name, namespace } = object;
  return W.object(kind, name, namespace === "default" ? undefined : namespace, isFirst);
}

function fieldMissing(check: FieldCheck, seen: Seen): string | undefined {
  const path = pointedOf(check.field)?.path ?? [];
  const object = objectOf(seen, check.field);
  if (object === undefined) return W.noObject(named(check.field));
  const value = fieldOf(object, path);
  const what = named(check.field, true);
  const is = { what, path: check.field.split("#")[1] ?? "", value: value === undefined ? undefined : shown(value) };
  if (check.present !== undefined && (value !== undefined) !== check.present)
    return check.present ? W.field(is) : W.fieldSet(is);
  if ("is" in check && !same(value, check.is)) return W.fieldNot(is, shown(check.is));
  if ("isNot" in check && same(value, check.isNot)) return W.fieldStill(is);
  if ("contains" in check && !contains(value, check.contains)) return W.fieldWithout(is, shown(check.contains));
  if (check.atLeast !== undefined && !(Number(value) >= check.atLeast)) return W.fieldLess(is, check.atLeast);
  return undefined;
}

function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function contains(value: unknown, wanted: unknown): boolean {
  if (Array.isArray(value)) return value.some((each) => same(each, wanted));
  if (typeof value === "object" && value !== null && typeof wanted === "object" && wanted !== null)
    return Object.entries(wanted).every(([key, each]) => same(fieldOf(value, [key]), each));
  return String(value).includes(String(wanted));
}

/** A value as a sentence writes it. */
export function shown(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function endpointsMissing(
  { endpoints, ready, atLeast }: Extract<Check, { endpoints: string }>,
  seen: Seen,
): string | undefined {
  const { namespace = "default", name = "" } = pointedOf(endpoints)?.object ?? {};
  if (objectOf(seen, endpoints) === undefined) return W.noObject(named(endpoints));
  const have = endpointsOf(seen.world, namespace, name).filter(({ isReady }) => isReady).length;
  const what = named(endpoints, true);
  if (ready !== undefined && have !== ready) return W.endpointsNot(what, have, ready);
  if (atLeast !== undefined && have < atLeast) return W.endpointsLess(what, have, atLeast);
  return undefined;
}

function podsMissing(
  { pods, ready, namespace = "default" }: Extract<Check, { pods: string }>,
  seen: Seen,
): string | undefined {
  const selector = selectorFromMap(labelsOf(pods));
  const have = seen.world.api
    .list("pods", { namespace })
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined && matches(selector, metadata.labels ?? {}))
    .filter(isPodReady).length;
  return have === ready ? undefined : W.podsNot(have, pods, ready);
}

function replacedMissing(labels: string, seen: Seen): string | undefined {
  return newPodOf(labels, seen) === undefined ? W.noNewPod(labels) : undefined;
}

/**
 * The ready pod with these labels that was made since the step began. Objects have their times in whole seconds: in the second of
 * its beginning, a step takes a pod for new that became ready later.
 */
export function newPodOf(labels: string, { world, since }: Seen): ObjectOf<"pods"> | undefined {
  const selector = selectorFromMap(labelsOf(labels));
  const began = Math.floor((world.settings.epoch + since) / 1_000) * 1_000;
  return world.api.list("pods").find((pod) => {
    const created = Date.parse(pod.metadata.creationTimestamp ?? "");
    const ready = pod.status?.conditions?.find(({ type }) => type === "Ready")?.lastTransitionTime ?? "";
    const isLater = created > began || (created === began && Date.parse(ready) > began);
    return isLater && isPodReady(pod) && matches(selector, pod.metadata.labels ?? {});
  });
}

/** What diagnosis still calls an error, whatever it is about: named by hints alone, as to find it is the task. */
function brokenIn({ world }: Seen): string | undefined {
  const isBroken = diagnose(world).some(({ severity }) => severity === "error");
  return isBroken ? W.broken : undefined;
}

/** The labels of `app=web,tier=front`. */
export function labelsOf(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(text.split(",").map((pair) => pair.split("=", 2)));
}
