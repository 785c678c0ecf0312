// What "Send request" sends now: the visitor's draft as far as it can still be meant, and a sender that reaches the target.
import { isPodReady, keyOf, makeKey, type ObjectKey, type Place, type Pod } from "../../cluster/index.ts";
import { byAge, isSystem, slicesOf } from "./derive.ts";
import type { Objects } from "./objects.ts";
import type { Target, Wanted } from "./run.ts";
import { type AppState, LAPTOP } from "./state.ts";
import { defaultTarget, type TargetChoice, targetChoices, textOf } from "./targets.ts";

/** A request that can be sent. */
export interface Drafted {
  readonly from: Place;
  readonly target: Target | undefined;
}

/** Remembers what a target is of, so that it can follow a Service whose port or address changes. */
export function wanted(objects: Objects, target: Target, typed: boolean): Wanted {
  const text = textOf(target);
  const choices = allChoices(objects);
  const found = choices.find((each) => textOf(each) === text) ?? choices.find((each) => isNamed(each, target));
  return { target, id: found?.id, typed };
}

/** The request as the visitor drafted it, and where nothing was drafted, or what was is gone, the first that makes sense. */
export function drafted(state: AppState, focus: ObjectKey | undefined): Drafted {
  const { objects, draft } = state;
  const target = targetNow(objects, draft.target) ?? defaultTarget(shownOf(state), focus);
  const own = draft.from !== undefined && isThere(state, draft.from) ? draft.from : undefined;
  return { from: own ?? (target === undefined ? LAPTOP : senderTo(state, target)), target: target && plain(target) };
}

/** Who sends now, and where to. */
export function currentRequest(state: AppState): Drafted {
  return drafted(state, focusedService(state));
}

/** The Service whose card is open when not all can be: the selected one, or that of the last selection. */
export function focusedService(state: AppState): ObjectKey | undefined {
  const { selection } = state;
  if (selection?.kind === "object" && selection.resource === "services") return selection.key;
  if (selection?.kind !== "exchange") return undefined;
  const { trace } = state.world;
  for (const id of trace.exchange(selection.id)?.packets ?? [])
    for (const hop of trace.packet(id)?.hops ?? [])
      if (hop.service !== undefined) return `${hop.service.namespace}/${hop.service.name}`;
  return undefined;
}

/** What is shown, so that a request nobody has edited goes between things in sight. */
function shownOf(state: AppState): Objects {
  return state.view.only?.among(state) ?? state.objects;
}

function targetNow(objects: Objects, want: Wanted | undefined): Target | undefined {
  if (want?.id === undefined) return want?.target;
  const { target, id } = want;
  const choices = allChoices(objects);
  if (choices.some((each) => each.id === id && isNamed(each, target))) return target;
  const text = textOf(target);
  return choices.find((each) => each.id === id) ?? choices.find((each) => textOf(each) === text);
}

/** Whether a Service is meant by a shorter form of its name. */
function isNamed(choice: TargetChoice, { host, port, protocol }: Target): boolean {
  return (
    choice.group === "Names" &&
    choice.port === port &&
    choice.protocol === protocol &&
    (choice.host.startsWith(`${host.replace(/\.$/, "")}.`) || choice.host === host)
  );
}

/** Someone who reaches the target: the laptop what is open to the outside, else a pod, preferably one whose image is a client. */
function senderTo(state: AppState, target: Target): Place {
  const { objects } = state;
  const group = groupOf(objects, target);
  if (group === undefined || !INSIDE.includes(group)) return LAPTOP;
  const pods = [...((objects.get("pods")?.values() ?? []) as Iterable<Pod>)].filter(canSend).sort(byAge);
  const serving = endpoints(objects);
  const shown = (state.view.only?.focus === undefined ? shownOf(state) : objects).get("pods");
  const worth = (pod: Pod) => 2 * Number(shown?.has(keyOf(pod))) - Number(serving.has(keyOf(pod)));
  const [pod] = pods.toSorted((a, b) => worth(b) - worth(a));
  if (pod !== undefined) return podPlace(pod);
  const node = state.world.settings.nodes.find(({ name }) => !state.poweredOff.has(name));
  return node === undefined || group === "Names" ? LAPTOP : { kind: "node", name: node.name };
}

const INSIDE: readonly TargetChoice["group"][] = ["Cluster IPs", "Names", "Pods"];

function groupOf(objects: Objects, target: Target): TargetChoice["group"] | undefined {
  const text = textOf(target);
  const choices = allChoices(objects);
  return (choices.find((each) => textOf(each) === text) ?? choices.find((each) => isNamed(each, target)))?.group;
}

function canSend(pod: Pod): boolean {
  const { hostNetwork } = pod.spec ?? {};
  return !isSystem(pod) && isPodReady(pod) && hostNetwork !== true && pod.metadata.deletionTimestamp === undefined;
}

/** The pods behind all Services. */
function endpoints(objects: Objects): ReadonlySet<ObjectKey> {
  const found = new Set<ObjectKey>();
  for (const key of objects.get("services")?.keys() ?? [])
    for (const { endpoints: of } of slicesOf(objects, key))
      for (const { targetRef } of of ?? [])
        if (targetRef?.name !== undefined) found.add(makeKey(targetRef.namespace, targetRef.name));
  return found;
}

export function podPlace(pod: Pod): Place {
  return { kind: "pod", namespace: pod.metadata.namespace ?? "default", name: pod.metadata.name ?? "" };
}

function isThere({ objects, world }: AppState, place: Place): boolean {
  if (place.kind === "pod") return objects.get("pods")?.has(makeKey(place.namespace, place.name)) === true;
  const { clients, nodes } = world.settings;
  return (place.kind === "client" ? clients : nodes).some(({ name }) => name === place.name);
}

/** A choice without what belongs to the menu. */
function plain({ host, port, path, hostHeader, protocol }: Target): Target {
  return {
    host,
    port,
    ...(path === undefined ? {} : { path }),
    ...(hostHeader === undefined ? {} : { hostHeader }),
    ...(protocol === undefined ? {} : { protocol }),
  };
}

const choicesOf = new WeakMap<Objects, readonly TargetChoice[]>();

function allChoices(objects: Objects): readonly TargetChoice[] {
  const known = choicesOf.get(objects) ?? targetChoices(objects, true, Number.POSITIVE_INFINITY);
  choicesOf.set(objects, known);
  return known;
}
