// One more stage among those of a place; apart from them, as only add-ons that are loaded late put one in.
import type { Stage, Stages } from "./decide.ts";

/** The same stages with one more, before the stage of that name. @throws Error when there is no such stage. */
export function withStage(stages: Stages, list: keyof Stages, stage: Stage, before: string): Stages {
  const at = stages[list].findIndex(({ name }) => name === before);
  if (at < 0) throw new Error(`network: no stage ${before} of a ${list}`);
  return { ...stages, [list]: [...stages[list].slice(0, at), stage, ...stages[list].slice(at)] };
}
