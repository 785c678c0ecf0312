// The objects as the panels see them: gathered from the watch, handed over once a frame.
import { type KubeObject, keyOf, type ObjectKey, type ObjectReader, type ResourceName } from "../../cluster/index.ts";

/** Objects by resource and key. A resource's map is replaced when one of its records changed; the records are the API server's own. */
export type Objects = ReadonlyMap<ResourceName, ReadonlyMap<ObjectKey, KubeObject>>;

/** Gathers changes between frames. */
export interface ObjectsWatch {
  /** The objects with everything that changed since the last call; the same value when nothing did. */
  take(): Objects;
  stop(): void;
}

/** Watches every resource of an API server, beginning with what it holds now. */
export function watchObjects(api: ObjectReader, resources: Iterable<ResourceName>): ObjectsWatch {
  let objects = existing(api, resources);
  const pending = new Map<ResourceName, Map<ObjectKey, KubeObject | undefined>>();
  const stop = api.watch("*", (event) => {
    const changes = pending.get(event.resource) ?? new Map<ObjectKey, KubeObject | undefined>();
    pending.set(event.resource, changes);
    changes.set(keyOf(event.object), event.type === "DELETED" ? undefined : event.object);
  });
  const take = () => {
    if (pending.size === 0) return objects;
    const next = new Map(objects);
    for (const [resource, changes] of pending) next.set(resource, withChanges(objects.get(resource), changes));
    pending.clear();
    objects = next;
    return objects;
  };
  return { take, stop };
}

function existing(api: ObjectReader, resources: Iterable<ResourceName>): Objects {
  const objects = new Map<ResourceName, ReadonlyMap<ObjectKey, KubeObject>>();
  for (const resource of resources) {
    const found = new Map(api.list(resource).map((object: KubeObject) => [keyOf(object), object]));
    if (found.size > 0) objects.set(resource, found);
  }
  return objects;
}

function withChanges(
  old: ReadonlyMap<ObjectKey, KubeObject> | undefined,
  changes: ReadonlyMap<ObjectKey, KubeObject | undefined>,
): ReadonlyMap<ObjectKey, KubeObject> {
  const next = new Map(old);
  for (const [key, object] of changes) {
    if (object === undefined) next.delete(key);
    else next.set(key, object);
  }
  return next;
}
