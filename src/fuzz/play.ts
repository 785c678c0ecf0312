// Plays a scenario as the page does: a run with a console, advanced in slices, whose answers are kept.

import { gatewayController } from "../gateway/index.ts";
import { describeDifference, firstDifference } from "../history/index.ts";
import { ingressNginx } from "../ingress/index.ts";
import { createRun, type Occurrence, type Run, type Scenario } from "../scenario/index.ts";
import { createShell } from "../shell/index.ts";
import { checkMishaps } from "./walls.ts";

/** A run and what its console printed. */
export interface Played {
  readonly run: Run;
  printed(): string;
  /** Everything that its digest is made of. */
  readonly happened: readonly Occurrence[];
}

/** Begins a scenario with everything that a page may have loaded. */
export function begin(scenario: Scenario): Played {
  const pieces: string[] = [];
  const keep = (text: string) => void pieces.push(text);
  const happened: Occurrence[] = [];
  const run = createRun(scenario, {
    createShell,
    addons: [ingressNginx, gatewayController],
    sink: { out: keep, err: keep },
    onOccurrence: (each) => void happened.push(each),
  });
  return { run, printed: () => pieces.join(""), happened };
}

/** Lets time pass in slices of a second, as frames would; throws what went wrong inside meanwhile. */
export function pass(run: Run, ms: number): void {
  for (let left = ms; left > 0; left -= 1_000) run.advance(Math.min(left, 1_000));
  checkMishaps(run.cluster);
}

/** Throws when performing the run's log again gives another run; says where the two part. */
export function checkReplay({ run, happened }: Played): void {
  const again = begin(run.scenario("run"));
  again.run.advance(run.cluster.clock.now);
  if (again.run.digest === run.digest) return;
  const first = firstDifference(happened, again.happened);
  const where = first === undefined ? "nothing that was recorded differs" : describeDifference(first);
  throw new Error(`the log, performed again, gives another run: ${where}`);
}
