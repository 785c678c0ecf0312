// What a command stored that has no effect here: shown beside its output, never in it.
import type { KubeObject, ResourceName, World } from "../../cluster/index.ts";
import { RESOURCES, resourceName } from "../../cluster/index.ts";
import { ALL_OFF, effectOfKind, withoutEffect } from "../../diagnosis/index.ts";
import { W } from "../../words/en/console.ts";

const WHOLE: readonly ResourceName[] = RESOURCES.filter(({ kind }) => effectOfKind(kind, ALL_OFF) !== undefined).map(
  resourceName,
);
const PARTLY: readonly ResourceName[] = [
  "services",
  "namespaces",
  "ingresses.networking.k8s.io",
  "deployments.apps",
  "cronjobs.batch",
];

/** Most notes behind one command. */
const MOST = 5;

/** Remembers what was stored without effect when a command began, and tells what came with it. */
export class EffectNotes {
  #begun: { readonly world: World; readonly idle: ReadonlyMap<string, string> } | undefined;

  begins(world: World): void {
    this.#begun = { world, idle: idleNow(world) };
  }

  /** The notes on the command that began last, once; none where another run is shown by now. */
  ended(world: World): readonly string[] {
    const begun = this.#begun;
    this.#begun = undefined;
    return begun?.world === world ? newNotes(begun.idle, idleNow(world)) : [];
  }
}

/** All that is stored without effect now, by what it is: one note each. */
function idleNow({ api, settings }: World): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const resource of [...WHOLE, ...PARTLY])
    for (const object of api.list(resource) as readonly KubeObject[]) // every kind has metadata
      for (const { path, says } of withoutEffect(object, settings)) {
        const { kind, metadata } = object;
        found.set(
          `${metadata.uid} ${path.join("/")}`,
          path.length === 0 ? W.noEffect(kind, metadata.name, says) : W.note(kind, metadata.name, says),
        );
      }
  return found;
}

/** The notes that came with a command. */
function newNotes(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  const fresh = [...after].filter(([key]) => !before.has(key)).map(([, note]) => note);
  return fresh.length <= MOST ? fresh : [...fresh.slice(0, MOST - 1), W.moreNoEffect(fresh.length - MOST + 1)];
}
