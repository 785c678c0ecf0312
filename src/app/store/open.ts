// Opens a scenario at a moment, a little at a time: the page responds meanwhile, and the wait can be cancelled.
import { isPodReady } from "../../cluster/index.ts";
import type { Gateway } from "../../gateway/index.ts";
import { type Goal, goalOfStep, type Note, otherFutures, Replay, type Scenario } from "../../scenario/index.ts";
import { openRun, type Run, type Sibling } from "./run.ts";

/** Virtual time that has passed when a scenario without a log opens: its pods are ready, so that the first request arrives. */
const HEAD_START_MS = 5_000;
/** Real milliseconds of work between two looks at what else the page has to do. */
const SLICE_MS = 12;

/** Where a scenario opens: at a time, or right after that many of its actions; given together, that many of those at that time. */
export interface Moment {
  /** Virtual milliseconds. */
  readonly at?: number | undefined;
  readonly step?: number | undefined;
}

/** What is shown while waiting. */
export interface Progress {
  /** From 0 to 1. */
  readonly share: number;
  /** Virtual milliseconds: where it is, and where it goes. */
  readonly at: number;
  readonly until: number;
}

/** Who waits. */
export interface Waiting {
  readonly signal: AbortSignal;
  /** Real milliseconds. */
  now(): number;
  onProgress(progress: Progress): void;
}

/** Begins a run and takes it to its moment; undefined when it was given up on the way. */
export async function openAt(scenario: Scenario, moment: Moment, waiting: Waiting): Promise<Run | undefined> {
  const run = await openRun(scenario);
  const goal = goalOf(scenario, moment);
  if (goal !== undefined && !(await goTo(run, goal, waiting))) return undefined;
  const siblings = await openSiblings(scenario, waiting);
  if (siblings === undefined) return undefined;
  run.siblings.push(...siblings);
  return run;
}

/** Plays each future beside the scenario's own to its end; undefined when that was given up on the way. */
async function openSiblings(scenario: Scenario, waiting: Waiting): Promise<readonly Sibling[] | undefined> {
  const siblings: Sibling[] = [];
  for (const future of otherFutures(scenario)) {
    const head = await openRun(future.scenario);
    if (!(await goTo(head, { at: future.until }, waiting))) return undefined;
    siblings.push({ future, head });
  }
  return siblings;
}

/** A scenario with notes, where there are any. */
export function withNotes(scenario: Scenario, notes: readonly Note[] = []): Scenario {
  return notes.length === 0 ? scenario : { ...scenario, notes };
}

/** A scenario with a presenter's moments, where there are any. */
export function withDeck(scenario: Scenario, deck: readonly Note[] | undefined): Scenario {
  return deck === undefined ? scenario : { ...scenario, deck };
}

function goalOf(scenario: Scenario, { at, step }: Moment): Goal | undefined {
  const { log, branches } = scenario;
  if (at === undefined && step === undefined && branches !== undefined) return { at: branches.until };
  if (at !== undefined) {
    if (step === undefined) return { at };
    const [before, upTo] = [log.filter((each) => each.at < at).length, log.filter((each) => each.at <= at).length];
    return { at, actions: Math.min(Math.max(step, before), upTo) };
  }
  if (log.length === 0) return { at: HEAD_START_MS };
  return step === undefined ? undefined : goalOfStep(scenario, step);
}

/** Takes a run to a moment; false when it was given up on the way. */
export async function goTo(run: Run, goal: Goal, { signal, now, onProgress }: Waiting): Promise<boolean> {
  const replay = new Replay(run, goal);
  for (;;) {
    const began = now();
    replay.work(() => now() - began < SLICE_MS);
    if (replay.done) return true;
    onProgress({ share: replay.share, at: run.world.clock.now, until: goal.at });
    await nextTask();
    if (signal.aborted) return false;
  }
}

/** Lets everything else that waits have its turn. A timer would make it wait longer with every turn. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/** A scenario on its way to its moment, as it is shown. */
export type Opening = Progress & { readonly cancel: () => void };

/** Opens one scenario at a time: the last one asked for wins. */
export class Openings {
  readonly #now: () => number;
  readonly #show: (opening: Opening | undefined) => void;
  #cancel: () => void = () => undefined;

  /** @param now - real milliseconds. */
  constructor(now: () => number, show: (opening: Opening | undefined) => void) {
    this.#now = now;
    this.#show = show;
  }

  /**
   * Hands over the run once it is at its moment; false when it was given up, or another one was asked for meanwhile. From here until
   * the handover is done, something is opening: what the visitor types meanwhile waits for it.
   */
  async open(coming: Scenario | Promise<Scenario>, moment: Moment, take: (run: Run) => void): Promise<boolean> {
    this.#cancel();
    const giveUp = new AbortController();
    const { signal } = giveUp;
    const cancel = () => {
      giveUp.abort();
      this.#show(undefined);
    };
    this.#cancel = cancel;
    const onProgress = (progress: Progress) => this.#show({ ...progress, cancel });
    onProgress({ share: 0, at: 0, until: 0 });
    try {
      const scenario = await coming;
      if (signal.aborted) return false;
      const run = await openAt(scenario, moment, { signal, now: this.#now, onProgress });
      if (run === undefined || signal.aborted) return false;
      take(run);
      return true;
    } finally {
      if (!signal.aborted) this.#show(undefined);
    }
  }
}

/** A scenario that comes up may take so long, and so much longer than it looks until every node has the rules for it. */
const SETTLE_MS = { longest: 30_000, rules: 2_000, step: 500 };

/** Lets what was just applied come up: its pods ready, its Ingresses and Gateways with an address, the rules for them written. */
export async function settle(run: Run, waiting: Waiting): Promise<void> {
  const { clock } = run.world;
  const goOn = (ms: number) => goTo(run, { at: clock.now + ms }, waiting);
  const longest = clock.now + SETTLE_MS.longest;
  do if (!(await goOn(SETTLE_MS.step))) return;
  while (!isUp(run) && clock.now < longest);
  await goOn(SETTLE_MS.rules);
}

function isUp({ world: { api, settings } }: Run): boolean {
  const pods = api
    .list("pods")
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    .every((pod) => isPodReady(pod) || /^(?:Failed|Succeeded)$/.test(pod.status?.phase ?? ""));
  const reached = api
    .list("ingresses.networking.k8s.io")
    .every(({ status }) => status?.loadBalancer?.ingress?.[0] !== undefined);
  const gateways = api.list("gateways.gateway.networking.k8s.io") as readonly Gateway[]; // each resource holds its own kind
  const programmed = gateways.every(({ status }) => status?.addresses?.[0] !== undefined);
  return pods && (reached || !settings.ingress) && (programmed || !settings.gateway);
}
