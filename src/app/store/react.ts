// How components read the store: one selector, one thing.
import { createContext, useCallback, useContext, useEffect, useState } from "react";
import { useStore } from "zustand";
import type { KubeObject, ObjectKey, ObjectOf, ResourceName } from "../../cluster/index.ts";
import type { Playground } from "./playground.ts";
import type { AppState } from "./state.ts";

const PlaygroundContext = createContext<Playground | undefined>(undefined);

/** Gives a playground to everything below. */
export const PlaygroundProvider = PlaygroundContext.Provider;

/** The playground around this component: its gateway and its view commands. */
export function usePlayground(): Playground {
  const playground = useContext(PlaygroundContext);
  if (playground === undefined) throw new Error("no PlaygroundProvider above this component");
  return playground;
}

/** One thing out of the state; the component renders again when that thing changed. */
export function useApp<T>(select: (state: AppState) => T): T {
  return useStore(usePlayground().store, select);
}

/** One object, as it stands. */
export function useObject<R extends ResourceName>(resource: R, key: ObjectKey): ObjectOf<R> | undefined {
  return useApp((state) => state.objects.get(resource)?.get(key)) as ObjectOf<R> | undefined; // each resource holds its own kind
}

const NONE: ReadonlyMap<ObjectKey, KubeObject> = new Map();

/** All objects of a resource; changes with each of them. */
export function useObjects<R extends ResourceName>(resource: R): ReadonlyMap<ObjectKey, ObjectOf<R>> {
  const found = useApp((state) => state.objects.get(resource) ?? NONE);
  return found as ReadonlyMap<ObjectKey, ObjectOf<R>>; // each resource holds its own kind
}

/** Lets what fails outside of rendering, as in a frame, fail in the component that it belongs to. */
export function useFailing(): (error: unknown) => void {
  const [failed, setFailed] = useState<{ readonly error: unknown }>();
  const fail = useCallback((error: unknown) => setFailed({ error }), []);
  if (failed !== undefined) throw failed.error;
  return fail;
}

/** The virtual clock, rounded down to `stepMs`: the component renders again at each step. */
export function useNow(stepMs: number): number {
  const playground = usePlayground();
  const read = () => Math.floor(playground.store.getState().world.clock.now / stepMs) * stepMs;
  const [now, setNow] = useState(read);
  useEffect(
    () =>
      playground.frames.on(() => {
        const time = playground.store.getState().world.clock.now;
        setNow(Math.floor(time / stepMs) * stepMs);
      }),
    [playground, stepMs],
  );
  return now;
}
