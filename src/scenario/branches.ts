// The futures of a scenario, split into scenarios and joined again.
import { BRANCHES_LIMIT } from "./parse.ts";
import type { Note, OtherBranch, Scenario, TimedAction } from "./scenario.ts";

/** One future: what was done in it, and how far it has been played. */
export interface Future {
  readonly name: string;
  readonly log: readonly TimedAction[];
  /** Virtual milliseconds. */
  readonly until: number;
  readonly notes: readonly Note[];
}

/** A scenario with futures beside its own, which is the first; of more than it can hold the last ones are left out. Spec: [LINK-8]. */
export function withFutures(scenario: Scenario, [own, ...more]: readonly [Future, ...Future[]]): Scenario {
  const { branches: _before, notes: _notes, ...rest } = scenario;
  const alone = { ...rest, log: own.log, ...notesOf(own) };
  if (more.length === 0) return alone;
  const others = more.slice(0, BRANCHES_LIMIT).map(({ name, log, until, notes }): OtherBranch => {
    const parts = log.findIndex((each, index) => each !== own.log[index]);
    const shares = parts < 0 ? log.length : parts;
    return { name, shares, log: log.slice(shares), until, ...notesOf({ notes }) };
  });
  return { ...alone, branches: { name: own.name, until: own.until, others } };
}

/** A future beside a scenario's own. */
export interface OtherFuture extends Future {
  /** How many of the scenario's own actions it begins with. */
  readonly shares: number;
  /** It as a scenario by itself. */
  readonly scenario: Scenario;
}

/** The futures beside its own, which share the very actions they have in common. */
export function otherFutures(scenario: Scenario): readonly OtherFuture[] {
  const { branches, notes: _own, ...rest } = scenario;
  return (branches?.others ?? []).map(({ name, shares, log: more, until, notes = [] }) => {
    const log = [...scenario.log.slice(0, shares), ...more];
    return { name, shares, log, until, notes, scenario: { ...rest, log } };
  });
}

function notesOf({ notes }: Pick<Future, "notes">): { readonly notes?: readonly Note[] } {
  return notes.length === 0 ? {} : { notes };
}
