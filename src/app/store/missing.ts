// What is referred to and missing, with the field that refers to it as the page files it. Loaded when something may be missing.
import { pathText, type World } from "../../cluster/index.ts";
import { type Missing, missingIn } from "../../diagnosis/index.ts";
import { isSystem } from "./derive.ts";
import { type FieldAt, objectAt } from "./lit.ts";
import type { AppState } from "./state.ts";

/** Something missing. `by` is the field that refers to it. */
export interface MissingAt extends Pick<Missing, "id" | "name" | "hint"> {
  readonly by: FieldAt;
}

/** Resources whose objects refer to others, are referred to, or make pods. */
const READ = [
  "pods",
  "services",
  "ingresses.networking.k8s.io",
  "configmaps",
  "secrets",
  "persistentvolumeclaims",
  "deployments.apps",
  "statefulsets.apps",
  "replicasets.apps",
  "daemonsets.apps",
] as const;

interface Known {
  readonly looked: readonly unknown[];
  readonly found: readonly MissingAt[];
}

const known = new WeakMap<World, Known>();

/** What is missing: the same list while nothing changed. */
export function missingOf({ world, objects }: AppState): readonly MissingAt[] {
  const looked = READ.map((each) => objects.get(each));
  const last = known.get(world);
  if (last?.looked.every((each, at) => each === looked[at]) === true) return last.found;
  const found = missingIn(world).flatMap(({ id, name, hint, by }): MissingAt[] => {
    const { apiVersion, kind, namespace, name: referrer } = by.object;
    const at = objectAt(apiVersion, kind, referrer, namespace);
    return at === undefined ? [] : [{ id, name, hint, by: { ...at, path: pathText(by.path) } }];
  });
  const same = last !== undefined && JSON.stringify(last.found) === JSON.stringify(found);
  known.set(world, { looked, found: same ? last.found : found });
  return same ? last.found : found;
}

const drawn = new WeakMap<World, readonly MissingAt[]>();

/** Those to draw, of objects that are shown: the same list while it has the same in it. */
export function shownMissing(state: AppState): readonly MissingAt[] {
  const { only, system } = state.view;
  const shown = only?.among(state) ?? state.objects;
  const found = missingOf(state).filter(({ by }) => {
    const referrer = shown.get(by.resource)?.get(by.key);
    return referrer !== undefined && (system || !isSystem(referrer));
  });
  const last = drawn.get(state.world);
  if (last?.length === found.length && found.every((each, at) => each === last[at])) return last;
  drawn.set(state.world, found);
  return found;
}
