// Whether something holds, and one sentence about what is missing. Checks look at what came about, not at keystrokes.
import { isPodReady, matches, type ObjectOf, selectorFromMap } from "../cluster/index.ts";
import { counted, diagnose } from "../diagnosis/index.ts";
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
    return objectOf(seen, check.exists) === undefined ? `There is no ${named(check.exists)} yet.` : undefined;
  if ("gone" in check)
    return objectOf(seen, check.gone) === undefined ? undefined : `${named(check.gone, true)} still exists.`;
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
    return lines.some((line) => beginsWith(line, check.typed))
      ? undefined
      : `The command ${check.typed} was not typed yet.`;
  if ("neverTyped" in check) {
    const wrong = lines.find((line) => check.neverTyped.some((each) => beginsWith(line, each)));
    return wrong === undefined ? undefined : `This task is to be done without: ${wrong}.`;
  }
  if ("did" in check)
    return done.some(({ kind }) => kind === check.did) ? undefined : `${KINDS[check.did]} was not done yet.`;
  const wrong = done.find(({ kind }) => check.avoided.includes(kind));
  return wrong === undefined ? undefined : `This task is to be done without: ${KINDS[wrong.kind].toLowerCase()}.`;
}

/** What was done, by the kind of action. */
export const KINDS = {
  apply: "Applying the manifest",
  shell: "Typing a command",
  interrupt: "Stopping a command",
  edit: "Editing an object in the console",
  send: "Sending a request",
  "start-traffic": "Starting traffic",
  "stop-traffic": "Stopping traffic",
  "kill-pod": "Deleting a pod",
  "crash-container": "Restarting a container",
  scale: "Scaling",
  fail: "Breaking something",
  restore: "Restoring what was broken",
  configure: "Changing the cluster's settings",
} as const;

/** Whether a line begins with these words; what it pipes through or runs first does not count. */
export function beginsWith(line: string, words: string): boolean {
  const flat = line.trim().replace(/\s+/g, " ");
  return flat === words || flat.startsWith(`${words} `);
}

/** `Service web`, `pod web-1`. */
export function named(text: string, isFirst = false): string {
  const { object } = pointedOf(text) ?? {};
  if (object === undefined) return text;
  const kind = object.kind === "Pod" || object.kind === "Node" ? object.kind.toLowerCase() : object.kind;
  const where =
    object.namespace === undefined || object.namespace === "default" ? "" : ` in namespace ${object.namespace}`;
  return `${isFirst ? object.kind : kind} ${object.name}${where}`;
}

function fieldMissing(check: FieldCheck, seen: Seen): string | undefined {
  const path = pointedOf(check.field)?.path ?? [];
  const object = objectOf(seen, check.field);
  if (object === undefined) return `There is no ${named(check.field)} yet.`;
  const value = fieldOf(object, path);
  const about = `${named(check.field, true)}: ${check.field.split("#")[1]} is ${value === undefined ? "not set" : shown(value)}`;
  if (check.present !== undefined && (value !== undefined) !== check.present)
    return check.present ? `${about}.` : `${about}; it must not be set.`;
  if ("is" in check && !same(value, check.is)) return `${about}, not ${shown(check.is)} yet.`;
  if ("isNot" in check && same(value, check.isNot)) return `${about} still.`;
  if ("contains" in check && !contains(value, check.contains)) return `${about}, without ${shown(check.contains)}.`;
  if (check.atLeast !== undefined && !(Number(value) >= check.atLeast))
    return `${about}, not at least ${check.atLeast} yet.`;
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
  if (objectOf(seen, endpoints) === undefined) return `There is no ${named(endpoints)} yet.`;
  const have = endpointsOf(seen.world, namespace, name).filter(({ isReady }) => isReady).length;
  const about = `${named(endpoints, true)} has ${counted(have, "ready endpoint")}`;
  if (ready !== undefined && have !== ready) return `${about}, not ${ready}.`;
  if (atLeast !== undefined && have < atLeast) return `${about}; it needs at least ${atLeast}.`;
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
  return have === ready
    ? undefined
    : `${counted(have, "pod")} with the label ${pods} ${have === 1 ? "is" : "are"} ready, not ${ready}.`;
}

function replacedMissing(labels: string, seen: Seen): string | undefined {
  return newPodOf(labels, seen) === undefined ? `No new pod with the label ${labels} is ready yet.` : undefined;
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
  return isBroken ? "Something in the cluster is still broken." : undefined;
}

/** The labels of `app=web,tier=front`. */
export function labelsOf(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(text.split(",").map((pair) => pair.split("=", 2)));
}
