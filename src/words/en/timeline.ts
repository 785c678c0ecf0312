// The timeline.
import { spoken } from "../language.ts";

export const EN = {
  theList: "The event list",
  list: "Event list",
  looking: "Looking at",
  branches: ". Acting here starts a branch.",
  toNow: "Return to now",
  theBranches: "The branches",
  timeline: "Timeline",
  startOverHint: "the current run is kept",
  previousHint: "←, with the timeline in focus",
  pause: "Pause",
  play: "Play",
  space: "Space",
  startOver: "Start over",
  previous: "Previous event",
  back: "Step back",
  step: "Step",
  next: "Next event",
  nextHint: "→, with the timeline in focus",
  speed: "Speed",
  elapsed: "Elapsed virtual time",
  more: (n: number) => `and ${n} more`,
  answered: (target: string) => `${target} answered`,
  endpoints: (name: string, n: number) => `Service ${name} has ${n} ready endpoint${n === 1 ? "" : "s"}`,
  lost: (target: string, why: string) => `${target} lost: ${why}`,
  outcome: {
    refused: "refused",
    timeout: "timeout",
    unreachable: "unreachable",
    unresolved: "unresolved",
    reset: "reset",
  },
  now: (time: string) => `${time}, now`,
  ago: (time: string, ago: string) => `${time}, ${ago} before now`,
};

export const W = spoken("timeline", EN);
